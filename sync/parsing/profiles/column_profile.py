"""Profiles the cells of a column, independent of its header.

Counts the sorts of cells: dates, numbers, names, statuses, few words, sentences.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache, lru_cache
from typing import Literal

from notes.system.compiled_tables import kept_pattern
from sync.contents.text_answers import kept_answer
from sync.contents.workbook import CellError, Value
from sync.parsing.cells.changes import read_change
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date
from sync.parsing.cells.date_grammar.days import parse_day
from sync.parsing.cells.date_grammar.east_asian_days import in_korean
from sync.parsing.cells.numbers import read_number
from sync.parsing.cells.outcomes import is_mostly_verdict, read_next_kind, read_verdict
from sync.parsing.cells.text import (
    LONGEST_PLACEHOLDER,
    fold,
    is_placeholder,
    may_begin_placeholder,
)
from sync.parsing.vocabulary import load_words

from .text_classifier import classify_column

Sort = Literal[
    "date",
    "week",
    "number",
    "change",
    "tick",
    "status",
    "step",
    "name",
    "unit",
    "link",
    "key",
    "short",
    "text",
]

SENTENCE_WORDS = 2.5
"""Mean words from which a column's texts are sentences: labels, names and places have one or two
words in both languages."""
SAMPLE = 60
"""Cells by which a column is judged; judgement: a share of 0.6 in 60 cells is known to about
±0.12, finer than the thresholds need."""
_URL = kept_pattern(r"^(?:https?://|www\.)\S+$")
_MAIL = kept_pattern(r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")
_KEY = kept_pattern(r"^(?:[A-Za-z]{1,8}[-_ #]?)?#?\d{1,5}(?:[-_.]\d{1,4})?$")
_CODE = kept_pattern(
    r"(?=\S*[\d_])[A-Za-z0-9]+(?:[-_.:][A-Za-z0-9]+)+|(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9]{6,}"
)
_RECORD = kept_pattern(r"\s*(?:[{]\s*[\"'}]|\[\s*(?:[{\"\]]|-?\d))")
"""How a program's record begins ({"line": "B"}, [{"type": …}], []): a value, never a sentence."""
_HANGUL_NAME = kept_pattern(
    r"^[가-힣]{2,4}(?:\s?(?:님|씨|팀장|팀장님|매니저|매니저님|대리|과장|차장|부장|사원|주임|선생님|대표|리더|PM|pm))?$"
)
_LATIN_NAME = kept_pattern(r"^[A-Z][\w'’-]+(?:\s(?:[A-Z]\.|[A-Z][\w'’-]+)){0,2}$")
_NAME_SPLIT = kept_pattern(r"(?:(?<!\s)\s+)?(?:,|/|&|·|;|\+|\n|、|\band\b|\s와\s|\s과\s)\s*")
_UNIT = kept_pattern(r"^(?:%p?|[가-힣]{1,2}|[A-Za-z€$₩/]{1,8})$")
_TICKS = frozenset("true,false,[x],[ ],☑,☐,✔,y,n,yes,no,예,네,아니오,아니요".split(","))  # noqa: SIM905
_NEGATIVE = kept_pattern(r"[-−]\d[\d,.]*")
"""A bare number below zero; with a unit ("-3건") it may be a change."""
_WORDS = kept_pattern(r"[^\W\d_]{2,}")
_MOST_WORDS = 7
"""A text of more words than this tells of its numbers; it is no cell of numbers."""
_LONGEST_VERDICT = 20
"""Characters up to which a text may be a status; judgement: longer ones are sentences."""
_SHORTEST_CODE = 6
"""Characters from which letters and digits make a code; judgement: shorter ones may be numbers
with units."""
_CONTEXT = DateContext(year=2024)
"""Only whether a cell is a date is asked, not which: a leap year has every day."""


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What a column holds: the share of each sort of cell, and how its texts behave.

    `filled` is the share of records that hold something, `distinct` the share of different values
    among those, `length` the mean length of its texts (two for a Hangul letter), `voice` what its
    sentences sound like. `several` is the share of cells with several names, `inherited` that of
    merged ones; `serial`: numbers may be days. `verdicts` is the share of cells that say in words
    how a trial went (marks, ticks, "yes" and stages are none); `words` the mean number of words of
    its texts.
    """

    filled: float
    distinct: float
    length: float
    shares: tuple[tuple[Sort, float], ...]
    voice: tuple[tuple[str, float], ...]
    size: int
    samples: tuple[str, ...]
    several: float = 0.0
    inherited: float = 0.0
    serial: bool = False
    verdicts: float = 0.0
    words: float = 0.0

    def share(self, *sorts: Sort) -> float:
        """Return the share of the cells that are of one of these sorts."""
        return sum(value for sort, value in self.shares if sort in sorts)

    @property
    def main(self) -> Sort | Literal[""]:
        """Return the most frequent sort of cell, "" for an empty column."""
        return self.shares[0][0] if self.shares else ""

    def sounds(self, field: str) -> float:
        """Return how much the texts sound like a field, 0 where there are none."""
        return next((value for name, value in self.voice if name == field), 0.0)


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """A column as its profile needs it.

    How many cells, how many held and full ones, and some of the full ones.
    """

    cells: int
    held: int
    full: int
    sample: Sequence[Value]


def is_full(value: Value) -> bool:
    """Return whether a cell holds something that is no placeholder."""
    if type(value) is not str:
        return value is not None
    return (len(value) > LONGEST_PLACEHOLDER and value[0].isalnum()) or not is_placeholder(value)


_fills = lru_cache(maxsize=1 << 11)(is_full)


def fill_of(cells: Sequence[Value]) -> bytes:
    """Return 0 for each empty cell, 2 for each that `is_full`, 1 for one that stands for nothing.

    >>> fill_of(["하윤", "-", None, 0.0, "tbd"]).hex()
    '0201000201'
    """
    begins = may_begin_placeholder
    return bytes(
        [
            0
            if value is None
            else 2
            if type(value) is not str
            or (value[0].isalnum() and (len(value) > LONGEST_PLACEHOLDER or not begins(value[0])))
            else 1 + (_fills(value) if len(value) <= _KEPT else is_full(value))
            for value in cells
        ]
    )


EMPTY, FULL = 0, 2
"""Two of the values of `fill_of`."""
_KEPT = 48
"""Characters up to which it is kept whether a text fills its cell: longer ones are one of a kind.
"""


def stride(full: int) -> int:
    """Return how many full cells apart those of a sample stand."""
    return max(1, full // SAMPLE)


def profile(
    values: Sequence[Value], inherited: int = 0, *, is_known: bool = False
) -> ColumnProfile:
    """Return what a column's cells are, judged by at most SAMPLE cells spread over the column.

    `is_known`: its meaning is, so it is not asked what its texts sound like, nor for verdicts.
    """
    held = [value for value in values if value is not None]
    full = [value for value in held if is_full(value)]
    return profile_sample(
        ColumnSample(len(values), len(held), len(full), full[:: stride(len(full))][:SAMPLE]),
        inherited,
        is_known=is_known,
    )


def profile_sample(
    column: ColumnSample, inherited: int = 0, *, is_known: bool = False
) -> ColumnProfile:
    """Return what a column's cells are; `inherited` counts those that a merge gave."""
    sample = column.sample
    sorts = Counter(cell_sort(value) for value in sample)
    texts = [value for value in sample if isinstance(value, str)]
    judged = () if is_known else texts
    spoken = [text for text in judged if _sort(text) in ("text", "short", "name")]
    total = len(sample) or 1
    return ColumnProfile(
        filled=column.held / (column.cells or 1),
        distinct=len(set(map(str, sample))) / total,
        length=sum(map(breadth, texts)) / (len(texts) or 1),
        shares=tuple(
            (sort, count / total)
            for sort, count in sorted(sorts.items(), key=lambda item: (-item[1], item[0]))
        ),
        voice=tuple(classify_column(spoken[:30]).items()) if spoken else (),
        size=column.full,
        samples=tuple(str(value)[:80] for value in sample[:3]),
        several=sum(1 for text in texts if len(_NAME_SPLIT.split(text)) > 1) / total,
        inherited=inherited / (column.held or 1),
        serial=_are_serial_days(sample),
        verdicts=sum(map(_is_verdict, judged)) / total,
        words=sum(len(text.split()) for text in texts) / (len(texts) or 1),
    )


