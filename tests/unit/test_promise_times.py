"""A promise that can't name a time is passed over, and none that does."""

import re
from datetime import date
from itertools import product

import pytest

from reports.analysis.commitments import promise_times
from reports.analysis.text.vocabulary import words

KOREAN = [
    *(f"{n}{unit}{after}" for n, unit, after in product(
        ("2", "두 ", "한 "), ("주일", "주", "달", "개월"), (" 뒤", "후", " 있다가", ""))),
    *("다음 달", "내달", "차월", "매달", "매월", "달마다", "한 달에", "다음 분기"),
    *("차분기", "분기마다", "매 분기", "분기별", "내년", "연초", "해마다", "매년", "연말"),
    *("12월", "11월 3일", "2027년 3월"),
]  # fmt: skip
ENGLISH = [
    *(f"{said} {unit}" for said, unit in product(
        ("in 2", "after a", "in two", "next", "every", "each"),
        ("week", "weeks", "month", "months", "quarter", "year"))),
    *(f"{said} {month}" for said, month in product(("in", "by", "each"), promise_times._MONTHS)),
    *("three weeks later", "a month from now", "monthly", "quarterly", "yearly", "at year-end"),
    *("by year end", "end of the year", "in December 2027", "in March next year"),
]  # fmt: skip
PLAIN = [
    "주말 안내문 포장",
    "주문을 월등히",
    "연해주로",
    "Weaken the march",
    "Mend the sand box",
    "",
]
TEXTS = [*KOREAN, *ENGLISH, *PLAIN, *words("later_time")]


@pytest.mark.parametrize("sentence", ["{}", "전단을 {} 다시 보기", "Look at it {} again"])
def test_a_text_is_passed_over_only_where_no_time_would_be_found(
    sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [sentence.format(text) for text in (*TEXTS, *map(str.upper, TEXTS))]
    days = [date(2026, 1, 31), date(2026, 10, 16), date(2026, 12, 1)]
    found = [promise_times.last_day_of(text, day) for text in texts for day in days]
    monkeypatch.setattr(promise_times, "_TIMED", re.compile(""))
    assert found == [promise_times.last_day_of(text, day) for text in texts for day in days]
    assert sum(day is not None for day in found) > len(found) / 3  # enough that name a time
