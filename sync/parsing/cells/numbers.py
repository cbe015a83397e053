"""Parses numbers with units: `1,200만원`, `2억 3,400만원`, `₩1.2M`, `1.5k`, `8,2`, `13/42`.

Money is written out (reading rules 9.2), %p is not %, and a mark that may mean up or minus (▲, △)
is never guessed.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache, lru_cache
from typing import Literal

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import CellError, CellFormat, Value
from sync.parsing.vocabulary import load_words

from .text import clean

Decimal = Literal["", ".", ","]


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number in the unit a person would say: 11 and "%", 15000000 and "원".

    `signed` when a sign was written.

    `counts` are (hits, total) where the cell says 13/42; `value` is then the hits.
    """

    value: float
    unit: str = ""
    signed: bool = False
    counts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number inside a text, from `start` to `end`.

    `counts` are (hits, total) where it is written as 13/42.
    """

    number: WrittenNumber
    start: int
    end: int
    counts: tuple[int, int] | None = None


_SYMBOLS = {
    "₩": "원",
    "$": "$",
    "us$": "$",
    "usd": "$",
    "krw": "원",
    "€": "€",
    "eur": "€",
    "£": "£",
    "¥": "¥",
}
"""Currencies as signs and codes; a code is its sign, so that a log that writes both has one
unit."""
_CIRCLED = dict.fromkeys(map(ord, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"), " ")
_SIGNS = {ord(sign): "-" for sign in "−－‐‑﹣"} | {ord("＋"): "+", ord("％"): "%"}
"""Signs that people type or paste for minus, plus and percent; circled numbers count lines."""
_POINT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+"
_COMMA = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
"""Digits with a point or a comma for decimals: the column tells which (reading rules 9.2)."""
_DURATION = kept_pattern(
    r"(\d+)\s*(?:(시간)|h(?:ou)?r?s?)\s*(\d+)\s*(?:분|m(?:in(?:ute)?s?)?)(?![a-z])"
    r"|(\d+)\s*(?:(분)|m(?:in(?:ute)?s?)?)\s*(\d+)\s*(?:초|s(?:ec(?:ond)?s?)?)(?![a-z])",
    re.IGNORECASE,
)
_CLOCK = kept_pattern(r"(?<![\d:.-])(\d{1,3}):([0-5]\d):([0-5]\d)(?![\d:])")
"""Spans of time, in words and as 1:02:03."""
_OWN_UNIT = kept_pattern(r"\s?([^\W\d_]{1,12}(?:/[^\W\d_]{1,6})?)\.?")
_EACH = kept_pattern(
    r"\s?/\s?(?:일|주|월|년|명|건|시간|분|회|개|day|week|month|year|hour|h|min|person)(?![a-z가-힣])"
)
"""A short word is a unit, "per day" a part of it."""
_RATING = kept_pattern(r"(\d\.\d+)\s*/\s*(?:5|10|100)(?:\.0)?(?![\d.])")
""""4.5/5" is a rating and no count of 4.5 in 5."""
_AMBIGUOUS = kept_pattern(r"[▲△]\s*[₩$€]?\s*\d")
"""A triangle before a number may be a rise or, in accounts, a minus: it is not read
(reading rules 9.7)."""
_NEGATIVE = kept_pattern(r"\(\s*([₩$€£]?\s*\d[\d,.]*\s*[^\W\d]{0,3}%?)\s*\)")
"""Brackets around an amount are a minus in accounts."""


def plain_number_text(text: str) -> str:
    """Return the text with one spelling of digits, signs and dashes.

    Letters keep their size (1.2M is not 1.2m).
    """
    text = clean(text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_CIRCLED)).translate(_SIGNS)


def read_number(
    value: Value, form: CellFormat | None = None, decimal: Decimal = ""
) -> WrittenNumber | None:
    """Return the one number in a cell; None for none, several, or an ambiguous mark.

    >>> found = read_number("2억 3,400만원"), read_number(0.14, CellFormat("percent"))
    >>> [(number.value, number.unit) for number in found]
    [(234000000.0, '원'), (14.0, '%')]
    >>> read_number("▲3%") is None
    True
    """
    if isinstance(value, str):
        return _read_text(value, decimal)
    if isinstance(value, bool) or value is None or isinstance(value, date | CellError):
        return None
    if isinstance(value, time):
        return _minutes(value.hour, value.minute, value.second)
    if isinstance(value, timedelta):
        return WrittenNumber(value.total_seconds() / 60, "min")
    return _typed(float(value), form)


def _minutes(hours: int, minutes: int, seconds: int) -> WrittenNumber:
    """Return a time as minutes, which is how long something took (reading rules 9.3a)."""
    return WrittenNumber(round(hours * 60 + minutes + seconds / 60, 6), "min")


def _typed(value: float, form: CellFormat | None) -> WrittenNumber:
    if form is not None and form.kind == "percent":
        return WrittenNumber(round(value * 100, 10), "%")
    if form is not None and form.kind == "currency":
        return WrittenNumber(value, _SYMBOLS.get(form.symbol.lower(), form.symbol))
    return WrittenNumber(value)


@lru_cache(maxsize=1 << 11)
def _read_text(text: str, decimal: Decimal) -> WrittenNumber | None:
    if len(text) > 200 or _AMBIGUOUS.search(text):
        return None
    plain = plain_number_text(text)
    negative = _NEGATIVE.fullmatch(plain)
    found = find_numbers(negative[1] if negative else plain, decimal)
    if negative and len(found) == 1:
        return WrittenNumber(-found[0].number.value, found[0].number.unit, signed=True)
    outside = [one for one in found if not _in_brackets(plain, one)]
    kept = outside if len(outside) == 1 else found
    if len(kept) != 1 or kept[0].counts is not None:
        return None
    number = kept[0].number
    own_unit = (
        None
        if number.unit or plain[: kept[0].start].strip()
        else _OWN_UNIT.fullmatch(plain[kept[0].end :])
    )
    return replace(number, unit=own_unit[1]) if own_unit else number


def _in_brackets(plain: str, one: FoundNumber) -> bool:
    return (
        plain.rfind("(", 0, one.start) > plain.rfind(")", 0, one.start)
        and plain.find(")", one.end) >= 0
    )


@lru_cache(maxsize=1 << 11)
def find_numbers(plain: str, decimal: Decimal = "") -> tuple[FoundNumber, ...]:
    """Return every number of a text that `plain_number_text` has prepared, in order."""
    found: list[FoundNumber] = _clocks(plain) if ":" in plain else []
    place = 0
    pattern = _pattern(decimal == ",")
    while match := pattern.search(plain, place):
        one = _duration(plain, match) or _found(plain, match, decimal)
        if (
            one is None or plain[one.end : one.end + 1] == "당"
        ):  # "1인당 2건": the first is no number of its own
            place = match.end() if one is None else one.end
            continue
        found.append(one)
        place = one.end
    return tuple(sorted(found, key=lambda one: one.start))


def _clocks(plain: str) -> list[FoundNumber]:
    """Return the times written with hours, minutes and seconds.

    6:30 alone may be of hours or of minutes.
    """
    return [
        FoundNumber(_minutes(*map(int, clock.groups())), *clock.span())
        for clock in _CLOCK.finditer(plain)
    ]


def _duration(plain: str, match: re.Match[str]) -> FoundNumber | None:
    found = _DURATION.match(plain, match.start("digits"))
    if found is None:
        return None
    hours, korean, minutes, long, korean_minutes, seconds = found.groups()
    if hours:
        number = WrittenNumber(int(hours) * 60 + int(minutes), "분" if korean else "min")
    else:
        number = WrittenNumber(int(long) * 60 + int(seconds), "초" if korean_minutes else "s")
    return FoundNumber(number, match.start(), found.end())


def _found(plain: str, match: re.Match[str], decimal: Decimal) -> FoundNumber | None:
    if rating := _RATING.match(plain, match.start("digits")):
        return FoundNumber(WrittenNumber(float(rating[1])), match.start(), rating.end())
    counts = _counts(plain, match)
    if counts is not None:
        return counts
    last_scale = _scale(match["scale"])
    value = _digits(match["digits"], decimal) * last_scale
    end = match.end()
    while (
        match["scale"]
        and (more := _more().match(plain, end))
        and _scale(more["scale"]) < last_scale
    ):
        last_scale = _scale(more["scale"])
        value += _digits(more["digits"], decimal) * last_scale
        end = more.end()
    unit_match = _units().match(plain, end)
    money = _SYMBOLS.get((match["money"] or "").lower(), "") or (
        "원" if match["scale"] in ("억", "조") else ""
    )
    unit, end = (_unit(unit_match[1]), unit_match.end()) if unit_match else (money, end)
    if each := _EACH.match(plain, end):
        unit, end = unit + each[0].replace(" ", ""), each.end()
    sign = match["sign"]
    return FoundNumber(
        WrittenNumber(-value if sign in ("-", "▼") else value, unit, bool(sign)), match.start(), end
    )


def _counts(plain: str, match: re.Match[str]) -> FoundNumber | None:
    place = match.start("digits")
    found = _COUNTS.match(plain, place) or _COUNTS_AMONG.match(plain, place)
    if found is None or match["sign"] or match["money"]:
        return None
    hits, total = (int(found[name].replace(",", "")) for name in ("hits", "total"))
    if hits > total or total == 0:
        return None
    return FoundNumber(WrittenNumber(hits), match.start(), found.end(), (hits, total))


_COUNTED = r"\s*(?:명|건|개|회|번|곳|분)?\s*"
_COUNTS = kept_pattern(
    rf"(?P<hits>\d[\d,]*)(?:{_COUNTED}/\s*|\s+(?:out\s+)?of\s+(?:the\s+)?)"
    rf"(?P<total>\d[\d,]*){_COUNTED}(?<!\s)(?![\d./%])"
)
_COUNTS_AMONG = kept_pattern(
    rf"(?P<total>\d[\d,]*){_COUNTED}(?:중에?서?|가운데)\s*"
    rf"(?P<hits>\d[\d,]*){_COUNTED}(?<!\s)(?![\d./%])"
)
""""13/42", "13 of 42", "42명 중 13명": a share whose counts are known."""


def _digits(text: str, decimal: Decimal) -> float:
    text = text.replace(" ", "")
    if decimal == ",":
        return float(text.replace(".", "").replace(",", "."))
    whole, comma, rest = text.rpartition(",")
    if (
        comma
        and "." not in text
        and (len(rest) != 3 or (not decimal and whole == "0"))
        and "," not in whole
    ):
        return float(f"{whole}.{rest}")
    return float(text.replace(",", ""))


def _scale(scale: str | None) -> float:
    if scale in ("M", "B"):
        return 1_000_000 if scale == "M" else 1_000_000_000
    return float(load_words("measures")["scales"][scale.lower()]) if scale else 1


@cache
def _pattern(commas: bool) -> re.Pattern[str]:
    digits = _COMMA if commas else _POINT
    english = r"(?:[kK]|M|B|mn|bn|[Tt]housand|[Mm]illion|[Bb]illion)(?![a-zA-Z])"
    korean = "조|억|천만|백만|십만|만|천|백(?=만|원|명|개)"
    return kept_pattern(
        rf"(?<![\d.,])(?<!\d:)(?P<sign>(?<![\w)%])[-+▼±])?\s?(?P<money>[₩$€£¥]|US\$|USD|KRW|EUR)?\s?(?P<digits>{digits})(?!\d|:\d)"
        rf"(?:\s?(?P<scale>{english}|(?:{korean})))?"
    )


@cache
def _more() -> re.Pattern[str]:
    return kept_pattern(
        rf"\s?(?P<digits>{_POINT})\s?(?P<scale>천만|백만|십만|만|천|백)?(?=\s?원|\s?명|\s?개|\s?건|만|천|백)"
    )


@cache
def _spellings() -> dict[str, str]:
    return {
        spelling: unit
        for unit, spellings in load_words("measures")["units"].items()
        for spelling in spellings
    }


def _unit(text: str) -> str:
    return _spellings()[text.lower()]


@cache
def _units() -> re.Pattern[str]:
    """Return the pattern of a unit right after the digits.

    A Korean one may have a particle behind it, a Latin one ends its word.
    """
    korean: list[str] = []
    latin: list[str] = []
    for spelling in sorted(_spellings(), key=len, reverse=True):
        (latin if spelling[-1].isascii() and spelling[-1].isalpha() else korean).append(
            re.escape(spelling)
        )
    return kept_pattern(
        rf"\s?((?:{'|'.join(latin)})(?![a-zA-Z])|(?:{'|'.join(korean)}))", re.IGNORECASE
    )


def header_unit(text: str) -> tuple[str, float]:
    """Return the unit that a header states, and the factor of its numbers to that unit.

    >>> header_unit("대기 시간 (분)"), header_unit("매출(만원)"), header_unit(
    ...     "Revenue $k"), header_unit("결과")
    (('분', 1.0), ('원', 10000.0), ('$', 1000.0), ('', 1.0))
    """
    plain = plain_number_text(text[-_HEADER_END:]).strip()
    found = _BRACKETED.search(plain) or _TRAILING.search(plain)
    if found and (known := _scaled_unit(found[1].strip())):
        return known
    symbol = re.search(r"[%€$₩£]", plain)
    return (_SYMBOLS.get(symbol[0], symbol[0]), 1.0) if symbol else ("", 1.0)


_HEADER_END = 120
"""Signs at the end of a header in which its unit is looked for."""
_BRACKETED = kept_pattern(
    r"[(\[]\s*(?:단위\s*:?\s*|in\s+)?([^()\[\]]+?)\s*[)\]]\s*$", re.IGNORECASE
)
_TRAILING = kept_pattern(r"(?:,\s*|\s)(\S+)$")
_SCALED = kept_pattern(
    r"(조|억|천만|백만|십만|만|천)\s?(원|명|건|개)?|([$€£₩])\s?([kKM])|([kKM])\s?([$€£₩])|(.+)"
)
"""The unit in a header: in brackets or behind its words, perhaps with a scale ("만원", "k$")."""


def _scaled_unit(text: str) -> tuple[str, float] | None:
    found = _SCALED.fullmatch(text)
    if found is None:
        return None
    if found[1]:
        return found[2] or "원", _scale(found[1])
    if found[3] or found[6]:
        return _SYMBOLS[found[3] or found[6]], _scale(found[4] or found[5])
    unit = _SYMBOLS.get(text.lower()) or _spellings().get(text.lower())
    return (unit, 1.0) if unit else None
