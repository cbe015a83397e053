"""What is asked of single texts is kept for the next reading of a source, and is the same then."""

import re
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import sync
from sync.contents.parsed_rows import ParsedRow, ParsedRows, read_parsed_rows
from sync.contents.text_answers import answers_at_hand
from sync.contents.workbook import Grid, Value, Workbook
from sync.parse_result import ParsedColumn, ParseOptions
from sync.parsing.logs.content import parse_content
from sync.parsing.profiles import column_profile, text_classifier
from sync.parsing.records import number_parts
from sync.parsing.vocabulary import header_phrases

ASKED: dict[str, Callable[[str], Any]] = {
    "sort": column_profile._sort,
    "verdict": column_profile._is_verdict,
    "field": text_classifier._probabilities,
    "period": number_parts._names_period,
    "header": header_phrases.header_meanings,
}
TEXTS = [
    "", "-", "배운 점", "무엇을 배웠나요?", "What did we learn", "Retro / 회고 (필수)", "=A3+1",
    "성공", "효과 없었음", "worked", "no difference", "3월 2주차", "Week 37", "2026-03-02", "3/2",
    "11% → 22%", "김하늘, 박서준", "Ann Lee", "EXP-014", "https://example.org/a", "18%", "🙂",
    "안내 문구를 줄이면 더 오래 머문다", "If the sign is shorter more people stop",
    "half \ud83d pair",
    '{"line": "B"}', "T) 손님은 질문에 답한다\n적용: 상담에도 쓴다",
]  # fmt: skip
HEADERS: dict[str, list[Value]] = {
    "ko": ["날짜", "가설", "무엇을 했나", "결과", "배운 점", "담당자"],
    "en": ["Date", "Hypothesis", "What we did", "Result", "What we learned", "Owner"],
}


@pytest.fixture(autouse=True)
def _nothing_is_known_yet() -> Iterator[None]:
    """Begin and end each test as a process that was asked nothing."""
    forget()
    yield
    forget()


def forget() -> None:
    """Forget what this process was asked of texts, as a new process has."""
    for name in ("column_profile", "text_classifier"):
        for one in vars(import_module(f"sync.parsing.profiles.{name}")).values():
            if isinstance(one, _lru_cache_wrapper):
                one.cache_clear()
    header_phrases.header_meanings.cache_clear()


def again(parsed: ParsedRows, basis: str = "1") -> ParsedRows:
    """Return what the next reading knows."""
    parsed.keep(bytes(16), ParsedRow(bytes(16), 0))
    return read_parsed_rows(basis, parsed.to_bytes(), ())


def asked(parsed: ParsedRows | None, text: str, of: Callable[[str], Any]) -> Any:
    forget()
    with answers_at_hand(parsed.answers if parsed else None):
        return of(text)


def test_every_question_of_the_reader_is_among_those_held_here_and_has_a_name_of_its_own() -> None:
    found = [
        name
        for file in Path(sync.__file__).parent.rglob("*.py")
        for name in re.findall(r'^@kept_answer\("(\w+)"', file.read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted(found) == sorted(ASKED)


@pytest.mark.parametrize("question", ASKED)
def test_a_kept_answer_is_the_one_that_is_found_without_it(question: str) -> None:
    of = ASKED[question]
    for text in TEXTS:
        first = ParsedRows("1")
        found = asked(None, text, of)
        assert asked(first, text, of) == found
        kept = asked(again(first), text, of)
        assert kept == found, text
        assert type(kept) is type(found)


@pytest.mark.parametrize(
    ("question", "place", "behind"),
    [
        ("sort", column_profile, "_sort_of_words"),
        ("verdict", column_profile, "is_mostly_verdict"),
        ("field", text_classifier, "_model"),
        ("period", number_parts, "read_period"),
        ("header", header_phrases, "phrasebook"),
    ],
)
def test_what_was_answered_is_not_found_again(
    monkeypatch: pytest.MonkeyPatch, question: str, place: object, behind: str
) -> None:
    first, texts = ParsedRows("1"), ("효과 없었음", "배운 점", "no difference", "3월 2주차")
    before = [asked(first, text, ASKED[question]) for text in texts]
    known = again(first)
    monkeypatch.setattr(place, behind, lambda *_: pytest.fail("asked again"))
    assert [asked(known, text, ASKED[question]) for text in texts] == before
    later = again(known)  # what was known and asked for stays known
    assert [asked(later, text, ASKED[question]) for text in texts] == before


def test_an_answer_of_another_reader_is_not_known() -> None:
    first = ParsedRows("1")
    asked(first, "배운 점", ASKED["header"])
    assert not again(first, "2").answers.known(next(iter(first.answers.to_keep())))


def test_what_nobody_asks_for_any_more_is_forgotten() -> None:
    first = ParsedRows("1")
    asked(first, "배운 점", ASKED["header"])
    asked(first, "담당자", ASKED["header"])
    second = again(first)
    asked(second, "담당자", ASKED["header"])
    assert len(second.answers.to_keep()) == 1


def test_no_text_is_kept() -> None:
    first = ParsedRows("1")
    for of in ASKED.values():
        asked(first, "김하늘바다", of)
    first.keep(bytes(16), ParsedRow(bytes(16), 0))
    assert "김하늘바다".encode() not in first.to_bytes()


def a_log(language: str, *, rows: int, written: int = 0) -> Grid:
    """Return a log of which the first rows were written anew."""
    verdicts = ["성공", "실패", "진행 중"] if language == "ko" else ["worked", "failed", "running"]
    told = "안내문을 {}번째로 줄였다" if language == "ko" else "We made the sign shorter, try {}"
    lines: list[list[Value]] = [HEADERS[language]]
    for number in range(rows):
        mark = " +" if number < written else ""
        lines.append(
            [
                f"2026-{1 + number % 9:02}-{1 + number % 27:02}",
                told.format(number) + mark,
                told.format(number * 7),
                verdicts[number % 3],
                f"{told.format(number * 3)}{mark}",
                "김하늘" if language == "ko" else "Ann Lee",
            ]
        )
    return Grid("log", lines)


def columns_of(grid: Grid, parsed: ParsedRows | None) -> tuple[ParsedColumn, ...]:
    forget()
    read = list(parse_content(Workbook("log", [grid]), ParseOptions(), parsed=parsed))
    return next(table for reading in read for table in reading.tables).columns


@pytest.mark.parametrize("language", HEADERS)
@pytest.mark.parametrize("rows", [30, 1100])  # as a whole, and in parts
@pytest.mark.parametrize("edit", ["rows", "added", "column"])
def test_columns_mean_what_they_mean_to_a_reading_from_nothing(
    language: str, rows: int, edit: str
) -> None:
    first = ParsedRows("1")
    columns_of(a_log(language, rows=rows), first)
    grid = a_log(language, rows=rows + (edit == "added"), written=9 if edit == "rows" else 0)
    if edit == "column":
        grid = Grid("log", [[*line[:2], "비고" if not at else None, *line[2:]]
                            for at, line in enumerate(grid.rows)])  # fmt: skip
    assert columns_of(grid, again(first)) == columns_of(grid, None)
