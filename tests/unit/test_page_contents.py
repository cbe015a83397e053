from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from fakes.sample_views import ENVELOPE, SETTING
from fakes.stored_notes import TEAM, inputs, log, metric, plan, series, stored, trial

from notes.model.notes import Language, Place, Problem, Risk, SourceHealth, StoredProblem
from notes.model.periods import Month, Week
from reports.analysis.learnings.playbook import playbook_entries
from reports.analysis.learnings.shared_learnings import shared_learnings
from reports.analysis.load_inputs import report_instant
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.records.rules import ReportRules
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import page_view
from reports.page.mail import build_mail
from reports.page.messages.page_sentences import load_messages

OVER = datetime(2026, 11, 22, 15, tzinfo=UTC)  # the end of the week in Seoul


def health(name: str, **more) -> SourceHealth:
    return SourceHealth(name, TEAM.name, **{"last_attempt": OVER, "last_success": OVER, **more})


def data(*sources: SourceHealth, **more):
    return weekly_report(
        inputs(trial(1, "a"), health=sources, now=OVER + timedelta(hours=8), **more)
    ).data


def test_a_source_read_after_the_week_was_over_is_fresh() -> None:
    found = data(health("a", rows_read=10, rows_used=8, skipped={"total": 1, "blank": 1}))
    assert (found.sources[0].state, found.warn, found.all_failed) == ("fresh", False, False)
    assert found.sources[0].skipped == (("blank", 1), ("total", 1))


def test_a_source_not_read_since_the_week_ended_is_stale() -> None:
    early = SourceHealth(
        "a", TEAM.name, last_attempt=OVER, last_success=OVER - timedelta(minutes=1)
    )
    assert (data(early).sources[0].state, data(early).warn) == ("stale", True)


def test_one_failed_source_is_partial_data_and_all_failed_is_said() -> None:
    failed = health("b", error="no answer", failures_in_a_row=2)
    assert [source.state for source in data(health("a"), failed).sources] == ["fresh", "partial"]
    assert not data(health("a"), failed).all_failed
    assert data(failed).all_failed
    assert data(health("a"), sources=("a", "new")).sources[1].state == "never"


def test_a_week_that_was_not_read_to_its_end_may_hold_what_is_missed() -> None:
    """Unread is not zero (method §1), also where the week's first days were read."""
    friday = OVER - timedelta(days=2)
    failed = {"error": "no answer", "failures_in_a_row": 2}
    assert data(health("a", last_success=friday, **failed)).cut_short
    assert data(health("a", last_success=friday)).cut_short
    assert not data(health("a", last_success=OVER - timedelta(hours=6))).cut_short
    assert not data(health("a", last_success=OVER, **failed)).cut_short
    assert not data(health("a")).cut_short


def test_problems_in_rows_of_the_week_come_first_and_all_are_counted() -> None:
    def problem(row: int) -> StoredProblem:
        return StoredProblem(
            "trials", TEAM.name, Problem(Place(tab="log", row=row), "impossible_date", "2/30"), OVER
        )

    found = data(problems=tuple(problem(row) for row in (7, 5, 1, 3, 9)))
    assert [one.evidence.place.row for one in found.problems] == [1, 3, 5]
    assert found.problems_total == 5


def test_the_last_report_is_taken_to_be_of_monday_morning_in_the_teams_zone() -> None:
    at = report_instant(Week(2026, 46), TEAM, ReportRules())
    assert at == datetime(2026, 11, 16, 8, tzinfo=ZoneInfo("Asia/Seoul"))


def test_one_decision_is_asked_for_with_a_deadline_in_the_teams_zone() -> None:
    report = weekly_report(
        inputs(trial(1, "쿠폰", metric=metric("추천", 31, 24)), trial(2, "b", next_action="c"))
    )
    decision = report.leader.decision
    assert decision is not None
    assert (decision.kind, decision.subject) == ("wrong_way", "쿠폰")
    assert decision.deadline == datetime(2026, 11, 23, 15, tzinfo=ZoneInfo("Asia/Seoul"))


