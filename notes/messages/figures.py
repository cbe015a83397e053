"""Formats numbers, units and dates for Korean and English readers.

Babel provides the languages, this module the units.
"""

from datetime import date, datetime
from functools import lru_cache

from notes.model.notes import Language
from notes.model.periods import Period, Week

_MONEY = {"원", "won"}
_PREFIXED = {"₩", "$", "€", "£", "¥"}


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


def quantity(value: float, unit: str, language: Language, *, decimals: int = 2) -> str:
    """Return a number with its unit: 18.4%, 12건, 1,200만원, ₩12,000,000, 12 orders."""
    if unit in _PREFIXED:
        sign = "−" if value < 0 else ""
        return f"{sign}{unit}{number(abs(value), language, decimals=decimals)}"
    if unit in _MONEY and language == "ko" and abs(value) >= 10_000 and value % 10_000 == 0:
        return _ten_thousands(value, language) + "원"
    figure = number(value, language, decimals=decimals)
    return f"{figure} {unit}" if unit[:1].isascii() and unit[:1].isalpha() else f"{figure}{unit}"


def _ten_thousands(value: float, language: Language) -> str:
    sign, size = ("−" if value < 0 else ""), round(abs(value) / 10_000)
    hundred_millions, rest = divmod(size, 10_000)
    parts = [f"{number(hundred_millions, language)}억"] if hundred_millions else []
    parts += [f"{number(rest, language)}만"] if rest or not parts else []
    return sign + " ".join(parts)


def difference(value: float, unit: str, language: Language) -> str:
    """Return the size of a difference; rates differ by points: 2.1%p, 2.1 points.

    >>> difference(-2.1, "%", "ko"), difference(3, "건", "ko")
    ('2.1%p', '3건')
    """
    size = abs(value)
    decimals = 2 if size < 1 else 1
    if unit not in {"%", "%p"}:
        return quantity(size, unit, language, decimals=decimals)
    figure = number(size, language, decimals=decimals)
    return (
        f"{figure}%p" if language == "ko" else f"{figure} {'point' if figure == '1' else 'points'}"
    )


def day(value: date, language: Language) -> str:
    """Return a day with its weekday: 11월 16일(월) · Mon 16 Nov."""
    return _dated(value, "M월 d일(E)" if language == "ko" else "E d MMM", language)


def full_day(value: date, language: Language) -> str:
    """Return a day with its year: 2026년 11월 16일(월) · Mon 16 Nov 2026."""
    return _dated(value, "y년 M월 d일(E)" if language == "ko" else "E d MMM y", language)


def month_name(value: date, language: Language) -> str:
    """Return the month of a day with its year: 2026년 11월 · November 2026."""
    return _dated(value, "y년 M월" if language == "ko" else "MMMM y", language)


def moment(value: datetime, language: Language) -> str:
    """Return an instant in its own zone: 2026년 11월 23일 07:58 · 23 November 2026, 07:58."""
    pattern = "y년 M월 d일" if language == "ko" else "d MMMM y"
    joint = " " if language == "ko" else ", "
    return f"{_dated(value.date(), pattern, language)}{joint}{value:%H:%M}"


def span(period: Period, language: Language) -> str:
    """Return the days of a week or month: 11월 16일(월)–22일(일) · Mon 16 – Sun 22 Nov."""
    first, last = period.first, period.last
    same_month = first.month == last.month
    if language == "ko":
        end = _dated(last, "d일(E)" if same_month else "M월 d일(E)", language)
        return f"{_dated(first, 'M월 d일(E)', language)}–{end}"
    start = _dated(first, "E d" if same_month else "E d MMM", language)
    return f"{start} – {_dated(last, 'E d MMM', language)}"


def period_name(period: Period, language: Language) -> str:
    """Return a period's short name: 47주차 · week 47 · 11월 · November."""
    if isinstance(period, Week):
        return f"{period.number}주차" if language == "ko" else f"week {period.number}"
    return f"{period.number}월" if language == "ko" else _dated(period.first, "MMMM", language)


@lru_cache(maxsize=4096)
def _dated(value: date, pattern: str, language: Language) -> str:
    from babel.dates import format_date

    return str(format_date(value, format=pattern, locale=language))
