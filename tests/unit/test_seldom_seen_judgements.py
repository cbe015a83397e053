"""Judgements of goals, forecasts, stops and sources that few logs need, one small log each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.stored_notes import TEAM, inputs, log, metric, series, stored, trial

from notes.model.notes import SourceHealth
from reports.analysis.data.data_quality import assess_data_quality
from reports.analysis.metrics.impact import claims_of
from reports.analysis.questions.expectations import expectations
from reports.analysis.questions.forecast import forecasts
from reports.analysis.questions.goals import judge_goals
from reports.analysis.questions.stop_candidates import stop_checks
from reports.analysis.sections.signals import leading_signal
from reports.analysis.text.changed_lines import IgnoredText, changed_lines
from reports.analysis.text.quoting import KnownPeople
from reports.analysis.weekly import weekly_report

MON, LAST = date(2026, 11, 16), date(2026, 11, 9)
OLD = stored(90, title="옛것", execution="옛것", end_date=date(2026, 10, 2))


@pytest.mark.parametrize(
    ("values", "start", "state", "reason"),
    [
        ((10, 10), MON, "undecidable", "begun"),
        ((10, 10), LAST - timedelta(days=30), "stalled", "no_change"),
        ((10, 8), MON, "against", "metric_worse"),
        ((10, 12), MON, "moving", "metric_moved"),
    ],
)
def test_a_goal_is_judged_by_its_series_first(values, start, state, reason) -> None:
    line = series(2, "재방문", dict(zip((LAST, MON), values, strict=True)))
    note = trial(1, "전화", goal="재방문 늘리기", start_date=start)
    found = log(line, note)
    [judged] = judge_goals(found, claims_of(found))
    assert (judged.state, judged.reasons) == (state, (reason,))


@pytest.mark.parametrize(
    ("leading", "output", "parting"),
    [
        ((10, 20), (5, 5), "input_up_output_not"),
        ((10, 10), (5, 8), "output_up_input_not"),
        ((10, 8), (5, 4), "input_down"),
        ((10, 20), (5, 8), "together"),
    ],
)
def test_input_and_output_are_compared_by_their_way(leading, output, parting) -> None:
    days = (LAST, MON)
    signal = leading_signal(
        log(
            series(1, "방문", dict(zip(days, leading, strict=True)), role="leading"),
            series(2, "계약", dict(zip(days, output, strict=True)), role="lagging"),
        )
    )
    assert signal is not None
    assert signal.parting == parting


@pytest.mark.parametrize(("after", "verdict"), [(10, "hit"), (14, "unexpected"), (8, "wrong_way")])
def test_a_forecast_of_no_change_is_judged_too(after, verdict) -> None:
    told = trial(
        1,
        "문구",
        hypothesis="문구를 바꿔도 재방문은 10% 그대로 10%를 유지한다",
        metric=metric("재방문", 10, after, unit="%"),
    )
    found = log(told)
    items = forecasts(found, claims_of(found)).items
    assert [one.verdict for one in items] in ([verdict], [])


@pytest.mark.parametrize("text", ["쿠폰을 주면 30분 뒤에 온다", "a coupon brings 12 of them"])
def test_a_number_without_a_direction_foretells_nothing(text: str) -> None:
    assert expectations(text, "%") == []


def test_what_reads_like_a_candidate_only_suggests_that_it_went_on() -> None:
    asked = stored(
        1,
        title="단골에게 쿠폰을 문자로 보낸다",
        execution="단골에게 쿠폰을 문자로 보낸다",
        end_date=date(2026, 11, 13),
        outcome="failure",
        owners=("서다온",),
        metric=metric("추천", 31, 31),
    )
    alike = trial(
        2,
        "단골에게 할인 쿠폰을 문자로 보낸다",
        execution="단골에게 할인 쿠폰을 문자로 보낸다",
        owners=("서다온",),
    )
    stranger = replace(alike, note=replace(alike.note, owners=("문하람",)))
    last = log(OLD, asked, period=log(OLD).period.back())
    [check] = stop_checks(log(OLD, asked, alike), last)
    assert (check.state, check.sure) == ("continued", False)
    [other] = stop_checks(log(OLD, asked, stranger), last)
    assert other.state == "unknown"


def test_a_source_that_was_last_read_before_the_week_is_not_read() -> None:
    early = datetime(2026, 11, 2, tzinfo=UTC)
    health = SourceHealth("일지", TEAM.name, last_attempt=early, last_success=early)
    page = inputs(OLD, health=(health,), sources=("일지",), now=datetime(2026, 11, 23, tzinfo=UTC))
    assert assess_data_quality(page, log(OLD)).none_read
    assert weekly_report(page).leader.headline.kind == "unread"


def test_a_new_line_before_a_changed_one_is_told_as_new() -> None:
    sent = "■ 요약\n재방문이 10%에서 12%로 올랐습니다\n"
    now = "■ 요약\n문자가 다시 시작되었습니다\n재방문이 10%에서 13%로 올랐습니다\n"
    found = [(one.before, one.after) for one in changed_lines(sent, now, IgnoredText())]
    assert found == [
        ("", "문자가 다시 시작되었습니다"),
        ("재방문이 10%에서 12%로 올랐습니다", "재방문이 10%에서 13%로 올랐습니다"),
    ]


@pytest.mark.parametrize(
    "sentence", ["김민수가 늦어서 밀렸다", "박서준 씨 때문에 늦었다", "이도윤님이 빠뜨려서 늦었다"]
)
def test_a_stranger_with_a_fault_is_accused(sentence: str) -> None:
    assert KnownPeople(()).blames(sentence)
