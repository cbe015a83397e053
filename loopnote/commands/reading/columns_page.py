"""A log drawn as it stands in the sheet, each cell coloured by what it was taken to mean.

contents ─► their cells, kept ─► parse ─► drawing (a finished view) ─► one HTML file a source
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from loopnote.runtime.messages.terminal import language, load_catalogue, say
from loopnote.services.wiring import Progress, Wiring
from notes.messages.problems import reason_of, skipped_words
from notes.model.errors import LoopnoteError, RenderError
from notes.model.notes import Language
from notes.system.private_file import write_private
from sync.contents.pages import PageSet
from sync.contents.workbook import CellFormat, Grid, Workbook, column_letters
from sync.parse_result import ParsedColumn, ParsedTable, ParseResult, join_results
from sync.pulls.child_process import in_child
from sync.pulls.pull import SourceJob

from .sync import jobs

# A screen or two of a tab shows how it was read; a log of ten thousand rows would be a page of
# megabytes.
ROWS = 60
COLUMNS = 40
LENGTH = 160
"""Rows, columns and letters of a cell that are drawn: enough to see what was taken for what, on a
page that opens at once; judgement."""
DIGITS = 4
"""Digits of a percentage behind the point: 0.07 * 100 is 7.000000000000001 in binary."""

FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(("title", "goal", "execution", "plan", "applied_to", "next_action"), "do"),
    **dict.fromkeys(("next_keep", "next_stop", "next_start", "next_kind", "flow"), "do"),
    **dict.fromkeys(("hypothesis", "if", "then", "because", "expected"), "think"),
    **dict.fromkeys(("retrospective", "learned", "success_factors", "failure_factors"), "learn"),
    **dict.fromkeys(("result", "problem"), "learn"),
    **dict.fromkeys(("date", "start_date", "end_date", "week", "due", "logged"), "when"),
    **dict.fromkeys(("owners", "people", "mention", "author"), "who"),
    **dict.fromkeys(("metric", "metric_name", "before", "after", "target", "change"), "number"),
    **dict.fromkeys(("unit", "direction", "outcome", "status", "done_check", "winner"), "number"),
}
"""Which colour a meaning has; every other known meaning has the one for details."""

LEGEND = ("do", "think", "learn", "when", "who", "number", "detail", "open", "kept", "out", "wrong")
"""The colours of the page, in the order in which its legend names them: parts of a note, then
the rest."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell: its text, the name of its colour, and what is to be said of it ("" for nothing)."""

    text: str
    style: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row of the sheet by its number; `remark` says why it was left out."""

    number: str
    cells: Sequence[DrawnCell]
    style: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    """A column: its letter, its meaning in words, and the name of its colour."""

    letter: str
    meaning: str
    style: str


@dataclass(frozen=True, slots=True)
class DrawnTab:
    """A tab as far as it is drawn; `more` rows are not."""

    name: str
    kind: str
    columns: Sequence[DrawnColumn]
    rows: Sequence[DrawnRow]
    more: int = 0
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class DrawnSource:
    """A source with its tabs; `questions` counts columns whose meaning is open."""

    name: str
    notes: int
    problems: int
    questions: int
    tabs: Sequence[DrawnTab] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a drawing: fields, kinds of tables and the page's own sentences."""

    language: Language
    fields: Mapping[str, str]
    kinds: Mapping[str, str]
    page: Mapping[str, str]


def drawing_words() -> Wording:
    """Return the words of a drawing in the language of the terminal."""
    words = load_catalogue(language())
    return Wording(language(), words["field"], words["table_kind"], words["columns_page"])


def draw_sources(
    wiring: Wiring, *, only: str, out: Path, wording: Wording, progress: Progress
) -> Iterator[tuple[str, Path | LoopnoteError]]:
    """Write a page for each source; yield where it is, or why the source cannot be read."""
    from reports.archive.addresses import slug

    for job in jobs(wiring, only, progress):
        name = job.source.name
        try:
            path = out / f"columns-{slug(name)}.html"
            drawn = in_child(partial(drawn_source, job, wording), wiring.limits(), name=name)
            write_drawing(path, drawn, wording)
            yield name, path
        except LoopnoteError as error:
            yield name, error


