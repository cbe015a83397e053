"""Reads the notes for a build of the archive: those that changed, and what hangs together with
them (ADR 0471). A note that changed is read twice: what it is called and who is in it may change
what is taken of any note of its team, itself among them.

    kept, unchanged ─┐
                     ├─► survey: people and names ─► a team of other people or names is read whole
    read anew  ──────┘                            └─► what the archive takes of each note
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from notes.model.notes import StoredNote
from notes.store.store import Store
from reports.analysis.data.written_times import first_told
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.text.quoting import KnownPeople
from reports.archive.last_build.kept_notes import KeptNote, KeptNotes, names_stamp
from reports.archive.note_catalogue import CatalogueBuilder, NoteSigns, NoteSurvey
from reports.archive.search_data import search_entry_of

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ArchiveNotes:
    """What a build takes of all notes; `people` are those of each team.

    `read` is of how many notes it was taken anew.
    """

    kept: KeptNotes
    people: Mapping[str, KnownPeople]
    catalogue: CatalogueBuilder
    read: int


def read_notes(
    store: Store,
    teams: Sequence[ReportTeam],
    fingerprints: Mapping[str, str],
    *,
    edition: str,
    before: KeptNotes,
    progress: Progress,
) -> ArchiveNotes:
    """Return what a build takes of all notes.

    Args:
        store: the note store.
        teams: the teams of the configuration.
        fingerprints: of all notes by id, in stored order.
        edition: a fingerprint of all that the notes are looked at with.
        before: what the last build took of them.
        progress: called with a line now and then.

    Raises:
        StoreError: the store cannot be read.
    """
    same = before.unchanged(edition, fingerprints)
    signs = {note_id: one.signs for note_id, one in same.items()}
    for number, stored in enumerate(_notes(store, fingerprints, but=same)):
        signs[stored.id] = NoteSigns.of(stored)
        _tell(progress, "1/3", number, count=len(fingerprints) - len(same))
    signs = {note_id: signs[note_id] for note_id in fingerprints if note_id in signs}
    survey = NoteSurvey()
    for note_id, one in signs.items():
        survey.add(note_id, one)
    people = survey.names(teams)
    names = {team: names_stamp(survey, team, people[team].known) for team in sorted(survey.people)}
    zones = {team.name: ZoneInfo(team.timezone) for team in teams}
    catalogue = CatalogueBuilder(survey, people, zones)
    found = {
        note_id: one
        for note_id, one in same.items()
        if before.names.get(one.signs.team) == names[one.signs.team]
    }
    kept = len(found)
    every = first_told(_notes(store, fingerprints, but=found), store.steps)
    for number, stored in enumerate(every):
        found[stored.id] = KeptNote(
            fingerprints[stored.id],
            signs[stored.id],
            catalogue.record(stored),
            search_entry_of(stored) if stored.gone is None else None,
        )
        _tell(progress, "2/3", number, count=len(fingerprints) - kept)
    notes = {note_id: found[note_id] for note_id in signs if note_id in found}
    for each in notes.values():
        catalogue.add(each.record)
    return ArchiveNotes(KeptNotes(edition, names, notes), people, catalogue, len(notes) - kept)


def _notes(
    store: Store, fingerprints: Mapping[str, str], *, but: Collection[str]
) -> Iterator[StoredNote]:
    """Yield the notes that have a fingerprint, less some, in stored order."""
    if not but:
        every = store.notes(include_gone=True)
        yield from (stored for stored in every if stored.id in fingerprints)
        return
    wanted = [note_id for note_id in fingerprints if note_id not in but]
    if wanted:
        yield from store.notes(ids=wanted, include_gone=True)


def _tell(progress: Progress, step: str, number: int, *, count: int) -> None:
    """Say how far a step is, once in a thousand notes."""
    if number % 1000 == 0:
        progress(f"{step} {number} / {count}")
