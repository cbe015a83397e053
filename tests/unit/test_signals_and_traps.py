from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fakes.stored_notes import (
    TEAM,
    WEEK,
    action,
    inputs,
    log,
    metric,
    series,
    stored,
    trial,
)

from notes.model.notes import Language, SourceHealth
from notes.model.periods import Month
from reports.analysis.sections.signals import find_signals
from reports.analysis.sections.traps import find_traps
from reports.analysis.text.quoting import KnownPeople
from reports.analysis.weekly import weekly_report
from reports.page.formatting.text_formatter import PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages
from reports.page.sections.signals import signals_section

PROCESS = ("발송 시점이 늦었다", "안내 단계가 복잡했다", "설문 분량이 많았다", "승인 절차가 길었다")


def looks_back(*texts: str):
    return [
        trial(n, f"시도 {n}", retrospective=text, owners=("김도현",))
        for n, text in enumerate(texts, 1)
    ]


def test_the_process_ratio_is_a_team_figure_from_five_notes_on() -> None:
    few = find_signals(log(*looks_back(*PROCESS))).process
    assert few is not None
    assert (few.enough, few.share) == (False, None)
    found = find_signals(log(*looks_back(*PROCESS, "김도현이 자료를 늦게 줘서 실패"))).process
    assert found is not None
    assert (found.process, found.person, found.enough, found.share) == (4, 1, True, 0.8)


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("김도현 님이 자료를 늦게 줘서 실패했다", True),
        ("도현이 깜빡함", True),
        ("박지훈이 챙기지 못해서 누락", True),
        ("담당자가 꼼꼼하지 못해서 누락", True),
        ("의지 부족", True),
        ("Dana was late with the list", True),
        ("Tom forgot the follow-up", True),
        ("김도현 님 덕분에 늦어진 일정을 만회", False),
        ("김도현과 함께 만든 양식이 늦게 나감", False),
        ("날씨 때문에 손님이 적었다", False),
        ("발송 시점이 늦었다", False),
        ("Because the form was too long, people dropped out", False),
    ],
)
def test_a_sentence_blames_only_where_a_person_is_the_cause(text: str, blames: bool) -> None:
    assert KnownPeople.of(("김도현", "Dana Whitlock")).blames(text) is blames


PEOPLE = KnownPeople.of(("서하늘", "박도윤", "김도현", "Dana Whitlock", "Priya"))


@pytest.mark.parametrize(
    "text",
    [
        "이번 건은 하늘님이 좀 부족했던 것 같아요",
        "열심히는 하는데 결과가 안 나와요",
        "박 대리가 마감을 안 지켰다",
        "하늘님이 명단 정리를 꼼꼼히 하지 않았다",
        "도윤이가 또 미뤘다",
        "확인을 안 했다",
        "제가 늦게 보냈어요",
        "걔가 말을 안 들어요",
        "김 대리 때문에 늦어졌다",
        "신입이 서툴러서 단계가 꼬였다",
        "아무도 챙기지 않았다",
        "윤 팀장님이 승인을 늦게 했다",
        "하늘이 일정 관리를 못함",
        "좀 더 성실했으면",
        "Priya works hard but the results don't come",
        "He forgot the list again",
        "Dana's follow-up was too slow",
        "The intern was careless with the labels",
        "Sam didn't send the list in time",
        "Nobody checked the order",
        "Not enough care was taken",
    ],
)
def test_a_sentence_that_could_be_about_a_person_is_quoted_nowhere(text: str) -> None:
    assert PEOPLE.cause_in(text) == ""
    assert PEOPLE.without_people(text) == ""
    assert PEOPLE.without_people(f"{text}. 발송 단계가 길었다") == "발송 단계가 길었다"


@pytest.mark.parametrize(
    "text",
    [
        "결제 안내 단계가 너무 뒤에 있었다",
        "재료가 빠지니 문의가 다시 늘었다",
        "엘리베이터 없는 집을 먼저 돌자 마지막 집이 22분 빨라졌다",
        "첫 줄이 통했다",
        "당번표를 벽에 붙이니 미루지 않았다",
        "반값 집단 42집 중 13집, 대조 88집 중 13집",
        "주문 양이 많았다",
        "손님이 시간을 몰랐다",
        "날씨가 추워 방문이 줄었다",
        "Noticed at pick-up, not on paper: say it",
        "The form was too long",
    ],
)
def test_a_cause_that_names_a_step_an_amount_a_time_or_a_material_is_quoted(text: str) -> None:
    assert PEOPLE.cause_in(text) == text


