"""What holds for every log: settled order, bounded length, no invention."""

import random
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

from fakes.stored_notes import inputs, stored
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from notes.model.notes import ActionItem, Metric, PlanCard, Point, Risk, Series, StoredNote
from notes.model.periods import Month, Week
from reports.analysis.records.report_record import WeeklyReport
from reports.analysis.weekly import weekly_report

TEXTS = st.sampled_from(
    ["", "카드 넣기", "편지", "쿠폰 올리기", "-", "다음 주 예정", "시점이 늦었다", "모두 수고",
    "재고가 없어 멈춤",
     "김도현이 늦게 줘서", "유지율이 55%까지 오른다", "3%p up", "T-1", "주 3회 통화",
     "계속: 카드\n그만: 편지",
     "공유했다", "<b>&", "x" * 500, "🙂", "ㅋ"]
)  # fmt: skip
PEOPLE = st.lists(
    st.sampled_from(["김도현", "서다온", "Dana Whitlock", "물류 파트너"]), max_size=2, unique=True
).map(tuple)
DAYS = st.one_of(st.none(), st.dates(date(2026, 8, 20), date(2026, 12, 10)))
NUMBERS = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 10.0, 12.5, 48.0, 60.0, -3.0, 1e9]))
COUNTS = st.one_of(st.none(), st.tuples(st.integers(0, 50), st.integers(0, 60)))
METRICS = st.one_of(
    st.none(),
    st.builds(
        Metric,
        name=st.sampled_from(["", "유지율", "해지율", "신청"]),
        before=NUMBERS,
        after=NUMBERS,
        target=NUMBERS,
        change=NUMBERS,
        unit=st.sampled_from(["", "%", "%p", "건"]),
        before_counts=COUNTS,
        after_counts=COUNTS,
        comparison=st.booleans(),
        evidence=st.sampled_from(["cells", "text", "series"]),
    ),
)
WRITTEN = st.dictionaries(
    st.sampled_from(["retrospective", "learned", "applied_to", "next_action", "metric"]),
    st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 1)).map(
        lambda at: at.replace(tzinfo=UTC)
    ),
    max_size=3,
)
POINTS = st.builds(
    Point,
    name=st.sampled_from(["유지율", "신청", "방문"]),
    value=st.sampled_from([0.0, 5.0, 100.0]),
    day=st.one_of(st.none(), st.dates(date(2026, 9, 1), date(2026, 12, 1))),
    target=NUMBERS,
    role=st.sampled_from([None, "leading", "lagging"]),
    order=st.one_of(st.none(), st.integers(0, 3)),
    member=st.sampled_from(["", "", "서다온"]),
)
SERIES = st.lists(POINTS, max_size=3).map(lambda points: Series(tuple(points)))
MANY = st.lists(TEXTS, max_size=3).map(tuple)
RISKS = st.lists(st.builds(Risk, TEXTS, TEXTS), max_size=3).map(tuple)
CARDS = st.builds(
    PlanCard, bhag=TEXTS, key_result=TEXTS, business=MANY, people=MANY, big3=MANY, risks=RISKS
)
DONE = st.sampled_from([None, True, False])
ITEMS = st.builds(
    ActionItem, text=TEXTS, planned=NUMBERS, done=NUMBERS, unplanned=st.booleans(), finished=DONE
)


@st.composite
def notes(draw: st.DrawFn) -> StoredNote:
    row = draw(st.integers(1, 10_000))
    kind = draw(
        st.sampled_from(
            ["experiment", "experiment", "experiment", "plan", "metric", "funnel", "action"]
        )
    )
    details = {"plan": CARDS, "metric": SERIES, "funnel": SERIES, "action": ITEMS}.get(kind)
    return stored(
        row,
        kind=kind,
        details=None if details is None else draw(details),
        key=draw(st.sampled_from(["", "T-1", f"T-{row}"])),
        title=draw(TEXTS),
        goal=draw(TEXTS),
        hypothesis=draw(TEXTS),
        execution=draw(TEXTS),
        retrospective=draw(TEXTS),
        learned=draw(TEXTS),
        applied_to=draw(TEXTS),
        next_action=draw(TEXTS),
        next_kind=draw(st.sampled_from([None, "keep", "stop", "start"])),
        outcome=draw(
            st.sampled_from(
                [None, "success", "failure", "inconclusive", "running", "planned", "dropped"]
            )
        ),
        start_date=draw(DAYS),
        end_date=draw(DAYS),
        week=draw(st.sampled_from(["", "2026-W47", "2026-W46", "2026-W48"])),
        owners=draw(PEOPLE),
        people=draw(PEOPLE),
        metric=draw(METRICS),
        links=draw(st.sampled_from([(), ("T-1",)])),
        tags=draw(st.sampled_from([(), ("마일스톤",)])),
        written=draw(WRITTEN),
        gone=None,
    )


