"""Prints how a log was parsed: its tables, their columns with reasons and sample notes, what
was left out, and the questions that stay.
"""

import json
from collections.abc import Iterable, Sequence

from loopnote.commands.reading.ask_columns import asked_columns, without_year
from loopnote.runtime.messages.terminal import field_label, reason_text, say
from notes.messages.problems import reason_of, skipped_words
from notes.model.notes import NOT_READ, Entry, Language
from sync.parse_result import ParsedColumn, ParsedTable, ParseResult, SkippedRows

from .console import print_line, print_table
from .place_text import cell_text, place_text

SAMPLES = 3
"""Sample notes and cells: judgement, enough to recognise a column, few enough for a screen."""

UNSURE = 0.6
"""Confidence below which a column is marked with a question mark. Judgement."""

QUESTIONS = 8
"""Questions shown at once. Judgement: about one screen."""


def print_reading(source: str, reading: ParseResult, language: Language, *, this_year: int) -> None:
    """Print a source's parsed tables tab by tab, then problems, then how to override."""
    print_line(
        say(
            "columns.source",
            source=source,
            notes=len(reading.entries),
            problems=len(reading.problems),
        )
    )
    for table in reading.tables:
        print_line()
        _print_table(table)
        _print_samples(table, reading.entries)
        _print_skipped(
            [
                skipped
                for skipped in reading.skipped
                if skipped.tab == table.tab and _inside(skipped, table)
            ],
            language,
        )
    _print_left_tabs(reading, language)
    _print_problems(reading, language)
    _print_questions(reading)
    print_line()
    lines = _year_lines(reading, this_year) or [_override(reading)]
    print_line(say("columns.change", source=source, line="\n    ".join(lines)))
    print_line()


def _year_lines(reading: ParseResult, this_year: int) -> list[str]:
    """Return the line that gives the dates their year, and an answer to a question, where
    both are open.
    """
    if not without_year(reading.problems):
        return []
    return [f"year = {this_year}", *([_override(reading)] if asked_columns(reading) else [])]


def _print_table(table: ParsedTable) -> None:
    area = table.area
    rows = say("columns.rows", first=area.top, last=area.bottom) if area else ""
    header = (
        say("columns.header", rows=", ".join(str(row) for row in table.header_rows))
        if table.header_rows
        else ""
    )
    facts = [say(f"table_kind.{table.kind}"), rows, header, reason_text(table.reason)]
    print_line(f"■ {table.tab}   " + " · ".join(fact for fact in facts if fact))
    if table.columns:
        headings = [
            say(f"columns.{name}")
            for name in ("column", "heading", "means", "sure", "why", "example")
        ]
        print_table(headings, [_column_row(column) for column in table.columns])


def _column_row(column: ParsedColumn) -> tuple[str, ...]:
    open_ = column.grade == "open" and column.samples
    means = (
        field_label(column.field)
        if column.field
        else say("columns.open" if open_ else "columns.kept")
    )
    sure = f"{column.confidence:.0%}" if column.field else ""
    mark = " ?" if column.field and (column.grade == "likely" or column.confidence < UNSURE) else ""
    example = " / ".join(_short(sample, 24) for sample in column.samples[:2])
    return (
        column.letter,
        _short(column.header, 28),
        means + mark,
        sure,
        reason_text(column.reason),
        example,
    )


def _print_samples(table: ParsedTable, entries: Sequence[Entry]) -> None:
    samples = [entry for entry in entries if _of_table(entry, table)][:SAMPLES]
    for entry in samples:
        place = entry.raw.place
        where = place.page_id[:8] if place.page_id else cell_text(place)
        print_line(f"  {where}: {_note_line(entry)}")


def _of_table(entry: Entry, table: ParsedTable) -> bool:
    place, area = entry.raw.place, table.area
    if place.page_id:
        return True
    return place.tab == table.tab and (area is None or area.top <= place.row <= area.bottom)


