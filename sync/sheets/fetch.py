"""One fetch of a Google spreadsheet: the requests, their order, and what they covered.

Whoever edits the sheet while it is read cannot make us lose rows: a reading of several requests
that Drive calls changed at its end deletes nothing, and is done again next time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from notes.model.errors import ServiceRefusedError, SourceUnavailableError
from sync.contents.row_buffer import RowBuffer
from sync.contents.workbook import Grid, Workbook
from sync.retry import Progress
from sync.source import FetchOutcome

from .cell_decoder import GridDecoder, GridPart, decode_cells
from .json_stream import JsonStream
from .memory import SheetsMemory, to_json
from .messages import in_trash_error, no_tab_error, wrong_type_error
from .spreadsheet import (
    BOOK_FIELDS,
    CELL_FIELDS,
    Json,
    RowRange,
    SheetTab,
    SpreadsheetInfo,
    TabContents,
    cell_url,
    choose_tabs,
    decode_spreadsheet,
    plan_requests,
)

T = TypeVar("T")

_RESTARTS = 3
"""Times a reading begins anew when tabs move; judgement: more means that somebody is rearranging
the sheet."""


class SheetsClient(Protocol):
    """The two requests that a reading makes; paced, retried, and never a write.

    Either raises SourceUnavailableError, or ServiceRefusedError where asking again is useless.
    """

    server_time: datetime | None

    def file(self, file_id: str) -> Json:
        """Return what Drive knows of a file."""
        ...

    def spreadsheet(self, file_id: str, params: list[tuple[str, str]]) -> Json:
        """Return a spreadsheet, as far as the parameters ask for it."""
        ...

    def streamed(
        self, file_id: str, params: list[tuple[str, str]], take: Callable[[JsonStream], T]
    ) -> T:
        """Return what `take` makes of a spreadsheet's answer while it arrives.

        A ValueError of it is tried again.
        """
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class _ChangedWhileReadError(Exception):
    """The spreadsheet was changed between two requests: tabs are no longer where they were."""


@dataclass(slots=True)
class SheetsFetch:
    """One reading of one spreadsheet."""

    client: SheetsClient
    spreadsheet: str
    patterns: tuple[str, ...]
    memory: SheetsMemory
    now: datetime
    progress: Progress
    seen: Json | None = None
    warnings: list[str] = field(default_factory=list)
    cells: dict[str, int] = field(default_factory=dict)
    reads: int = 0
    torn: bool = False
    missing: tuple[str, ...] = ()
    ended: bool = False
    buffer: RowBuffer = field(default_factory=RowBuffer)

    def look(self) -> None:
        """Ask Drive for the file's version; without Drive the cells are read every time."""
        try:
            self.seen = self.client.file(self.spreadsheet)
        except ServiceRefusedError as error:
            if error.code not in ("drive.api_disabled", "sheets.scope"):
                raise
            self.warnings.append(f"{error}; until then every sync reads all cells: {error.hint}")
            return
        if self.seen.get("trashed"):
            raise in_trash_error(str(self.seen.get("name")))
        wrong = wrong_type_error(str(self.seen.get("mimeType")))
        if wrong:
            raise wrong

    def record(self) -> SpreadsheetInfo:
        """Return the spreadsheet without its cells."""
        return decode_spreadsheet(
            self.client.spreadsheet(self.spreadsheet, [("fields", BOOK_FIELDS)])
        )

    def choose_tabs(self, record: SpreadsheetInfo) -> tuple[SheetTab, ...]:
        """Return the tabs to read; a pattern that fits none is told.

        Raises:
            SourceRefusedError: none fits any.
        """
        tabs, self.missing = choose_tabs(record.tabs, self.patterns)
        if not tabs:
            raise no_tab_error(self.patterns, [tab.title for tab in record.tabs if tab.is_grid])
        self.warnings.extend(
            f"no tab fits “{pattern}”; its notes are kept as they were" for pattern in self.missing
        )
        return tabs

    def contents(self) -> Iterator[Workbook]:
        """Yield the workbook; its tabs arrive as they are read, then the connections are closed."""
        try:
            record = self.record()
            yield Workbook(record.title, self._grids(record, self.choose_tabs(record)))
        finally:
            self.client.close()
            self.buffer.close()

    def _grids(self, record: SpreadsheetInfo, tabs: tuple[SheetTab, ...]) -> Iterator[Grid]:
        delivered: set[int] = set()
        for restart in range(_RESTARTS + 1):
            left = [tab for tab in tabs if tab.id not in delivered]
            try:
                for reader in self._readers(left):
                    delivered.add(reader.tab.id)
                    yield reader.grid(
                        locale=record.locale, cell_url=cell_url(self.spreadsheet, reader.tab)
                    )
                    reader.clear()
                break
            except _ChangedWhileReadError as error:
                self.torn = True
                if restart == _RESTARTS:
                    raise SourceUnavailableError(
                        "the spreadsheet is being rearranged while it is read",
                        hint="nothing was changed; the next run tries again", code="sheets.moving",
                    ) from error  # fmt: skip
            record = self.record()
            tabs, _ = choose_tabs(record.tabs, self.patterns)
        self.torn = self.torn or (self.reads > 1 and self._has_changed())
        self.ended = True

    def _readers(self, tabs: Sequence[SheetTab]) -> Iterator[GridDecoder]:
        """Yield each tab's reader as soon as all of its stretches have been read."""
        reader: GridDecoder | None = None
        found_so_far: dict[int, TabContents] = {}
        for stretches in plan_requests(tabs, self.memory.cells, found_so_far):
            data = self._cells(stretches)
            for stretch in stretches:
                before = found_so_far.get(stretch.tab.id, TabContents())
                cells = sum(part.cells for part in data.get(stretch.tab.id, ()))
                found_so_far[stretch.tab.id] = TabContents(
                    before.requests + 1, before.cells + cells
                )
                if reader is not None and reader.tab is not stretch.tab:
                    yield self._done(reader)
                    reader = None
                reader = reader or GridDecoder(stretch.tab, self.buffer)
                found = data.get(stretch.tab.id)
                if not found:
                    raise _ChangedWhileReadError
                reader.add(found.pop(0))
        if reader is not None:
            yield self._done(reader)

    def _done(self, reader: GridDecoder) -> GridDecoder:
        self.cells[str(reader.tab.id)] = reader.cells
        return reader

    def _cells(self, stretches: Sequence[RowRange]) -> dict[int, list[GridPart]]:
        self.reads += 1
        if stretches[0].last:
            self.progress(f"{self.spreadsheet}: reading {stretches[0].range}")
        query = [*(("ranges", stretch.range) for stretch in stretches), ("fields", CELL_FIELDS)]
        widths = {stretch.tab.id: stretch.tab.columns for stretch in stretches}
        try:
            return self.client.streamed(
                self.spreadsheet, query, lambda stream: decode_cells(stream, self.buffer, widths)
            )
        except ServiceRefusedError as error:
            if error.status == 400 and (
                "Unable to parse range" in error.answer or "grid limits" in error.answer
            ):
                raise _ChangedWhileReadError from error
            raise

    def _has_changed(self) -> bool:
        """Return whether somebody edited the spreadsheet between its requests.

        Rows may then be missing or twice.
        """
        return self.seen is not None and self.client.file(self.spreadsheet).get(
            "version"
        ) != self.seen.get("version")

    def unchanged(self) -> FetchOutcome:
        """Return the outcome of a fetch that had nothing to read."""
        memory = self.memory.passed()
        return FetchOutcome(state=to_json(memory), covers="changed", warnings=tuple(self.warnings))

    def outcome(self) -> FetchOutcome:
        """Return what this reading covered.

        Raises:
            SourceUnavailableError: it was not read to its end.
        """
        if not self.ended:
            raise SourceUnavailableError(
                "the spreadsheet was not read to its end", code="sheets.unfinished"
            )
        if self.torn:
            self.warnings.append(
                "the spreadsheet was edited while it was read; what vanished is decided next time"
            )
        whole = not self.torn and not self.missing
        seen = None if self.torn else self.seen
        memory = SheetsMemory.after(
            self.spreadsheet,
            self.patterns,
            seen,
            cells=self.cells,
            now=self.now,
            time=self.client.server_time,
        )
        return FetchOutcome(
            state=to_json(memory),
            covers="all" if whole else "changed",
            warnings=tuple(self.warnings),
        )
