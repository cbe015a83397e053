"""What a build of the archive takes of each note, kept for the next one (ADR 0471).

A note whose fingerprint is that of the last build is not read again, as long as its team has the
same people and its experiments the same names: a title leaves out who is blamed, and a text may
name any other note.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from reports.archive.note_catalogue import NoteRecord, NoteSigns, NoteSurvey
from reports.archive.page_plan import fingerprint
from reports.archive.search_data import SearchEntry

from .memory_lines import memory_line, read_memory_line


@dataclass(frozen=True, slots=True)
class KeptNote:
    """What a build takes of a note with this fingerprint; `entry` is None where it is gone."""

    fingerprint: str
    signs: NoteSigns
    record: NoteRecord
    entry: SearchEntry | None = None


@dataclass(frozen=True, slots=True)
class KeptNotes:
    """The notes of a build by id, the names of each team, and the edition of all of it.

    `edition` stands for code, words and configuration, `names` for the people of a team and the
    names of its experiments.
    """

    edition: str = ""
    names: dict[str, str] = field(default_factory=dict)
    notes: dict[str, KeptNote] = field(default_factory=dict)

    def line(self) -> bytes:
        """Return the notes on one line, an empty one where a text cannot be written."""
        return memory_line(self)

    def unchanged(self, edition: str, fingerprints: Mapping[str, str]) -> dict[str, KeptNote]:
        """Return the notes that are as they were, by id."""
        if edition != self.edition:
            return {}
        return {
            note_id: one
            for note_id, one in self.notes.items()
            if fingerprints.get(note_id) == one.fingerprint
        }


def read_kept_notes(line: bytes) -> KeptNotes:
    """Return the notes of an earlier build; none where they cannot be read."""
    return read_memory_line(_decoder, line) or KeptNotes()


_decoder = msgspec.json.Decoder(KeptNotes)


def names_stamp(survey: NoteSurvey, team: str, known: Sequence[str]) -> str:
    """Return a fingerprint of the people of a team, and of what its experiments are called."""
    return fingerprint(tuple(known), list(survey.named.get(team, {}).items()))
