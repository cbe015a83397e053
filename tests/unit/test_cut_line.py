from datetime import UTC, date, datetime

import pytest
from fakes.stored_notes import inputs, log, metric, series, stored, trial

from notes.model.deliveries import AskedDecision
from reports.analysis.data.team_log import build_log
from reports.analysis.questions.business import answer_business
from reports.analysis.questions.expectations import expectations
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.weekly import weekly_report

LAST_FRIDAY = date(2026, 11, 13)
SENT = AskedDecision("2026-W46", datetime(2026, 11, 15, 23, tzinfo=UTC))
"""The page of the week before went out."""


def test_what_cost_effort_and_moved_nothing_is_a_candidate_to_stop_with_the_reason() -> None:
    answer = answer_business(
        log(
            trial(
                1,
                "그대로",
                start_date=date(2026, 11, 10),
                metric=metric("신청", 112, 112),
                failure_factors="조회만 늘었다",
            ),
            trial(2, "거꾸로", metric=metric("추천", 31, 24)),
            trial(3, "실패", outcome="failure"),
            trial(4, "애매", outcome="inconclusive"),
            trial(5, "그만하기로", next_kind="stop"),
            trial(6, "움직임", outcome="failure", metric=metric("유지", 40, 48)),
            trial(7, "아직", outcome="running", metric=metric("방문", 5, 5)),
            trial(8, "숫자 없음", outcome="success"),
            trial(9, "이미 그만", outcome="dropped"),
        )
    )
    assert answer.stop_total == 4  # what its team leaves open is not asked to stop
    found = {one.evidence.what: one.reason for one in answer_business(log(*_small())).stop}
    assert found == {"그대로": "no_change", "거꾸로": "wrong_way", "실패": "failed"}
    assert (answer.stop[0].evidence.what, answer.stop[0].days, answer.stop[0].why) == (
        "그대로",
        8,
        "조회만 늘었다",
    )


def _small():
    return (
        trial(1, "그대로", metric=metric("신청", 112, 112)),
        trial(2, "거꾸로", metric=metric("추천", 31, 24)),
        trial(3, "실패", outcome="failure"),
    )


def past(title: str, **more):
    fields = {
        "execution": f"{title} 하기",
        "outcome": "failure",
        "end_date": LAST_FRIDAY,
        "start_date": date(2026, 11, 9),
    }
    return stored(1, title=title, **{**fields, **more})


def checks(*notes, earlier=None, sent=(SENT,)):
    report = weekly_report(inputs(*notes, earlier=tuple(earlier or notes[:1]), asked=sent))
    return [
        (one.candidate.evidence.what, one.state, one.sure) for one in report.business.stop_checks
    ]


def test_what_goes_on_though_it_was_to_be_stopped_is_the_first_change_of_time_use() -> None:
    for again, kind in (
        (trial(2, "주말 문자", start_date=date(2026, 11, 17)), "stop"),
        (None, None),
    ):
        notes = [note for note in (past("주말 문자"), again) if note]
        report = weekly_report(inputs(*notes, earlier=tuple(notes[:1]), asked=(SENT,)))
        change = report.leader.change
        assert (change and change.kind) == kind


def test_a_candidate_that_is_done_again_was_not_stopped() -> None:
    again = trial(2, "주말 문자", start_date=date(2026, 11, 17))
    assert checks(past("주말 문자"), again) == [("주말 문자", "continued", True)]


def test_a_page_that_was_never_sent_named_nobody_a_candidate() -> None:
    again = trial(2, "주말 문자", start_date=date(2026, 11, 17))
    older = AskedDecision("2026-W45", datetime(2026, 11, 8, 23, tzinfo=UTC))
    assert checks(past("주말 문자"), again, sent=()) == []
    assert checks(past("주말 문자"), again, sent=(older,)) == []


def test_only_a_written_end_after_the_question_counts_as_stopped() -> None:
    over, stopped = past("주말 문자"), past("주말 문자", next_kind="stop")
    assert checks(over, trial(2, "다른 것")) == [("주말 문자", "unknown", True)]
    assert checks(stopped, trial(2, "다른 것"), earlier=[over]) == [("주말 문자", "stopped", True)]


def test_a_candidate_of_which_the_log_says_no_more_is_unknown() -> None:
    open_end = past("주말 문자", start_date=LAST_FRIDAY, end_date=None)
    assert checks(open_end, trial(2, "다른 것")) == [("주말 문자", "unknown", True)]


