"""The mail tells what changed, each subject once (method §7), and cuts nothing in the middle."""

from dataclasses import replace
from datetime import date

import pytest
from fakes.sample_reports import full_ko, ordinary_ko
from fakes.stored_notes import inputs, metric, plan, series, stored, trial

from notes.model.notes import Language
from notes.model.periods import Week
from reports.analysis.records.inputs import KeyPerson, ReportTeam
from reports.analysis.records.report_record import SharedLearning, WeeklyReport
from reports.analysis.weekly import weekly_report
from reports.page.builders.multi_team_page import TeamReport, multi_team_view
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.text_formatter import PageOptions
from reports.page.messages.page_sentences import load_messages
from reports.page.render import render_text
from reports.page.safe import shortened


def mail(report: WeeklyReport, language: Language = "ko") -> str:
    return render_text(page_view(report, load_messages(language)))


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("창고에 칸 하나 부탁 (먼저: 상자 다섯 개)", 32, "창고에 칸 하나 부탁…"),
        ("Ask the store for a slot (first: five boxes)", 38, "Ask the store for a slot…"),
        ("‘새벽 배송 순서표를 층수로 나누기’ 시도", 20, "‘새벽 배송 순서표를…"),
        ("배송(새벽) 순서표를 층수로 나누기", 20, "배송(새벽) 순서표를…"),
    ],
)
def test_a_cut_leaves_no_bracket_open(text: str, width: int, cut: str) -> None:
    assert shortened(text, width) == cut


def test_a_reached_goal_stands_with_its_activity_and_not_again() -> None:
    report = full_ko()
    reached = {one.evidence.note_id for one in report.milestones}
    assert any(one.evidence.note_id in reached for one in report.business.kept)
    text = mail(report)
    assert text.count("목표에 닿음") == 1
    assert "자축할 것" not in text


@pytest.mark.parametrize(("weeks", "told"), [(4, True), (5, False), (7, False), (8, True)])
def test_that_no_failure_is_written_is_told_every_four_weeks(weeks: int, told: bool) -> None:
    report = ordinary_ko()
    assert report.signals.recorded
    recorded = replace(report.signals.recorded, weeks_without_failure=weeks, warning=True)
    signals = replace(report.signals, recorded=recorded)
    assert ("실패로 적힌 기록을 찾지 못했습니다" in mail(replace(report, signals=signals))) is told


TEAM = ReportTeam("구독팀", key_people=(KeyPerson("강 소장", 28),))
LEVER = "강 소장님께 새벽 칸 하나 부탁드리기"
OLD = stored(90, title="옛것", end_date=date(2026, 10, 2))


def people_line(*notes, last: date | None = None) -> str:
    met = [stored(80, title="회의", end_date=last, people=("강 소장",))] if last else []
    report = weekly_report(replace(inputs(OLD, *met, *notes), team=TEAM))
    return page_view(report, load_messages("ko")).parts[0].key_lines[2].text


def test_a_person_who_was_never_met_is_told_when_the_plan_is_about_them() -> None:
    quiet = people_line(trial(1, "카드", people=("이준",)))
    assert quiet == "최근 기록에 나오지 않는 사람: 강 소장님."
    planned = people_line(trial(1, "카드", people=("이준",)), plan(2, "2026-W48", people=(LEVER,)))
    assert planned.startswith("강 소장님은 최근 기록에 나오지 않습니다.")


def test_a_contact_is_told_in_the_week_it_falls_due_and_not_every_week() -> None:
    trial_ = trial(1, "카드", people=("이준",))
    due, later = date(2026, 10, 22), date(2026, 10, 14)  # 31 and 39 days before the week's end
    assert "강 소장님이 기록에 마지막으로 나온 지 31일" in people_line(trial_, last=due)
    assert people_line(trial_, last=later) == "최근 기록에 나오지 않는 사람: 강 소장님."


def test_of_the_first_contact_nobody_says_that_it_is_long_ago() -> None:
    report = weekly_report(
        replace(inputs(OLD, trial(1, "카드"), plan(2, "2026-W48", people=(LEVER,))), team=TEAM)
    )
    decision = report.leader.decision
    assert decision is not None
    assert decision.kind == "overdue_contact"
    text = page_view(report, load_messages("ko")).parts[0].ask.text
    assert text == "강 소장님은 최근 기록에 나오지 않습니다. 이번 주에 연락할까요?"


def test_the_teams_that_wrote_nothing_are_counted_in_the_mail_of_several() -> None:
    empty = weekly_report(inputs(OLD, period=Week(2026, 47)))
    some = replace(full_ko(), scope=replace(full_ko().scope, team="다른 팀"))
    view = multi_team_view([TeamReport(some), TeamReport(empty)], load_messages("ko"))
    assert "1팀의 기록은 찾지 못했습니다." in view.lead


def test_the_line_of_the_business_does_not_repeat_the_decision() -> None:
    note = trial(1, "쿠폰 인상", metric=None)
    worse = replace(note, note=replace(note.note, metric=metric("추천", 31, 24), outcome="failure"))
    part = page_view(weekly_report(inputs(OLD, worse)), load_messages("ko")).parts[0]
    assert "쿠폰 인상" in part.ask.text
    assert "쿠폰 인상" not in part.key_lines[0].text


def test_a_mail_for_a_reader_without_names_hides_them_in_shared_learnings() -> None:
    report = full_ko()
    person = report.people.answers[0].person
    shared = SharedLearning(
        report.scope.team,
        "다른 팀",
        f"{person} 님이 정한 순서",
        report.learning.pairs[0].evidence,
        "same_tag",
        "순서",
    )
    other = replace(report, scope=replace(report.scope, team="다른 팀"))
    view = multi_team_view(
        [TeamReport(report), TeamReport(other)],
        load_messages("ko"),
        setting=PageOptions(names="counts"),
        shared=(shared,),
    )
    assert person not in render_text(view)


def test_a_change_that_the_headline_tells_is_not_told_again_by_the_line_of_the_business() -> None:
    weeks = {date(2026, 11, 9): 3.6, date(2026, 11, 16): 3.2}
    note = trial(1, "부품 예약", metric=metric("수리 일수", 3.6, 3.2), outcome="success")
    report = weekly_report(
        replace(
            inputs(OLD, note, series(2, "수리 일수", weeks, unit="일")),
            team=ReportTeam("공방", better={"수리 일수": "down"}),
        )
    )
    part = page_view(report, load_messages("ko")).parts[0]
    assert "수리 일수" in part.headline
    assert part.key_lines[0].text.startswith("‘부품 예약’ 뒤에 움직였습니다")
