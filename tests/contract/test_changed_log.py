"""A pull of a log that people edited keeps what a pull of it from scratch would keep, and
costs what changed.
"""

import csv
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from fakes.entries import weeks_later
from openpyxl import Workbook as WorkbookFile

from notes.model.notes import Entry, Problem
from notes.store.source_update.update import SourceUpdate
from notes.store.store import Store
from sync.files.source import FileSource
from sync.matching.rows import compared_rows
from sync.parse_result import ParseOptions
from sync.parsing.logs import log_rows
from sync.pulls.pull import PullResult, SourceJob, pull_source

Lines = list[list[Any]]
HEADERS = {
    "en": ["Date", "Goal", "Hypothesis", "What we did", "Result", "Learned", "Owner", "Week"],
    "ko": ["날짜", "목표", "가설", "실행", "결과", "배운 점", "담당자", "주차"],
}
WORDS = {
    "en": (
        ["More repeat visits", "Fewer calls"],
        ["A shorter sign stops people", "A coupon brings guests back", "Asking first helps"],
        ["Hung the sign at the door", "Gave thirty coupons away", "Asked nine guests"],
        ["worked", "failed", "perhaps"],
        ["Short is read", "Coupons are kept", "People answer"],
        ["Ann Lee", "Bob Ray"],
    ),
    "ko": (
        ["재방문 늘리기", "문의 전화 줄이기"],
        ["안내문이 짧으면 더 머문다", "쿠폰을 주면 다시 온다", "먼저 물으면 말이 는다"],
        ["세 줄로 줄여 걸었다", "서른 장을 나눠 주었다", "손님 아홉 분께 여쭈었다"],
        ["성공", "실패", "글쎄"],
        ["짧은 글은 읽힌다", "쿠폰은 간직한다", "손님은 답한다"],
        ["김하늘", "박서준"],
    ),
}


def a_row(language: str, draw: random.Random, number: int) -> list[Any]:
    goals, ideas, deeds, results, lessons, people = WORDS[language]
    day = 1 + number % 28
    week = f"W{9 + day // 7}" if number % 3 else "W40"  # contradicts the day: a problem
    return [
        "soon" if number % 11 == 0 else f"2026-03-{day:02}",
        draw.choice(goals),
        f"{draw.choice(ideas)} {number}",
        f"{draw.choice(deeds)} {draw.randrange(1000)}",
        draw.choice(results),
        f"{draw.choice(lessons)} {draw.randrange(1000)}",
        draw.choice(people),
        week,
    ]


def rewrite(lines: Lines, draw: random.Random, language: str) -> None:
    column = draw.choice((3, 5))
    for at in draw.sample(range(1, len(lines)), 3):
        lines[at][column] = f"{draw.choice(WORDS[language][2])} {draw.randrange(1000)} new"


def insert(lines: Lines, draw: random.Random, language: str) -> None:
    made = a_row(language, draw, 500 + draw.randrange(500))
    lines.insert(draw.randrange(1, len(lines)), (made + [None] * 9)[: len(lines[0])])


def remove(lines: Lines, draw: random.Random, _language: str) -> None:
    del lines[draw.randrange(1, len(lines))]


def sort(lines: Lines, _draw: random.Random, _language: str) -> None:
    lines[1:] = sorted(lines[1:], key=lambda cells: str(cells[3]))


def add_column(lines: Lines, draw: random.Random, _language: str) -> None:
    place = draw.randrange(len(lines[0]))
    for number, cells in enumerate(lines):
        cells.insert(place, None if number else "Zettel")


def rename(lines: Lines, _draw: random.Random, language: str) -> None:
    old = HEADERS[language][6]
    lines[0] = ["담당" if language == "ko" and one == old else one for one in lines[0]]
    lines[0] = ["Who" if language == "en" and one == old else one for one in lines[0]]


EDITS: list[Callable[[Lines, random.Random, str], None]] = [
    rewrite, insert, remove, sort, rewrite, add_column, rename, insert
]  # fmt: skip


def save(path: Path, lines: Lines, tab: str) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        return
    save_tabs(path, [lines], tab)


def save_tabs(path: Path, tabs: Sequence[Lines], name: str = "Log") -> None:
    book = WorkbookFile()
    book.remove(book.worksheets[0])
    for number, lines in enumerate(tabs):
        sheet = book.create_sheet(f"{name} {number}" if number else name)
        for line in lines:
            sheet.append(line)
    book.save(path)


def pull(store: Store, path: Path, week: int, *, full: bool = False) -> PullResult:
    job = SourceJob(
        FileSource("log", "growth", str(path)),
        ParseOptions(),
        fingerprint={"settings": "a", "reader": "1"},
    )
    pulled = pull_source(
        store, job, run_id="run", now=weeks_later(week), full=full, progress=lambda _line: None
    )
    assert pulled.ok, pulled.error
    return pulled