def test_what_is_written_but_not_quoted_is_not_called_missing() -> None:
    report = weekly_report(
        inputs(trial(1, "쿠폰", metric=metric("추천", 24, 31), retrospective="하늘님이 부족했다"))
    )
    (kept,) = report.business.kept
    assert (kept.lines.factors, kept.lines.withheld) == ("", True)


def test_the_blamed_person_appears_nowhere_in_the_report() -> None:
    blamed = trial(
        1, "쿠폰", owners=("서다온",), outcome="failure", metric=metric("추천", 31, 24),
        learned="한지우가 깜빡해서 늦었다. 쿠폰은 약하다",
        retrospective=(
            "한지우 님이 문자를 늦게 보내서 실패. "
            "발송 단계가 손으로 되어 있다"
        ), applied_to="카드 문구",
        failure_factors="한지우의 실수", next_action=(
            "한지우가 안 챙겨서 다시. "
            "자동 발송으로 바꾸기"
        ),
    )  # fmt: skip
    known = trial(2, "편지", people=("한지우",), outcome="running")
    text = repr({**asdict(weekly_report(inputs(blamed, known))), "people": (), "names": ()})
    assert "한지우" not in text
    assert "자동 발송으로 바꾸기" in text
    assert "발송 단계가 손으로 되어 있다" in text


def test_input_and_output_part_where_one_moves_without_the_other() -> None:
    def line(row: int, name: str, before: float, after: float, role: str):
        return series(row, name, {date(2026, 11, 9): before, date(2026, 11, 16): after}, role=role)

    found = find_signals(
        log(line(1, "전화", 20, 30, "leading"), line(2, "계약", 5, 5, "lagging"))
    ).leading
    assert found is not None
    assert found.parting == "input_up_output_not"
    both = find_signals(
        log(line(1, "전화", 20, 30, "leading"), line(2, "계약", 5, 6, "lagging"))
    ).leading
    assert both is not None
    assert both.parting == "together"


def test_the_agreed_activities_are_counted_against_last_weeks() -> None:
    found = find_signals(
        log(
            action(1, date(2026, 11, 17), "전화", planned=20, done=20),
            action(2, date(2026, 11, 17), "메일", planned=5, done=2),
            action(3, date(2026, 11, 17), "갑자기", unplanned=True),
            action(4, date(2026, 11, 10), "전화", planned=20, done=10),
        )
    ).leading
    assert found is not None
    assert (found.done, found.agreed, found.previous_done, found.previous_agreed) == (1, 2, 0, 1)


def test_finished_notes_with_a_cause_and_failures_are_counted() -> None:
    found = find_signals(
        log(
            trial(1, "a", outcome="success", success_factors="첫날"),
            trial(2, "b", outcome="failure", failure_factors="시점"),
            trial(3, "c", outcome="success", retrospective="모두 수고했다"),
            trial(4, "d", outcome="running", end_date=None, start_date=date(2026, 11, 18)),
        )
    ).recorded
    assert found is not None
    assert (found.finished, found.with_cause, found.successes, found.failures) == (3, 2, 2, 1)
    assert (found.weeks_without_failure, found.warning) == (0, False)


CAUSES = ("retrospective", "success_factors", "failure_factors")


@pytest.mark.parametrize(
    ("lesson", "cause"), [("짧은 글이 낫다", "없음"), ("Short is better", "n/a"), ("짧게", "")]
)
def test_a_log_that_keeps_lessons_alone_is_not_asked_for_causes(lesson: str, cause: str) -> None:
    told = trial(
        1,
        "카드",
        outcome="success",
        learned=lesson,
        retrospective=cause,
        success_factors=cause,
        failure_factors=cause,
    )
    report = weekly_report(inputs(told, trial(2, "편지", outcome="failure")))
    assert report.signals.recorded is None
    assert "write_retrospective" not in {one.kind for one in report.actions}


@pytest.mark.parametrize("cause", CAUSES)
def test_a_log_that_gave_one_cause_long_ago_is_asked_for_the_next(cause: str) -> None:
    lesson = trial(1, "카드", outcome="success", learned="짧은 글이 낫다")
    given: dict[str, Any] = {cause: "발송 시점이 늦었다", "end_date": date(2026, 10, 1)}
    past = trial(2, "편지", **given)
    report = weekly_report(inputs(lesson, past))
    assert report.signals.recorded is not None
    assert (report.signals.recorded.finished, report.signals.recorded.with_cause) == (1, 0)
    assert "write_retrospective" in {one.kind for one in report.actions}


