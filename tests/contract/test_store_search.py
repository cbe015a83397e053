"""Searching finds the same notes on every database, and what a plain scan finds."""

from datetime import date, timedelta
from random import Random

import pytest
from fakes.entries import MONDAY, entry, new, same, weeks_later

from notes.model.notes import Entry
from notes.model.periods import Week
from notes.store.search import query
from notes.store.search.query import SearchQuery
from notes.store.store import Store

ROWS = [
    entry(
        2,
        "재방문을 늘린다",
        hypothesis="쿠폰이면 온다",
        owners=("김하늘",),
        start_date=date(2026, 2, 3),
    ),
    entry(
        3,
        "전환율을 올린다",
        retrospective="방문은 늘고 전환율은 그대로",
        outcome="failure",
        tags=("광고",),
    ),
    entry(
        4,
        "Raise ROI of mailings",
        hypothesis="Android users read mail",
        owners=("Kim",),
        week="2026-W46",
    ),
    entry(5, "가설 없는 실험", execution="그냥 해 봄", start_date=date(2026, 11, 3)),
]


def put(store: Store, *rows: Entry, team: str = "Bookshop", source: str = "trials") -> None:
    with store.update(source, team, "run", now=MONDAY) as update:
        update.save(new(*rows))
        update.finish({})


def goals(store: Store, words: str, **conditions: object) -> set[str]:
    return {found.note.goal for found in store.search(words, **conditions)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", ["방문", "전환율", "율", "가", "쿠폰", "늘", "그냥", "방문 전환", "없음", "린다"]
)
def test_korean_words_are_found_where_a_plain_scan_finds_them(store: Store, words: str) -> None:
    put(store, *ROWS)

    def says(row: Entry) -> bool:
        texts = [value for _, value in row.raw.cells]
        return all(any(word in text for text in texts) for word in words.split())

    assert goals(store, words) == {row.note.goal for row in ROWS if says(row)}


def test_latin_words_are_found_by_their_beginning(store: Store) -> None:
    put(store, *ROWS)

    assert goals(store, "mail") == goals(store, "ROI and") == {"Raise ROI of mailings"}
    assert goals(store, "oi") == set()


def test_conditions_narrow_the_answer(store: Store) -> None:
    put(store, *ROWS)
    put(store, entry(2, "재방문은 남의 일"), team="Farm", source="other")

    assert goals(store, "재방문", team="Farm") == {"재방문은 남의 일"}
    assert goals(store, "", person="김하늘") == {"재방문을 늘린다"}
    assert (
        goals(store, "", outcome="failure") == goals(store, "율", tag="광고") == {"전환율을 올린다"}
    )
    assert goals(store, "", week=Week(2026, 46)) == {"Raise ROI of mailings"}
    assert goals(store, "", week=Week(2026, 45)) == {"가설 없는 실험"}


def test_signs_without_letters_find_nothing_and_break_nothing(store: Store) -> None:
    put(store, *ROWS)

    assert goals(store, "!!! ' \" ) NEAR (") == goals(store, "NOT") == goals(store, "*") == set()
    assert len(store.search("")) == len(ROWS)


def test_the_newest_come_first_when_asked(store: Store) -> None:
    put(store, *ROWS)

    found = [each.note.goal for each in store.search("", order="newest")]

    assert found == [
        "Raise ROI of mailings",
        "가설 없는 실험",
        "재방문을 늘린다",
        "전환율을 올린다",
    ]


def test_what_changed_is_found_by_its_new_words_only(store: Store) -> None:
    put(store, *ROWS)
    assert goals(store, "그냥") == {"가설 없는 실험"}
    stored = next(each for each in store.notes() if each.note.goal == "가설 없는 실험")

    with store.update("trials", "Bookshop", "run", now=weeks_later(1)) as update:
        update.save([same(entry(5, "가설 없는 실험", execution="표를 나눠 줌"), stored.id)])
        update.finish({})

    assert goals(store, "그냥") == set()
    assert goals(store, "나눠") == {"가설 없는 실험"}


def test_what_is_gone_is_not_found(store: Store) -> None:
    put(store, *ROWS)
    assert goals(store, "가설")

    with store.update("trials", "Bookshop", "run", now=weeks_later(1)) as update:
        update.gone_except_seen()
        update.finish({})

    assert goals(store, "가설") == set()


def test_an_index_that_is_up_to_date_costs_nothing(store: Store) -> None:
    put(store, *ROWS)

    assert store.bring_index_up_to_date() == len(ROWS)
    assert store.bring_index_up_to_date() == 0


def test_notes_alike_share_their_rarest_words(store: Store) -> None:
    put(store, *ROWS, entry(9, "쿠폰을 다시 보낸다", hypothesis="쿠폰 문자를 금요일에"))

    found = store.similar("금요일에 쿠폰 문자를 한 번 더", team="Bookshop")

    assert found[0].note.goal == "쿠폰을 다시 보낸다"
    assert "Raise ROI of mailings" not in {each.note.goal for each in found}
    assert store.similar("zzz") == store.similar("쿠폰", team="Farm") == []


