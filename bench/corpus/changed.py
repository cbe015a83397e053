"""Measures copies of known logs that somebody changed: `python -m bench.corpus.changed [-v]
[--examples] [NAME …]`.

    reversed       the columns in the opposite order
    blank column   an empty column in the middle
    hidden         every second column hidden
    flat           a CSV export: no merges, no formats, every cell a text
    no header      the row that names the columns is gone: the log has to be loud about it

The score is that of the example logs; the loss is what the copy lost against the log itself. Harm
is counted apart. Logs whose records stand in columns are left out: there a changed column is a
changed record.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from bench.corpus.logs import AnswerKey, TableLog, table_logs
from bench.corpus.run import judged, score_module
from bench.corpus.write import write
from sync.contents.workbook import Area, CellError, Grid, Value, Workbook
from sync.files.source import FileSource
from sync.parse_result import ParseOptions, ParseResult
from sync.parsing.logs.content import parse_content

EXAMPLES = Path(__file__).resolve().parents[2] / "tests/data/examples"
_BESIDE = ("cards", "transposed")
"""Shapes in which a label stands left of its value: there a column is not a field."""
Change = Callable[[Grid], Grid]


def _moved(grid: Grid, place: Callable[[int], int], width: int) -> Grid:
    """Return the grid with each 1-based column at another place of `width` columns."""
    rows: list[list[Value]] = []
    for row in grid.rows:
        cells: list[Value] = [None] * width
        for column, value in enumerate(row, 1):
            cells[place(column) - 1] = value
        rows.append(cells)
    merges = []
    for area in grid.merges:
        sides = sorted((place(area.left), place(area.right)))
        merges.append(Area(area.top, sides[0], area.bottom, sides[1]))
        for number in range(area.top, area.bottom + 1):
            cells, before = rows[number - 1], grid.rows[number - 1]
            value = before[area.left - 1] if area.left <= len(before) else None
            for column in range(sides[0], sides[1] + 1):
                cells[column - 1] = None
            cells[sides[0] - 1] = value
    return replace(
        grid,
        rows=rows,
        merges=tuple(merges),
        formats={(row, place(column)): grid.formats[row, column] for row, column in grid.formats},
        links={}, comments={}, people={}, tables=(),
        hidden_columns=frozenset(map(place, grid.hidden_columns)),
    )  # fmt: skip


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid.rows), default=0)


def columns_reversed(grid: Grid) -> Grid:
    width = _width(grid)
    return _moved(grid, lambda column: _PLACES["reversed"](column, width), width)


def blank_column(grid: Grid) -> Grid:
    width = _width(grid)
    return _moved(grid, lambda column: _PLACES["blank column"](column, width), width + 1)


def half_hidden(grid: Grid) -> Grid:
    return replace(grid, hidden_columns=frozenset(range(2, _width(grid) + 1, 2)))


def flat(grid: Grid) -> Grid:
    rows = [[_text(value) for value in row] for row in grid.rows]
    return replace(
        grid, rows=rows, merges=(), formats={}, links={}, comments={}, people={}, tables=(),
    )  # fmt: skip


def _text(value: Value) -> Value:
    if value is None or isinstance(value, CellError):
        return value.code if isinstance(value, CellError) else None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _key_of(right: AnswerKey, kind: str, book: Workbook) -> AnswerKey:
    """Return the key of a copy: the places of its notes and problems move with their columns."""
    widths = {grid.tab: _width(grid) for grid in book.grids}

    def moved(place: dict[str, Any]) -> dict[str, Any]:
        width = widths.get(str(place.get("tab")), max(widths.values(), default=0))
        letters = [side for side in ("col", "col_end") if place.get(side) and kind in _PLACES]
        return place | {
            side: get_column_letter(_PLACES[kind](column_index_from_string(place[side]), width))
            for side in letters
        }

    notes = [note | {"source_ref": moved(note["source_ref"])} for note in right.notes]
    problems = [one | {"source_ref": moved(one["source_ref"])} for one in right.problems]
    return replace(right, notes=notes, problems=problems)


_PLACES: dict[str, Callable[[int, int], int]] = {
    "reversed": lambda column, width: width + 1 - column,
    "blank column": lambda column, width: column + (column > width // 2),
}
"""Where a column of the log stands in a copy of that width."""
CHANGES: dict[str, Change] = {
    "reversed": columns_reversed,
    "blank column": blank_column,
    "hidden": half_hidden,
    "flat": flat,
}


def _logs(names: list[str]) -> Iterator[TableLog]:
    """Yield the logs by name whose records stand in rows."""
    for log in table_logs():
        beside = any(note["source_ref"].get("col") for note in log.key.notes)
        if not beside and (not names or any(name in log.name for name in names)):
            yield log


def _examples() -> Iterator[tuple[TableLog, Path]]:
    """Yield the example logs that are tables, each with its file; their records stand in rows."""
    for path in sorted((EXAMPLES / "key").glob("*.json")):
        key = json.loads(path.read_text(encoding="utf-8"))
        file = EXAMPLES / "workbooks" / key["file"]
        if file.suffix in (".xlsx", ".csv"):
            right = AnswerKey(key["notes"], key.get("problems", []), key.get("neutral", []))
            yield TableLog(key["workbook"], "ko", "development", right, []), file


def _grids(path: Path) -> Workbook:
    contents = FileSource("log", "team", str(path)).fetch({}, full=True, known=list).contents
    book = next(iter(contents))
    assert isinstance(book, Workbook)
    grids = [replace(grid, rows=[list(row) for row in grid.rows]) for grid in book.grids]
    return Workbook(book.name, grids)


def _read(book: Workbook, language: Any, change: Change | None = None) -> list[ParseResult]:
    grids = [change(grid) if change else grid for grid in book.grids]
    return list(parse_content(Workbook(book.name, grids), ParseOptions(language=language)))


def _headers(readings: list[ParseResult]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for reading in readings:
        for table in reading.tables:
            found.setdefault(table.tab, set()).update(table.header_rows)
    return found


def _is_loud(readings: list[ParseResult]) -> bool:
    """Return whether a reading asks about the log: a problem, or columns that are open or
    likely.
    """
    told = any(problem.code == "not_understood" for one in readings for problem in one.problems)
    asked = any(
        column.grade != "certain"
        for one in readings
        for table in one.tables
        for column in table.columns
        if column.samples
    )
    return told or asked


def _without_header(headers: dict[str, set[int]]) -> Change:
    def change(grid: Grid) -> Grid:
        rows = [
            [None] * len(row) if number in headers.get(grid.tab, set()) else list(row)
            for number, row in enumerate(grid.rows, 1)
        ]
        return replace(grid, rows=rows, merges=())

    return change


@dataclass(slots=True)
class Losses:
    """What the copies of all logs lost so far; `verbose` tells each loss."""

    score: Any
    verbose: bool
    lost: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in CHANGES})
    harm: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    silent: int = 0

    def add(self, log: TableLog, book: Workbook) -> None:
        """Measure every copy of a log."""
        plain = _read(book, log.language)
        known = judged(log.name, log.key, plain, self.score)["overall"]
        beside = any(table.kind in _BESIDE for one in plain for table in one.tables)
        for kind in CHANGES:
            if not (beside and kind in ("reversed", "hidden")):
                self._add_copy(log, book, kind, known=known)
        if not beside:
            self._add_without_header(
                log, _read(book, log.language, _without_header(_headers(plain)))
            )

    def _add_copy(self, log: TableLog, book: Workbook, kind: str, *, known: float) -> None:
        copy = _key_of(log.key, kind, book)
        result = judged(log.name, copy, _read(book, log.language, CHANGES[kind]), self.score)
        lost = known - result["overall"]
        self.lost[kind].append(lost)
        self.harm[kind].update(result["harm"])
        if self.verbose and lost > 0.01:
            bad = {name: (c.fp, c.fn) for name, c in result["fields"].items() if c.fp or c.fn}
            print(f"{kind}: {log.name} {known:.3f} → {result['overall']:.3f} {bad}")

    def _add_without_header(self, log: TableLog, bare: list[ParseResult]) -> None:
        hurt = judged(log.name, log.key, bare, self.score)["harm"]
        self.harm["no header"].update(hurt)
        if self.verbose and hurt:
            print(f"no header: {log.name} harm {dict(hurt)}")
        if not _is_loud(bare):
            self.silent += 1
            print(f"no header: {log.name} is silent")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-v", action="store_true")
    parser.add_argument(
        "--examples", action="store_true", help="copies of the example logs instead"
    )
    options = parser.parse_args()
    score = score_module()
    if score is None:
        sys.exit("the score of the examples is not there")
    losses = Losses(score, options.v)
    for log, path in _examples() if options.examples else ():
        losses.add(log, _grids(path))
    with tempfile.TemporaryDirectory() as folder:
        for log in () if options.examples else _logs(options.names):
            losses.add(log, _grids(write(log, Path(folder))))
    for kind, found in losses.lost.items():
        mean, hurt = sum(found) / len(found), dict(losses.harm[kind]) or "none"
        print(f"{kind}: mean loss {mean:.4f} over {len(found)} logs; harm {hurt}")
    hurt = dict(losses.harm["no header"]) or "none"
    print(f"no header: {losses.silent} logs silent; harm {hurt}")


if __name__ == "__main__":
    main()
