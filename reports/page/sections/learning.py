"""Question 2, learning: where learnings were applied, and the repeated-failure alert."""

from reports.analysis.records.answers import LearningAnswer, LearningPair, UnappliedLearning
from reports.analysis.records.section_results import PlaybookEntry
from reports.page.formatting.metric_texts import sentence
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Block, LearningBlock, Line, Lines, Meter, Section, Tone

from .repeated_hypotheses import repeated_failure_line

_UNAPPLIED_SHOWN = 10
"""Unapplied learnings listed: judgement, so that a backlog does not lengthen the page."""
_TONES: dict[str, Tone] = {"applied": "plain", "confirmed": "good", "standard": "good"}
"""The colour of a learning's state (method §3); only a confirmed effect is good news."""


def learning_section(formatter: TextFormatter, answer: LearningAnswer) -> Section:
    """Return the section: three pairs, counts of all states, one suggestion."""
    blocks: list[Block] = []
    if answer.learned_total:
        share = round(100 * answer.applied_total / answer.learned_total)
        shown = formatter("learning.count", n=answer.applied_total, total=answer.learned_total)
        states = " · ".join(
            formatter(f"learning.state.{state}", n=count) for state, count in answer.counts if count
        )
        blocks.append(Meter(formatter("learning.meter"), shown, share, states, accent="q2"))
    blocks += [learning_block(formatter, one) for one in answer.pairs]
    if answer.same_failure:
        blocks.append(repeated_failure_line(formatter, answer.same_failure))
    return Section(
        "q2",
        formatter("learning.title"),
        tuple(blocks),
        formatter("learning.eyebrow"),
        _subtitle(formatter, answer),
        details=(_suggestions(formatter, answer),) if answer.suggestions else (),
        accent="q2",
    )


def _subtitle(formatter: TextFormatter, answer: LearningAnswer) -> str:
    if not answer.learned_total:
        return formatter("learning.empty")
    if answer.pairs:
        return formatter("learning.subtitle", n=len(answer.pairs))
    if answer.applied_total:  # told in another period: "none yet" would be false of these
        counted = {"total": answer.learned_total, "n": answer.applied_total}
        return formatter("key.learning_counted", **counted)
    return formatter("learning.none", total=answer.learned_total)


def learning_block(formatter: TextFormatter, one: LearningPair) -> LearningBlock:
    """Return learned → applied to, with its state and the effect where one is known."""
    details = []
    if one.from_failure:
        key = "learning.from_failure" if one.hypothesis else "learning.from_failure_bare"
        details.append(formatter(key, hypothesis=formatter.quote(one.hypothesis, 60)))
    if one.effect:
        details.append(formatter("learning.effect", moved=sentence(formatter, one.effect)))
    return LearningBlock(
        learned=formatter.quote(one.learned, 90) or formatter("note.withheld"),
        applied=(formatter.quote(one.applied_to, 80) or formatter("note.withheld"),),
        learned_label=formatter("learning.learned"),
        applied_label=formatter("learning.applied"),
        state=formatter(f"learning.is.{one.state}"),
        state_tone=_TONES[one.state],
        detail=" ".join(details),
        evidence=formatter.sources(one.evidence, one.applied),
    )


def pair_text(formatter: TextFormatter, one: LearningPair) -> str:
    """Return learned → applied in one line, with its state if that is beyond "applied"."""
    learned = formatter.quote(one.learned, 60) or formatter("note.withheld")
    state = f" · {formatter(f'learning.is.{one.state}')}" if one.state != "applied" else ""
    return f"{learned} → {formatter.quote(one.applied_to, 50) or formatter('note.withheld')}{state}"


def _suggestions(formatter: TextFormatter, answer: LearningAnswer) -> Lines:
    items = tuple(
        Line(
            formatter(
                "learning.maybe",
                learned=formatter.quote(one.learned, 50),
                later=formatter.title(one.later, 40),
            ),
            formatter.sources(one.later, one.evidence, label=""),
        )
        for one in answer.suggestions[:3]
    )
    return Lines(items, formatter("suggestion"), "quiet")


def unapplied_list(
    formatter: TextFormatter, items: tuple[UnappliedLearning, ...], *, page_only: bool = True
) -> Section | None:
    """Return the first unapplied learnings and how many more there are.

    Folded on the page.
    """
    if not items:
        return None
    lines = tuple(_unapplied(formatter, one) for one in items[:_UNAPPLIED_SHOWN])
    rest = len(items) - len(lines)
    more_text = formatter("list.more", n=rest) if rest else ""
    beyond = (Line(more_text, tone="quiet"),) if more_text else ()
    folded = Lines((), empty=formatter("learning.waiting_note"), more=(*lines, *beyond))
    block = folded if page_only else Lines(lines, more_text=more_text)
    return Section(
        "waiting",
        formatter("learning.waiting", n=len(items)),
        (block,),
        quiet=True,
        page_only=page_only,
    )


def _unapplied(formatter: TextFormatter, one: UnappliedLearning) -> Line:
    planned = (
        f" ({formatter('learning.planned', when=formatter.quote(one.planned, 40))})"
        if one.planned
        else ""
    )
    learned = formatter.quote(one.learned, 90)  # "" where it may not be quoted
    text = learned or formatter("learning.of_note", what=formatter.title(one.evidence, 60))
    return Line(text + planned, formatter.sources(one.evidence, label=""))


def playbook_section(
    formatter: TextFormatter, entries: tuple[PlaybookEntry, ...]
) -> Section | None:
    """Return what worked, or failed, more than once, for the page only."""
    if not entries:
        return None
    items = tuple(
        Line(
            formatter(
                "playbook.when",
                what=formatter.quote(one.what, 80),
                goal=formatter.quote(one.when, 50),
                n=one.times,
            ),
            formatter.sources(*one.evidence, label=""),
            lead=formatter(f"playbook.{one.kind}"),
        )
        for one in entries[:6]
    )
    return Section("playbook", formatter("playbook.title"), (Lines(items),), page_only=True)
