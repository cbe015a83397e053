"""Cells that few people write: each has one right reading."""

from datetime import date

import pytest

from notes.model.notes import Outcome
from sync.parsing.cells.changes import read_change
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date
from sync.parsing.cells.date_grammar.week_cells import read_week
from sync.parsing.cells.label_sites import label_sites
from sync.parsing.cells.numbers import header_unit
from sync.parsing.cells.outcomes import read_verdict, read_winner

LONG_WINNER = "The variant with the short form was ahead on Monday, behind on every other day then"


@pytest.mark.parametrize(
    "text", ["개선 후 12% ← 개선 전 10%", "after 12% (before 10%)", "after: 12% vs before: 10%"]
)
def test_the_number_called_before_is_the_one_before_wherever_it_stands(text: str) -> None:
    change = read_change(text)
    assert change is not None
    assert (change.before, change.after, change.unit) == (10, 12, "%")


def test_an_instant_of_a_day_that_no_month_has_is_told() -> None:
    reading = read_date("2026-02-30T10:00:00+09:00", DateContext(zone="Asia/Seoul"))
    assert (reading.start, reading.problems) == (None, (("impossible_date", ()),))


def test_a_day_in_a_column_of_weeks_is_its_week() -> None:
    reading = read_week(date(2026, 11, 12), DateContext())
    assert (reading.week, reading.start) == ("2026-W46", None)


def test_two_bare_numbers_above_twelve_are_two_weeks_in_a_column_of_weeks() -> None:
    reading = read_week("46-47", DateContext(year=2026))
    assert (reading.start, reading.end) == (date(2026, 11, 9), date(2026, 11, 22))


@pytest.mark.parametrize("text", ["2026년 47주 ~ 2026년 46주", "2026-W10 ~ 2027-W40"])
def test_weeks_that_run_back_or_over_a_year_and_more_are_no_stretch(text: str) -> None:
    assert read_date(text, DateContext(year=2026)).problems == (("unreadable_date", ()),)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("배운 점?\n짧은 글이 낫다", ["배운 점"]),
        ("What we learned?\nShort lines work", ["What we learned"]),
        ("배운 점)\n짧은 글이 낫다", ["배운 점"]),
        ("기타)\n짧은 글이 낫다", []),
        ("K.3 판부터 바꿨다", []),
    ],
)
def test_a_label_is_found_once_whatever_ends_it(text: str, names: list[str]) -> None:
    assert [site.name for site in label_sites(text)] == names


def test_empty_brackets_behind_a_header_state_no_unit() -> None:
    assert header_unit("매출 ( )") == ("", 1.0)
    assert header_unit("Revenue $ ( )") == ("$", 1.0)


@pytest.mark.parametrize(("text", "sense"), [("△ 조금 더 보자", "hold"), ("성공", "success")])
def test_a_sign_of_the_legend_leads_a_text_and_other_words_keep_their_sense(
    text: str, sense: str
) -> None:
    verdict = read_verdict(text, {"△": "보류"})
    assert verdict is not None
    assert verdict.sense == sense


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("B안 할인 쿠폰", "success"),
        ("C 짧은 문구", "success"),
        ("A안 원래 문구", "failure"),
        (LONG_WINNER, None),
    ],
)
def test_a_winner_is_named_by_its_letter_and_a_sentence_names_none(
    text: str, outcome: Outcome | None
) -> None:
    assert read_winner(text) == outcome