def test_a_candidate_is_looked_up_as_the_last_report_saw_it() -> None:
    seen = past("주말 문자", metric=metric("신청", 10, 10), outcome=None)
    mended = past("주말 문자", metric=metric("신청", 10, 12), outcome="success")
    assert checks(mended, trial(2, "다른 것"), earlier=[seen]) == [("주말 문자", "unknown", True)]
    assert checks(mended, trial(2, "다른 것"), earlier=[mended]) == []


def test_when_nothing_moved_the_page_has_the_leading_numbers_and_what_was_agreed() -> None:
    from fakes.stored_notes import action

    week = {date(2026, 11, 9): 100.0, date(2026, 11, 16): 120.0}
    found = answer_business(
        log(
            trial(1, "카드", metric=metric("신청", 5, 5)),
            series(2, "발송", week, role="leading"),
            action(4, date(2026, 11, 17), "카드 100장", planned=100, done=100),
            action(5, date(2026, 11, 17), "전화 20통", planned=20, done=12),
        )
    ).nothing_moved
    assert found is not None
    assert [number.name for number in found.leading] == ["발송"]
    assert (found.agreed_done, found.agreed_total) == (1, 2)
    assert answer_business(log(trial(1, "카드", metric=metric("신청", 5, 6)))).nothing_moved is None


def test_nothing_is_said_to_have_stood_still_beside_a_number_that_fell() -> None:
    fell = {date(2026, 11, 9): 169.0, date(2026, 11, 16): 139.0}
    by_series = answer_business(log(trial(1, "카드"), series(2, "주문", fell, unit="건")))
    by_note = answer_business(log(trial(1, "카드", metric=metric("주문", 90, 61))))
    assert (by_series.nothing_moved, by_note.nothing_moved) == (None, None)
    assert [number.name for number in by_series.series_worse] == ["주문"]
    late = answer_business(
        log(trial(1, "카드"), series(2, "매출", fell, judge_from=date(2027, 1, 1)))
    )
    assert late.series_worse == ()


def test_each_goal_moves_stalls_or_cannot_be_judged() -> None:
    answer = answer_business(
        log(
            trial(1, "카드", goal="재구독률", metric=metric("유지", 40, 48)),
            trial(2, "쿠폰", goal="추천", metric=metric("추천", 31, 24)),
            trial(3, "정리", goal="사무실"),
            stored(
                4,
                title="멈춘 것",
                goal="영상",
                start_date=date(2026, 11, 2),
                outcome="running",
                execution="x",
            ),
        )
    )
    states = {line.goal: (line.state, line.reasons) for line in answer.goals}
    assert states["재구독률"] == ("moving", ("metric_moved",))
    assert states["추천"] == ("against", ("metric_worse",))
    assert states["사무실"] == ("undecidable", ("activity_done", "no_signal"))
    assert answer.goals_total == 4


def test_the_numbers_of_the_week_decide_a_goal_before_its_signals_and_are_its_evidence() -> None:
    fell = {date(2026, 11, 9): 169.0, date(2026, 11, 16): 139.0}
    line = answer_business(
        log(
            trial(1, "카드", goal="주문 200건", outcome="success"),
            series(2, "주문", fell, unit="건"),
        )
    ).goals[0]
    assert (line.state, line.reasons, line.evidence[0].note_id) == (
        "against",
        ("metric_worse",),
        "n002",
    )


def test_a_goal_on_which_work_began_this_week_does_not_stand_still() -> None:
    same = {date(2026, 11, 9): 54.0, date(2026, 11, 16): 54.0}
    new = stored(
        1,
        title="카드",
        goal="재구독률 60%",
        start_date=date(2026, 11, 18),
        outcome="running",
        execution="카드",
    )
    line = answer_business(log(new, series(2, "재구독률", same, unit="%"))).goals[0]
    assert (line.state, line.reasons) == ("undecidable", ("begun",))


def test_a_deferred_lagging_number_neither_moves_nor_stalls_a_goal() -> None:
    line = series(
        2,
        "재구독률",
        {date(2026, 11, 9): 50.0, date(2026, 11, 16): 48.0},
        role="lagging",
        judge_from=date(2026, 12, 31),
    )
    answer = answer_business(log(trial(1, "카드", goal="재구독률 60%"), line))
    assert [(one.state, one.reasons) for one in answer.goals] == [
        ("undecidable", ("activity_done", "deferred"))
    ]


