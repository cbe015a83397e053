"""A table of metrics with its weeks along the header, as many teams write it: each number is read
for its own metric and week, or the table is told as not understood. None is lost without a word.
"""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest

from notes.model.notes import Series
from sync.contents.workbook import Grid, Value, Workbook
from sync.parse_result import ParseOptions, join_results
from sync.parsing.logs.content import parse_content

MONDAYS = [date.fromisocalendar(2026, week, 1) for week in (36, 37, 38, 39)]
SPELLED: dict[str, Callable[[date], Value]] = {
    "W36": lambda day: f"W{day.isocalendar().week}",
    "Week 36": lambda day: f"Week {day.isocalendar().week}",
    "36주차": lambda day: f"{day.isocalendar().week}주차",
    "2026-W36": lambda day: f"2026-W{day.isocalendar().week}",
    "8/31": lambda day: f"{day.month}/{day.day}",
    "8월 31일": lambda day: f"{day.month}월 {day.day}일",
    "Week of Aug 31": lambda day: f"Week of {day:%b} {day.day}",
    "a day": lambda day: day,
}
BESIDE = {
    (): ((), (), ()),
    ("Unit", "Target"): (("min", 5), ("count", 10), ("%", 80)),
    ("단위", "목표"): (("분", 5), ("건", 10), ("%", 80)),
    ("Owner", "Goal"): (("Ann", 5), ("Bo", 10), ("Cy", 80)),
    ("구분", "단위", "목표"): (("선행", "분", 5), ("후행", "건", 10), ("결과", "%", 80)),
    ("비고",): ((None,), (None,), (None,)),
}
NAMES = {
    "ko": ("평균 대기 시간", "반품 건수", "재방문율"),
    "en": ("Average wait", "Returned parcels", "Total visits"),
}


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("spelled", SPELLED)
def test_no_metric_by_week_is_lost_or_told_under_another_name(spelled: str, language: str) -> None:
    names, weeks = NAMES[language], [SPELLED[spelled](day) for day in MONDAYS]
    understood = 0
    for corner, beside, count in product(("지표", "Number", None), BESIDE, (1, 3)):
        numbers = [[9 + 3 * row + at for at in range(len(weeks))] for row in range(count)]
        lines = [(names[at], *BESIDE[beside][at], *numbers[at]) for at in range(count)]
        grid = Grid("KPI", ((corner, *beside, *weeks), *lines))
        found = join_results(parse_content(Workbook("kpi", (grid,)), ParseOptions(year=2026)))
        told = {
            (point.name, point.day, point.value)
            for entry in found.entries
            if isinstance(entry.note.details, Series)
            for point in entry.note.details.points
        }
        written = {
            (names[at], day, float(value))
            for at in range(count)
            for day, value in zip(MONDAYS, numbers[at], strict=True)
        }
        assert told == written or (not told and found.problems), (corner, beside, count)
        understood += told == written
    assert understood >= 30, "of 36 such tables"
