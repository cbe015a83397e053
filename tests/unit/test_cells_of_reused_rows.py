"""How often a text stands in a log is the same whether its rows were parsed or reused."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from notes.model.notes import Entry, Link, Note, Place, RawRow, UnchangedRows
from notes.store.store import Store
from sync.matching.rows.compared_rows import ComparedRows, build_rows
from sync.matching.rows.text_spill import Texts

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
LABELS = ["날짜", "실행", "Result"]
TEXTS = [
    "2026-03-05", "3월 5일(목)", "Mar 5, 2026", "1,200", "1,200원", "1200", "1,200,000,000원",
    "1200000000원", "12.5%", "성공", "성공.",
    "The sign was made shorter, so guests came back to read it",
    "the  sign was made shorter, so guests came back to read it.", "3월 안내문을 세 줄로 줄였다",
    "3월  안내문을 세 줄로 줄였다!", "\udc00 half a letter, kept", "Straße 12, 3. Stock links",
    "STRASSE 12, 3. STOCK LINKS", "January 5 and March 12, every hour",
    "가   나   다   순서로 적은 안내", "가 나 다 순서로 적은 안내",
]  # fmt: skip


def entry(number: int, texts: list[str]) -> Entry:
    place = Place("log", number + 2)
    cells = tuple(zip(LABELS, texts, strict=False))
    return Entry(RawRow(place, cells), Note(kind="experiment", place=place, title=f"{number}"))


def random_entries(count: int) -> list[Entry]:
    draw = Random(7)
    return [
        entry(number, draw.sample(TEXTS, draw.randint(1, len(LABELS)))) for number in range(count)
    ]


@pytest.mark.parametrize("count", [20, 700])
def test_texts_are_counted_in_reused_rows_as_in_parsed_ones(count: int, tmp_path: Path) -> None:
    entries = random_entries(count)
    parsed = build_rows(entries)
    wanted = {cell for place in range(count) for cell in parsed.texts(place).items()}
    with Store.open(f"sqlite:///{tmp_path}/notes.db") as store:
        with store.update("log", "team", "first", now=NOW) as update:
            digests = update.save(Link(one, "", "new") for one in entries)
            update.put_parsed_rows(b"kept")
            update.finish({})
        with store.update("log", "team", "second", now=NOW) as update:
            update.known.parsed_rows()
            reused = ComparedRows(stored=update.known)
            reused.add_unchanged(
                UnchangedRows(
                    tab="log",
                    file="",
                    cell_url="",
                    rows=[one.raw.place.row for one in entries],
                    digests=digests,
                    keys=[""] * count,
                    labels=[tuple(label for label, _ in one.raw.cells) for one in entries],
                    days=[0] * count,
                )
            )
            reused.settle()
            assert reused.holders(wanted) == parsed.holders(wanted)
            some = {cell for cell in wanted if cell[1] > "m"}
            assert reused.holders(some) == parsed.holders(some)
            for most in (0, 1, count // 9, count):
                held = parsed.holders(wanted)
                for rows in (reused, parsed):
                    found = rows.holders_up_to(dict.fromkeys(wanted, most))
                    assert {cell for cell in wanted if found[cell] > most} == {
                        cell for cell in wanted if held[cell] > most
                    }
                    assert all(found[cell] == held[cell] for cell in wanted if held[cell] <= most)


def test_of_what_most_rows_say_no_more_rows_are_counted_than_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ten rows that went under "done" are no filter where all others are "done"."""
    rows = ComparedRows()
    for number in range(3000):
        rows.add(entry(number, [TEXTS[0]]))
    rows.settle()
    (cell,) = rows.texts(0).items()
    read, chunk = [0], rows.spill._chunk

    def counted(number: int) -> list[Texts]:
        read[0] += 1
        return chunk(number)

    monkeypatch.setattr(rows.spill, "_chunk", counted)
    assert rows.holders_up_to({cell: 10})[cell] > 10
    assert read[0] == 1
    assert rows.holders_up_to({cell: 2999})[cell] == 3000
    assert read[0] > 10
