"""Gaps among people (관계 빈칸): who could speed work up and is not named, met, or overdue."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from notes.model.notes import Note, StoredNote
from reports.analysis.data.contacts import (
    is_mentioned_in_period,
    last_contact,
    levers,
    plain_name,
    same_person,
)
from reports.analysis.data.period_membership import (
    day_of,
    is_executed,
    is_finished,
    is_silent,
    runs_on,
    start_day_of,
    told_day,
)
from reports.analysis.data.team_log import TeamLog, is_in_period, is_same_text, without_placeholder
from reports.analysis.metrics.metric_change import metrics_of
from reports.analysis.records.answers import GapKind, PersonAnswer
from reports.analysis.records.inputs import KeyPerson
from reports.analysis.text.similarity import similarity
from reports.analysis.text.vocabulary import contains_term, is_term

_BLOCKER_FIELDS = ("failure_factors", "retrospective", "execution", "next_action", "needs")
"""Fields that may say what blocks a note."""


def gaps_of(log: TeamLog) -> list[PersonAnswer]:
    """Return every gap, the most pressing kind first, each person or note once."""
    blocked = _unhelped(log)
    named = [*_levers_unmet(log), *_overdue(log)]
    seen: set[str] = set()
    answers = []
    pressing = (gap for gap in blocked if gap.kind != "running")
    for gap in (*pressing, *named, *blocked):
        known = gap.gap.note_id if gap.gap and gap.is_of_note else gap.person
        if known not in seen:
            seen.add(known)
            answers.append(gap)
    return answers


def _unhelped(log: TeamLog) -> list[PersonAnswer]:
    """Return the notes that need somebody, with the helpers of similar successes."""
    found = []
    for stored in log.notes:
        kind, blocker = _need(stored, log) if _active(stored, log) else (None, "")
        if kind is None:
            continue
        gap = PersonAnswer(
            kind,
            goal=log.aim(stored.note.goal),
            blocker=blocker,
            gap=log.evidence(stored),
            fresh=_arose(stored, log, stuck=bool(blocker)),
        )
        found.append(_helped(gap, stored, log))
    return sorted(
        found, key=lambda gap: (gap.kind, not gap.person, gap.gap.what if gap.gap else "")
    )


def _need(stored: StoredNote, log: TeamLog) -> tuple[GapKind | None, str]:
    """Return how a note needs somebody, and what it says of it; None where it does not.

    One that asks for help does, over or not, helped or not: it says what is missing. Any other
    does that is blocked or runs without a helper. What the log calls running runs, though its end
    was reached in the period (method §5, unknown is not over).
    """
    note = stored.note
    if asked := log.quote(without_placeholder(note.needs)):
        return "asked", asked
    left = note.outcome == "inconclusive"  # "보류" and "on hold" among them: it may wait
    over = is_finished(note, log.period) and not left
    if note.people or note.outcome == "planned" or over:
        return None, ""
    if stuck := _blocker(stored, log):
        return "blocked", stuck
    waits = left and any(is_term("blocked", text) for _, text in stored.raw.cells)
    return ("running" if waits or runs_on(note, log.period) else None), ""


def _arose(stored: StoredNote, log: TeamLog, *, stuck: bool) -> bool:
    """Return whether a note began in the period, or what blocks it was first written in it."""
    if start_day_of(stored, log.zone) in log.period:
        return True
    written = [stored.written[name] for name in _BLOCKER_FIELDS if name in stored.written]
    return stuck and any(told_day(at, log.zone) in log.period for at in written)


def waiting_note(log: TeamLog) -> StoredNote | None:
    """Return the first unfinished note of the period that says it is blocked or waits, None without
    one: with a helper it is no gap, and still not "nobody waits".
    """
    running = (
        one for one in log.notes if _active(one, log) and not is_finished(one.note, log.period)
    )
    return next((one for one in running if any(_blocking(one.note))), None)


def _active(stored: StoredNote, log: TeamLog) -> bool:
    return stored.id in log.period_note_ids or is_silent(stored, log.period, log.zone)


def _blocker(stored: StoredNote, log: TeamLog) -> str:
    """Return the text that says what blocks the note; "" where none does."""
    quotes = (log.quote(_without_label(text)) for text in _blocking(stored.note))
    return next(filter(None, quotes), "")


def _blocking(note: Note) -> Iterator[str]:
    """Yield the texts of a note that say that it is blocked."""
    texts = (*(getattr(note, name) for name in _BLOCKER_FIELDS), *note.tags)
    return (text for text in texts if contains_term("blocked", text))


def _without_label(text: str) -> str:
    """Return a text without a word for "blocked" that only stands before it: "Stuck: legal is
    slow".
    """
    label, _, rest = text.replace("：", ":").partition(":")
    return rest.strip() if rest.strip() and is_term("blocked", label) else text


def _helped(gap: PersonAnswer, stored: StoredNote, log: TeamLog) -> PersonAnswer:
    """Return the gap with the helper of most successes like it; explicit likeness comes first."""
    by_person: dict[str, list[tuple[StoredNote, bool]]] = defaultdict(list)
    for other in log.notes:
        if other.note.outcome != "success" or not other.note.people or other.id == stored.id:
            continue
        related = _related(stored, other, log)
        for person in other.note.people if related else ():
            if plain_name(person) not in map(plain_name, stored.note.owners):
                by_person[plain_name(person)].append((other, related == "explicit"))
    if not by_person:
        return gap
    person, notes = min(
        by_person.items(), key=lambda item: (-sum(s for _, s in item[1]), -len(item[1]), item[0])
    )
    sure = any(explicit for _, explicit in notes)
    helped = tuple(log.evidence(other) for other, known in reversed(notes) if known or not sure)
    return replace(
        gap,
        person=person,
        helped=helped[: log.rules.list_size],
        helped_total=len(helped),
        sure=sure,
    )


def _related(stored: StoredNote, other: StoredNote, log: TeamLog) -> str:
    """Return "explicit" for a shared goal, metric or tag, "alike" for similar texts, else ""."""
    note, past = stored.note, other.note
    ours = {metric.name for metric in metrics_of(note)}
    metric = any(is_same_text(name, theirs.name) for name in ours for theirs in metrics_of(past))
    if is_same_text(note.goal, past.goal) or metric or set(note.tags) & set(past.tags):
        return "explicit"
    score = similarity(f"{note.hypothesis} {note.execution}", f"{past.hypothesis} {past.execution}")
    return "alike" if score >= log.rules.similar else ""


def _levers_unmet(log: TeamLog) -> list[PersonAnswer]:
    """Return the people of the period's People levers whom no note of the period names."""
    plans = [stored for stored in log.kind("plan") if is_in_period(stored, log.period, log.zone)]
    return [
        PersonAnswer(
            "lever",
            lever.person,
            goal=_plan_goal(lever.plan, log),
            blocker=log.deed(lever.text),
            gap=log.evidence(lever.plan),
        )
        for lever in levers(plans, log)
        if lever.person and not is_mentioned_in_period(lever.person, log)
    ]


