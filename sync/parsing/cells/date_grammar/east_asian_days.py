"""Writes Japanese and Chinese days and weeks as the Korean ones that the grammars of days read.

2026年11月16日(月) ─► 2026년 11월 16일(월)       11月第3週 ─► 11월 3주차
"""

import re

from notes.system.compiled_tables import kept_pattern

_WRITTEN = kept_pattern(r"[年月日曜週周期季]")
_WEEKDAYS = dict(zip("月火水木金土日一二三四五六天", "월화수목금토일월화수목금토일", strict=True))
_WEEKDAY = kept_pattern(
    r"\(\s*(?:周|星期|週)?([月火水木金土日一二三四五六天])(?:曜日?)?\s*\)"
    r"|(?:周|星期|週)([一二三四五六日天])(?!\w)|(?<![\w])([月火水木金土日])曜日?(?!\w)"
)
_ERA = kept_pattern(r"令和\s?(元|\d{1,2})年")
_ERA_BEFORE = 2018
"""The year before the first one of Reiwa."""
_WEEK = kept_pattern(
    r"(?:第|(?<=月))\s?第?\s?(\d{1,2}|[一二三四五])\s?[週周]目?|(\d{1,2})\s?[週周]目?"
)
_COUNTED = {sign: str(n) for n, sign in enumerate("一二三四五", 1)}
_QUARTER = kept_pattern(r"第?\s?([1-4])\s?季度")
_UNITS = kept_pattern(r"(?<=\d)\s?([年月日])")
_KOREAN = {"年": "년", "月": "월", "日": "일"}
"""Japanese and Chinese weeks, quarters and units, and what they are in Korean ."""


def in_korean(plain: str) -> str:
    """Return a folded text about days with Japanese and Chinese signs written in Korean ones.

    Any other text as it is.

    >>> in_korean("2026年11月16日(月)"), in_korean("令和8年11月3日"), in_korean("11月第3週")
    ('2026년 11월 16일(월)', '2026년 11월 3일', '11월 3주차')
    >>> in_korean("9월 2주차"), in_korean("火曜日")
    ('9월 2주차', '화요일')
    >>> in_korean("第46週"), in_korean("2026年第46周"), in_korean("2026年第3季度")
    ('46주차', '2026년 46주차', '2026년 3분기')
    """
    if plain.isascii() or not _WRITTEN.search(plain):
        return plain
    plain = _ERA.sub(_year_of, plain)
    plain = _WEEKDAY.sub(_weekday, plain)
    plain = _QUARTER.sub(r" \1분기", _WEEK.sub(_numbered_week, plain))
    return (
        _UNITS.sub(lambda unit: _KOREAN[unit[1]] + (" " if unit[1] != "日" else ""), plain)
        .replace("  ", " ")
        .strip()
    )


def _year_of(found: re.Match[str]) -> str:
    count = 1 if found[1] == "元" else int(found[1])
    return f"{_ERA_BEFORE + count}年"


def _numbered_week(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    return f" {_COUNTED.get(number, number)}주차"


def _weekday(found: re.Match[str]) -> str:
    day = _WEEKDAYS[found[1] or found[2] or found[3]]
    return f"({day})" if found[1] else f"{day}요일"