def test_words_that_too_many_notes_hold_are_not_ranked_and_the_newest_with_two_come_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.database.dialect != "sqlite":
        pytest.skip("PostgreSQL ranks the newest hits of any word")
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(8)]
    said = ["쿠폰", "문자", "쿠폰 문자", "쿠폰", "문자", "쿠폰 문자", "쿠폰", "문자"]
    put(store, *[entry(at, f"{one} {at}", start_date=days[at]) for at, one in enumerate(said)])
    asked, ask = [], query._ask_fts5

    def told(statements, match, order, **more):
        asked.append(order)
        return ask(statements, match, order, **more)

    monkeypatch.setattr(query, "_ask_fts5", told)
    assert len(store.similar("쿠폰 문자")) == 8
    monkeypatch.setattr(query, "_ALIKE", 4)
    assert [one.note.goal for one in store.similar("쿠폰 문자")] == ["쿠폰 문자 5", "쿠폰 문자 2"]
    assert store.similar("쿠폰 문자", team="Farm") == store.similar("zzz") == []
    assert asked == ["best", "newest", "newest"]


def test_grams_are_counted_as_far_as_it_decides_which_are_rare(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.database.dialect != "sqlite":
        pytest.skip("PostgreSQL does not count them")
    chance, pieces = Random(5), [chr(0xAC00 + 28 * number) * 2 for number in range(40)]
    shares = [1 / (place + 2) for place in range(40)]
    texts = [" ".join(chance.choices(pieces, shares, k=6)) for _ in range(120)]
    put(store, *[entry(at, text, start_date=date(2026, 1, 5)) for at, text in enumerate(texts)])
    assert store.bring_index_up_to_date() == 120

    def rare(grams: list[str]) -> tuple[list[str], list[str]]:
        with store.database.asking() as statements:
            held = query._held(statements, grams)
        return query._rare(held), [] if query._rare(held) else list(held)[:2]

    for _ in range(200):
        grams = chance.sample(pieces, chance.randrange(1, 30))
        monkeypatch.setattr(query, "_ALIKE", chance.randrange(1, 120))
        monkeypatch.setattr(query, "_FIRST_LOOK", 10**6)
        at_once = rare(grams)
        monkeypatch.setattr(query, "_FIRST_LOOK", chance.randrange(1, 20))
        assert rare(grams) == at_once


def test_an_old_note_that_was_edited_lately_does_not_count_as_new(store: Store) -> None:
    put(store, *ROWS)
    assert store.bring_index_up_to_date() == len(ROWS)
    old = next(each for each in store.notes() if each.note.goal == "재방문을 늘린다")

    with store.update("trials", "Bookshop", "run", now=weeks_later(1)) as update:
        update.save([same(entry(2, "재방문을 더 늘린다", start_date=date(2026, 2, 3)), old.id)])
        update.finish({})

    found = [each.note.goal for each in store.search("", order="newest")]
    assert found == [
        "Raise ROI of mailings",
        "가설 없는 실험",
        "재방문을 더 늘린다",
        "전환율을 올린다",
    ]


def test_more_notes_than_are_ranked_are_all_counted_and_shown_newest_first(store: Store) -> None:
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(2000)]
    rows = [
        entry(number + 2, f"쿠폰 {number}", start_date=days[number % 2000])
        for number in range(3500)
    ]
    put(store, *rows[1000:])
    store.bring_index_up_to_date()
    put(store, *rows[:1000], source="older")

    assert store.search_count(SearchQuery("쿠폰"), 10_000) == 3500
    assert store.search_count(SearchQuery("쿠폰"), 100) == 100
    newest = [each.note.start_date for each in store.search("쿠폰", order="newest", limit=1000)]
    assert (
        newest
        == sorted((row.note.start_date for row in rows if row.note.start_date), reverse=True)[:1000]
    )
    assert len({each.id for each in store.search("쿠폰", limit=3500)}) == 3500


def test_the_latest_notes_of_a_kind_come_newest_first_from_before_a_day(store: Store) -> None:
    days = [date(2026, 3, 1) + timedelta(days=each) for each in (3, 1, 5, 2, 4)]
    put(store, *[entry(row, f"{day}", start_date=day) for row, day in enumerate(days, 2)])
    plan = entry(9, "plan", kind="plan", start_date=date(2026, 3, 3))
    other = entry(2, "other team", start_date=date(2026, 3, 4))
    put(store, plan, other, team="Kitchen", source="kitchen")

    def latest(before: date, limit: int, team: str | None = "Bookshop") -> list[str]:
        found = store.latest("experiment", before=before, team=team, limit=limit)
        return [one.note.goal for one in found]

    assert latest(date(2026, 3, 6), 3) == ["2026-03-05", "2026-03-04", "2026-03-03"]
    assert latest(date(2026, 3, 4), 9) == ["2026-03-03", "2026-03-02"]
    assert latest(date(2026, 3, 5), 2, team=None) == ["other team", "2026-03-04"]
    assert latest(date(2026, 3, 4), 9, team="Kitchen") == []