@pytest.mark.parametrize("learned", ["", "-"])
def test_a_log_that_says_neither_causes_nor_lessons_is_asked_for_one(learned: str) -> None:
    report = weekly_report(inputs(trial(1, "카드", outcome="success", learned=learned)))
    assert report.signals.recorded is not None
    assert "write_retrospective" in {one.kind for one in report.actions}


@pytest.mark.parametrize(("open_columns", "told"), [(0, True), (1, False)])
def test_weeks_without_a_failure_are_told_of_a_log_that_keeps_lessons_alone(
    open_columns: int, told: bool
) -> None:
    won = [
        trial(n, f"일 {n}", outcome="success", learned="짧게", end_date=WEEK.back(n).last)
        for n in range(6)
    ]
    bare = stored(9, execution="전화", end_date=WEEK.last)
    health = SourceHealth(
        "trials",
        TEAM.name,
        last_success=datetime(2026, 11, 23, tzinfo=UTC),
        open_columns=open_columns,
    )
    report = weekly_report(inputs(*won, bare, health=(health,)))
    assert (report.signals.recorded is not None) is told
    assert "write_retrospective" not in {one.kind for one in report.actions}
    sayings: list[tuple[Language, str, str]] = [
        ("ko", "실패로 적힌 기록을 찾지", "원인"),
        ("en", "No note marked as a failure", "cause"),
    ]
    for language, warning, cause in sayings:
        words = TextFormatter(load_messages(language), PageOptions())
        page = repr(signals_section(words, report.signals, report.traps))
        assert (warning in page, cause in page) == (told, False)


def test_four_weeks_without_a_recorded_failure_are_a_warning() -> None:
    def week(n: int, outcome: str):
        return stored(
            n,
            title=f"t{n}",
            execution="x",
            outcome=outcome,
            end_date=date(2026, 11, 18) - timedelta(weeks=n),
        )

    quiet = find_signals(log(*(week(n, "success") for n in range(5)))).recorded
    assert quiet is not None
    assert (quiet.weeks_without_failure, quiet.warning) == (5, True)
    loud = find_signals(log(*(week(n, "success") for n in range(3)), week(3, "failure"))).recorded
    assert loud is not None
    assert (loud.weeks_without_failure, loud.warning) == (3, False)


def test_a_month_with_a_failure_in_its_last_days_is_not_without_failures() -> None:
    won = [
        stored(n, title=f"t{n}", execution="x", outcome="success", end_date=day)
        for n, day in enumerate((date(2026, 10, n) for n in (2, 9, 16, 23)), 1)
    ]
    lost = stored(9, title="쿠폰", execution="x", outcome="failure", end_date=date(2026, 10, 30))
    october = Month(2026, 10)
    quiet = find_signals(log(*won, period=october)).recorded
    assert quiet is not None
    assert quiet.warning
    loud = find_signals(log(*won, lost, period=october)).recorded
    assert loud is not None
    assert (loud.weeks_without_failure, loud.warning, loud.failures) == (0, False, 1)


def test_the_three_traps_are_found() -> None:
    found = {trap.kind: trap for trap in find_traps(
        log(
            trial(1, "카드", goal="재구독률", retrospective="시점", next_action="더",
            metric=metric("a", 1, 2)),
            trial(2, "정리", retrospective="모두 수고하셨습니다. 더 잘해 봅시다",
            next_action="다시"),
            trial(3, "편지", goal="추천", retrospective="문구가 길었다", next_action="-"),
        )
    )}  # fmt: skip
    assert (found["no_goal"].count, found["no_goal"].total) == (1, 3)
    assert [one.what for one in found["no_goal"].items] == ["정리"]
    assert (found["too_many_metrics"].caught, found["too_many_metrics"].count) == (False, 1)
    assert (found["no_next_action"].count, found["no_next_action"].consolation) == (2, 1)


def test_more_than_five_metrics_are_a_trap() -> None:
    notes = [trial(n, f"t{n}", metric=metric(f"지표 {n}", 1, 2)) for n in range(6)]
    found = {trap.kind: trap for trap in find_traps(log(*notes))}
    assert found["too_many_metrics"].caught
    assert len(found["too_many_metrics"].names) == 6


def test_an_empty_log_has_neither_signals_nor_traps() -> None:
    found = find_signals(log())
    assert (found.process, found.leading, found.recorded, find_traps(log())) == (
        None,
        None,
        None,
        (),
    )
