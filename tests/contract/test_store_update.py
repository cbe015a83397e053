"""What one update of a source leaves in the store, on every database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

import pytest
from fakes.entries import MONDAY, entry, moved, new, same, weeks_later

from notes.model.errors import SourceError, StoreBusyError
from notes.model.notes import Entry, Link, Place, Point, Problem, RawRow, Series, StoredNote
from notes.store.source_update.source_line import UpdateCounts
from notes.store.store import Store


def sync(
    store: Store, links: Iterable[Link], now: datetime = MONDAY, source: str = "trials"
) -> UpdateCounts:
    with store.update(source, "Bookshop", "run", now=now) as update:
        update.save(links)
        update.gone_except_seen()
        return update.finish({"at": now.isoformat()}, requests=2)


def sync_and_break_off(store: Store) -> None:
    with store.update("trials", "Bookshop", "run", now=weeks_later(1)) as update:
        update.save(new(entry(3, "나")))
        update.gone_except_seen()
        update.finish({"at": "later"})
        raise SourceError("the service broke off")


def only(store: Store, **conditions: object) -> StoredNote:
    (found,) = store.notes(**conditions)  # type: ignore[arg-type]
    return found


def test_a_new_row_is_kept_with_its_note_and_its_words(store: Store) -> None:
    row = entry(
        3, "재방문", hypothesis="쿠폰이면 온다", start_date=date(2026, 11, 10), owners=("하늘",)
    )

    counts = sync(store, new(row))

    found = only(store)
    assert (found.note, found.raw) == (row.note, row.raw)
    assert (found.team, found.source, found.version, found.first_seen) == (
        "Bookshop",
        "trials",
        1,
        MONDAY,
    )
    assert counts == UpdateCounts(read=1, new=1)


def test_an_unchanged_row_writes_nothing(store: Store) -> None:
    row = entry(3, "재방문")
    sync(store, new(row))
    before = only(store)

    counts = sync(store, [same(row, before.id)], weeks_later(1))

    assert counts == UpdateCounts(read=1, unchanged=1)
    assert only(store) == before
    assert store.health()[0].last_change == MONDAY


def test_a_sorted_tab_changes_places_and_makes_no_versions(store: Store) -> None:
    rows = [entry(2, "가"), entry(3, "나")]
    sync(store, new(*rows))
    first, second = store.notes()

    counts = sync(
        store, [same(moved(rows[1], row=2), second.id), same(moved(rows[0], row=3), first.id)]
    )

    assert counts == UpdateCounts(read=2, unchanged=2)
    assert [(each.note.place.row, each.version) for each in store.notes()] == [(3, 1), (2, 1)]


def test_a_filled_retrospective_makes_a_version_that_says_so(store: Store) -> None:
    sync(store, new(entry(3, "재방문")))
    before = only(store)

    counts = sync(
        store, [same(entry(3, "재방문", retrospective="늘었다"), before.id)], weeks_later(2)
    )

    after = only(store)
    first, second = store.versions(after.id)
    assert counts == UpdateCounts(read=1, changed=1)
    assert (after.version, after.changed) == (2, weeks_later(2))
    assert after.written == {"retrospective": weeks_later(2)}
    assert (first.event, first.note.retrospective, first.at) == ("new", "", MONDAY)
    assert (second.event, second.changes) == ("changed", (("retrospective", "", "늘었다"),))


def test_a_note_that_appears_later_was_written_when_it_appeared(store: Store) -> None:
    sync(store, new(entry(3, "가")))
    first = only(store)

    sync(
        store,
        [same(entry(3, "가"), first.id), *new(entry(4, "나", hypothesis="왜"))],
        weeks_later(1),
    )

    _, second = store.notes()
    assert first.written == {}
    assert second.written == {
        "kind": weeks_later(1),
        "goal": weeks_later(1),
        "hypothesis": weeks_later(1),
    }


def test_a_better_reading_of_the_same_cells_was_written_by_nobody(store: Store) -> None:
    row = entry(3, "가")
    sync(store, new(row))
    read_again = entry(3, "가", outcome=None, week="2026-W46")
    better = type(row)(row.raw, read_again.note)

    sync(store, [same(better, only(store).id)], weeks_later(1))

    assert only(store).note.week == "2026-W46"
    assert only(store).written == {}


def test_a_cell_without_a_field_still_makes_a_version(store: Store) -> None:
    row = entry(3, "가")
    sync(store, new(row))
    memo = type(row)(type(row.raw)(row.raw.place, (*row.raw.cells, ("메모", "전화함"))), row.note)

    sync(store, [same(memo, only(store).id)], weeks_later(1))

    assert store.versions(only(store).id)[-1].changes == (("cells", "", "메모: 전화함"),)


ARRANGED = [
    (
        [("Goal", "Shorter queue"), ("Date", "2026-11-10"), ("Cost", "1200"), ("C", "see shelf")],
        [("Cost", "1,200"), ("Goal", "Shorter queue"), ("D", "see  shelf"), ("When", "Nov 10")],
    ),
    (
        [("목표", "줄을 줄인다"), ("날짜", "2026-11-10"), ("비고", "창가 자리")],
        [("비고", "창가 자리"), ("시작일", "11월 10일(화)"), ("목표", "줄을 줄인다")],
    ),
]
"""A row, and the same row after its columns were moved, renamed and written in another format."""


def arranged(cells: list[tuple[str, str]]) -> Entry:
    made = entry(2, cells[0][1], start_date=date(2026, 11, 10))
    goal = next(text for _, text in cells if text in {"Shorter queue", "줄을 줄인다"})
    return Entry(RawRow(made.raw.place, tuple(cells)), replace(made.note, goal=goal))


@pytest.mark.parametrize(("before", "after"), ARRANGED, ids=["english", "korean"])
def test_moved_and_renamed_columns_and_other_formats_make_no_version(
    store: Store, before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    sync(store, new(arranged(before)))
    (note,) = store.notes()

    counts = sync(store, [same(arranged(after), note.id)], weeks_later(1))

    assert (counts.changed, counts.unchanged) == (0, 1)
    (kept,) = store.notes()
    assert kept.raw.cells == tuple(after)
    assert kept.note.goal == note.note.goal
    assert kept.changed == MONDAY
    assert [version.event for version in store.versions(note.id)] == ["new"]
    (earlier,) = store.notes(as_of=MONDAY)
    assert earlier.note == kept.note

    sync(store, [same(arranged(after), note.id)], weeks_later(2))
    assert [version.event for version in store.versions(note.id)] == ["new"]


@pytest.mark.parametrize(
    "after",
    [
        (("Goal", "Shorter queue"), ("Cost", "1300"), ("Due", "2026-12-01")),
        (("Goal", "Shorter queue"), ("Cost", "1200"), ("Due", "2027-12-01")),
        (("Goal", "Shorter queue"), ("Cost", "1200")),
        (("Goal", "Shorter queue"), ("Due", "1200"), ("Cost", "2026-12-01")),
    ],
    ids=["another number", "another year", "an emptied cell", "two cells swapped"],
)
def test_another_text_in_a_cell_without_a_field_makes_a_version(
    store: Store, after: tuple[tuple[str, str], ...]
) -> None:
    first = entry(2, "Shorter queue")
    cells = (("Goal", "Shorter queue"), ("Cost", "1200"), ("Due", "2026-12-01"))
    sync(store, new(Entry(RawRow(first.raw.place, cells), first.note)))
    (note,) = store.notes()

    changed = Entry(RawRow(first.raw.place, after), first.note)
    assert sync(store, [same(changed, note.id)], weeks_later(1)).changed == 1


def test_a_row_that_vanishes_is_gone_and_can_come_back(store: Store) -> None:
    row = entry(3, "가")
    sync(store, new(row))
    note_id = only(store).id

    assert sync(store, [], weeks_later(1)).gone == 1
    assert list(store.notes()) == []
    assert only(store, include_gone=True).gone == weeks_later(1)

    assert sync(store, [same(row, note_id, "back")], weeks_later(2)).back == 1
    assert only(store).gone is None
    assert [each.event for each in store.versions(note_id)] == ["new", "gone", "back"]


def test_a_row_that_moves_to_another_tab_keeps_its_id(store: Store) -> None:
    rows = [entry(2, "가"), entry(3, "나")]
    sync(store, new(*rows))
    first, second = store.notes()

    counts = sync(
        store,
        [same(rows[0], first.id), same(moved(rows[1], row=1, tab="보관"), second.id, "moved")],
    )

    assert counts == UpdateCounts(read=2, unchanged=1, moved=1)
    assert store.versions(second.id)[-1].event == "moved"
    assert store.versions(second.id)[-1].changes == (("place", "2월", "보관"),)


def test_a_renamed_tab_moves_nothing(store: Store) -> None:
    rows = [entry(2, "가"), entry(3, "나")]
    sync(store, new(*rows))

    known = zip(rows, store.notes(), strict=True)
    links = [same(moved(row, row=row.raw.place.row, tab="3월"), stored.id) for row, stored in known]

    assert sync(store, links) == UpdateCounts(read=2, unchanged=2)
    assert {each.note.place.tab for each in store.notes()} == {"3월"}


def test_a_row_that_moves_to_another_source_keeps_its_id(store: Store) -> None:
    row = entry(3, "가")
    sync(store, new(row))
    note_id = only(store).id
    sync(store, [], weeks_later(1))

    counts = sync(store, [same(row, note_id, "moved")], weeks_later(1), source="archive")

    assert counts == UpdateCounts(read=1, moved=1)
    assert only(store).source == "archive"


def test_a_source_that_changes_teams_takes_its_notes_along(store: Store) -> None:
    row = entry(3, "가")
    sync(store, new(row))

    with store.update("trials", "Farm", "run", now=weeks_later(1)) as update:
        update.save([same(row, update.known.rows()[0].note_id)])
        update.finish({})

    assert [(each.team, each.version) for each in store.notes(team="Farm")] == [("Farm", 1)]


def touching(store: Store, first: date, last: date) -> list[str]:
    return [
        each.note.goal
        for each in store.notes(team="Bookshop", touching=(first, last), include_gone=True)
    ]


def test_a_note_touches_the_days_it_names_and_those_on_which_somebody_wrote(store: Store) -> None:
    rows = [
        entry(2, "dated", start_date=date(2026, 3, 2), end_date=date(2026, 3, 20)),
        entry(3, "labelled", week="2026-W12"),
        entry(4, "running", start_date=date(2026, 3, 18), outcome="running"),
        entry(5, "undated"),
    ]
    sync(store, new(*rows))
    known = list(store.notes())

    assert touching(store, date(2026, 3, 9), date(2026, 3, 15)) == ["dated"]
    assert touching(store, date(2026, 3, 16), date(2026, 3, 22)) == ["dated", "labelled", "running"]
    assert touching(store, date(2026, 3, 23), date(2026, 3, 29)) == ["running"]
    assert touching(store, date(2026, 11, 16), date(2026, 11, 22)) == ["running"]

    sync(
        store,
        [same(entry(5, "undated", learned="x"), known[3].id), same(rows[1], known[1].id)],
        weeks_later(4),
    )

    assert touching(store, date(2026, 12, 14), date(2026, 12, 14)) == [
        "dated",
        "running",
        "undated",
    ]
    assert touching(store, date(2026, 12, 21), date(2026, 12, 27)) == []


def test_a_metric_touches_the_days_of_its_points(store: Store) -> None:
    points = (
        Point("방문", 3.0, day=date(2026, 1, 5)),
        Point("방문", 4.0, day=date(2026, 2, 2), label="2월"),
    )
    sync(store, new(entry(2, "방문", kind="metric", details=Series(points))))

    assert touching(store, date(2026, 1, 12), date(2026, 1, 18)) == ["방문"]
    assert touching(store, date(2026, 2, 23), date(2026, 3, 1)) == ["방문"]
    assert touching(store, date(2026, 3, 16), date(2026, 3, 22)) == []


def test_known_rows_are_the_living_and_the_lately_gone_of_the_team(store: Store) -> None:
    sync(store, new(entry(2, "가"), entry(3, "나")))
    first, second = store.notes()
    sync(store, [same(entry(2, "가"), first.id)], weeks_later(1))
    sync(store, new(entry(2, "다")), weeks_later(1), source="other")

    with store.update("trials", "Bookshop", "run", now=weeks_later(2)) as update:
        known = update.known.rows()
    with store.update("trials", "Bookshop", "run", now=weeks_later(60)) as update:
        much_later = update.known.rows()

    assert [(each.note_id, each.gone) for each in known] == [
        (first.id, None),
        (second.id, weeks_later(1)),
    ]
    assert [each.note_id for each in much_later] == [first.id]
    assert known[0].entry == entry(2, "가")


def test_a_failing_update_leaves_everything_as_it_was(store: Store) -> None:
    sync(store, new(entry(2, "가")))

    with pytest.raises(SourceError):
        sync_and_break_off(store)

    assert [each.note.goal for each in store.notes()] == ["가"]
    assert store.state("trials") == {"at": MONDAY.isoformat()}


def test_the_second_of_two_runs_at_once_is_told_and_changes_nothing(store: Store) -> None:
    with store.update("trials", "Bookshop", "slow", now=MONDAY) as slow:
        slow.save(new(entry(2, "느린")))
        sync(store, new(entry(2, "빠른")))
        with pytest.raises(StoreBusyError, match="another run read trials"):
            slow.finish({})

    assert [each.note.goal for each in store.notes()] == ["빠른"]


def test_pages_are_known_by_their_own_ids(store: Store) -> None:
    pages = [entry(0, "가", native_id="p1"), entry(0, "나", native_id="p2")]
    sync(store, new(*pages), source="pages")

    with store.update("pages", "Bookshop", "run", now=weeks_later(1)) as update:
        native, ids = update.known.native_ids(), update.known.note_ids(["p1", "p2", "p3"])
        update.save([same(entry(0, "가나", native_id="p1"), ids["p1"], "native")])
        update.mark_gone_native(["p2", "p9"])
        counts = update.finish({})

    assert native == {"p1", "p2"}
    assert ids.keys() == {"p1", "p2"}
    assert (counts.changed, counts.gone) == (1, 1)
    assert [each.note.goal for each in store.notes()] == ["가나"]


def test_a_page_that_is_given_twice_is_one_note(store: Store) -> None:
    sync(store, new(entry(0, "가", native_id="p1"), entry(0, "나", native_id="p1")))

    assert only(store).note.goal == "나"


def test_equal_rows_are_notes_of_their_own(store: Store) -> None:
    sync(store, new(entry(2, "가"), entry(2, "가")))

    assert len({each.id for each in store.notes()}) == 2


def test_the_same_rows_get_the_same_ids_on_every_machine(store: Store) -> None:
    sync(store, new(entry(2, "가"), entry(3, "나")))

    assert [each.id for each in store.notes()] == ["5cdd1a878cf6", "06afb80633a7"]


def test_an_uncertain_link_stays_visible(store: Store) -> None:
    sync(store, new(entry(2, "가"), entry(3, "나")))
    first, second = store.notes()

    sync(
        store,
        [same(entry(2, "가!"), first.id, "similar", score=0.6, sure=False, rivals=(second.id,))],
    )

    assert [each.sure for each in store.notes(include_gone=True)] == [False, True]


def test_problems_are_replaced_and_keep_their_first_sight(store: Store) -> None:
    old, also, fresh = (
        Problem(Place("2월", row, "C"), "impossible_date", text)
        for row, text in enumerate("가나다")
    )
    for now, problems in ((MONDAY, [old, also]), (weeks_later(1), [fresh, old])):
        with store.update("trials", "Bookshop", "run", now=now) as update:
            update.put_problems(problems)
            assert update.finish({}).problems == 2

    found = store.problems(team="Bookshop")
    assert [(each.problem, each.first_seen) for each in found] == [
        (fresh, weeks_later(1)),
        (old, MONDAY),
    ]


def test_problems_of_pages_that_were_not_read_stay(store: Store) -> None:
    first, second = (
        Problem(Place(page_id=page, property="날짜"), "impossible_date", page)
        for page in ("p1", "p2")
    )
    with store.update("pages", "Bookshop", "run", now=MONDAY) as update:
        update.put_problems([first, second], page_ids=["p1", "p2"])
        update.finish({})

    with store.update("pages", "Bookshop", "run", now=weeks_later(1)) as update:
        update.put_problems([], page_ids=["p1"])
        update.finish({})

    assert [each.problem for each in store.problems(source="pages")] == [second]


def test_health_tells_of_failures_and_keeps_what_was_read(store: Store) -> None:
    with store.update("trials", "Bookshop", "run", now=MONDAY) as update:
        update.save(new(entry(2, "가")))
        update.put_skipped({"blank": 2})
        update.put_skipped({"blank": 1, "total": 1})
        update.put_readings([{"tab": "2월", "kind": "log"}])
        update.finish({})
    store.record_failure("trials", "Bookshop", weeks_later(1), error="403", hint="share it")
    store.record_failure("trials", "Bookshop", weeks_later(2), error="404")

    (health,) = store.health()
    assert (health.rows_read, health.rows_used, health.skipped) == (5, 1, {"blank": 3, "total": 1})
    assert (health.error, health.hint, health.failures_in_a_row) == ("404", "", 2)
    assert (health.last_attempt, health.last_success) == (weeks_later(2), MONDAY)
    assert store.readings("trials") == [{"tab": "2월", "kind": "log"}]
    assert len(list(store.notes())) == 1


def test_sources_that_were_never_read_have_a_health_too(store: Store) -> None:
    (health,) = store.health([("new one", "Bookshop")])

    assert (health.source, health.last_attempt, store.teams()) == ("new one", None, [])
