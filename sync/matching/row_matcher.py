"""Matches the rows of one pull of a source without ids, after all of them have been read.

    parse results ─► spilled to disk ─┐
                  └► compact rows ──┴─► match_rows (with the known rows) ─► stored

Where nothing is known yet, every row is new and is saved as it comes.
"""

from array import array
from collections.abc import Collection, Iterator

from notes.model.notes import KnownRow, Link
from notes.store.update import RowLink, SourceUpdate
from sync.matching.rows.compared_rows import ComparedRows, build_known_rows
from sync.parse_result import ParseResult

from .assignment import NO_ROW
from .predecessor import CarriedRows, find_predecessor
from .row_links import MatchDecision, match_rows


class RowMatcher:
    """The rows of one reading of a source; given part by part, linked at the end."""

    def __init__(
        self, update: SourceUpdate, *, source: str, keep_days: int, beside: bool = False
    ) -> None:
        self.update, self.source, self.keep_days = update, source, keep_days
        self.carried = CarriedRows(update.carried() if beside else ())
        self.now = ComparedRows() if update.knows_rows(keep_days=keep_days) else None

    def add_result(self, reading: ParseResult) -> None:
        """Add the rows of one parse result; stored at once where nothing is known yet."""
        self.update.put_problems(reading.problems)
        entries = self.carried.others(reading.entries)
        if self.now is None:
            self.update.save(Link(entry, "", "new") for entry in entries)
            return
        self.update.put_aside(entries)
        for entry in entries:
            self.now.add(entry)

    def finish(self) -> None:
        """Match and store the rows added."""
        if self.now is None:
            return
        lines: array[int] = array("q")
        self.now.settle()
        predecessor = find_predecessor(
            self._living(), self.now, self.source, others=self.update.retired | self.update.beside
        )
        strangers = self.update.beside - {predecessor}
        known = build_known_rows(self._known(lines, strangers), self.source, predecessor)
        self.update.save_aside(_row_link(found, lines) for found in match_rows(known, self.now))

    def _living(self) -> Iterator[KnownRow]:
        if self.update.retired or self.update.beside:
            for _, row in self.update.each_known(keep_days=self.keep_days):
                if row.gone is None:
                    yield row

    def _known(self, lines: "array[int]", strangers: Collection[str]) -> Iterator[KnownRow]:
        """Yield what may be continued: not what lives in sources that are read beside this one."""
        for line, row in self.update.each_known(keep_days=self.keep_days):
            lives_elsewhere = row.gone is None and row.source in strangers
            if not row.entry.raw.native_id and not lives_elsewhere:
                lines.append(line)
                yield row


def _row_link(found: MatchDecision, lines: "array[int]") -> RowLink:
    return RowLink(
        0 if found.known == NO_ROW else lines[found.known],
        found.how,
        found.score,
        found.sure,
        tuple(lines[rival] for rival in found.rivals),
    )
