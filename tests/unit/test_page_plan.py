"""What a page is made from is told apart, and equal records are the same (ADR 0904)."""

from dataclasses import dataclass
from datetime import date

import pytest

from reports.archive.page_plan import fingerprint


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    number: float | None = None
    day: date | None = None


@pytest.mark.parametrize(
    "text", ["an ordinary text", "half a pair \ud800"], ids=["ordinary", "half a pair"]
)
def test_equal_records_have_one_fingerprint(text: str) -> None:
    one = (Line(text, 1.5, date(2026, 11, 23)), Line(text))
    other = (Line(text, 1.5, date(2026, 11, 23)), Line(text))
    assert fingerprint("edition", one) == fingerprint("edition", other)


def test_whatever_differs_gives_another_fingerprint() -> None:
    records = [
        (Line("a"), Line("b")),
        (Line("ab"),),
        (Line("a", 1.0), Line("b")),
        (Line("a", float("inf")), Line("b")),
        (Line("a", float("nan")), Line("b")),
        (Line("a", None, date(2026, 11, 23)), Line("b")),
        (Line("a\ud800"), Line("b")),
        (Line("a\ud801"), Line("b")),
        10**20,
        10**20 + 1,
        1,
        True,
        "1",
        None,
        range(3),
        range(4),
    ]
    assert len({fingerprint(one) for one in records}) == len(records)


def test_inputs_side_by_side_are_no_single_one() -> None:
    assert fingerprint("a", "b") != fingerprint("ab") != fingerprint(("a", "b"))
