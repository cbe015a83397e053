"""What the store costs: CPU to save many notes, to find them unchanged, to shift them, and to read
one week of them.

python -m bench.store [ROWS]
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from notes.model.notes import Entry, Link, Metric, Note, Outcome, Place, RawRow
from notes.store.store import Store

START = datetime(2026, 11, 16, 9, tzinfo=UTC)
OUTCOMES: tuple[Outcome, ...] = ("success", "failure", "inconclusive", "running")
TEXT = (
    "재방문 쿠폰 전환율 손님 대기 안내문 예약 회원 매출 후기 배송 포장 상담 문의 광고 요금 "
    "체험 모임 책 주말"
)
WORDS = tuple(TEXT.split(" "))


@contextmanager
def timed(what: str, rows: int) -> Iterator[None]:
    """Print the CPU seconds of the block, and the peak of the process's memory so far."""
    begin = time.process_time()
    yield
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:34} {seconds:7.2f} s CPU  {seconds / max(rows, 1) * 1e6:7.1f} µs a row  "
        f"peak {peak:6.0f} MB"
    )


def few_words(chance: random.Random, words: int) -> str:
    """Return some words."""
    return " ".join(chance.choices(WORDS, k=words))


Sentence = Callable[[random.Random, int], str]


def entry(
    number: int, chance: random.Random, *, row: int = 0, sentence: Sentence = few_words
) -> Entry:
    """Return a plausible row: eight filled cells, 400 characters."""
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(1000))
    texts: dict[str, Any] = {
        "goal": sentence(chance, 6),
        "hypothesis": sentence(chance, 14),
        "execution": sentence(chance, 16),
        "retrospective": sentence(chance, 14),
        "learned": sentence(chance, 8),
        "next_action": sentence(chance, 5),
    }
    place = Place("실험일지", row or number + 2)
    note = Note(
        "experiment",
        place,
        url=f"https://docs.google.com/spreadsheets/d/abc/edit#gid=0&range=A{place.row}",
        outcome="success",
        start_date=day,
        owners=("김하늘",),
        metric=Metric("재방문율", 11.0, 22.0, unit="%"),
        **texts,
    )
    cells = (
        ("번호", f"EXP-{number}"),
        ("시작일", day.isoformat()),
        ("담당", "김하늘"),
        *texts.items(),
    )
    return Entry(RawRow(place, cells), note)


def entries(rows: int, *, shift: int = 0) -> list[Entry]:
    """Return the same rows each time, `shift` lines further down."""
    chance = random.Random(7)
    return [entry(number, chance, row=number + 2 + shift) for number in range(rows)]


def save(store: Store, source: str, links: list[Link], week: int) -> None:
    """Save the links as one update."""
    with store.update(source, "team", "run", now=START + timedelta(weeks=week)) as update:
        update.save(links)
        update.gone_except_seen()
        print("   ", update.finish({}))


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(f"sqlite:///{folder}/store.db") as store,
    ):
        fresh = [Link(each, "", "new") for each in entries(rows)]
        with timed("first save", rows):
            save(store, "log", fresh, 0)
        with timed("known_rows", rows), store.update("log", "team", "run", now=START) as update:
            known = update.known.rows()
        for what, shift in (("unchanged", 0), ("all rows one further down", 1)):
            links = [
                Link(each, row.note_id, "exact")
                for each, row in zip(entries(rows, shift=shift), known, strict=True)
            ]
            with timed(what, rows), store.update("log", "team", "run", now=START) as update:
                with timed("  known_rows", rows):
                    update.known.rows()
                with timed("  of this save", rows):
                    update.save(links)
                with timed("  of this finish", rows):
                    update.finish({})
        with timed("all notes", rows):
            sum(1 for _ in store.notes())
        with timed("a week's notes", 1):
            count = sum(
                1 for _ in store.notes(team="team", touching=(date(2026, 9, 7), date(2026, 9, 13)))
            )
        print("   ", count, "notes of that week")


if __name__ == "__main__":
    main()
