"""A source that goes on under another name, in another file, keeps its notes."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from fakes.entries import MONDAY, weeks_later

from notes.model.errors import StoreError
from notes.store.store import Store
from sync.files.source import FileSource
from sync.parse_result import ParseOptions
from sync.pulls.pull import PullResult, SourceJob, pull_source

HEADERS = {
    "en": ["Date", "Owner", "Goal", "Hypothesis", "Result"],
    "ko": ["날짜", "담당", "목표", "가설", "회고"],
}
TEXTS = {
    "en": (
        "Kim",
        "Shorter queue",
        "A second desk halves the wait on day {n}",
        "Wait fell to {n} min",
    ),
    "ko": ("민재", "대기를 줄인다", "{n}번 창구를 열면 대기가 준다", "{n}분으로 줄었다"),
}


def rows(language: str, numbers: range) -> list[list[str]]:
    owner, goal, hypothesis, result = TEXTS[language]
    return [
        [f"2026-{1 + n // 28:02}-{1 + n % 28:02}", owner, goal]
        + [text.format(n=n) for text in (hypothesis, result)]
        for n in numbers
    ]


def pull(
    store: Store,
    path: Path,
    name: str,
    now: datetime,
    *,
    retired: frozenset[str] = frozenset(),
    beside: frozenset[str] = frozenset(),
    full: bool = True,
) -> PullResult:
    source = FileSource(name, "Bookshop", str(path), tabs=("*",), max_bytes=1 << 20)
    job = SourceJob(source, ParseOptions(), retired=retired, beside=beside)
    pulled = pull_source(store, job, run_id="run", now=now, full=full, progress=lambda _line: None)
    assert pulled.ok, pulled.error
    return pulled


def write(path: Path, language: str, lines: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS[language], *lines])
    return path


def ids(store: Store, source: str) -> dict[str, str]:
    return {note.note.hypothesis: note.id for note in store.notes() if note.source == source}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_renamed_source_keeps_every_note_and_says_so(
    store: Store, tmp_path: Path, language: str
) -> None:
    path = write(tmp_path / "log.csv", language, rows(language, range(40)))
    pull(store, path, "trials", MONDAY)
    before = ids(store, "trials")

    pulled = pull(store, path, "team-log", weeks_later(1), retired=frozenset({"trials"}))

    assert ids(store, "team-log") == before
    assert ids(store, "trials") == {}
    assert pulled.counts.new == 0
    (warning,) = pulled.warnings
    assert "40 notes of trials" in warning
    assert "loopnote undo --source team-log --from trials" in warning
    again = pull(store, path, "team-log", weeks_later(2), retired=frozenset({"trials"}))
    assert again.warnings == ()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_new_quarters_file_goes_on_with_the_rows_carried_over(
    store: Store, tmp_path: Path, language: str
) -> None:
    old = write(tmp_path / "q1.csv", language, rows(language, range(120)))
    pull(store, old, "q1", MONDAY)
    before = ids(store, "q1")
    carried = rows(language, range(90, 120))
    carried[3][4] += " (2)"
    carried[9][0] = "2026-05-09"
    new = write(tmp_path / "q2.csv", language, carried + rows(language, range(200, 220)))

    pull(store, new, "q2", weeks_later(1), retired=frozenset({"q1"}))

    after = ids(store, "q2")
    assert {text: before[text] for text in after if text in before} == {
        text: note for text, note in after.items() if text in before
    }
    assert len(after.keys() & before.keys()) == 30
    assert len(after) == 50
    assert len(ids(store, "q1")) == 90


def test_what_a_source_took_over_is_given_back_with_one_command(
    store: Store, tmp_path: Path
) -> None:
    path = write(tmp_path / "log.csv", "en", rows("en", range(5)))
    pull(store, path, "trials", MONDAY)
    before = ids(store, "trials")
    pull(store, path, "team-log", weeks_later(1), retired=frozenset({"trials"}))

    assert [(one.source, one.former, one.notes) for one in store.continued_sources()] == [
        ("team-log", "trials", 5)
    ]
    assert store.part_source("team-log", "trials", "run", now=weeks_later(1)) == 5
    assert store.continued_sources() == []

    apart = ids(store, "team-log")
    assert not set(apart.values()) & set(before.values())
    assert {note.source for note in store.notes(include_gone=True) if note.gone} == {"trials"}
    pull(store, path, "team-log", weeks_later(2), retired=frozenset({"trials"}))
    assert ids(store, "team-log") == apart
    with pytest.raises(StoreError, match="came from"):
        store.part_source("team-log", "elsewhere", "run", now=weeks_later(3))


def test_a_log_that_only_shares_its_example_row_continues_nobody(
    store: Store, tmp_path: Path
) -> None:
    pull(store, write(tmp_path / "a.csv", "en", rows("en", range(30))), "a", MONDAY)
    other = write(tmp_path / "b.csv", "en", rows("en", range(300, 330)))

    pulled = pull(store, other, "b", weeks_later(1), retired=frozenset({"a"}))

    assert pulled.counts.new == 30
    assert pulled.warnings == ()
    assert len(ids(store, "a")) == 30


@pytest.mark.parametrize("language", ["en", "ko"])
def test_rows_carried_over_count_once_while_the_old_file_is_still_read(
    store: Store, tmp_path: Path, language: str
) -> None:
    standing = rows(language, range(120))
    old = write(tmp_path / "q1.csv", language, standing)
    pull(store, old, "q1", MONDAY, beside=frozenset({"q2"}))
    before = ids(store, "q1")
    carried = rows(language, range(90, 120))
    carried[3][4] += " (2)"
    new = write(tmp_path / "q2.csv", language, carried + rows(language, range(200, 220)))

    pulled = pull(store, new, "q2", weeks_later(1), beside=frozenset({"q1"}))

    assert (pulled.counts.new, pulled.counts.moved) == (20, 30)
    (warning,) = pulled.warnings
    assert "30 notes of q1 go on in q2, where their rows stand too" in warning
    after = ids(store, "q2")
    assert all(after[text] == before[text] for text in after.keys() & before.keys())
    assert len(after.keys() & before.keys()) == 30

    write(old, language, [*standing, *rows(language, range(300, 302))])
    again = pull(store, old, "q1", weeks_later(2), beside=frozenset({"q2"}))
    assert (again.counts.new, again.counts.gone, again.counts.moved) == (2, 0, 0)
    assert ids(store, "q2") == after


def test_rows_that_count_once_are_two_again_with_one_command(store: Store, tmp_path: Path) -> None:
    old = write(tmp_path / "q1.csv", "en", rows("en", range(10)))
    pull(store, old, "q1", MONDAY, beside=frozenset({"q2"}))
    before = ids(store, "q1")
    new = write(tmp_path / "q2.csv", "en", rows("en", range(5, 10)))
    pull(store, new, "q2", weeks_later(1), beside=frozenset({"q1"}))

    assert store.part_source("q2", "q1", "run", now=weeks_later(1)) == 5

    pull(store, old, "q1", weeks_later(2), beside=frozenset({"q2"}), full=False)
    pull(store, new, "q2", weeks_later(2), beside=frozenset({"q1"}), full=False)
    assert ids(store, "q1") == before
    assert len(ids(store, "q2")) == 5


def test_two_logs_of_a_team_that_share_few_rows_stay_two(store: Store, tmp_path: Path) -> None:
    pull(store, write(tmp_path / "a.csv", "en", rows("en", range(30))), "a", MONDAY)
    other = write(tmp_path / "b.csv", "en", rows("en", range(28, 60)))

    pulled = pull(store, other, "b", weeks_later(1), beside=frozenset({"a"}))

    assert pulled.counts.new == 32
    assert len(ids(store, "a")) == 30


def test_a_row_written_again_in_the_old_file_is_a_note_of_its_own(
    store: Store, tmp_path: Path
) -> None:
    standing = rows("en", range(10))
    old = write(tmp_path / "q1.csv", "en", standing)
    pull(store, old, "q1", MONDAY, beside=frozenset({"q2"}))
    new = write(tmp_path / "q2.csv", "en", rows("en", range(5, 10)))
    pull(store, new, "q2", weeks_later(1), beside=frozenset({"q1"}))

    again = [*standing[:9], [*standing[9][:4], "Nobody waited"]]
    pulled = pull(store, write(old, "en", again), "q1", weeks_later(2), beside=frozenset({"q2"}))

    assert (pulled.counts.new, pulled.counts.gone) == (1, 0)


def test_a_row_that_had_gone_before_a_rename_stays_gone(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", "en", rows("en", range(40)))
    pull(store, path, "trials", MONDAY)
    before = ids(store, "trials")
    write(path, "en", rows("en", range(39)))
    assert pull(store, path, "trials", weeks_later(1)).counts.gone == 1

    (warning,) = pull(
        store, path, "team-log", weeks_later(2), retired=frozenset({"trials"})
    ).warnings

    assert "39 notes of trials" in warning
    last = TEXTS["en"][2].format(n=39)
    assert ids(store, "team-log") == {text: note for text, note in before.items() if text != last}