def test_a_configured_deferral_keeps_a_metric_off_the_cut_line() -> None:
    team = ReportTeam("구독팀", deferred={"재구독률": date(2026, 12, 31)})
    answer = answer_business(
        build_log(inputs(trial(1, "카드", metric=metric("재구독률", 50, 50)), team=team))
    )
    assert answer.stop == ()


@pytest.mark.parametrize(
    ("hypothesis", "level", "change", "share"),
    [
        ("카드를 넣으면 유지율이 55%까지 오른다", 55, None, None),
        ("전환율이 11% → 22%가 될 것", 22, None, None),
        ("8에서 12로 는다", 12, None, None),
        ("유지율이 3%p 오른다", None, 3, None),
        ("지연이 5건 줄어든다", None, -5, None),
        ("sign-ups reach 40", 40, None, None),
        ("sign-ups grow to at least 40", 40, None, None),
        ("calls fall by 5", None, -5, None),
        ("문의가 두 배가 된다", None, None, 1.0),
        ("half the complaints", None, None, -0.5),
        ("매출이 10% 늘어난다", None, 10, 0.1),
        ("2026년에 3명이 함께 한다", None, None, None),
        ("좋아질 것이다", None, None, None),
    ],
)
def test_a_hypothesis_expects_a_number_only_where_it_says_what_becomes_of_it(
    hypothesis, level, change, share
) -> None:
    found = expectations(hypothesis)
    if (level, change, share) == (None, None, None):
        assert found == []
    else:
        assert [(one.level, one.change, one.share) for one in found] == [(level, change, share)]


@pytest.mark.parametrize(
    ("hypothesis", "measured", "verdict"),
    [
        ("유지율이 55%까지 오른다", metric("유지율", 48, 57, unit="%"), "hit"),
        ("유지율이 55%까지 오른다", metric("유지율", 48, 50, unit="%"), "miss"),
        ("유지율이 55%까지 오른다", metric("유지율", 48, 44, unit="%"), "wrong_way"),
        ("유지율이 3%p 오른다", metric("유지율", 48, 57, unit="%"), "unexpected"),
        ("지연이 5건 줄어든다", metric("지연", 20, 14), "hit"),
        ("변화 없을 것이다", metric("유지율", 48, 57, unit="%"), "unexpected"),
        ("좋아질 것이다", metric("유지율", 48, 57, unit="%"), "none"),
        ("유지율이 10% 오른다", metric("유지율", 48, 54, unit="%"), "none"),
        ("유지율이 10% 오른다", metric("유지율", 48, 59, unit="%"), "none"),
        ("유지율이 10% 오른다", metric("유지율", 48, 49, unit="%"), "miss"),
    ],
)
def test_what_was_expected_is_held_against_what_came(hypothesis, measured, verdict) -> None:
    ledger = answer_business(
        log(trial(1, "a", hypothesis=hypothesis, metric=measured, outcome="success"))
    ).forecasts
    counts = {
        name: getattr(ledger, name) for name in ("hit", "miss", "wrong_way", "unexpected", "none")
    }
    assert counts == {**dict.fromkeys(counts, 0), verdict: 1}


@pytest.mark.parametrize(
    ("hypothesis", "name"), [("후원이 두 배가 된다", "후원"), ("A deadline doubles gifts", "Gifts")]
)
def test_a_multiple_is_shown_as_the_level_that_it_makes(hypothesis: str, name: str) -> None:
    note = trial(1, "마감", hypothesis=hypothesis, metric=metric(name, 26, 41, unit="건"))
    (found,) = answer_business(log(note)).forecasts.items
    assert (found.expected, found.expected_change, found.verdict) == (52, None, "miss")


def test_a_forecast_is_judged_by_the_series_where_it_contradicts_the_note() -> None:
    line = series(1, "신규 미팅", {date(2026, 11, 12): 6, date(2026, 11, 19): 4}, unit="건")
    note = trial(
        2,
        "웨비나",
        hypothesis="웨비나면 미팅이 7건이 된다",
        metric=metric("신규 미팅", 4, 6, unit="건"),
    )
    found = answer_business(log(line, note)).forecasts
    assert (found.none, found.miss + found.wrong_way) == (0, 1)
