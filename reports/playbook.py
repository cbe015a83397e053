"""The playbook (METHOD.md §12): what worked more than once for more than one person, and what failed repeatedly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from loopnote.notes import StoredNote

from .lessons import Lesson, lesson_of
from .log import Log, meant
from .membership import day_of, executed
from .sections import PlaybookEntry
from .wording import normal


def playbook(log: Log) -> tuple[PlaybookEntry, ...]:
    """Return every entry that the log's notes support, "do" before "don't", the longest known first."""
    lessons = [lesson_of(stored, log) for stored in log.notes if meant(stored.note.learned)]
    groups: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        if lesson.applied:
            groups[normal(lesson.stored.note.learned)].append(lesson)
    do = [entry for own in groups.values() if (entry := _do(own, log)) is not None]
    return (*sorted(do, key=_order), *sorted(_donts(log), key=_order))


def fresh_entries(log: Log) -> tuple[PlaybookEntry, ...]:
    """Return the entries of which a note of the period is evidence."""
    here = log.here_ids
    found = [entry for entry in playbook(log) if any(one.note_id in here for one in entry.evidence)]
    return tuple(found[: log.rules.list_size])


def _order(entry: PlaybookEntry) -> tuple[int, str]:
    return (entry.since.toordinal() if entry.since else 0, entry.what)


def _do(lessons: Sequence[Lesson], log: Log) -> PlaybookEntry | None:
    """Return the entry of a lesson, None unless it was applied often enough, by enough people, and worked."""
    first = lessons[0].stored
    uses = {use.stored.id: use.stored for lesson in lessons for use in lesson.uses}
    cells = [lesson.stored for lesson in lessons if lesson.in_cell and not lesson.uses]
    applied = _by_day((*uses.values(), *cells), log)
    people = tuple(dict.fromkeys(name for stored in applied for name in stored.note.owners))
    worked = any(lesson.state in {"confirmed", "standard"} for lesson in lessons)
    if len(applied) < log.rules.playbook_times or len(people) < log.rules.playbook_people or not worked:
        return None
    return PlaybookEntry(
        kind="do",
        what=log.quote(first.note.learned),
        when=log.quote(first.note.goal) or log.quote(first.note.hypothesis),
        evidence=tuple(log.evidence(stored) for stored in _by_day((first, *applied), log)),
        owners=first.note.owners,
        people=people,
        times=len(applied),
        since=day_of(first, log.zone),
    )


def _donts(log: Log) -> list[PlaybookEntry]:
    """Return what failed more than once under the same name, in the same words."""
    failed: dict[str, list[StoredNote]] = defaultdict(list)
    worked: set[str] = set()
    for stored in log.notes:
        for name in _names(stored):
            if stored.note.outcome == "failure":
                failed[name].append(stored)
            elif stored.note.outcome == "success":
                worked.add(name)
    entries: dict[tuple[str, ...], PlaybookEntry] = {}
    for name, notes in sorted(failed.items()):
        if len(notes) >= log.rules.playbook_times and name not in worked:
            entries.setdefault(tuple(stored.id for stored in notes), _dont(notes, log))
    return list(entries.values())


def _names(stored: StoredNote) -> set[str]:
    note = stored.note
    return {normal(text) for text in (note.title, note.execution, note.hypothesis)} - {""} if executed(note) else set()


def _dont(notes: Sequence[StoredNote], log: Log) -> PlaybookEntry:
    last = notes[-1].note
    why = log.quote(last.failure_factors) or log.quote(last.retrospective) or log.quote(last.goal)
    return PlaybookEntry(
        kind="dont",
        what=log.what(last),
        when=why,
        evidence=tuple(log.evidence(stored) for stored in notes),
        owners=(),
        people=(),
        times=len(notes),
        since=day_of(notes[0], log.zone),
    )


def _by_day(notes: Iterable[StoredNote], log: Log) -> list[StoredNote]:
    once = {stored.id: stored for stored in notes}
    return sorted(once.values(), key=lambda stored: (day_of(stored, log.zone), stored.note.title, stored.id))