@kept_answer("verdict")
def _is_verdict(text: str) -> bool:
    if len(text) > _LONGEST_VERDICT or not _WORDS.search(text) or text.lower() in _TICKS:
        return False
    if fold(text).strip(" .!") in _moods() or not is_mostly_verdict(text):
        return False
    verdict = read_verdict(text)
    return verdict is not None and verdict.sense in ("success", "failure", "inconclusive")


@cache
def _moods() -> frozenset[str]:
    return frozenset(map(fold, load_words("outcomes")["moods"]["words"]))


def _are_serial_days(values: Sequence[Value]) -> bool:
    """Return whether the numbers may be spreadsheet days.

    Whole, of this century, and within a few years of each other.
    """
    numbers = [
        float(value)
        for value in values
        if (isinstance(value, int | float) and not isinstance(value, bool))
        or (isinstance(value, str) and _is_serial(value))
    ]
    if not numbers or not all(
        36_500 <= value <= 58_000 and value == int(value) for value in numbers
    ):
        return False
    return max(numbers) - min(numbers) <= 1500


def _is_serial(text: str) -> bool:
    """Return whether a text is a whole number of five digits, as a CSV writes a spreadsheet's
    day.
    """
    return len(text) == 5 and text.isascii() and text.isdecimal()


def cell_sort(value: Value) -> Sort:
    """Return what sort of thing a single cell holds."""
    return _sort(value) if isinstance(value, str) else _typed(value)


