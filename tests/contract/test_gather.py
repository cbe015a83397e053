"""The report from a real store.

What vanished, what was stopped, what is as it was at the last report.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.entries import entry, new, same

from notes.model.deliveries import AskedDecision
from notes.model.notes import Entry, Link, LinkHow
from notes.model.periods import Week
from notes.store.store import Store
from reports.analysis.load_inputs import load_inputs
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.records.rules import ReportRules
from reports.analysis.weekly import weekly_report

TEAM = ReportTeam("구독팀")
FRIDAY = datetime(2026, 11, 13, 9, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 22, 23, tzinfo=UTC)  # 08:00 in Seoul
PAST = date(2026, 11, 12)


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'notes.db'}") as opened:
        yield opened


def sync(store: Store, now: datetime, *links, gone: tuple[str, ...] = ()) -> dict[int, str]:
    run = store.begin_run("sync", now)
    with store.update("trials", TEAM.name, run, now=now) as update:
        update.save(links)
        update.mark_gone(gone)
        update.finish({})
    store.end_run(run, now, ok=True)
    return {note.note.place.row: note.id for note in store.notes(team=TEAM.name)}


def trial(row: int, title: str, **fields) -> Entry:
    return entry(row, "재구독률", title=title, execution=f"{title} 하기", **fields)


def inputs(store: Store, now: datetime = MONDAY):
    return load_inputs(
        store, TEAM, Week(2026, 47), rules=ReportRules(), now=now, sources=("trials",)
    )


def report(store: Store, now: datetime = MONDAY):
    return weekly_report(inputs(store, now))


def test_a_promise_whose_row_vanished_since_the_last_report_vanished_quietly(store: Store) -> None:
    row = trial(2, "카드", end_date=PAST, next_action="리뷰 메일 다시 쓰기")
    ids = sync(store, FRIDAY, *new(row, trial(3, "편지", end_date=PAST)))
    sync(store, WEDNESDAY, gone=(ids[2],))
    found = report(store).commitments
    assert [(item.text, item.state) for item in found.items] == [
        ("리뷰 메일 다시 쓰기", "vanished")
    ]


def test_a_promise_whose_text_was_erased_vanished_quietly(store: Store) -> None:
    ids = sync(
        store, FRIDAY, *new(trial(2, "카드", end_date=PAST, next_action="리뷰 메일 다시 쓰기"))
    )
    sync(store, WEDNESDAY, same(trial(2, "카드", end_date=PAST), ids[2]))
    assert [item.state for item in report(store).commitments.items] == ["vanished"]


def test_the_candidate_of_last_week_is_the_one_that_was_printed(store: Store) -> None:
    ids = sync(store, FRIDAY, *new(trial(2, "주말 문자", end_date=PAST, outcome="failure")))
    mended = trial(2, "주말 문자", end_date=PAST, outcome="success")
    sync(
        store,
        WEDNESDAY,
        same(mended, ids[2]),
        *new(trial(9, "주말 문자", start_date=date(2026, 11, 18))),
    )
    sent = AskedDecision("2026-W46", datetime(2026, 11, 15, 23, tzinfo=UTC))
    checks = weekly_report(replace(inputs(store), asked=(sent,))).business.stop_checks
    assert [(one.candidate.evidence.what, one.state) for one in checks] == [
        ("주말 문자", "continued")
    ]


def test_an_application_written_this_week_counts_though_its_note_is_old(store: Store) -> None:
    """The application is this week's event; the note's activity is not (method §2)."""
    old = date(2026, 9, 1)
    ids = sync(store, FRIDAY, *new(trial(2, "카드", end_date=old)))
    sync(
        store,
        WEDNESDAY,
        same(trial(2, "카드", end_date=old, learned="첫날이 정한다", applied_to="안내문"), ids[2]),
    )
    found = report(store)
    assert (found.scope.notes, found.learning.applied_total) == (0, 1)


def test_the_same_store_gives_the_same_report_whenever_it_is_asked_after_the_week(
    store: Store,
) -> None:
    sync(store, MONDAY - timedelta(hours=1), *new(trial(2, "카드", end_date=date(2026, 11, 18))))
    assert report(store) == report(store, MONDAY + timedelta(days=300))


def test_a_source_that_was_never_read_is_unread_and_no_empty_week(store: Store) -> None:
    """Unread is not zero (method §1)."""
    found = report(store)
    assert (found.leader.headline.kind, found.scope.notes, found.data.sources[0].state) == (
        "unread",
        0,
        "never",
    )


def test_a_failure_from_long_before_the_window_is_found_again(store: Store) -> None:
    past = date(2025, 12, 1)
    old = trial(
        2,
        "할인권",
        hypothesis="할인 문자를 보내면 해지가 줄어든다",
        outcome="failure",
        end_date=past,
    )
    day = date(2026, 11, 18)
    new_one = trial(3, "문자", hypothesis="할인 문자를 보내면 해지를 미룬다", start_date=day)
    untold = trial(4, "편지", hypothesis="편지를 보내면 해지가 줄어든다", end_date=past)
    sync(store, WEDNESDAY, *new(old, new_one, untold))
    alarm = report(store).learning.same_failure
    assert alarm is not None
    assert alarm.old.evidence.what == "할인권"


def unsure(entry: Entry, note_id: str, *rivals: str) -> Link:
    how: LinkHow = "similar" if note_id else "new"
    return Link(entry, note_id, how, sure=False, rivals=rivals)


def test_a_promise_is_not_told_to_have_vanished_where_its_row_may_live_on(store: Store) -> None:
    row = trial(2, "카드", end_date=PAST, next_action="리뷰 메일 다시 쓰기")
    ids = sync(store, FRIDAY, *new(row, trial(3, "편지", end_date=PAST)))
    sync(store, WEDNESDAY, unsure(trial(7, "엽서", end_date=PAST), "", ids[2]), gone=(ids[2],))
    assert report(store).commitments.items == ()


def test_a_promise_is_not_told_to_be_erased_from_a_row_that_may_be_another_note(
    store: Store,
) -> None:
    row = trial(2, "카드", end_date=PAST, next_action="리뷰 메일 다시 쓰기")
    ids = sync(store, FRIDAY, *new(row))
    sync(store, WEDNESDAY, unsure(trial(2, "편지", end_date=PAST), ids[2]))
    assert report(store).commitments.items == ()


def test_what_a_note_may_have_said_before_is_not_this_weeks_event(store: Store) -> None:
    """The new row may be the old note; then its application is two months old."""
    old = {"end_date": date(2026, 9, 1), "learned": "첫날이 정한다", "applied_to": "안내문"}
    ids = sync(store, FRIDAY, *new(trial(2, "카드", **old)))
    moved = trial(9, "카드 두 번째", **old)
    sync(store, WEDNESDAY, unsure(moved, "", ids[2]), gone=(ids[2],))
    assert report(store).learning.applied_total == 0


def test_what_is_new_either_way_is_this_weeks_event(store: Store) -> None:
    old = date(2026, 9, 1)
    ids = sync(store, FRIDAY, *new(trial(2, "카드", end_date=old)))
    grown = trial(9, "카드", end_date=old, learned="첫날이 정한다", applied_to="안내문")
    sync(store, WEDNESDAY, unsure(grown, "", ids[2]), gone=(ids[2],))
    assert report(store).learning.applied_total == 1


def test_an_experiment_is_not_called_silent_while_its_entry_may_stand_in_another_row(
    store: Store,
) -> None:
    running = {"start_date": date(2026, 10, 1), "outcome": "running"}
    ids = sync(store, FRIDAY, *new(trial(2, "카드", **running), trial(3, "편지", **running)))
    assert report(store).scope.silent_total == 2
    sync(store, WEDNESDAY, unsure(trial(4, "엽서", start_date=PAST), "", ids[2]))
    assert report(store).scope.silent_total == 1
