"""Matches the rows of one pull of a source without ids, after all of them have been read.

    parse results ─► spilled to disk ─┐
                  └► compact rows ──┴─► match_all (with the known rows) ─► stored

Where nothing is known yet, every row is new and is saved as it comes.
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import count

from notes.model.notes import Entry, EqualRows, KnownRow, Link, UnchangedRows
from notes.store.source_update.update import RowLink, SourceUpdate
from sync.contents.parsed_rows import ParsedRow, ParsedRows
from sync.matching.rows.compared_rows import ComparedRows, Known, build_known_rows
from sync.parse_result import ParseResult

from .assignment import NO_ROW
from .predecessor import CarriedRows, find_predecessor
from .row_links import MatchDecision, match_all


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
        self.carried = CarriedRows(update.known.carried() if beside else ())
        known = update.known.has_any(keep_days=keep_days)
        self.now = ComparedRows(stored=update.known) if known else None
        self._row_of: dict[bytes, int] = {}
        self.parsed = parsed

    def add_result(self, reading: ParseResult) -> None:
        """Add the rows of one parse result; stored at once where nothing is known yet."""
        self.update.put_problems(reading.problems)
        entries = self.carried.others(reading.entries)
        if self.now is None:
            saved = self.update.save(Link(entry, "", "new") for entry in entries)
            self._remember(reading, saved)
            return
        digests: list[bytes] = []
        for some in _in_order(entries, reading.unchanged):
            if isinstance(some, UnchangedRows):
                self.update.put_unchanged_aside(some)
                self._row_of.update(zip(some.digests, count(len(self.now)), strict=False))
                self.now.add_unchanged(some)
            else:
                given = self.update.put_aside(some)
                self._row_of.update(zip(given, count(len(self.now)), strict=False))
                digests += given
                for entry in some:
                    self.now.add(entry)
        self._remember(reading, digests)

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
        stored = self.update.known
        predecessor = find_predecessor(
            self._living(), self.now, self.source, others=stored.retired | stored.beside
        )
        strangers = stored.beside - {predecessor}
        known = build_known_rows(
            self._known(lines, strangers), self.source, predecessor, now=self.now
        )
        self._row_of = {}
        found = match_all(known, self.now)
        self.update.save_aside(
            array("q", [0 if row == NO_ROW else lines[row] for row in found.plain]),
            {at: _row_link(decision, lines) for at, decision in found.others.items()},
        )

    def _living(self) -> Iterator[KnownRow]:
        stored = self.update.known
        if stored.retired or stored.beside:
            for _, row in stored.each(keep_days=self.keep_days):
                if row.gone is None:
                    yield row

    def _known(self, lines: "array[int]", strangers: Collection[str]) -> Iterator[Known]:
        """Yield what may be continued: not what lives in sources that are read beside this one."""
        for some, row in self.update.known.each_or_equal(self._row_of, keep_days=self.keep_days):
            if isinstance(row, EqualRows) or row.gone is not None or row.source not in strangers:
                lines.extend(some)
                yield row


def _in_order(
    entries: Sequence[Entry], unchanged: Sequence[UnchangedRows]
) -> Iterator[Sequence[Entry] | UnchangedRows]:
    """Yield parsed and unchanged rows of one part of a log in the order of the sheet."""
    at = 0
    for rows in unchanged:
        first = 0
        while first < len(rows):
            before = at
            while at < len(entries) and entries[at].raw.place.row < rows.rows[first]:
                at += 1
            if at > before:
                yield entries[before:at]
            last = len(rows)
            if at < len(entries):
                last = bisect_left(rows.rows, entries[at].raw.place.row, first)
            yield rows.part(first, last)
            first = last
    if at < len(entries):
        yield entries[at:]


def _row_link(found: MatchDecision, lines: "array[int]") -> RowLink:
    known, how, score, sure, rivals = found
    line = 0 if known == NO_ROW else lines[known]
    return RowLink(line, how, score, sure, tuple(lines[rival] for rival in rivals))
