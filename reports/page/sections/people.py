"""Question 3, people: who can double our speed, and what we give first. No ranking, no score."""

from dataclasses import replace

from notes.messages import figures
from reports.analysis.records.answers import PeopleAnswer, PersonAnswer, PersonSpeed
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Block, Line, Lines, PersonBlock, Section


def people_section(formatter: TextFormatter, answer: PeopleAnswer) -> Section:
    """Return the section: three answers, counts of giving and asking, one line of thanks."""
    blocks: list[Block] = []
    told: set[str] = set()
    for one in answer.answers:
        blocks.append(
            person_block(formatter, one if one.person not in told else replace(one, speed=None))
        )
        told.add(one.person)
    answered = {one.person for one in answer.answers}
    others = tuple(
        Line(speed_line(formatter, one), formatter.sources(*one.evidence, label=""))
        for one in answer.speed
        if one.person not in answered
    )[:3]
    details = (Lines(others, formatter("people.speed_title")),) if others else ()
    closing = [line for line in (_given(formatter, answer), thanks_line(formatter, answer)) if line]
    if closing:
        blocks.append(Lines(tuple(closing)))
    if not answer.answers:
        gaps = answer.gaps_total
        subtitle = open_gaps(formatter, answer) if gaps else nothing_missing(formatter, answer)
    else:
        key = (
            "people.subtitle" if answer.gaps_total > len(answer.answers) else "people.subtitle_all"
        )
        subtitle = formatter(
            key, n=max(answer.gaps_total, len(answer.answers)), shown=len(answer.answers)
        )
    eyebrow = formatter("people.eyebrow")
    return Section(
        "q3",
        formatter("people.title"),
        tuple(blocks),
        eyebrow,
        subtitle,
        details=details,
        accent="q3",
    )


def nothing_missing(formatter: TextFormatter, people: PeopleAnswer, *, short: bool = False) -> str:
    """Return that nobody is missing; of contacts only where the log names people to keep in touch
    with.

    Nothing written about contacts is not "no overdue contact" (method §1), and what is noted as
    waiting is told.
    """
    if people.waiting:
        return formatter("people.gap.blocked_plain", what=formatter.title(people.waiting, 36))
    key = "key.people_empty" if short else "people.empty"
    return formatter(key if people.contacts else f"{key}_help")


def open_gaps(formatter: TextFormatter, people: PeopleAnswer) -> str:
    """Return how many gaps of each kind there are, in one sentence; a task alone has a name."""
    kinds = (("unhelped", people.unhelped), ("unmet", people.unmet), ("overdue", people.overdue))
    told = [formatter(f"key.people_open_{kind}", n=count) for kind, count in kinds if count]
    if people.alone:
        what = formatter.title(people.alone, 36)
        told[0] = formatter("key.people_open_unhelped_named", what=what)
    due = tuple(one.person for one in people.answers if one.kind == "overdue")
    if due and len(due) == people.overdue and formatter.setting.names != "counts":
        told[-1] = formatter("key.people_open_overdue_named", people=formatter.names(due))
    return f"{formatter.start(', '.join(told))}."


def person_block(formatter: TextFormatter, one: PersonAnswer) -> PersonBlock:
    """Return who could speed up what, why, and what we give first."""
    name = formatter.name(one.person) if one.person else ""
    title = formatter("people.who", person=name) if name else formatter("people.nobody")
    give = (
        formatter.quote(one.give.text, 80) if one.give else ""
    )  # method §3: where nothing says it the line is left out
    if one.give and one.give.kind == "learning":
        give = formatter("people.give_learning", what=give)
    details = [_helped(formatter, one), speed_line(formatter, one.speed) if one.speed else ""]
    sources = (
        one.gap,
        *one.helped,
        one.give.evidence if one.give else None,
        *(one.speed.evidence if one.speed else ()),
    )
    return PersonBlock(
        title=title,
        fact=_reason(formatter, one),
        give_label=formatter("people.give"),
        give=give,
        detail=" ".join(text for text in details if text),
        evidence=formatter.sources(*sources),
    )


def person_text(formatter: TextFormatter, one: PersonAnswer) -> str:
    """Return an answer in one line: who, why, and what we give first if the log says it."""
    if one.kind == "speed" and one.speed:
        return speed_line(formatter, one.speed)
    name = formatter.name(one.person) if one.person else formatter("people.nobody")
    parts = [f"{name}: {_reason(formatter, one)}"]
    if one.person and one.is_of_note and _helped(formatter, one):
        parts.append(_helped(formatter, one))  # else the name reads as the one who needs help
    if one.give and one.give.kind == "written":
        parts.append(f"{formatter('people.give')} {formatter.quote(one.give.text, 50)}.")
    return " ".join(parts)


def _reason(formatter: TextFormatter, one: PersonAnswer) -> str:
    goal = formatter.quote(one.goal, 50)
    if one.kind == "overdue":
        text = _overdue(formatter, one)
    else:
        plain = one.kind == "blocked" and not one.blocker
        what = formatter.quote(one.gap.what, 50) if one.gap else goal
        key = f"people.gap.{'blocked_plain' if plain else one.kind}"
        text = formatter(key, blocker=formatter.quote(one.blocker, 80), what=what)
    return f"{text} {formatter('people.for_goal', goal=goal)}" if goal else text


def _overdue(formatter: TextFormatter, one: PersonAnswer) -> str:
    if one.last_contact is None:
        return formatter("people.gap.overdue_never")
    return formatter(
        "people.gap.overdue",
        last=figures.day(one.last_contact, formatter.language),
        n=one.days_since or 0,
    )


def _helped(formatter: TextFormatter, one: PersonAnswer) -> str:
    total = max(one.helped_total, len(one.helped))
    if not total:
        return ""
    return formatter("people.helped" if one.sure else "people.helped_similar", n=total)


def speed_line(formatter: TextFormatter, one: PersonSpeed) -> str:
    """Return how much sooner trials ended with somebody: both medians, both counts."""
    times = figures.number(one.ratio, formatter.language, decimals=1)
    days, others = (
        figures.number(d, formatter.language, decimals=1) for d in (one.with_days, one.without_days)
    )
    return formatter(
        "people.speed",
        person=formatter.name(one.person),
        n=one.with_notes,
        times=times,
        days=days,
        others=others,
        rest=one.without_notes,
    )


def _given(formatter: TextFormatter, answer: PeopleAnswer) -> Line | None:
    if not (answer.gave or answer.asked):
        return None
    return Line(formatter("people.given", gave=answer.gave, asked=answer.asked))


def thanks_line(formatter: TextFormatter, answer: PeopleAnswer) -> Line | None:
    """Return the one line of thanks; None without anybody to thank."""
    if not answer.thanks:
        return None
    names = tuple(dict.fromkeys(one.person for one in answer.thanks))
    text = (
        formatter("people.thanks_counted", n=len(names))
        if formatter.setting.names == "counts"
        else formatter("people.thanks", people=formatter.names(names[:6]))
    )
    return Line(text, formatter.sources(*(one.evidence for one in answer.thanks), label=""))
