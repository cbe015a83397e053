"""Formats numbers, units, dates and hours for the readers of a language.

Babel provides names and separators, formats/<language>.toml the patterns.
"""

import re
from datetime import date, datetime, time
from functools import lru_cache

from notes.model.notes import Language
from notes.model.periods import Period, Week

from .language_formats import language_formats

_PREFIXED = {"₩", "$", "€", "£", "¥"}
"""Units that stand before the number."""
_THOUSANDS = {"k", "K", "m", "M", "bn", "B"}
"""What stands behind it of such a unit: $44K."""
_SIZES = {"k", "K", "M", "bn", "B"}
"""What stands behind a number of counted things without a space: 84K; "5 m" is a length."""

_PLURAL = re.compile(r"\b[a-z]{3,}(?<![su])s")
"""An English word for several things, as units of counted things are written; "class" is one."""
_MEASURES = {
    **dict.fromkeys(
        ("count", "counts", "cnt", "number", "num", "no.", "#", "n", "qty", "quantity", "ea"), ""
    ),
    **dict.fromkeys(("개수", "수량", "갯수"), "개"),
    "건수": "건",
    "횟수": "회",
    "명수": "명",
    "인원": "명",
    "인원수": "명",
    **dict.fromkeys(("percent", "per cent", "pct", "percentage", "퍼센트", "프로"), "%"),
}
"""What a column of units says in words, and what stands behind a number: nobody says "18 count"."""
_TIMES = {"second", "minute", "hour", "day", "week", "month", "year"}
_HISSED = ("sses", "shes", "ches", "xes")
"""Endings of plurals that add "es": boxes, matches."""


@lru_cache(maxsize=4096)
def number(value: float, language: Language, *, decimals: int = 2) -> str:
    """Return a number with grouped thousands and at most so many decimals, no trailing zeros.

    >>> number(12345.60, "en"), number(18.0, "ko")
    ('12,345.6', '18')
    """
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    text = str(format_decimal(round(value, decimals) + 0.0, format=pattern, locale=language))
    return "0" if text == "-0" else text.replace("-", "−")


def unit_sign(unit: str) -> str:
    """Return a unit as it stands behind a number; "" where it only says that things are counted.

    >>> unit_sign("Count"), unit_sign("건수"), unit_sign("percent"), unit_sign("orders")
    ('', '건', '%', 'orders')
    """
    return _MEASURES.get(unit.strip().lower(), unit)


def is_amount(text: str, language: Language) -> bool:
    """Return whether a quantity as printed counts things or time, of which there is more or less.

    Rates, scores and prices rise and fall.

    >>> is_amount("8건", "ko"), is_amount("2.1%p", "ko"), is_amount("1,200만원", "ko")
    (True, False, False)
    """
    amounts = language_formats(language)["amounts"]
    return bool(amounts) and bool(re.search(rf"\d ?(?:{amounts})$", text))


def quantity(value: float, unit: str, language: Language, *, decimals: int = 2) -> str:
    """Return a number with its unit: 18.4%, 12건, 1,200만원, ₩12,000,000, 12 orders.

    >>> quantity(15_000, "만원", "ko"), quantity(320, "만원", "ko")
    ('1억 5,000만원', '320만원')
    >>> quantity(43.2, "$K", "en")
    '$43.2K'
    >>> quantity(12.1, "K", "en"), quantity(84, "K users", "en")
    ('12.1K', '84K users')
    """
    unit = unit_sign(unit)
    if unit[:1] in _PREFIXED and (len(unit) == 1 or unit[1:] in _THOUSANDS):
        sign = "−" if value < 0 else ""
        return f"{sign}{unit[0]}{number(abs(value), language, decimals=decimals)}{unit[1:]}"
    myriads = language_formats(language)["ten_thousands"]
    if unit in myriads["units"] and abs(value) >= 10_000 and value % 10_000 == 0:
        return str(myriads["text"].format(number=_ten_thousands(value, language)))
    if unit in myriads["units_of_ten_thousand"] and abs(value) >= 10_000 and value % 1 == 0:
        return str(myriads["text"].format(number=_ten_thousands(10_000 * value, language)))
    figure = number(value, language, decimals=decimals)
    unit = _of_one(unit) if figure in {"1", "−1"} else _of_several(unit)
    apart = unit[:1].isascii() and unit[:1].isalpha() and unit.split(" ")[0] not in _SIZES
    return f"{figure} {unit}" if apart else f"{figure}{unit}"