def said(store: Store) -> tuple[list[Entry], list[Problem]]:
    """Return the living notes in the order of their rows, and the problems."""
    entries = [one.entry for one in store.notes() if one.gone is None]
    problems = [one.problem for one in store.problems()]
    return sorted(entries, key=lambda one: one.raw.place.row), sorted(problems, key=str)


SLOW = pytest.mark.slow  # the other halves of the pairs: each kind meets each language once


@pytest.mark.parametrize(
    ("kind", "language", "seed"),
    [
        ("csv", "en", 1),
        ("xlsx", "ko", 1),
        ("csv", "ko", 2),
        ("xlsx", "en", 2),
        pytest.param("csv", "en", 2, marks=SLOW),
        pytest.param("xlsx", "ko", 2, marks=SLOW),
        pytest.param("csv", "ko", 1, marks=SLOW),
        pytest.param("xlsx", "en", 1, marks=SLOW),
    ],
)
def test_after_every_edit_the_store_holds_what_a_reading_from_scratch_holds(
    tmp_path: Path, empty_file: Path, kind: str, language: str, seed: int
) -> None:
    draw, path, tab = random.Random(f"{kind} {language} {seed}"), tmp_path / f"log.{kind}", "Log"
    lines: Lines = [list(HEADERS[language])]
    lines += [a_row(language, draw, number) for number in range(40)]
    with Store.open(f"sqlite:///{tmp_path}/notes.db") as store:
        for week, edit in enumerate([None, *draw.sample(EDITS, len(EDITS))]):
            if edit is not None:
                edit(lines, draw, language)
            tab = "2026" if week > 5 else tab
            save(path, lines, tab)
            pull(store, path, week)
            anew = shutil.copy(empty_file, tmp_path / f"anew{week}.db")
            with Store.open(f"sqlite:///{anew}") as other:
                pull(other, path, week)
                assert said(store) == said(other), edit


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count the lines of the store looked at again, the stored rows decoded, the rows parsed, and
    those taken over one by one.
    """
    counts = {"lines": 0, "decoded": 0, "parsed": 0, "alone": 0}

    def counting(place: Any, name: str, of: str, size: Callable[..., int]) -> None:
        real = getattr(place, name)

        def called(*given: Any, **named: Any) -> Any:
            counts[of] += size(*given)
            return real(*given, **named)

        monkeypatch.setattr(place, name, called)

    counting(SourceUpdate, "_heads", "lines", lambda _self, _column, values: len(values))
    counting(
        compared_rows.ComparedRows,
        "_texts_of_stored",
        "decoded",
        lambda _self, digests: len(digests),
    )
    counting(compared_rows.ComparedRows, "add_as", "alone", lambda *_: 1)
    counting(log_rows, "normalize", "parsed", lambda table, _rules: table.size)
    return counts


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_parsed_compared_and_looked_up_are_the_rows_that_changed(
    store: Store, tmp_path: Path, language: str, costs: dict[str, int]
) -> None:
    draw, path = random.Random(3), tmp_path / "log.xlsx"
    lines: Lines = [list(HEADERS[language])]
    lines += [a_row(language, draw, number) for number in range(200)]
    save(path, lines, "Log")
    pull(store, path, 0)
    costs.update(dict.fromkeys(costs, 0))
    for at in (30, 90, 150):
        lines[at][5] = f"{WORDS[language][4][0]} {at} again"
    save(path, lines, "Log")
    pulled = pull(store, path, 1)

    assert (pulled.counts.changed, pulled.counts.unchanged) == (3, 197)
    assert pulled.counts.problems > 25
    assert costs["parsed"] <= 3 * 2 + 1  # with the row above each, and the first of the table
    assert costs["lines"] <= 3
    assert costs["decoded"] <= 3 * 4
    assert costs["alone"] == 0


def test_sorting_one_tab_reads_no_text_of_the_others(
    store: Store, tmp_path: Path, costs: dict[str, int]
) -> None:
    draw, path = random.Random(4), tmp_path / "log.xlsx"
    first, *others = [
        [list(HEADERS["en"]), *(a_row("en", draw, number) for number in range(250))]
        for _ in range(4)
    ]
    decoded = []
    for week, beside in ((0, list[Lines]()), (2, others)):
        lines = [list(cells) for cells in first]
        save_tabs(path, [lines, *beside])
        pull(store, path, week)
        costs.update(dict.fromkeys(costs, 0))
        sort(lines, draw, "en")
        save_tabs(path, [lines, *beside])
        pulled = pull(store, path, week + 1)
        assert (pulled.counts.unchanged, pulled.counts.new) == (250 + 250 * len(beside), 0)
        decoded.append(costs["decoded"])

    others_of_chunk = 249  # rows are looked up 250 together, a tab's last with some of the next
    assert 0 < decoded[1] <= decoded[0] + others_of_chunk < decoded[0] + 750
