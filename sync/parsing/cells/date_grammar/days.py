"""Parses one day: `2026. 2. 3.`, `26.02.03`, `2/3(화)`, `2월 3일`, `3 Feb`, `Feb 3rd, 2026`.

Here only the parts are read; which year a day without one belongs to is for whoever knows the sheet
(`dates`). All patterns expect text that `text.fold` has folded.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.text import fold

Order = Literal["", "mdy", "dmy", "ymd"]

MONTH_NAMES = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MONTHS = {
    name: n
    for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905
}
_WEEKDAYS = {
    name: n for n, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 1)
} | {name: n for n, name in enumerate("월화수목금토일", 1)}
"""ISO weekday numbers: Monday is 1."""
_EN_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
"""English weekdays and their usual abbreviations."""
_WEEKDAY = kept_pattern(
    rf"[(\[]\s*(?P<a>[월화수목금토일]|{_EN_WEEKDAY})(?:요일)?\.?\s*[)\]]|(?P<b>[월화수목금토일])요일|\b(?P<c>{_EN_WEEKDAY})\b\.?,?"
    r"|(?<=[\d일.] )(?P<d>[월화수목금토일])(?=$|\s)"
    r"|^(?P<e>[월화수목금토일])(?: (?=\d)|\s?(?=\(\d))"
)
"""A weekday beside a day: in brackets, with 요일, or alone where a day stands next to it (일 and 월
are also day and month), in brackets or not ("월(9/7)")."""
_YMD = kept_pattern(r"(\d{4})\s*([-./년,_\s])\s*(\d{1,2})\s*(?:\2|월)\s*(\d{1,2})\s*(?:일|\.)?")
_SHORT = kept_pattern(
    r"('?)(\d{1,2})\s*([-./년])\s*(\d{1,2})\s*(?:\3|월)\s*(\d{4}|\d{1,2})\s*(?:일|\.)?"
)
_TWO = kept_pattern(r"(\d{1,2})\s*([-./월])\s*(\d{1,2})\s*(?:일|\.)?")
_NAMED_DM = kept_pattern(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*of)?\s*[-. "
    rf"/]?\s*{MONTH_NAMES}(?:\s*[-,/]?\s*(?:'(\d\d)|(\d{{4}}|\d\d)))?"
)
_NAMED_MD = kept_pattern(
    rf"{MONTH_NAMES}\s*[-/]?\s*(\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s*[,/-]?\s*(?:'(\d\d)|(\d{{4}})))?"
)
_NAMED_YMD = kept_pattern(
    rf"(\d{{4}})\s*[-, /]\s*{MONTH_NAMES}\s*[-, /]?\s*(\d{{1,2}})(?:st|nd|rd|th)?"
)
_COMPACT = kept_pattern(r"(20\d\d)([01]\d)([0-3]\d)|(\d\d)([01]\d)([0-3]\d)")
_ALONE = kept_pattern(r"(\d{1,2})(일|st|nd|rd|th)?")
"""The forms of one day (reading rules 7.1): year first, two digits, month and day,
names of months, digits alone."""


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as written; a part that is not written is None.

    `ambiguous`: month and day may stand either way round.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    ambiguous: bool = False


@lru_cache(maxsize=1 << 11)
def parse_day(text: str, order: Order = "", year: int | None = None) -> WrittenDay | None:
    """Read folded text as one day; None when it is not wholly one.

    `order` decides between day/month and month/day, `year` (the log's) between the ends of
    26.02.24.

    >>> parse_day("26.02.03(화)")
    WrittenDay(year=2026, month=2, day=3, weekday=2, ambiguous=False)
    >>> parse_day("월(9/7)") == parse_day("mon (9/7)") == parse_day("9/7(월)")
    True
    >>> parse_day("3/2/2026").ambiguous
    True
    """
    rest, weekday = _without_weekday(text)
    if not rest:
        return WrittenDay(weekday=weekday) if weekday else None
    for grammar in (_year_first, _short, _two, _named, _compact):
        found = grammar(rest, order, year)
        if found is not None:
            return WrittenDay(found.year, found.month, found.day, weekday, found.ambiguous)
    return None


def parse_day_number(text: str) -> int | None:
    """Read a day of the month standing alone ("11", "11일", "11th").

    None when it is something else.
    """
    found = _ALONE.fullmatch(_without_weekday(text)[0])
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def month_number(name: str) -> int:
    """Return the number of an English month name, long or short."""
    return _MONTHS[name[:3]]


def full_year(number: int) -> int:
    """Return the year that a number of two digits means; four digits stay.

    >>> full_year(26), full_year(1998)
    (2026, 1998)
    """
    return number + 2000 if number < 100 else number


def _without_weekday(text: str) -> tuple[str, int | None]:
    found = _WEEKDAY.search(text)
    if found is None:
        return (text.strip(), None) if text not in _WEEKDAYS else ("", _WEEKDAYS[text])
    name = next(part for part in found.groups() if part)
    rest = (text[: found.start()] + " " + text[found.end() :]).strip(" ,()")
    return rest, _WEEKDAYS[name if name in _WEEKDAYS else name[:3]]


def _year_first(text: str, _order: Order, _year: int | None) -> WrittenDay | None:
    found = _YMD.fullmatch(text)
    return WrittenDay(int(found[1]), int(found[3]), int(found[4])) if found else None


def _short(text: str, order: Order, year: int | None) -> WrittenDay | None:
    found = _SHORT.fullmatch(text)
    if found is None:
        return None
    quote, first, sign, second, third = found.groups()
    if len(third) == 4:
        return _ordered(
            int(first), int(second), "dmy" if sign == "." and not order else order, year=int(third)
        )
    if quote or sign == "년" or _year_stands_first(first, third, order, year=year):
        return WrittenDay(full_year(int(first)), int(second), int(third))
    return _ordered(
        int(first),
        int(second),
        "dmy" if sign == "." and not order else order,
        year=full_year(int(third)),
    )


def _year_stands_first(first: str, third: str, order: Order, *, year: int | None) -> bool:
    """Return whether a two-digit year stands first: no other reading, or the log's own year."""
    if order == "ymd" or (order == "mdy" and int(first) > 12):
        return True
    if order == "mdy":
        return False
    if len(first) == 1 or len(third) == 1:
        return len(first) == 2
    if int(third) > 31 or int(first) > 31:
        return int(first) > 31
    if year is not None and (abs(full_year(int(first)) - year) <= 1) != (
        abs(full_year(int(third)) - year) <= 1
    ):
        return abs(full_year(int(first)) - year) <= 1
    return int(first) >= 15 and order != "dmy"


def _ordered(first: int, second: int, order: Order, *, year: int | None) -> WrittenDay:
    if first > 12 >= second or (order == "dmy" and not second > 12 >= first):
        return WrittenDay(year, second, first)
    if order or second > 12 or first == second:
        return WrittenDay(year, first, second)
    return WrittenDay(year, first, second, ambiguous=True)


def _two(text: str, order: Order, _year: int | None) -> WrittenDay | None:
    found = _TWO.fullmatch(text)
    if found is None:
        return None
    return _ordered(
        int(found[1]),
        int(found[3]),
        "mdy" if found[2] == "월" or order == "ymd" else order,
        year=None,
    )


def _named(text: str, _order: Order, _year: int | None) -> WrittenDay | None:
    if found := _NAMED_DM.fullmatch(text):
        return WrittenDay(
            _optional_year(found[3] or found[4]), month_number(found[2]), int(found[1])
        )
    if found := _NAMED_MD.fullmatch(text):
        return WrittenDay(
            _optional_year(found[3] or found[4]), month_number(found[1]), int(found[2])
        )
    if found := _NAMED_YMD.fullmatch(text):
        return WrittenDay(int(found[1]), month_number(found[2]), int(found[3]))
    return None


def _compact(text: str, _order: Order, _year: int | None) -> WrittenDay | None:
    found = _COMPACT.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()[:3] if found[1] else found.groups()[3:]
    return WrittenDay(full_year(int(year)), int(month), int(day))


def _optional_year(text: str | None) -> int | None:
    return full_year(int(text)) if text else None


_PAIRS = kept_pattern(r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{1,4}))?(?![\d%])")
"""Two numbers with one sign between: they tell whether the month or the day comes first."""