def write_drawing(path: Path, source: DrawnSource, wording: Wording) -> None:
    """Write the page of a source.

    Raises:
        RenderError: it cannot be written.
    """
    from reports.page.render import render_document

    facts = {"source": source, "legend": LEGEND, "word": wording.page, "say": say}
    facts["language"] = wording.language
    html = render_document("columns_page.html.j2", facts)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, html)
    except OSError as error:
        raise RenderError(
            f"{path} cannot be written: {error.strerror}", hint="name another folder with --out"
        ) from error


def drawn_source(job: SourceJob, wording: Wording) -> DrawnSource:
    """Read a source and return it as a drawing.

    Raises:
        SourceError: it cannot be read.
    """
    from sync.parsing.logs.content import parse_content

    tabs: list[DrawnTab] = []
    results: list[ParseResult] = []
    for content in job.source.fetch({}, full=True, known=list).contents:
        kept = _kept(content)
        result = join_results(parse_content(kept, job.options, file=kept.name))
        results.append(result)
        if isinstance(kept, Workbook):
            tabs += [_drawn_grid(grid, result, wording) for grid in kept.grids]
        else:
            tabs.append(_drawn_pages(kept.name, result, wording))
    whole = join_results(results)
    asked = [one for table in whole.tables for one in table.columns if _is_open(table, one)]
    return DrawnSource(
        job.source.name, len(whole.entries), len(whole.problems), len(asked), tuple(tabs)
    )


def _kept(content: Workbook | PageSet) -> Workbook | PageSet:
    """Return a workbook whose cells can be looked at twice."""
    if isinstance(content, PageSet):
        return content
    grids = [replace(grid, rows=[list(row) for row in grid.rows]) for grid in content.grids]
    return Workbook(content.name, tuple(grids))


def _is_open(table: ParsedTable, column: ParsedColumn) -> bool:
    asked = table.record_kind == "experiment" and bool(column.samples)
    return asked and column.grade != "certain"


def _drawn_grid(grid: Grid, result: ParseResult, wording: Wording) -> DrawnTab:
    tables = [one for one in result.tables if one.tab == grid.tab]
    width = min(COLUMNS, max((len(row) for row in grid.rows), default=0))
    skipped = _skipped_rows(result, grid.tab, wording.language)
    problems = _problems(result, grid.tab, wording.language)
    used = [one for one in tables if one.record_kind]
    kinds = ", ".join(dict.fromkeys(wording.kinds.get(one.kind, one.kind) for one in tables))
    kinds = kinds or wording.page["nothing"]
    if not used and not _is_asked_about(result, grid.tab):
        return DrawnTab(grid.tab, kinds, (), (), len(grid.rows), left_out=True)
    rows = [
        _with_meaning(
            _drawn_row(number, texts, used, skipped=skipped, problems=problems, width=width),
            used,
            wording,
        )
        for number, texts in _texts(grid, width)
    ]
    columns = [_drawn_column(column_letters(n), used, wording) for n in range(1, width + 1)]
    more = max(0, len(grid.rows) - ROWS)
    return DrawnTab(grid.tab, kinds, columns, rows, more, left_out=not used)


