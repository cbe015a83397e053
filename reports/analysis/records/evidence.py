"""The row or page behind a statement; every claim of a report has at least one."""

from dataclasses import dataclass, field

from notes.model.notes import Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """A note, as a reader can recognise and open it.

    `what` is the note's own name for itself, one line, verbatim except for sentences that blame a
    person (left out); "" when the note has no text of its own. `key` is the team's own id
    ("EXP-12"), `url` opens the row or page.
    """

    note_id: str
    what: str = ""
    url: str = ""
    place: Place = field(default_factory=Place)
    source: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class NoteLines:
    """A learning note as three lines: 한 일 / 성공·실패 요인 / 다음 적용 (method, Tone).

    Each is quoted from the log, "" where the log holds none: then the reader is told that it is
    missing. `withheld`: factors are written, but may not be quoted to a leader
    (`wording.Names.cause_in`); then only that is said.
    """

    done: str = ""
    factors: str = ""
    next: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval; for a difference of proportions in percentage points."""

    low: float
    high: float

    @property
    def includes_zero(self) -> bool:
        """Return whether "no difference" cannot be ruled out."""
        return self.low <= 0 <= self.high