def test_a_plan_with_two_levers_or_a_bare_risk_asks_for_a_decision() -> None:
    two = weekly_report(inputs(plan(1, "2026-W48", business=("가", "나")))).leader.decision
    bare = weekly_report(
        inputs(plan(1, "2026-W48", business=("가",), risks=(Risk("휴가"),)))
    ).leader.decision
    assert two is not None
    assert bare is not None
    assert (two.kind, two.count, bare.kind, bare.subject) == (
        "one_lever",
        2,
        "countermeasure",
        "휴가",
    )


def test_the_headline_is_the_key_number_else_what_moved_else_the_signs() -> None:
    past = stored(9, title="옛", end_date=date(2026, 11, 10))
    values = {date(2026, 11, 9): 54.0, date(2026, 11, 16): 56.0}
    moved = trial(1, "카드", metric=metric("유지", 40, 48))

    def kind(*notes) -> str:
        return weekly_report(inputs(past, *notes)).leader.headline.kind

    assert kind(moved, series(2, "재구독률", values, role="lagging")) == "key_number"
    assert kind(moved) == "moved"
    assert kind(trial(1, "카드"), series(2, "발송", values, role="leading")) == "key_number"
    assert kind(trial(1, "카드", metric=metric("유지율", 48, 40))) == "wrong_way"
    assert kind(trial(1, "카드")) == "too_few"
    assert kind(*(trial(n, f"t{n}") for n in range(1, 5))) == "nothing_moved"
    assert kind() == "empty"


def test_the_activity_repeated_most_is_named_with_its_goal_or_without() -> None:
    notes = [
        stored(
            n, title="전화", execution="전화하기", end_date=date(2026, 11, 18) - timedelta(weeks=n)
        )
        for n in range(3)
    ]
    core = weekly_report(inputs(*notes, trial(9, "편지"))).leader.core
    assert core is not None
    assert (core.text, core.times, core.weeks, core.linked) == ("전화", 3, 3, False)
    assert weekly_report(inputs(trial(9, "편지"))).leader.core is None


def test_every_section_with_something_to_say_ends_in_one_next_action() -> None:
    report = weekly_report(
        inputs(
            trial(
                1,
                "쿠폰",
                metric=metric("추천", 31, 24),
                learned="약하다",
                retrospective="금액이 작다",
            ),
            stored(
                2, title="멈춤", start_date=date(2026, 11, 17), outcome="running", tags=("보류",)
            ),
        )
    )
    sections = [action.section for action in report.actions]
    assert sections == sorted(set(sections), key=sections.index)
    assert {"business", "learning", "people", "traps"} <= set(sections)
    assert "next" not in sections


def test_the_three_cheapest_fixes_are_one_of_each_kind_first() -> None:
    report = weekly_report(
        inputs(
            trial(1, "a", outcome="success"),
            trial(2, "b", outcome="success", metric=metric("유지", None, None)),
            trial(3, "c", learned="첫날", metric=metric("가", 1, 2)),
            trial(4, "d", retrospective="시점", metric=metric("나", 1, 2)),
        )
    )
    assert [(fix.kind, fix.evidence.what) for fix in report.fixes] == [
        ("number", "b"),
        ("application", "c"),
        ("next_action", "d"),
    ]
    assert report.fixes_total == 4


def test_a_milestone_is_a_target_reached_this_week() -> None:
    found = weekly_report(
        inputs(
            trial(1, "카드", metric=metric("유지", 40, 61, target=60)),
            trial(2, "편지", metric=metric("추천", 61, 65, target=60)),
            trial(3, "출시", tags=("마일스톤",)),
        )
    ).milestones
    assert [(one.kind, one.text) for one in found] == [
        ("target_reached", "유지"),
        ("named", "출시"),
    ]