CHEAP = settings(max_examples=examples(25), deadline=None, phases=[Phase.explicit, Phase.generate])
LOGS = st.lists(notes(), max_size=10, unique_by=lambda one: one.id)
PERIODS = st.sampled_from([Week(2026, 47), Week(2026, 53), Month(2026, 11)])


@CHEAP
@given(LOGS, PERIODS, st.randoms(use_true_random=False))
def test_the_order_of_the_notes_makes_no_difference(
    log: list[StoredNote], period, chance: random.Random
) -> None:
    shuffled = log[:]
    chance.shuffle(shuffled)
    one = weekly_report(inputs(*log, period=period, earlier=tuple(log), gone=tuple(log[:1])))
    two = weekly_report(
        inputs(*shuffled, period=period, earlier=tuple(reversed(log)), gone=tuple(log[:1]))
    )
    assert one == two


@CHEAP
@given(LOGS, PERIODS)
def test_lists_are_bounded_and_shares_are_shares(log: list[StoredNote], period) -> None:
    report = weekly_report(inputs(*log, period=period, earlier=tuple(log)))
    bounded = (
        report.business.kept, report.business.wrong_way, report.business.stop,
        report.learning.pairs,
        report.people.answers, report.commitments.items, report.milestones, report.fixes,
        report.learning.suggestions,
    )  # fmt: skip
    assert all(len(items) <= 3 for items in bounded)
    assert all(activity.move.direction == "better" for activity in report.business.kept)
    assert all(
        activity.move.size is None or 0 <= activity.move.size <= 1
        for activity in report.business.kept
    )
    answer = report.business
    moved = answer.kept or answer.wrong_way or answer.series_worse or answer.undirected
    assert not (answer.nothing_moved and moved)
    assert answer.nothing_moved or moved or answer.series
    assert sum(count for _, count in report.learning.counts) == report.learning.learned_total
    ledger = report.commitments
    counted = sum(count for _, count in ledger.counts)
    assert counted + ledger.suggested + ledger.unclear == ledger.due
    assert (
        len(report.learning.unapplied) + report.learning.applied_total
        == report.learning.learned_total
    )


@CHEAP
@given(LOGS)
def test_every_claim_refers_to_a_note_of_the_log_and_no_sentence_blames(
    log: list[StoredNote],
) -> None:
    report = weekly_report(inputs(*log, earlier=tuple(log)))
    known = {one.id for one in log}
    assert set(_ids(asdict(report))) <= known
    assert "김도현이 늦게 줘서" not in repr(report)


def _ids(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["note_id"]] if value.get("note_id") else []
        return own + [found for inner in value.values() for found in _ids(inner)]
    if isinstance(value, list | tuple):
        return [found for inner in value for found in _ids(inner)]
    return []


@CHEAP
@given(LOGS, st.integers(-60, 60))
def test_the_same_weeks_later_the_same_log_gives_the_same_counts(
    log: list[StoredNote], weeks: int
) -> None:
    delta = timedelta(weeks=weeks)

    def later(one: StoredNote) -> StoredNote:
        note = one.note
        moved = replace(
            note,
            details=None,
            kind="experiment",
            week=str(Week.parse(note.week).back(-weeks)) if note.week else "",
            start_date=note.start_date + delta if note.start_date else None,
            end_date=note.end_date + delta if note.end_date else None,
        )
        return replace(
            one,
            note=moved,
            first_seen=one.first_seen + delta,
            written={k: v + delta for k, v in one.written.items()},
        )

    def figures(report: WeeklyReport) -> tuple[object, ...]:
        return (
            report.scope.notes,
            report.business.moved_total,
            report.learning.counts,
            report.commitments.counts,
            report.people.gaps_total,
        )

    still = [replace(one, note=replace(one.note, details=None, kind="experiment")) for one in log]
    here = weekly_report(inputs(*still))
    there = weekly_report(inputs(*map(later, log), period=Week(2026, 47).back(-weeks)))
    # Seoul keeps no summer time, so that a day stays a day
    assert figures(here) == figures(there)
