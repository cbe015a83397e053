"""Question 2, learning: where what was learned was applied; the same failure; what waits, counted only."""

from reports.answers import LearningAnswer, LearningPair, Unapplied
from reports.page.view import Block, Line, Lines, Meter, Pair, Section, Tone
from reports.sections import PlaybookEntry

from .again import same_failure
from .moves import sentence
from .voice import Voice

_UNAPPLIED_SHOWN = 10
_TONES: dict[str, Tone] = {"applied": "plain", "confirmed": "good", "standard": "good"}


def learning(voice: Voice, answer: LearningAnswer) -> Section:
    """Return the section: at most three pairs, the count of all states, and the one suggestion about an old failure."""
    blocks: list[Block] = []
    if answer.learned_total:
        share = round(100 * answer.applied_total / answer.learned_total)
        shown = voice("learning.count", n=answer.applied_total, total=answer.learned_total)
        states = " · ".join(voice(f"learning.state.{state}", n=count) for state, count in answer.counts if count)
        blocks.append(Meter(voice("learning.meter"), shown, share, states, accent="q2"))
    blocks += [pair(voice, one) for one in answer.pairs]
    if answer.same_failure:
        blocks.append(same_failure(voice, answer.same_failure))
    return Section(
        "q2",
        voice("learning.title"),
        tuple(blocks),
        voice("learning.eyebrow"),
        _subtitle(voice, answer),
        details=(_suggestions(voice, answer),) if answer.suggestions else (),
        accent="q2",
    )


def _subtitle(voice: Voice, answer: LearningAnswer) -> str:
    if not answer.learned_total:
        return voice("learning.empty")
    return (
        voice("learning.subtitle", n=len(answer.pairs))
        if answer.pairs
        else voice("learning.none", total=answer.learned_total)
    )


def pair(voice: Voice, one: LearningPair) -> Pair:
    """Return learned → applied to, with its state and the effect where one is known."""
    details = []
    if one.from_failure:
        key = "learning.from_failure" if one.hypothesis else "learning.from_failure_bare"
        details.append(voice(key, hypothesis=voice.quote(one.hypothesis, 60)))
    if one.effect:
        details.append(voice("learning.effect", moved=sentence(voice, one.effect)))
    return Pair(
        voice.quote(one.learned, 90),
        (voice.quote(one.applied_to, 80),),
        voice("learning.learned"),
        voice("learning.applied"),
        voice(f"learning.is.{one.state}"),
        _TONES[one.state],
        " ".join(details),
        voice.sources(one.evidence, one.applied),
    )


def _suggestions(voice: Voice, answer: LearningAnswer) -> Lines:
    items = tuple(
        Line(
            voice("learning.maybe", learned=voice.quote(one.learned, 50), later=voice.title(one.later, 40)),
            voice.sources(one.later, one.evidence, label=""),
        )
        for one in answer.suggestions[:3]
    )
    return Lines(items, voice("suggestion"), "quiet")


def unapplied(voice: Voice, items: tuple[Unapplied, ...], *, page_only: bool = True) -> Section | None:
    """Return what waits to be applied, a list that does not grow with the backlog; folded where only a page has it."""
    if not items:
        return None
    lines = tuple(_unapplied(voice, one) for one in items[:_UNAPPLIED_SHOWN])
    rest = len(items) - len(lines)
    more_text = voice("list.more", n=rest) if rest else ""
    beyond = (Line(more_text, tone="quiet"),) if more_text else ()
    folded = Lines((), empty=voice("learning.waiting_note"), more=(*lines, *beyond))
    block = folded if page_only else Lines(lines, more_text=more_text)
    return Section("waiting", voice("learning.waiting", n=len(items)), (block,), quiet=True, page_only=page_only)


def _unapplied(voice: Voice, one: Unapplied) -> Line:
    planned = f" ({voice('learning.planned', when=voice.quote(one.planned, 40))})" if one.planned else ""
    return Line(voice.quote(one.learned, 90) + planned, voice.sources(one.evidence, label=""))


def playbook(voice: Voice, entries: tuple[PlaybookEntry, ...]) -> Section | None:
    """Return what worked, or failed, more than once, for the page only."""
    if not entries:
        return None
    items = tuple(
        Line(
            voice("playbook.when", what=voice.quote(one.what, 80), goal=voice.quote(one.when, 50), n=one.times),
            voice.sources(*one.evidence, label=""),
            lead=voice(f"playbook.{one.kind}"),
        )
        for one in entries[:6]
    )
    return Section("playbook", voice("playbook.title"), (Lines(items),), page_only=True)
