"""Tables for spreadsheet programs: no cell is a formula, and nothing of a text is lost."""

import csv
import io
from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notes.export_formats.csv_tables import COLUMNS, MARK, heading, rows
from notes.export_formats.formula_guard import guard_formula, unguard_formula
from notes.export_formats.record import Record
from notes.model.notes import Note, Point

_NASTY = st.text(alphabet="'\"=+-@＝－\t\r\n; a1.%\u200b\ufeff\u00a0가", max_size=8)


@given(_NASTY | st.text())
@example("'=1")
@example("\t'=")
@example(";'=;=")
def test_a_guarded_text_can_be_had_again(text):
    assert unguard_formula(guard_formula(text)) == text


@given(_NASTY)
def test_a_guarded_text_never_starts_a_formula(text):
    cell = guard_formula(text)
    numeric = cell.lstrip("'+-").rstrip(" %").replace(".", "").replace(",", "").isdigit()
    assert numeric or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        '"=1"',
        "'=1",
        "\u200b=1",
        "\u00a0=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
    ],
)
def test_whatever_could_start_a_formula_gets_an_apostrophe_before_its_sign(text):
    cell = guard_formula(text)
    assert cell != text
    assert cell.replace("'", "") == text.replace("'", "")


def test_a_formula_that_a_semicolon_or_tab_would_part_off_is_guarded_too():
    assert guard_formula("a;=cmd|x") == "a;'=cmd|x"
    assert guard_formula("a\t @x") == "a\t '@x"


def test_numbers_stay_numbers_and_plain_texts_plain():
    for text in (
        "-3.5",
        "+20",
        "-5%",
        "1,234",
        "2026-11-23",
        "a=b",
        "쿠폰 - 문자",
        "EXP-12",
        "'tis",
        "x@y.org",
    ):
        assert guard_formula(text) == text


def note(**of_note) -> Record:
    values = {
        "id": "0123456789ab", "team": "T", "source": "S", "kind": "experiment",
        "place": {"tab": "2월", "row": 3},
        "url": "", "cells": {}, "fields": {"kind": "experiment", **of_note}, "version": 2,
        "first_seen": "2026-11-02T00:00:00.000000Z",
        "first_run": "r", "changed": "2026-11-03T00:00:00.000000Z", "gone": None, "written": {},
        "link": None,
        "native_id": "", "touched_first": None, "touched_last": None, "digest": "00",
    }  # fmt: skip
    return Record("note", values)


def table(name, *records):
    text = heading(name, lambda column: column) + "".join(
        row for of, row in rows(records, "en") if of == name
    )
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def test_a_note_is_one_row_with_its_texts_as_they_are():
    (row,) = table(
        "notes",
        note(
            goal="=1\n+2",
            owners=["가", "나"],
            start_date="2026-11-02",
            metric={"name": "x", "before": -3.0},
        ),
    )

    assert unguard_formula(row["goal"]) == "=1\n+2"
    assert (row["owners"], row["week"], row["before"], row["after"], row["sure"]) == (
        "가; 나",
        "2026-W45",
        "-3",
        "",
        "true",
    )
    assert (row["tab"], row["row"]) == ("2월", "3")


def test_every_field_of_a_note_and_of_a_point_has_a_column():
    assert {field.name for field in fields(Note)} - {"place"} <= set(COLUMNS["notes"])
    assert {field.name for field in fields(Point)} <= set(COLUMNS["metrics"])


def test_every_number_is_a_row():
    series = {
        "is": "Series",
        "points": [
            {"name": "방문", "value": 3.0, "day": "2026-11-02"},
            {"name": "구매", "value": 1.5},
        ],
    }
    found = table(
        "metrics",
        note(
            metric={"name": "a", "after_counts": [13, 88]},
            more_metrics=[{"name": "b"}],
            details=series,
        ),
    )

    assert [(row["name"], row["value"], row["after_counts"]) for row in found] == [
        ("a", "", "13/88"), ("b", "", ""), ("방문", "3", ""), ("구매", "1.5", ""),
    ]  # fmt: skip


def test_history_has_a_row_a_change():
    changed = {
        "note": "0123456789ab",
        "version": 2,
        "at": "2026-11-03T00:00:00.000000Z",
        "run": "r",
        "event": "changed",
    }
    gone = changed | {"version": 3, "event": "gone", "changes": []}
    both = changed | {"changes": [["goal", "", "=x"], ["outcome", "running", "success"]]}
    found = table("history", note(), Record("version", both), Record("version", gone))

    assert [(row["version"], row["event"], row["field"], row["after"]) for row in found] == [
        ("1", "new", "", ""), ("2", "changed", "goal", "'=x"),
        ("2", "changed", "outcome", "success"), ("3", "gone", "", ""),
    ]  # fmt: skip


def test_rows_end_as_spreadsheet_programs_want_it():
    (text,) = (row for of, row in rows([note(goal="a\nb")], "ko") if of == "notes")
    assert text.endswith("\r\n")
    assert '"a\nb"' in text
