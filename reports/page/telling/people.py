"""Question 3, people: who can double our speed, looking forward; no ranking, no score, what we give first."""

from dataclasses import replace

from reports.answers import PeopleAnswer, PersonAnswer, Speed
from reports.page.view import Answer, Block, Line, Lines, Section
from reports.page.words import figures

from .voice import Voice


def people(voice: Voice, answer: PeopleAnswer) -> Section:
    """Return the section: at most three answers, the counts of giving and asking, and one line of thanks."""
    blocks: list[Block] = []
    told: set[str] = set()
    for one in answer.answers:
        blocks.append(person(voice, one if one.person not in told else replace(one, speed=None)))
        told.add(one.person)
    answered = {one.person for one in answer.answers}
    others = tuple(
        Line(speed(voice, one), voice.sources(*one.evidence, label=""))
        for one in answer.speed
        if one.person not in answered
    )[:3]
    details = (Lines(others, voice("people.speed_title")),) if others else ()
    closing = [line for line in (_given(voice, answer), _thanks(voice, answer)) if line]
    if closing:
        blocks.append(Lines(tuple(closing)))
    if not answer.answers:
        subtitle = voice("people.empty")
    else:
        key = "people.subtitle" if answer.gaps_total > len(answer.answers) else "people.subtitle_all"
        subtitle = voice(key, n=max(answer.gaps_total, len(answer.answers)), shown=len(answer.answers))
    eyebrow = voice("people.eyebrow")
    return Section("q3", voice("people.title"), tuple(blocks), eyebrow, subtitle, details=details, accent="q3")


def person(voice: Voice, one: PersonAnswer) -> Answer:
    """Return who could speed up what, why we think so, and what we give first."""
    name = voice.name(one.person) if one.person else ""
    title = voice("people.who", person=name) if name else voice("people.nobody")
    give = voice.quote(one.give.text, 80) if one.give else voice("people.give_unknown")
    if one.give and one.give.kind == "learning":
        give = voice("people.give_learning", what=give)
    details = [_helped(voice, one), speed(voice, one.speed) if one.speed else ""]
    sources = (
        one.gap,
        *one.helped,
        one.give.evidence if one.give else None,
        *(one.speed.evidence if one.speed else ()),
    )
    return Answer(
        title,
        _reason(voice, one),
        voice("people.give"),
        give,
        " ".join(text for text in details if text),
        voice.sources(*sources),
    )


def _reason(voice: Voice, one: PersonAnswer) -> str:
    goal = voice.quote(one.goal, 50)
    if one.kind == "overdue":
        text = _overdue(voice, one)
    else:
        plain = one.kind == "blocked" and not one.blocker
        what = voice.quote(one.gap.what, 50) if one.gap else goal
        key = f"people.gap.{'blocked_plain' if plain else one.kind}"
        text = voice(key, blocker=voice.quote(one.blocker, 80), what=what)
    return f"{text} {voice('people.for_goal', goal=goal)}" if goal else text


def _overdue(voice: Voice, one: PersonAnswer) -> str:
    if one.last_contact is None:
        return voice("people.gap.overdue_never")
    return voice("people.gap.overdue", last=figures.day(one.last_contact, voice.language), n=one.days_since or 0)


def _helped(voice: Voice, one: PersonAnswer) -> str:
    total = max(one.helped_total, len(one.helped))
    if not total:
        return ""
    return voice("people.helped" if one.sure else "people.helped_similar", n=total)


def speed(voice: Voice, one: Speed) -> str:
    """Return how much sooner trials ended with somebody, with both medians and both counts."""
    times = figures.number(one.ratio, voice.language, decimals=1)
    days, others = (figures.number(d, voice.language, decimals=1) for d in (one.with_days, one.without_days))
    return voice(
        "people.speed",
        person=voice.name(one.person),
        n=one.with_notes,
        times=times,
        days=days,
        others=others,
        rest=one.without_notes,
    )


def _given(voice: Voice, answer: PeopleAnswer) -> Line | None:
    if not (answer.gave or answer.asked):
        return None
    return Line(voice("people.given", gave=answer.gave, asked=answer.asked))


def _thanks(voice: Voice, answer: PeopleAnswer) -> Line | None:
    if not answer.thanks:
        return None
    names = tuple(dict.fromkeys(one.person for one in answer.thanks))
    text = voice("people.thanks", people=voice.names(names[:6]))
    return Line(text, voice.sources(*(one.evidence for one in answer.thanks), label=""))
