"""Names, directions, days and candidates that pages of messy logs told falsely; the pages are in
`tests/data/cases/page`.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fakes.sample_reports import full_en
from fakes.stored_notes import WEEK, log, metric, series, stored, trial

from notes.messages import figures
from notes.messages.catalogue import capitalised
from notes.model.notes import Note
from reports.analysis.data.period_membership import is_executed, measured_on
from reports.analysis.questions.business import answer_business
from reports.analysis.questions.goals import judge_goals
from reports.analysis.questions.stop_candidates import stop_candidates
from reports.analysis.records.evidence import Evidence
from reports.analysis.sections.fixes import fixes_of
from reports.analysis.sections.signals import recorded_signal
from reports.analysis.text.naming_texts import activity_names, name_candidates
from reports.analysis.text.quoting import KnownPeople
from reports.page.builders.multi_team_page import TeamReport, sort_worst_first
from reports.page.formatting.text_formatter import PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages
from sync.parsing.layout.headers.header_rows import _heads_totals
from sync.parsing.records.number_series import _clock, _named

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def texts(**more: Any) -> Note:
    return stored(1, **more).note


def test_an_activity_is_called_by_its_deed_and_by_no_other_text() -> None:
    told = texts(retrospective="알림이 수업 중에 갔다", goal="결석 줄이기", learned="밤에 보낸다")
    assert [name for name in activity_names(told) if name] == []
    assert "알림이 수업 중에 갔다" in name_candidates(told)
    assert not any(activity_names(texts(hypothesis="70%가 된다")))
    assert "짧으면 읽는다" in activity_names(texts(hypothesis="짧으면 읽는다"))
    assert next(filter(None, activity_names(texts(title="EXP-1", execution="전화")))) == "전화"


def test_a_note_without_a_name_is_named_by_tab_and_row_between_quotation_marks() -> None:
    formatter = TextFormatter(load_messages("en"), PageOptions(), zone=SEOUL)
    place = replace(stored(1).note.place, tab="Tries", row=7)
    assert formatter.title(Evidence("n1", place=place)) == "Tries, row 7"
    assert formatter.title(Evidence("n1", "Card", place=place)) == "Card"


def test_a_title_is_an_activity_once_something_came_of_it() -> None:
    named = Note("experiment", stored(1).note.place, title="Shorter onboarding")
    assert not is_executed(named)
    assert is_executed(replace(named, metric=metric("D1", 41, 38)))
    assert is_executed(replace(named, learned="The goal screen stays"))
    assert not is_executed(replace(named, metric=metric("D1", 41, None)))
    assert not is_executed(replace(named, learned="x", outcome="planned"))


@pytest.mark.parametrize(
    ("name", "outcome", "better", "worse"),
    [
        ("우회로", "failure", 0, 0),  # nobody knows which way is better
        ("우회로", "inconclusive", 0, 0),  # what is left open has moved nothing for sure
        ("매출", "failure", 0, 0),  # better, and its own team says that it failed
        ("물류비", "failure", 0, 1),
    ],
)
def test_a_verdict_outweighs_a_direction_that_was_only_assumed(
    name: str, outcome: str, better: int, worse: int
) -> None:
    answer = answer_business(log(trial(1, "가", outcome=outcome, metric=metric(name, 21, 38))))
    assert (len(answer.kept), answer.wrong_way_total) == (better, worse)
    assert answer.nothing_moved is None
    assert answer.undirected == (not better and not worse)


def test_a_number_that_fell_and_of_which_nobody_says_that_more_is_better_is_no_loss() -> None:
    """Nor is it said that no number improved: that is not known (method §1)."""
    answer = answer_business(log(trial(1, "가", outcome=None, metric=metric("우회로", 38, 21))))
    assert (answer.kept, answer.wrong_way_total, answer.undirected) == ((), 0, 1)
    assert answer.nothing_moved is None


def test_a_success_whose_number_fell_by_an_assumed_direction_lost_nothing() -> None:
    note = trial(1, "가", outcome="success", metric=metric("우회로", 38, 21))
    assert answer_business(log(note)).wrong_way_total == 0


def test_what_is_on_hold_is_no_candidate_while_its_number_is_to_come() -> None:
    def candidates(**more: Any) -> int:
        found = log(trial(1, "코팅", outcome="inconclusive", next_kind="stop", **more))
        return len(stop_candidates(found, ()))

    assert candidates(metric=metric("클레임", 5, None)) == 0
    assert candidates(end_date=date(2026, 12, 31)) == 0
    assert candidates() == 1


def test_work_begins_in_the_week_that_it_states_or_in_which_it_was_first_seen() -> None:
    line = series(2, "결석", {WEEK.back(1).first: 15.0, WEEK.first: 15.0}, unit="명")

    def state(**more: Any) -> str:
        note = stored(1, execution="아침 문자", goal="결석 10명", outcome="failure", **more)
        return judge_goals(log(note, line), ())[0].state

    assert state(week=str(WEEK)) == "undecidable"
    assert state(first_seen=NOW, written={"execution": NOW}) == "undecidable"
    assert state(start_date=date(2026, 11, 2), end_date=date(2026, 11, 17)) == "stalled"


def test_the_number_of_a_row_that_came_whole_is_of_its_own_day() -> None:
    whole = stored(
        1, execution="라벨", start_date=date(2026, 11, 3), metric=metric("오배송", 16, 12)
    )
    late = replace(whole, first_seen=NOW, written={"metric": NOW})
    assert measured_on(late, SEOUL) == date(2026, 11, 3)
    early = replace(late, first_seen=datetime(2026, 11, 3, tzinfo=UTC))
    assert measured_on(early, SEOUL) == date(2026, 11, 18)  # typed into a row that was known


def test_weeks_without_a_failure_begin_with_the_first_trial() -> None:
    people = stored(9, title="Helen Shaw", start_date=date(2026, 8, 20))
    notes = [
        trial(n, f"가{n}", outcome="success", start_date=day, end_date=day, retrospective="통했다")
        for n, day in enumerate((WEEK.back(k).first for k in range(5)), 1)
    ]
    found = recorded_signal(log(people, *notes))
    assert found is not None
    assert found.weeks_without_failure == 5


def test_no_number_is_missing_beside_an_open_column() -> None:
    note = trial(1, "금형", outcome="success", metric=metric("불량률", None, 2.4))
    assert [fix.kind for fix in fixes_of(log(note), (), ())] == ["number"]
    assert fixes_of(log(note), (), (), known=False) == []
    bare = trial(1, "금형", outcome="success")
    assert fixes_of(log(bare), (), (), known=False) == []  # it may stand there whole


def test_the_team_that_lost_most_comes_first() -> None:
    def team(name: str, before: float, after: float) -> TeamReport:
        report = full_en()
        number = report.leader.key_number
        assert number is not None
        worse = replace(
            number, value=after, previous=before, change=after - before, direction="worse",
            deferred=False,
        )  # fmt: skip
        head = replace(report.leader.headline, kind="key_number", number=worse)
        return TeamReport(
            replace(
                report,
                leader=replace(report.leader, headline=head),
                scope=replace(report.scope, team=name),
            )
        )

    teams = [team("a", 366, 364), team("b", 2.1, 1.3)]
    assert [one.report.scope.team for one in sort_worst_first(teams)] == ["b", "a"]


def test_an_average_in_a_header_names_a_number() -> None:
    assert [_heads_totals(name) for name in ("Average gift (£)", "평균 배송시간", "합계")] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "outcome", "better", "worse"),
    [
        ("Tickets", None, 0, 0),
        ("문의 건수", "inconclusive", 0, 0),
        ("Tickets", "success", 1, 0),
        ("Tickets sold", None, 1, 0),
        ("Reopened tickets", None, 0, 1),
    ],
)
def test_of_tickets_nobody_knows_whether_more_are_better_but_the_log(
    name: str, outcome: str | None, better: int, worse: int
) -> None:
    answer = answer_business(log(trial(1, "가", outcome=outcome, metric=metric(name, 21, 38))))
    assert (len(answer.kept), answer.wrong_way_total) == (better, worse)


def test_a_series_of_tickets_moves_neither_way_without_a_target() -> None:
    line = series(2, "Tickets", {WEEK.back(1).first: 915.0, WEEK.first: 905.0})
    number = answer_business(log(line)).series[0]
    assert (number.change, number.direction) == (-10, None)


def test_a_difference_of_another_number_is_no_forecast() -> None:
    def told(hypothesis: str) -> str:
        note = trial(
            1, "낮 공연", outcome="success", hypothesis=hypothesis,
            metric=metric("좌석 점유율", 58, 63, unit="%"),
        )  # fmt: skip
        ledger = answer_business(log(note)).forecasts
        return "none" if ledger.none else "judged"

    assert told("낮 공연이면 빈자리가 5%p 줄어든다") == "none"
    assert told("낮 공연이면 5%p 오른다") == "judged"


def test_what_is_lazy_in_a_program_blames_nobody() -> None:
    people = KnownPeople.of(["Lena Fox"])
    assert people.without_blame("Lazy sensor init") == "Lazy sensor init"
    assert people.without_blame("Lazy-loading of images") == "Lazy-loading of images"
    assert people.without_blame("Lena is lazy") == ""
    assert people.without_blame("Lazy people load the van") == ""


@pytest.mark.parametrize(
    ("cell", "header", "expected"),
    [
        ("3:58", "평균 배송시간(h:mm)", (238, "분")),
        ("0:45", "Reply time (hh:mm)", (45, "min")),
        ("4:52", "Session length (m:ss)", (292, "s")),
        ("3:58", "평균 배송시간", None),
        ("3:5", "Reply time (h:mm)", None),
        ("about 3:58", "Reply time (h:mm)", None),
    ],
)
def test_a_header_tells_what_a_time_of_two_parts_is(
    cell: str, header: str, expected: tuple[float, str] | None
) -> None:
    read = _clock(cell, header, _named(header)[1])
    assert (read and (read.value, read.unit)) == expected


def test_several_days_are_days_and_a_unit_of_two_alphabets_keeps_its_letters() -> None:
    assert figures.quantity(3, "day", "en") == "3 days"
    assert figures.quantity(1, "day", "en") == "1 day"
    assert (capitalised("kg당 가격"), capitalised("refunds")) == ("kg당 가격", "Refunds")
