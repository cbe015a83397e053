"""Gaps among people (관계 빈칸): who could speed something up and is not named, not met, or overdue."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from loopnote.notes import StoredNote

from .answers import PersonAnswer
from .contacts import last_contact, levers, mentioned_in_period, plain_name
from .inputs import KeyPerson
from .log import Log, in_period, same_text
from .membership import began, executed, finished, is_silent
from .moves import metrics_of
from .similar import similarity
from .vocabulary import says


def gaps_of(log: Log) -> list[PersonAnswer]:
    """Return every gap, the most pressing kind first, each person or note once."""
    blocked = _unhelped(log)
    named = [*_levers_unmet(log), *_overdue(log)]
    seen: set[str] = set()
    answers = []
    for gap in (*(gap for gap in blocked if gap.kind == "blocked"), *named, *blocked):
        known = gap.person if gap.kind in {"lever", "overdue"} else (gap.gap.note_id if gap.gap else "")
        if known not in seen:
            seen.add(known)
            answers.append(gap)
    return answers


def _unhelped(log: Log) -> list[PersonAnswer]:
    """Return blocked and running notes that name no helper, with whoever helped in the most alike successes."""
    found = []
    for stored in log.notes:
        note = stored.note
        if note.people or finished(note, log.period) or note.outcome == "planned" or not _active(stored, log):
            continue
        stuck = _blocker(stored, log)
        if not stuck and note.outcome != "running":
            continue
        gap = PersonAnswer(
            "blocked" if stuck else "running", goal=log.quote(note.goal), blocker=stuck, gap=log.evidence(stored)
        )
        found.append(_helped(gap, stored, log))
    return sorted(found, key=lambda gap: (gap.kind, not gap.person, gap.gap.what if gap.gap else ""))


def _active(stored: StoredNote, log: Log) -> bool:
    return stored.id in log.here_ids or (
        began(stored, log.zone) <= log.period.last and is_silent(stored, log.period, log.zone)
    )


def _blocker(stored: StoredNote, log: Log) -> str:
    """Return the text that says what blocks the note, "" where none does."""
    note = stored.note
    texts = (note.failure_factors, note.retrospective, note.execution, note.next_action, *note.tags)
    return next((log.quote(text) for text in texts if says("blocked", text)), "")


def _helped(gap: PersonAnswer, stored: StoredNote, log: Log) -> PersonAnswer:
    """Return the gap with whoever helped with the most successes like it; explicit likeness before likeness of text."""
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
    person, notes = min(by_person.items(), key=lambda item: (-sum(s for _, s in item[1]), -len(item[1]), item[0]))
    helped = tuple(log.evidence(other) for other, _ in reversed(notes))
    sure = any(explicit for _, explicit in notes)
    return replace(gap, person=person, helped=helped[: log.rules.list_size], helped_total=len(helped), sure=sure)


def _related(stored: StoredNote, other: StoredNote, log: Log) -> str:
    """Return "explicit" for a shared goal, metric or tag, "alike" for similar texts, else ""."""
    note, past = stored.note, other.note
    ours = {metric.name for metric in metrics_of(note)}
    metric = any(same_text(name, theirs.name) for name in ours for theirs in metrics_of(past))
    if same_text(note.goal, past.goal) or metric or set(note.tags) & set(past.tags):
        return "explicit"
    score = similarity(f"{note.hypothesis} {note.execution}", f"{past.hypothesis} {past.execution}")
    return "alike" if score >= log.rules.similar else ""


def _levers_unmet(log: Log) -> list[PersonAnswer]:
    """Return the people of the period's People levers whom no note of the period mentions."""
    plans = [stored for stored in log.kind("plan") if in_period(stored, log.period, log.zone)]
    return [
        PersonAnswer(
            "lever",
            lever.person,
            goal=_plan_goal(lever.plan, log),
            blocker=log.quote(lever.text),
            gap=log.evidence(lever.plan),
        )
        for lever in levers(plans, log)
        if lever.person and not mentioned_in_period(lever.person, log)
    ]


def _plan_goal(plan: StoredNote, log: Log) -> str:
    return log.quote(plan.note.goal) or log.quote(getattr(plan.note.details, "key_result", ""))


def _overdue(log: Log) -> list[PersonAnswer]:
    """Return key people and roles overdue from their last contact: configured ones, and those of People levers."""
    configured = {person.name for person in log.team.key_people}
    named = {lever.person for lever in levers(log.kind("plan"), log)} - configured
    people = [*log.team.key_people, *(KeyPerson(name) for name in sorted(named) if name)]
    found = [_overdue_one(person, log, known=person.name in configured) for person in people]
    late = [answer for answer in found if answer is not None]
    return sorted(late, key=lambda answer: (-(answer.days_since or 100_000), answer.person))


def _overdue_one(person: KeyPerson, log: Log, *, known: bool) -> PersonAnswer | None:
    every = person.every_days or log.rules.contact_days
    seen = last_contact(person.name, log)
    if seen is None:
        return PersonAnswer("overdue", person.name, every_days=every) if known else None
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
    )


def _worked_on(name: str, log: Log) -> tuple[str, Sequence[StoredNote]]:
    """Return the goal a person was most named with, and the successful notes in which they helped, newest first."""
    notes = [stored for stored in reversed(log.notes) if plain_name(name) in map(plain_name, stored.note.people)]
    goals = Counter(log.quote(stored.note.goal) for stored in notes if stored.note.goal)
    goal = min(goals, key=lambda text: (-goals[text], text)) if goals else ""
    return goal, [stored for stored in notes if stored.note.outcome == "success" and executed(stored.note)]