def _of_one(unit: str) -> str:
    """Return the unit of a single one: the log says "days" of every number.

    >>> quantity(1, "days", "en"), quantity(1, "replies", "ko"), quantity(1, "class", "en")
    ('1 day', '1 reply', '1 class')
    """
    if not _PLURAL.fullmatch(unit):
        return unit
    if unit.endswith("ies"):
        return unit.removesuffix("ies") + "y"
    return unit.removesuffix("es" if unit.endswith(_HISSED) else "s")


def _of_several(unit: str) -> str:
    """Return the unit of several: a note's "21 days" is read in units of one day.

    >>> quantity(3, "day", "en"), quantity(3, "min", "en")
    ('3 days', '3 min')
    """
    return f"{unit}s" if unit in _TIMES else unit


def _ten_thousands(value: float, language: Language) -> str:
    sign, size = ("−" if value < 0 else ""), round(abs(value) / 10_000)
    myriads = language_formats(language)["ten_thousands"]
    large, small = myriads["hundred_million"], myriads["ten_thousand"]
    hundred_millions, rest = divmod(size, 10_000)
    parts = [f"{number(hundred_millions, language)}{large}"] if hundred_millions else []
    parts += [f"{number(rest, language)}{small}"] if rest or not parts else []
    return sign + " ".join(parts)


def difference(value: float, unit: str, language: Language) -> str:
    """Return the size of a difference; rates differ by points: 2.1%p, 2.1 points.

    >>> difference(-2.1, "%", "ko"), difference(3, "건", "ko")
    ('2.1%p', '3건')
    """
    size, unit = abs(value), unit_sign(unit)
    decimals = 2 if size < 1 else 1
    if unit not in {"%", "%p"}:
        return quantity(size, unit, language, decimals=decimals)
    figure = number(size, language, decimals=decimals)
    points = language_formats(language)["points"]
    return str(points["one" if figure == "1" else "other"].format(figure=figure))


def day(value: date, language: Language) -> str:
    """Return a day with its weekday: 11월 16일(월) · Mon 16 Nov."""
    return _dated(value, language_formats(language)["date"]["day"], language)


def full_day(value: date, language: Language) -> str:
    """Return a day with its year: 2026년 11월 16일(월) · Mon 16 Nov 2026."""
    return _dated(value, language_formats(language)["date"]["full_day"], language)


def month_name(value: date, language: Language) -> str:
    """Return the month of a day with its year: 2026년 11월 · November 2026."""
    return _dated(value, language_formats(language)["date"]["month"], language)


def moment(value: datetime, language: Language) -> str:
    """Return an instant in its own zone: 2026년 11월 23일 07:58 · 23 November 2026, 07:58."""
    formats = language_formats(language)["date"]
    written = _dated(value.date(), formats["long"], language)
    return str(formats["moment"].format(date=written, time=f"{value:%H:%M}"))


def hour(value: time, language: Language) -> str:
    """Return an hour as people say it: 15시, 15시 30분 · 3 pm, 3:30 pm."""
    formats = language_formats(language)["hour"]
    return str(
        formats["minutes" if value.minute else "whole"].format(
            hour=value.hour,
            hour12=(value.hour - 1) % 12 + 1,
            minute=value.minute,
            half=formats["pm" if value.hour >= 12 else "am"],
        )
    )


def span(period: Period, language: Language) -> str:
    """Return the days of a week or month: 11월 16일(월)–22일(일) · Mon 16 – Sun 22 Nov.

    Where it goes over New Year the first year is said too, in a language that says the last one.
    """
    first, last = period.first, period.last
    formats = language_formats(language)["span"]
    same = "_same_month" if first.month == last.month else ""
    if first.year != last.year:
        same = "_other_year"
    start, end = formats[f"start{same}"], formats[f"end{same}"]
    return str(
        formats["text"].format(
            start=_dated(first, start, language), end=_dated(last, end, language)
        )
    )


def span_year(period: Period, language: Language) -> str:
    """Return the year that is said beside the days of a span: the period's own, or its last day's.

    Week 1 of 2026 begins on 29 December 2025, and 53 of 2026 ends on 3 January 2027.
    """
    if language_formats(language)["span"]["year"] == "last" or not isinstance(period, Week):
        return str(period.last.year)
    return str(period.year)


def period_name(period: Period, language: Language) -> str:
    """Return a period's short name: 47주차 · week 47 · 11월 · November."""
    formats = language_formats(language)["period"]
    if isinstance(period, Week):
        return str(formats["week"].format(n=period.number))
    return _dated(period.first, formats["month"], language)


@lru_cache(maxsize=4096)
def _dated(value: date, pattern: str, language: Language) -> str:
    from babel.dates import format_date

    return str(format_date(value, format=pattern, locale=language))