def breadth(text: str) -> int:
    """Return the length of a text as it looks: a letter of Korean, Chinese or Japanese is two."""
    return sum(2 if sign >= "\u1100" else 1 for sign in text[:200])


def _is_code(text: str) -> bool:
    coded = len(text) >= _SHORTEST_CODE and _CODE.fullmatch(text) is not None
    return coded and _timely(text) is None and _measured(text) is None


def is_phone(text: str) -> bool:
    """Return whether a text is a telephone number with its country: "+82 10-1234-5678".

    Groups of three digits alone are a long number.

    >>> is_phone("+82 10-1234-5678"), is_phone("+49301234567"), is_phone("+1 234 567")
    (True, True, False)
    """
    if not text.startswith("+") or not set(text) <= _OF_A_PHONE:
        return False
    groups = "".join(sign if sign.isdigit() else " " for sign in text).split()
    thousands = all(len(group) == _THOUSANDS for group in groups[1:])
    digits = sum(map(len, groups))
    return digits >= (_WHOLE_PHONE if thousands else _PARTED_PHONE)


_OF_A_PHONE = frozenset("+0123456789 -()")
_THOUSANDS = 3
_PARTED_PHONE = 8
"""Digits of a telephone number with its country's, at least."""
_WHOLE_PHONE = 11
"""Digits in one piece from which a number with a plus is no difference of anything; judgement."""


def _typed(value: Value) -> Sort:
    if isinstance(value, bool):
        return "tick"
    if isinstance(value, date):
        return "date"
    if isinstance(value, CellError | time):
        return "number"
    return "number"


@lru_cache(maxsize=1 << 11)
@kept_answer("sort")
def _sort(text: str) -> Sort:
    return "key" if _RECORD.match(text) and text.rstrip()[-1] in "}]" else _sort_of_words(text)


def _sort_of_words(text: str) -> Sort:
    if len(text) > 60 or "\n" in text:
        return "change" if len(text) <= 80 and _is_change(text) else "text"
    if _URL.match(text):
        return "link"
    if _MAIL.match(text):
        return "name"
    if is_phone(text) or _is_code(text):
        return "key"
    if text.lower() in _TICKS:
        return "tick"
    return _timely(text) or _measured(text) or _worded(text)


def _timely(text: str) -> Sort | None:
    if not any(sign.isdigit() for sign in text) or text.replace(".", "", 1).isdigit():
        day = parse_day(in_korean(fold(text))) if len(text) <= 11 else None
        return "date" if day is not None and day.weekday is not None else None
    reading = read_date(text, _CONTEXT)
    if reading.says_something and not reading.text:
        return "week" if reading.precision == "week" and reading.start is None else "date"
    codes = {code for code, _ in reading.problems}
    return (
        "date"
        if codes & {"impossible_date", "suspicious_date", "ambiguous_date", "weekday_mismatch"}
        else None
    )


def _measured(text: str) -> Sort | None:
    if _NEGATIVE.fullmatch(text):
        return "number"
    if _is_change(text):
        return "change"
    number = read_number(text) if any(sign.isdigit() for sign in text) else None
    if number is not None and len(text) <= 18 and re.match(r"^[+\-~≈약₩$€£<>≤≥]*\s*\d", text):
        words = re.findall(r"[^\W\d_]+", text)
        bare = sum(map(len, words))
        return "number" if len(words) <= 1 and bare <= 6 and (number.unit or bare <= 2) else None
    return "key" if _KEY.match(text) else None


def _is_change(text: str) -> bool:
    if not any(sign.isdigit() for sign in text):
        return False
    found = read_change(text)
    if found is None or not (found.pair or found.change is not None):
        return False
    return len(_WORDS.findall(text)) <= _MOST_WORDS


def _worded(text: str) -> Sort:
    if len(text) <= 2 and not any(sign.isalnum() for sign in text):
        return "status"
    if len(text) <= 20 and text.count(" ") <= 2 and is_mostly_verdict(text):
        return "status"
    if len(text) <= 14 and read_next_kind(text) is not None:
        return "step"
    if len(text) <= 4 and _UNIT.match(text) and not _HANGUL_NAME.match(text):
        return "unit"
    parts = [part.lstrip("@") for part in _NAME_SPLIT.split(text) if part]
    if parts and all(_HANGUL_NAME.match(part) or _LATIN_NAME.match(part) for part in parts):
        return "name"
    return "short" if breadth(text) <= 22 else "text"