def _plan_goal(plan: StoredNote, log: TeamLog) -> str:
    return log.aim(plan.note.goal) or log.aim(getattr(plan.note.details, "key_result", ""))


def _overdue(log: TeamLog) -> list[PersonAnswer]:
    """Return key people and roles with an overdue contact: configured, or of People levers."""
    configured = {person.name for person in log.team.key_people}
    found = [
        _overdue_one(person, log, known=person.name in configured)
        for person in followed_people(log)
    ]
    late = [answer for answer in found if answer is not None]
    return sorted(late, key=lambda answer: (-(answer.days_since or 100_000), answer.person))


def followed_people(log: TeamLog) -> list[KeyPerson]:
    """Return the people and roles whose last contact is followed: configured, or of People
    levers.
    """
    configured = {person.name for person in log.team.key_people}
    named = {lever.person for lever in levers(log.kind("plan"), log)} - configured
    return [*log.team.key_people, *(KeyPerson(name) for name in sorted(named) if name)]


def contacts_known(log: TeamLog) -> int:
    """Return of how many followed people the last contact is known; 0 where one of them was never
    seen: that no contact is overdue cannot be said then.
    """
    followed = followed_people(log)
    return len(followed) if all(last_contact(person.name, log) for person in followed) else 0


def _overdue_one(person: KeyPerson, log: TeamLog, *, known: bool) -> PersonAnswer | None:
    every = person.every_days or log.rules.contact_days
    seen = last_contact(person.name, log)
    if seen is None:
        if not known or not _is_older(every, log):
            return None
        never = PersonAnswer("overdue", person.name, every_days=every)
        return replace(never, fresh=_is_planned_for(person.name, log))
    days = (log.period.last - seen).days
    if days <= every:
        return None
    goal, notes = _worked_on(person.name, log)
    return PersonAnswer(
        "overdue",
        person.name,
        goal=goal,
        helped=tuple(log.evidence(stored) for stored in notes[: log.rules.list_size]),
        helped_total=len(notes),
        last_contact=seen,
        days_since=days,
        every_days=every,
        fresh=_fell_due(days, every, log) or _is_planned_for(person.name, log),
    )


def _is_older(days: int, log: TeamLog) -> bool:
    """Return whether the log tells of more days than these: of a contact before it began it cannot
    know (method §1).
    """
    return any((log.period.last - day_of(stored, log.zone)).days > days for stored in log.notes)


def _fell_due(days: int, every: int, log: TeamLog) -> bool:
    """Return whether a contact became overdue in the period, or once more as long again."""
    length = (log.period.last - log.period.first).days + 1
    return (days - 1) // every > (days - 1 - length) // every


def _is_planned_for(person: str, log: TeamLog) -> bool:
    """Return whether the People lever of this period or of the next one is about the person."""
    plans = [
        stored
        for stored in log.kind("plan")
        if any(is_in_period(stored, one, log.zone) for one in (log.period, log.period.back(-1)))
    ]
    return any(same_person(lever.person, person) for lever in levers(plans, log))


def _worked_on(name: str, log: TeamLog) -> tuple[str, Sequence[StoredNote]]:
    """Return a person's most frequent goal, and the successes they helped with, newest first."""
    notes = [
        stored
        for stored in reversed(log.notes)
        if plain_name(name) in map(plain_name, stored.note.people)
    ]
    goals = Counter(log.aim(stored.note.goal) for stored in notes if stored.note.goal)
    goal = min(goals, key=lambda text: (-goals[text], text)) if goals else ""
    return goal, [
        stored for stored in notes if stored.note.outcome == "success" and is_executed(stored.note)
    ]