def _texts(grid: Grid, width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the drawn rows of a tab: (number, its cells as the sheet shows them)."""
    for number, row in enumerate(grid.rows[:ROWS], 1):
        cells = enumerate(list(row)[:width], 1)
        yield number, [shown(value, grid.formats.get((number, column))) for column, value in cells]


def _is_asked_about(result: ParseResult, tab: str) -> bool:
    """Return whether a tab without notes is drawn: it has texts that were not understood.

    The cells of a tab that is no log are shown to nobody: it may hold passwords.
    """
    return any(one.code == "not_understood" and one.place.tab == tab for one in result.problems)


def _drawn_column(letter: str, tables: Sequence[ParsedTable], wording: Wording) -> DrawnColumn:
    found = [
        (table, column) for table in tables for column in table.columns if column.letter == letter
    ]
    if not found:
        return DrawnColumn(letter, "", "")
    table, column = next((pair for pair in found if pair[1].field), found[0])
    style = style_of(table, column)
    label = wording.fields.get(column.field, column.field)
    if style == "open":
        guess = [column.field] if column.field else list(column.candidates)
        label = "/".join(wording.fields.get(one, one) for one in guess) + "?"
    elif not label:
        label = wording.page["kept"]
    return DrawnColumn(letter, label, style)


def style_of(table: ParsedTable, column: ParsedColumn) -> str:
    """Return the name of a column's colour."""
    if _is_open(table, column):
        return "open"
    return FAMILIES.get(column.field, "detail") if column.field else "kept"


def _drawn_row(
    number: int,
    texts: Sequence[str],
    tables: Sequence[ParsedTable],
    *,
    skipped: Mapping[int, tuple[str, str]],
    problems: Mapping[tuple[int, str], str],
    width: int,
) -> DrawnRow:
    table = next((one for one in tables if _holds(one, number)), None)
    code, reason = skipped.get(number, ("", ""))
    styles = {one.letter: style_of(table, one) for one in table.columns} if table else {}
    across = styles.get(str(number), "")  # in a transposed log a row is what elsewhere a column is
    out = table is None or (bool(code) and code not in ("header", "repeated_header"))
    cells = []
    for place in range(1, width + 1):
        letter = column_letters(place)
        text = texts[place - 1] if place <= len(texts) else ""
        remark = problems.get((number, letter), "")
        style = "wrong" if remark else "" if out else styles.get(letter, across)
        cells.append(DrawnCell(text, style, remark))
    style = "header" if code in ("header", "repeated_header") else "out" if out else ""
    return DrawnRow(str(number), cells, style, reason if style == "out" else "")


def _with_meaning(row: DrawnRow, tables: Sequence[ParsedTable], wording: Wording) -> DrawnRow:
    """Say beside a row of a transposed log what it means."""
    if row.remark or row.style:
        return row
    meaning = _drawn_column(row.number, tables, wording).meaning
    return replace(row, remark=meaning) if meaning else row


def _holds(table: ParsedTable, row: int) -> bool:
    if row in table.header_rows:
        return True
    area = table.area
    return area is None or area.top <= row <= area.bottom


def _skipped_rows(result: ParseResult, tab: str, language: Language) -> dict[int, tuple[str, str]]:
    """Return (code, words) of each row of a tab that is no note."""
    return {
        row: (one.code, skipped_words(one.code, language))
        for one in result.skipped
        if one.tab == tab
        for row in range(one.first_row, min(one.last_row, ROWS) + 1)
    }


def _problems(result: ParseResult, tab: str, language: Language) -> dict[tuple[int, str], str]:
    return {
        (one.place.row, one.place.col): reason_of(one, language)
        for one in result.problems
        if one.place.tab == tab
    }


def _drawn_pages(name: str, result: ParseResult, wording: Wording) -> DrawnTab:
    """Draw the pages of a database: a row a page, a column a property or a heading of the
    bodies.
    """
    held: dict[str, tuple[ParsedTable, ParsedColumn]] = {}
    for table in result.tables:
        for column in table.columns:
            held.setdefault(column.letter, (table, column))
    problems = {
        (one.place.page_id, one.place.property): reason_of(one, wording.language)
        for one in result.problems
    }
    names = list(held)[:COLUMNS]
    rows = []
    for number, entry in enumerate(result.entries[:ROWS], 1):
        texts = dict(entry.raw.cells)
        rows.append(
            DrawnRow(
                str(number),
                [
                    DrawnCell(
                        shown(texts.get(one, "")),
                        "wrong" if (entry.raw.native_id, one) in problems else style_of(*held[one]),
                        problems.get((entry.raw.native_id, one), ""),
                    )
                    for one in names
                ],
            )
        )
    tables: Iterable[ParsedTable] = result.tables
    columns = [_drawn_column(one, tuple(tables), wording) for one in names]
    more = max(0, len(result.entries) - ROWS)
    return DrawnTab(name, wording.kinds["log"], columns, rows, more, left_out=not rows)


def shown(value: object, form: CellFormat | None = None) -> str:
    """Return a cell as its sheet shows it, long texts cut.

    >>> shown(40.0), shown(0.14, CellFormat("percent")), shown(1200.0, CellFormat("currency", "₩"))
    ('40', '14%', '₩1,200')
    """
    if value is None:
        return ""
    text = _number_text(value, form) if isinstance(value, float) else str(value)
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"


def _number_text(value: float, form: CellFormat | None) -> str:
    """Return a number as a sheet shows it: no ".0", a share in percent, money with its sign."""
    if form is not None and form.kind == "percent":
        return f"{round(value * 100, DIGITS):g}%"
    whole: float = int(value) if value.is_integer() else value
    if form is None or not form.symbol:
        return str(whole)
    return f"{form.symbol}{whole:,}" if form.kind == "currency" else f"{whole}{form.symbol}"
