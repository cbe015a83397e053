"""The rows of a source without ids: which note each continues is known only when all of them have been read.

    readings ─► put aside, encoded ─┐
             └► compact rows ───────┴─► identity.decide (with the known rows, compact too) ─► saved

Where nothing is known yet, every row is new and is saved as it comes.
"""

from array import array
from collections.abc import Iterator

from loopnote.notes import KnownRow, Link
from loopnote.store.update import Continued, SourceUpdate

from .identity import decide
from .linking.matching import NOBODY
from .linking.rows import Rows, known_rows_of
from .reading import Reading


class Continuing:
    """The rows of one reading of a source; given part by part, linked at the end."""

    def __init__(self, update: SourceUpdate, *, source: str, keep_days: int) -> None:
        self.update, self.source, self.keep_days = update, source, keep_days
        self.now = Rows() if update.knows_rows(keep_days=keep_days) else None

    def take(self, reading: Reading) -> None:
        """Take some rows; where nothing is known yet they are new, and need not wait."""
        self.update.put_problems(reading.problems)
        if self.now is None:
            self.update.save(Link(entry, "", "new") for entry in reading.entries)
            return
        self.update.put_aside(reading.entries)
        for entry in reading.entries:
            self.now.add(entry)

    def end(self) -> None:
        """Link and store what waits."""
        if self.now is None:
            return
        lines = array("q")
        known = known_rows_of(self._known(lines), self.source)
        self.now.settle()
        self.update.save_aside(
            Continued(
                0 if found.known == NOBODY else lines[found.known],
                found.how,
                found.score,
                found.sure,
                tuple(lines[rival] for rival in found.rivals),
            )
            for found in decide(known, self.now)
        )

    def _known(self, lines: "array[int]") -> Iterator[KnownRow]:
        for line, row in self.update.each_known(keep_days=self.keep_days):
            if not row.entry.raw.native_id:
                lines.append(line)
                yield row
