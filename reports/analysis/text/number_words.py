"""Number words as digits: "두 건" → "2건", "삼십 퍼센트" → "30 퍼센트", "two points" → "2 points".

Only where a counter, a unit or a day follows in Korean; a syllable such as 이 or 네 is a word of
its own elsewhere. In English any number word counts, "a dozen" among them.
"""

import re
from functools import cache

_ONES = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
}  # fmt: skip
_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip
_SINO_DIGITS = {
    "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9,
}  # fmt: skip
_SINO_PLACES = {"십": 10, "백": 100, "천": 1000}
"""Native and Sino-Korean number words, and the words that count days."""
_COUNTER = (
    r"(?:건|명|개|곳|회|통|석|집|점|권|대|팀|쌍|잔|번|장|줄|시간|시|달|주|가지|군데|사람|칸"
    r"|쪽|자리|상자)"
)
_PERCENT = r"(?:퍼센트|프로(?![가-힣])|포인트|%)"
"""A word is a number only before what is counted: 한 and 두 begin many other words."""
_SMALL_EN = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS_EN = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
"""English number words to ninety-nine."""


def with_digits(text: str) -> str:
    """Return a text with its number words written as digits.

    >>> with_digits("답장이 열두 건 늘고 사흘 빨라진다"), with_digits(
    ...     "brings twenty-two more points")
    ('답장이 12 건 늘고 3일 빨라진다', 'brings 22 more points')
    """
    text = _korean().sub(lambda found: str(_native(found)), text)
    text = _days().sub(lambda found: f"{_DAYS[found[0]]}일", text)
    text = _sino().sub(lambda found: str(_sino_value(found[0])), text)
    return _english().sub(lambda found: str(_english_value(found)), text)


@cache
def _korean() -> re.Pattern[str]:
    ones, tens = "|".join(_ONES), "|".join(_TENS)
    return re.compile(
        rf"(?<![가-힣\d])(?:(?P<tens>{tens})(?P<more>{ones})?|(?P<ones>{ones}))(?=\s?{_COUNTER})"
    )


def _native(found: re.Match[str]) -> int:
    return (
        _TENS.get(found["tens"] or "", 0)
        + _ONES.get(found["more"] or "", 0)
        + _ONES.get(found["ones"] or "", 0)
    )


@cache
def _days() -> re.Pattern[str]:
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(_DAYS)})")


@cache
def _sino() -> re.Pattern[str]:
    """Return the pattern of a Sino-Korean number: any before per cent, from ten on elsewhere."""
    digits = f"[{''.join(_SINO_DIGITS)}]"
    large = rf"(?:{digits}?[{''.join(_SINO_PLACES)}])+{digits}?"
    return re.compile(
        rf"(?<![가-힣\d])(?:{large}|{digits})(?=\s?{_PERCENT})|(?<![가-힣\d]){large}(?=\s?{_COUNTER})"
    )


def _sino_value(text: str) -> int:
    total, digit = 0, 0
    for letter in text:
        if letter in _SINO_DIGITS:
            digit = _SINO_DIGITS[letter]
        else:
            total, digit = total + (digit or 1) * _SINO_PLACES[letter], 0
    return total + digit


@cache
def _english() -> re.Pattern[str]:
    small, tens = "|".join(sorted(_SMALL_EN, key=len, reverse=True)), "|".join(_TENS_EN)
    return re.compile(
        rf"\b(?:(?P<tens>{tens})(?:[-\s](?P<more>{small}))?|(?P<small>{small})"
        rf"|(?P<dozen>a\s(?:dozen|couple\sof)))\b",
        re.IGNORECASE,
    )


def _english_value(found: re.Match[str]) -> int:
    if found["dozen"]:
        return 12 if found["dozen"].lower().endswith("dozen") else 2
    return (
        _TENS_EN.get((found["tens"] or "").lower(), 0)
        + _SMALL_EN.get((found["more"] or "").lower(), 0)
        + _SMALL_EN.get((found["small"] or "").lower(), 0)
    )
