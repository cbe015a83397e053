"""`similar` asks the latest attempts and the older ones that share rare words (ADR 0413)."""

from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from fakes.entries import MONDAY, entry, new

from loopnote.commands.notes import similar
from notes.store.note_rows.decoded_rows import notes_of
from notes.store.store import Store

WIRING: Any = SimpleNamespace(config=SimpleNamespace(teams=[]), clock=lambda: MONDAY)
THINGS = "전단 문자 간판 의자 음악 조명 향기 진열 포장 스티커 영수증 쟁반 메뉴판 화분 달력".split()  # noqa: SIM905
OLD = "비 오는 날 우산을 빌려주면 다시 찾아온다"


@pytest.fixture
def store_of_years(store: Store) -> Store:
    rows = [
        entry(
            at + 2,
            "매출",
            hypothesis=OLD if at == 7 else f"{THINGS[at % 15]} {at}개를 바꾸면 손님이 는다",
            start_date=date(2024, 1, 1) + timedelta(days=at),
            outcome="success",
        )
        for at in range(600)
    ]
    with store.update("trials", "Bookshop", "run", now=MONDAY) as update:
        update.save(new(*rows))
        update.finish({})
    return store


def first(store: Store, text: str) -> str:
    found = similar.similar_to_text(WIRING, store, text, team="", most=3)
    assert found
    assert found[0].sure
    return found[0].stored.note.hypothesis


def test_an_old_attempt_is_found_beyond_the_latest_ones(store_of_years, monkeypatch) -> None:
    asked = "우산을 비 오는 날 빌려주면 다시 찾아온다"
    assert first(store_of_years, asked) == OLD
    monkeypatch.setattr(similar, "_LATEST", 50)
    assert first(store_of_years, asked) == OLD


def test_what_is_decoded_does_not_grow_with_the_store(store_of_years, monkeypatch) -> None:
    decoded: Counter[str] = Counter()

    def counted(lines):
        decoded["notes"] += len(lines)
        return notes_of(lines)

    monkeypatch.setattr("notes.store.search.query.notes_of", counted)
    monkeypatch.setattr(similar, "_LATEST", 50)
    monkeypatch.setattr(similar, "_ALIKE", 20)
    first(store_of_years, "우산을 비 오는 날 빌려주면 다시 찾아온다")
    assert decoded["notes"] <= 70