def _note_line(entry: Entry) -> str:
    """Return what was made of a row; of one with numbers or a card, its cells."""
    note = entry.note
    names = ("title", "goal", "hypothesis", "execution", "retrospective", "learned")
    fields = [(field_label(name), getattr(note, name)) for name in names]
    shown = (entry.raw.cells if note.details else ()) or [one for one in fields if one[1]]
    dates = "~".join(day.isoformat() for day in (note.start_date, note.end_date) if day)
    outcome = say(f"outcome.{note.outcome}") if note.outcome else ""
    plain = [dates, note.week if not dates else "", outcome, ", ".join(note.owners)]
    texts = [f"{name} {_short(text, 32)}" for name, text in shown]
    return " | ".join([part for part in plain if part] + texts)


def _inside(skipped: SkippedRows, table: ParsedTable) -> bool:
    return table.area is None or table.area.top <= skipped.first_row <= table.area.bottom


def _print_skipped(skipped: Sequence[SkippedRows], language: Language) -> None:
    shown = [one for one in skipped if one.code != "blank"]
    if not shown:
        return
    pieces = [f"{_rows(one)} ({skipped_words(one.code, language)})" for one in shown[:12]]
    more = f" … +{len(shown) - 12}" if len(shown) > 12 else ""
    print_line(f"  {say('columns.left_out')}: {', '.join(pieces)}{more}")


def _rows(skipped: SkippedRows) -> str:
    if skipped.first_row == skipped.last_row:
        return say("place.row", row=skipped.first_row)
    return say("columns.rows", first=skipped.first_row, last=skipped.last_row)


def _print_left_tabs(reading: ParseResult, language: Language) -> None:
    read = {table.tab for table in reading.tables}
    for tab in dict.fromkeys(skipped.tab for skipped in reading.skipped if skipped.tab not in read):
        codes = dict.fromkeys(
            one.code for one in reading.skipped if one.tab == tab and one.code != "blank"
        )
        reasons = ", ".join(skipped_words(code, language) for code in codes) or skipped_words(
            "blank", language
        )
        print_line(f"□ {tab}   {say('columns.left_out')}: {reasons}")


def _print_problems(reading: ParseResult, language: Language) -> None:
    if not reading.problems:
        return
    print_line()
    print_line(say("columns.problems"))
    for problem in reading.problems[:10]:
        print_line(f"  {place_text(problem.place)}: {reason_of(problem, language)}")
    if len(reading.problems) > 10:
        print_line(f"  … +{len(reading.problems) - 10}")


def _print_questions(reading: ParseResult) -> None:
    """Write what is open or only likely, most valuable first, each with three cells and the
    choices.
    """
    asked, dates = asked_columns(reading), without_year(reading.problems)
    if dates:
        print_line()
        print_line(say("columns.year", dates=" / ".join(dates[:SAMPLES])))
    if not asked:
        if (
            reading.entries
            and not dates
            and not any(one.code in NOT_READ for one in reading.problems)
        ):
            print_line()
            print_line(say("columns.no_questions"))
        return
    print_line()
    print_line(say("columns.questions", count=len(asked)))
    for number, (table, column) in enumerate(asked[:QUESTIONS], 1):
        cells = " / ".join(_short(sample, 28) for sample in column.samples)
        print_line(
            f"  {number}. {table.tab} {column.letter} “{_short(column.header, 28)}”: {cells}"
        )
        choices = [column.field] if column.grade == "likely" else list(column.candidates)
        print_line(
            f"     {say('columns.may_be')}: "
            + ", ".join([*map(field_label, choices), say("columns.nothing")])
        )


def _override(reading: ParseResult) -> str:
    """Return a line of configuration that can be copied.

    For a tab left out, a question, or an example.
    """
    lines = [
        dict(one.facts).get("line", "") for one in reading.problems if one.code == "not_understood"
    ]
    if any(lines):
        return next(filter(None, lines))
    for _, column in asked_columns(reading):
        header = json.dumps(column.header or column.letter, ensure_ascii=False)
        return (
            f"columns = {{ {header} = "
            f'"{next(iter(column.candidates), column.field or "ignore")}" }}'
        )
    columns: Iterable[ParsedColumn] = (
        column for table in reading.tables for column in table.columns
    )
    unsure = min(
        columns, key=lambda column: column.confidence if column.field else 0.99, default=None
    )
    if unsure is None:
        return 'columns = { "…" = "execution" }'
    header = json.dumps(unsure.header or unsure.letter, ensure_ascii=False)
    return f'columns = {{ {header} = "{unsure.field or "ignore"}" }}'


def _short(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