def test_what_two_people_applied_twice_and_worked_becomes_the_playbook() -> None:
    old = stored(
        1,
        key="T-7",
        title="보관법 카드",
        end_date=date(2026, 9, 20),
        learned="첫날이 정한다",
        execution="x",
        owners=("윤슬기",),
    )
    uses = [
        trial(
            n,
            f"둘째 {n}",
            start_date=date(2026, 11, 9 + n),
            links=("T-7",),
            owners=(owner,),
            outcome="success",
        )
        for n, owner in ((2, "윤슬기"), (3, "고은별"))
    ]
    found = playbook_entries(log(old, *uses))
    assert [(one.kind, one.what, one.times, one.people) for one in found] == [
        ("do", "첫날이 정한다", 2, ("윤슬기", "고은별"))
    ]
    assert playbook_entries(log(old, uses[0])) == ()
    same = [
        trial(n, f"둘째 {n}", start_date=date(2026, 11, 9 + n), links=("T-7",), owners=("윤슬기",))
        for n in (2, 3)
    ]
    assert playbook_entries(log(old, *same)) == ()
    assert [one.kind for one in weekly_report(inputs(old, *uses)).playbook] == ["do"]


def test_what_failed_again_and_again_is_not_done_any_more() -> None:
    notes = [
        stored(
            n,
            title="할인권",
            execution="x",
            outcome="failure",
            end_date=date(2026, 9, n),
            failure_factors="끝나면 해지",
        )
        for n in (1, 2)
    ]
    found = playbook_entries(log(*notes))
    assert [(one.kind, one.what, one.when, one.times) for one in found] == [
        ("dont", "할인권", "끝나면 해지", 2)
    ]


def test_a_bare_code_is_no_name_for_a_note() -> None:
    found = log(trial(1, "S4-6", execution="선물 코드 열 개"), trial(2, "카드"))
    assert [found.what(one.note) for one in found.notes] == ["선물 코드 열 개", "카드"]


def test_the_decision_of_a_month_is_due_on_the_monday_after_it() -> None:
    month = weekly_report(
        inputs(trial(1, "쿠폰", metric=metric("추천", 31, 24)), period=Month(2026, 11))
    )
    assert month.leader.decision is not None
    assert month.leader.decision.deadline.date() == date(2026, 12, 7)


def test_a_learning_that_worked_is_named_for_a_team_with_the_same_metric() -> None:
    ours = inputs(
        trial(
            1, "카드", learned="첫날이 정한다", applied_to="안내문", metric=metric("유지율", 40, 48)
        )
    )
    same = inputs(trial(2, "쿠폰", metric=metric("유지 율", 50, 49)), team=ReportTeam("회원팀"))
    other = inputs(trial(3, "정리", metric=metric("재고", 5, 4)), team=ReportTeam("창고팀"))
    found = shared_learnings([ours, same, other])
    assert [(one.team, one.other, one.learned, one.because, one.sure) for one in found] == [
        ("구독팀", "회원팀", "첫날이 정한다", "same_metric", True)
    ]
    assert shared_learnings([]) == ()


def test_of_notes_without_dates_no_week_is_called_empty() -> None:
    note = stored(1, execution="메일 쓰기", retrospective="짧은 단계")
    view = page_view(
        weekly_report(inputs(note, undated=3, known=3)),
        load_messages("ko"),
        setting=SETTING,
        notes={},
        versions={},
    )
    text = build_mail(view, ENVELOPE).page_text
    assert "3건에는 어느 주의 일인지 알 수 있는 날짜가 없습니다" in text
    for nothing in ("적혀 있지 않습니다", "기록이 없습니다", "배움이 없습니다", "기록 0건"):
        assert nothing not in text


def read(language: Language, *notes) -> str:
    view = page_view(
        weekly_report(inputs(*notes)),
        load_messages(language),
        setting=SETTING,
        notes={},
        versions={},
    )
    return build_mail(view, ENVELOPE).page_text


def test_activities_without_a_number_are_named_only_where_there_are_some() -> None:
    flat = trial(1, "카드", metric=metric("유지", 40, 40))
    fell = trial(2, "쿠폰", metric=metric("매출", 40, 30))
    bare = trial(3, "편지")
    for notes in ([flat], [fell]):
        assert "나아지지 않았" in read("ko", *notes)
        assert "숫자가 적혀 있지 않" not in read("ko", *notes)
        assert "had no number at all" not in read("en", *notes)
        assert "1건은 숫자가 적혀 있지 않습니다" in read("ko", *notes, bare)
        assert "1 had no number at all" in read("en", *notes, bare)
