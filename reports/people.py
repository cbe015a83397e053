"""Question 3, of METHOD.md §3: who can double our speed, and what do we give first?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from loopnote.notes import Feedback, PlanCard, StoredNote

from .answers import Give, PeopleAnswer, PersonAnswer, Speed, Thanks
from .contacts import mentions, plain_name
from .gaps import gaps_of
from .lessons import Lesson
from .log import Log, in_period, meant, same_text
from .membership import finished
from .vocabulary import pattern, says
from .wording import sentences


def people(log: Log, lessons: Sequence[Lesson] = ()) -> PeopleAnswer:
    """Return the answer; `lessons` are the team's, of which a fitting one that worked may be given first."""
    gaps = gaps_of(log)
    quick = speeds(log)
    named = [gap for gap in gaps if gap.person]
    unnamed = [gap for gap in gaps if not gap.person and gap.kind == "blocked"]
    found = _each_once([*named, *_from_speed(quick, named, log), *unnamed])
    answers = found[: log.rules.people]
    by_name = {speed.person: speed for speed in quick}
    return PeopleAnswer(
        answers=tuple(
            replace(answer, give=give_first(answer, log, lessons), speed=by_name.get(answer.person))
            for answer in answers
        ),
        gaps_total=len(gaps),
        speed=tuple(sorted(quick, key=lambda speed: speed.person)),
        gave=_count("give", log),
        asked=_count("ask", log),
        thanks=thanks(log),
    )


def _each_once(answers: Sequence[PersonAnswer]) -> list[PersonAnswer]:
    """Return one answer a person, the first; gaps for which nobody is known stay apart."""
    by_person = {one.person: one for one in reversed(answers) if one.person}
    return [one for one in answers if not one.person or by_person[one.person] is one]


def speeds(log: Log) -> list[Speed]:
    """Return with whom the team's trials ended faster, over the window, from enough notes on each side."""
    since = log.until(log.rules.speed_weeks)
    cycles: list[tuple[StoredNote, int]] = []
    for stored in log.notes:
        start, end = stored.note.start_date, stored.note.end_date
        if start and end and since <= end <= log.period.last and stored.note.outcome not in {"planned", "running"}:
            cycles.append((stored, (end - start).days))
    names = sorted({plain_name(name) for stored, _ in cycles for name in stored.note.people})
    found = [_speed(name, cycles, log) for name in names if name]
    return [speed for speed in found if speed is not None]


def _speed(name: str, cycles: Sequence[tuple[StoredNote, int]], log: Log) -> Speed | None:
    sides: dict[bool, list[tuple[StoredNote, int]]] = defaultdict(list)
    for stored, days in cycles:
        sides[name in map(plain_name, stored.note.people)].append((stored, days))
    if min(len(sides[True]), len(sides[False])) < log.rules.speed_notes:
        return None
    ours, others = (median(days for _, days in sides[side]) for side in (True, False))
    ratio = others / ours if ours else others + 1.0
    if ratio < log.rules.speed_ratio:
        return None
    shown = tuple(log.evidence(stored) for stored, _ in reversed(sides[True]))
    return Speed(name, ours, others, len(sides[True]), len(sides[False]), round(ratio, 4), shown)


def _from_speed(quick: Sequence[Speed], gaps: Sequence[PersonAnswer], log: Log) -> list[PersonAnswer]:
    """Return people who were fast for a goal that is being worked on this period without them."""
    taken = {gap.person for gap in gaps}
    answers = []
    for speed in sorted(quick, key=lambda one: (-one.ratio, one.person)):
        goal = _goal_without(speed.person, log)
        if speed.person not in taken and goal is not None:
            answers.append(
                PersonAnswer(
                    "speed",
                    speed.person,
                    log.quote(goal.note.goal),
                    gap=log.evidence(goal),
                    helped=speed.evidence[: log.rules.list_size],
                    helped_total=speed.with_notes,
                )
            )
    return answers


def _goal_without(person: str, log: Log) -> StoredNote | None:
    """Return an unfinished note of the period on a goal the person has helped with, that does not name them."""
    goals = [stored.note.goal for stored in log.notes if person in map(plain_name, stored.note.people)]
    for stored in log.here:
        note = stored.note
        if finished(note, log.period) or note.outcome == "planned" or mentions(note, person):
            continue
        if any(same_text(note.goal, goal) for goal in goals):
            return stored
    return None


def give_first(answer: PersonAnswer, log: Log, lessons: Sequence[Lesson]) -> Give | None:
    """Return what we give first: what the log says, else a lesson that worked on the same goal; never invented."""
    written = _written_give(answer, log)
    if written is not None:
        return written
    for lesson in reversed([lesson for lesson in lessons if lesson.applied]):
        note = lesson.stored.note
        quoted = log.quote(note.learned)
        if quoted and note.goal and same_text(log.quote(note.goal), answer.goal):
            return Give(quoted, "learning", log.evidence(lesson.stored))
    return None


def _written_give(answer: PersonAnswer, log: Log) -> Give | None:
    plans = [stored for stored in log.kind("plan") if in_period(stored, log.period, log.zone)]
    for stored in (*plans, *reversed(log.here)):
        for text in _give_texts(stored, answer):
            labelled = _after_label(text)
            if log.quote(labelled):
                return Give(log.quote(labelled), "written", log.evidence(stored))
            quoted = next((log.quote(line) for line in sentences(text) if says("give", line)), "")
            if quoted and mentions(stored.note, answer.person):
                return Give(quoted, "written", log.evidence(stored))
    return None


def _after_label(text: str) -> str:
    """Return what stands after "먼저 줄 것:" on its line, "" where nothing does."""
    found = pattern("give_first").search(text)
    rest = text[found.end() :].lstrip(" :：-–").splitlines() if found else []
    return meant(rest[0]) if rest else ""


def _give_texts(stored: StoredNote, answer: PersonAnswer) -> tuple[str, ...]:
    """Return the texts of a record that could say what is given to the person."""
    note = stored.note
    if isinstance(note.details, PlanCard):
        return tuple(text for text in note.details.people if answer.person and answer.person in text)
    if not answer.person or not mentions(note, answer.person):
        return ()
    return note.execution, note.next_action, note.retrospective


def _count(what: str, log: Log) -> int:
    """Return how many of the period's notes give, or ask."""
    texts = (f"{one.note.execution}\n{one.note.retrospective}\n{one.note.next_action}" for one in log.here)
    return sum(says(what, text) for text in texts)


def thanks(log: Log) -> tuple[Thanks, ...]:
    """Return whom to thank: the praised of the feedback feed, then helpers of the period's successes, by name."""
    found: dict[str, Thanks] = {}
    for stored in log.kind("feedback"):
        details = stored.note.details
        praised = isinstance(details, Feedback) and details.tone == "praise" and details.receiver
        if praised and isinstance(details, Feedback) and in_period(stored, log.period, log.zone):
            found.setdefault(
                plain_name(details.receiver), Thanks(plain_name(details.receiver), "praise", log.evidence(stored))
            )
    for stored in log.here:
        for name in stored.note.people if stored.note.outcome == "success" else ():
            found.setdefault(plain_name(name), Thanks(plain_name(name), "success", log.evidence(stored)))
    ordered = sorted(found.values(), key=lambda one: (one.why != "praise", one.person))
    return tuple(ordered[: log.rules.thanks])