def order_proof(values: Iterable[Value]) -> Order:
    """Return the order of day, month and year proved by a part above 12; "" without proof.

    Cells that prove opposite things prove nothing.

    >>> order_proof(["03/09/2026", "14/09/2026"]), order_proof(["9/7", "9/14"]), order_proof(["1/2",
    ...     "13/2", "2/13"])
    ('dmy', 'mdy', '')
    """
    return proved_order(order_proofs(values))


def order_proofs(values: Iterable[Value]) -> frozenset[Order]:
    """Return all orders that a part above 12 proves in some cell."""
    return frozenset(
        proof
        for text in {value for value in values if isinstance(value, str)}
        for proof in _proofs(fold(text))
    )


def proved_order(proofs: frozenset[Order]) -> Order:
    """Return the one order that was proved, "" for none or several."""
    return next(iter(proofs)) if len(proofs) == 1 else ""


def _proofs(text: str) -> list[Order]:
    found: list[Order] = []
    for pair in _PAIRS.finditer(text):
        first, second = int(pair[1]), int(pair[3])
        if first > 31 or (first > 12 and pair[4] and len(pair[4]) < 4):
            continue
        if first > 12 >= second:
            found.append("dmy")
        elif second > 12 >= first:
            found.append("mdy")
    return found


def order_in_header(header: str) -> Order:
    """Return the order that a header spells out ("Start (DD/MM/YY)"), "" when it spells none.

    >>> order_in_header("시작일 (mm/dd)"), order_in_header("Date")
    ('mdy', '')
    """
    found = re.search(
        (
            r"\b(d{1,2}|m{1,2}|y{2,4})[-./ ]?(d{1,2}|m{1,2}|y{2,4})(?:[-./ "
            r"]?(d{1,2}|m{1,2}|y{2,4}))?\b"
        ),
        fold(header),
    )
    letters = "".join(part[0] for part in found.groups() if part) if found else ""
    orders: dict[str, Order] = {
        "dm": "dmy",
        "dmy": "dmy",
        "md": "mdy",
        "mdy": "mdy",
        "ymd": "ymd",
        "ym": "ymd",
    }
    return orders.get(letters, "")


def day_of(value: date | datetime, zone: str = "") -> date:
    """Return the day of a date or instant.

    One that states its own zone is taken to `zone` first (reading rules 7.7a).

    >>> str(day_of(datetime.fromisoformat("2026-11-22T15:00:00Z"), "Asia/Seoul"))
    '2026-11-23'
    """
    if not isinstance(value, datetime):
        return value
    return (
        value.astimezone(ZoneInfo(zone)).date()
        if zone and value.tzinfo is not None
        else value.date()
    )
