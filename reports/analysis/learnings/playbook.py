"""The playbook (method §12): what worked more than once, and what failed repeatedly."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from notes.model.notes import StoredNote
from reports.analysis.data.period_membership import day_of, is_executed
from reports.analysis.data.team_log import TeamLog, without_placeholder
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.section_results import Playbook, PlaybookCandidate, PlaybookEntry
from reports.analysis.text.quoting import comparison_key

from .learnings import Learning, learning_of


def playbook_entries(log: TeamLog) -> tuple[PlaybookEntry, ...]:
    """Return every entry that the log's notes support: "do" before "don't", oldest first."""
    return (*_dos(_repeated(_all_learnings(log), log), log), *_donts(log))


def whole_playbook(log: TeamLog, *, most: int | None = None) -> Playbook:
    """Return the playbook of the whole log: its entries, oldest first, and the candidates.

    `most`: so many candidates are made and no more, all where left out.
    """
    learnings = _all_learnings(log)
    told = _repeated(learnings, log)
    return Playbook(
        do=_dos(told, log),
        dont=_donts(log),
        candidates=tuple(islice(_candidates(told, learnings, log), most)),
        learned=len(learnings),
        applied=sum(learning.applied for learning in learnings),
        times=log.rules.playbook_times,
        people=log.rules.playbook_people,
    )


def _candidates(
    told: Sequence["_RepeatedLearning"], learnings: Sequence[Learning], log: TeamLog
) -> Iterator[PlaybookCandidate]:
    """Yield what could become an entry, what lacks least first; each is made when it is asked
    for.
    """
    lacking = sorted(
        (one for one in told if one.lacks(log)),
        key=lambda one: (one.lacks(log), -one.day.toordinal()),
    )
    yield from (one.candidate(log) for one in lacking)
    yield from _unapplied(learnings, log)


def _all_learnings(log: TeamLog) -> list[Learning]:
    return [
        learning_of(stored, log) for stored in log.notes if without_placeholder(stored.note.learned)
    ]


def _repeated(learnings: Sequence[Learning], log: TeamLog) -> list["_RepeatedLearning"]:
    """Return the applied learnings, those in the same words as one."""
    groups: dict[str, list[Learning]] = defaultdict(list)
    for learning in learnings:
        if learning.applied:
            groups[comparison_key(learning.stored.note.learned)].append(learning)
    return [_RepeatedLearning.of(own, log) for own in groups.values()]


def _dos(told: Sequence["_RepeatedLearning"], log: TeamLog) -> tuple[PlaybookEntry, ...]:
    return tuple(sorted((one.entry(log) for one in told if one.lacks(log) == 0), key=_order))


def _unapplied(learnings: Sequence[Learning], log: TeamLog) -> Iterator[PlaybookCandidate]:
    """Yield the learnings that were applied nowhere yet: of successes first, the latest first."""
    waiting = [learning.stored for learning in learnings if not learning.applied]
    waiting.sort(
        key=lambda one: (one.note.outcome != "success", -day_of(one, log.zone).toordinal(), one.id)
    )
    for stored in waiting:
        if learned := log.quote(stored.note.learned):
            yield PlaybookCandidate(
                what=learned,
                evidence=(log.evidence(stored),),
                owners=stored.note.owners,
                people=(),
                times=0,
                worked=False,
            )


def fresh_entries(log: TeamLog) -> tuple[PlaybookEntry, ...]:
    """Return the entries for which a note of the period is evidence."""
    here = log.period_note_ids
    found = [
        entry
        for entry in playbook_entries(log)
        if any(one.note_id in here for one in entry.evidence)
    ]
    return tuple(found[: log.rules.list_size])


def _order(entry: PlaybookEntry) -> tuple[int, str]:
    return (entry.since.toordinal() if entry.since else 0, entry.what)


@dataclass(frozen=True, slots=True)
class _RepeatedLearning:
    """A learning with all notes that state it in the same words, its applications and effect."""

    first: StoredNote
    applied: tuple[StoredNote, ...]
    people: tuple[str, ...]
    worked: bool
    day: date

    @classmethod
    def of(cls, learnings: Sequence[Learning], log: TeamLog) -> "_RepeatedLearning":
        uses = {use.stored.id: use.stored for learning in learnings for use in learning.uses}
        cells = [
            learning.stored for learning in learnings if learning.in_cell and not learning.uses
        ]
        applied = tuple(_by_day((*uses.values(), *cells), log))
        people = tuple(dict.fromkeys(name for stored in applied for name in stored.note.owners))
        worked = any(learning.state in {"confirmed", "standard"} for learning in learnings)
        return cls(
            learnings[0].stored,
            applied,
            people,
            worked,
            max(day_of(stored, log.zone) for stored in applied),
        )

    def lacks(self, log: TeamLog) -> int:
        """Return what is missing to an entry: applications, people, or a seen effect."""
        times = max(0, log.rules.playbook_times - len(self.applied))
        people = max(0, log.rules.playbook_people - len(self.people))
        return times + people + (not self.worked)

    def evidence(self, log: TeamLog) -> tuple[Evidence, ...]:
        return tuple(log.evidence(stored) for stored in _by_day((self.first, *self.applied), log))

    def entry(self, log: TeamLog) -> PlaybookEntry:
        note = self.first.note
        return PlaybookEntry(
            kind="do",
            what=log.quote(note.learned),
            when=log.aim(note.goal) or log.quote(note.hypothesis),
            evidence=self.evidence(log),
            owners=note.owners,
            people=self.people,
            times=len(self.applied),
            since=day_of(self.first, log.zone),
            last=self.day,
        )

    def candidate(self, log: TeamLog) -> PlaybookCandidate:
        note = self.first.note
        learned = log.quote(note.learned)
        return PlaybookCandidate(
            what=learned,
            evidence=self.evidence(log),
            owners=note.owners,
            people=self.people,
            times=len(self.applied),
            worked=self.worked,
        )


def _donts(log: TeamLog) -> tuple[PlaybookEntry, ...]:
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
    return tuple(sorted(entries.values(), key=_order))


def _names(stored: StoredNote) -> set[str]:
    note = stored.note
    return (
        {comparison_key(text) for text in (note.title, note.execution, note.hypothesis)} - {""}
        if is_executed(note)
        else set()
    )


def _dont(notes: Sequence[StoredNote], log: TeamLog) -> PlaybookEntry:
    last = notes[-1].note
    why = log.cause(last, last.failure_factors, last.retrospective) or log.aim(last.goal)
    return PlaybookEntry(
        kind="dont",
        what=log.what(last),
        when=why,
        evidence=tuple(log.evidence(stored) for stored in notes),
        owners=(),
        people=(),
        times=len(notes),
        since=day_of(notes[0], log.zone),
        last=day_of(notes[-1], log.zone),
    )


def _by_day(notes: Iterable[StoredNote], log: TeamLog) -> list[StoredNote]:
    once = {stored.id: stored for stored in notes}
    return sorted(
        once.values(), key=lambda stored: (day_of(stored, log.zone), stored.note.title, stored.id)
    )
