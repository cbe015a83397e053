"""Matches the rows of one pull of a source without ids, after all of them have been read.

    parse results ─► spilled to disk ─┐
                  └► compact rows ──┴─► match_rows (with the known rows) ─► stored

Where nothing is known yet, every row is new and is saved as it comes.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence

from notes.model.notes import Entry, KnownRow, Link, UnchangedRow
from notes.store.update import RowLink, SourceUpdate
from sync.matching.rows.compared_rows import ComparedRows, Known, build_known_rows
from sync.parse_result import ParseResult
from sync.parsed_rows import ParsedRow, ParsedRows

from .assignment import NO_ROW
from .predecessor import CarriedRows, find_predecessor
from .row_links import MatchDecision, match_rows


class RowMatcher:
    """The rows of one reading of a source; given part by part, linked at the end."""

    def __init__(
        self,
        update: SourceUpdate,
        *,
        source: str,
        keep_days: int,
        beside: bool = False,
        parsed: ParsedRows | None = None,
    ) -> None:
        self.update, self.source, self.keep_days = update, source, keep_days
        self.carried = CarriedRows(update.carried() if beside else ())
        known = update.knows_rows(keep_days=keep_days)
        self.now = ComparedRows(stored=update) if known else None
        self.digests: array[int] = array("Q")
        self.parsed = parsed

    def add_result(self, reading: ParseResult) -> None:
        """Add the rows of one parse result; stored at once where nothing is known yet."""
        self.update.put_problems(reading.problems)
        entries = self.carried.others(reading.entries)
        if self.now is None:
            digests = self.update.save(Link(entry, "", "new") for entry in entries)
            self._remember(reading, digests)
            return
        rows: list[Entry | UnchangedRow] = [*entries, *reading.unchanged]
        rows.sort(key=_row)
        digests = self.update.put_aside(rows)
        self.digests.extend(map(_number, digests))
        for row in rows:
            if isinstance(row, UnchangedRow):
                self.now.add_unchanged(row)
            else:
                self.now.add(row)
        self._remember(
            reading,
            [d for d, row in zip(digests, rows, strict=True) if not isinstance(row, UnchangedRow)],
        )

    def _remember(self, reading: ParseResult, digests: Sequence[bytes]) -> None:
        """Keep what the parsed rows gave, for the next reading."""
        if self.parsed is None or not reading.row_keys:
            return
        told = zip(reading.row_keys, reading.row_remarks, digests, reading.entries, strict=True)
        for key, remarks, digest, entry in told:
            start = entry.note.start_date
            if key:
                self.parsed.keep(key, ParsedRow(digest, start.toordinal() if start else 0, remarks))

    def finish(self) -> None:
        """Match and store the rows added."""
        if self.parsed is not None:
            self.update.put_parsed_rows(self.parsed.to_bytes())
        if self.now is None:
            return
        lines: array[int] = array("q")
        self.now.settle()
        predecessor = find_predecessor(
            self._living(), self.now, self.source, others=self.update.retired | self.update.beside
        )
        strangers = self.update.beside - {predecessor}
        known = build_known_rows(
            self._known(lines, strangers), self.source, predecessor, now=self.now
        )
        self.update.save_aside(_row_link(found, lines) for found in match_rows(known, self.now))

    def _living(self) -> Iterator[KnownRow]:
        if self.update.retired or self.update.beside:
            for _, row in self.update.each_known(keep_days=self.keep_days):
                if row.gone is None:
                    yield row

    def _known(self, lines: "array[int]", strangers: Collection[str]) -> Iterator[Known]:
        """Yield what may be continued: not what lives in sources that are read beside this one."""
        rows = self.update.known_or_equal(self._row_finder(), keep_days=self.keep_days)
        for line, row in rows:
            if row.gone is not None or row.source not in strangers:
                lines.append(line)
                yield row

    def _row_finder(self) -> Callable[[bytes], int]:
        """Return a function from the digest of a stored row to a row of today that says the same.

        Any of several: they say the same. -1 for none.
        """
        digests = self.digests
        order = array("I", sorted(range(len(digests)), key=digests.__getitem__))
        values = array("Q", map(digests.__getitem__, order))

        def row_of(digest: bytes) -> int:
            wanted = _number(digest)
            place = bisect_left(values, wanted)
            found = place < len(values) and values[place] == wanted
            return order[place] if found else NO_ROW

        return row_of


def _row(row: Entry | UnchangedRow) -> int:
    """Return the row of the sheet: the parts of a log come in order, and so do the rows of each."""
    return row.place.row if isinstance(row, UnchangedRow) else row.raw.place.row


def _number(digest: bytes) -> int:
    """Return half of a digest of 16 bytes: two rows of a log share it once in 10^10 logs."""
    return int.from_bytes(digest[:8], "big")


def _row_link(found: MatchDecision, lines: "array[int]") -> RowLink:
    known, how, score, sure, rivals = found
    line = 0 if known == NO_ROW else lines[known]
    return RowLink(line, how, score, sure, tuple(lines[rival] for rival in rivals))
