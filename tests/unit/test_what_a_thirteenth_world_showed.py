"""What pages of a thirteenth unseen world said too much of, or again each week (ADR 0685)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.stored_notes import WEEK, funnel, inputs, log, metric, plan, series, trial

from notes.model.notes import Outcome, SourceHealth
from notes.model.periods import Month
from reports.analysis.data.contacts import last_contact
from reports.analysis.data.person_spellings import names_in
from reports.analysis.questions.stop_candidates import stop_candidates
from reports.analysis.sections.funnel import measure_funnels
from reports.analysis.sections.traps import find_traps
from reports.analysis.text.person_subjects import without_doer
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import people_of
from reports.page.formatting.text_formatter import PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages
from sync.parsing.cells.named_people import people_names

OLD = trial(99, "old", start_date=date(2026, 8, 3), end_date=None)
"""With it the log is not in its first week."""


@pytest.mark.parametrize(("weeks", "state"), [(1, "no_baseline"), (2, "no_baseline"), (3, "below")])
def test_what_is_usual_for_a_step_is_not_known_from_one_week_or_two(weeks: int, state: str) -> None:
    past = [funnel(n, WEEK.back(n).first, {"문의": 200, "계약": 100}) for n in range(1, weeks + 1)]
    (found,) = measure_funnels(log(funnel(9, WEEK.first, {"문의": 200, "계약": 40}), *past))
    assert found.steps[0].state == state
    assert (found.bottleneck is None) is (state == "no_baseline")


def test_a_log_that_never_names_a_goal_is_not_told_so_every_week() -> None:
    bare = trial(1, "공기압 재기", goal="")
    traps = {trap.kind: trap for trap in find_traps(log(bare))}
    assert (traps["no_goal"].caught, traps["no_goal"].unwritten) == (False, True)
    named = {trap.kind: trap for trap in find_traps(log(bare, trial(2, "선반", goal="결행 3건")))}
    assert (named["no_goal"].caught, named["no_goal"].count) == (True, 1)


def test_a_repeated_activity_is_to_be_linked_only_where_the_log_names_goals() -> None:
    def change(goal: str) -> str:
        often = [
            trial(n, "공기압 재기", start_date=WEEK.first - timedelta(weeks=n), end_date=None)
            for n in range(3)
        ]
        other = trial(9, "선반 달기", goal=goal, start_date=WEEK.first - timedelta(weeks=5))
        found = weekly_report(inputs(*often, other)).leader.change
        return found.kind if found else ""

    assert change("결행 3건") == "link_goal"
    assert change("") != "link_goal"


@pytest.mark.parametrize(
    ("action", "asked"),
    [("원래대로 되돌리기", False), ("Go back to paper", False), ("다른 길에서 해 보기", True)],
)
def test_a_trial_whose_next_action_goes_back_is_not_asked_to_stop(action: str, asked: bool) -> None:
    note = trial(1, "쪽지 칸 늘리기", outcome="failure", next_action=action)
    (candidate,) = stop_candidates(log(note), ())
    assert candidate.settled is not asked
    decision = weekly_report(inputs(note)).leader.decision
    assert (decision is not None and decision.kind == "stop") is asked
    worse = replace(
        note, note=replace(note.note, metric=metric("당일 신고", 18, 12), outcome="failure")
    )
    decision = weekly_report(inputs(worse)).leader.decision
    assert (decision is not None and decision.kind in {"stop", "wrong_way"}) is asked


@pytest.mark.parametrize(
    ("before", "now", "asked"), [(58, 49, False), (14, 12, False), (169, 139, True), (10, 8, True)]
)
def test_a_count_that_chance_moves_as_far_is_nothing_to_decide(
    before: float, now: float, asked: bool
) -> None:
    orders = series(2, "주문", {WEEK.back().first: before, WEEK.first: now}, unit="건")
    decision = weekly_report(inputs(OLD, orders)).leader.decision
    assert (decision is not None and decision.kind == "number_worse") is asked


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("위생사 민가온", ("민가온",)),
        ("인턴 민채원", ("민채원",)),
        ("김하늘 박서준", ("김하늘", "박서준")),
        ("이웃 김하늘, 위생사", ("김하늘", "위생사")),
        ("기공소 옥 실장님", ("기공소 옥 실장",)),
    ],
)
def test_what_somebody_does_is_no_second_person(cell: str, names: tuple[str, ...]) -> None:
    assert people_names(cell) == names


@pytest.mark.parametrize(("end", "state"), [(4, "undecidable"), (-1, "stalled")])
def test_a_goal_whose_trial_runs_on_through_the_week_is_not_called_still(
    end: int, state: str
) -> None:
    orders = series(2, "재제작", {WEEK.back().first: 1, WEEK.first: 1})
    runs = trial(
        1,
        "본 두 번 뜨기",
        goal="재제작 월 4건",
        start_date=WEEK.first - timedelta(days=9),
        end_date=WEEK.last + timedelta(days=end),
        outcome=None,
    )
    (line,) = weekly_report(inputs(runs, orders)).business.goals
    assert line.state == state


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ("남 부장님", "ㄴ 부장님"),
        ("부품상 남 부장", "부품상 ㄴ 부장님"),
        ("운전사 대표 심우주", "운전사 대표 ㅅㅇㅈ 님"),
        ("물류 파트너", "물류 파트너"),
        ("상무님", "상무님"),
    ],
)
def test_initials_hide_every_name_and_leave_its_title(person: str, shown: str) -> None:
    formatter = TextFormatter(load_messages("ko"), PageOptions(names="initials"), people=(person,))
    assert formatter.name(person) == shown
    assert "남" not in formatter.masked(f"{person}께 사용량 드리기")


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("The hire desk", "The hire desk"),
        ("Our team room", "Our team room"),
        ("The intern baked two trays", "Baked two trays"),
        ("The intern called", "Called"),
    ],
)
def test_a_place_named_after_a_worker_is_no_deed_of_somebody(told: str, shown: str) -> None:
    assert without_doer(told, ()) == shown


@pytest.mark.parametrize(
    ("promise", "later", "owner", "told"),
    [
        ("열 대까지 해 보기", "타이어 앞뒤 바꾸기 열 대", "탁이준", False),
        ("칸을 다시 줄이기", "쪽지 칸 두 개로 줄이기", "탁이준", False),
        ("Wait for the second swap", "Two more swaps", "탁이준", False),
        ("의자 두 개 더 두기", "아침 수프", "탁이준", True),
        ("Write again before term", "Ask the parents again", "탁이준", True),
        ("열 대까지 해 보기", "타이어 앞뒤 바꾸기 열 대", "은초롱", True),
    ],
)
def test_a_promise_whose_words_stand_in_a_later_deed_of_its_owner_is_not_called_unanswered(
    promise: str, later: str, owner: str, told: bool
) -> None:
    past = trial(
        1,
        "타이어",
        owners=("탁이준",),
        goal="결행 3건",
        next_action=promise,
        start_date=WEEK.first - timedelta(weeks=3),
        end_date=WEEK.first - timedelta(weeks=3),
    )
    after = trial(2, "", execution=later, owners=(owner,), goal="정비 시간 75분")
    ledger = weekly_report(inputs(past, after)).commitments
    assert [one.text for one in ledger.items if one.due] == ([promise] if told else [])
    assert (dict(ledger.counts)["unanswered"], ledger.suggested) == (int(told), 0)


@pytest.mark.parametrize(
    ("before", "asked"), [((4, 3, 4, 3, 3, 3, 3, 3, 2), False), ((3,) * 8 + (2,), True)]
)
def test_a_step_that_was_there_twice_before_is_nothing_to_decide(
    before: tuple[int, ...], asked: bool
) -> None:
    values = {WEEK.back(len(before) - n).first: float(one) for n, one in enumerate(before)}
    doors = series(2, "문 고장", values | {WEEK.first: 3.0}, unit="건")
    decision = weekly_report(inputs(OLD, doors)).leader.decision
    assert (decision is not None and decision.kind == "number_worse") is asked


@pytest.mark.parametrize(
    ("outcome", "change", "state"),
    [
        ("success", None, "undecidable"),
        ("inconclusive", None, "undecidable"),
        ("inconclusive", 0.0, "stalled"),
        ("failure", None, "stalled"),
    ],
)
def test_a_goal_is_still_only_where_its_trial_does_not_say_otherwise(
    outcome: Outcome, change: float | None, state: str
) -> None:
    start, end = WEEK.first - timedelta(days=9), WEEK.first + timedelta(days=2)
    own = replace(metric("재제작", 1, 1), change=change)
    done = trial(1, "본 뜨기", goal="재제작 월 4건", start_date=start, end_date=end, metric=own)
    done = replace(done, note=replace(done.note, outcome=outcome))
    points = series(2, "재제작", {WEEK.back().first: 1, WEEK.first: 1})
    (line,) = weekly_report(inputs(done, points)).business.goals
    assert line.state == state


@pytest.mark.parametrize("fails", [False, True])
def test_nobody_is_called_unmet_while_part_of_the_week_was_not_read(fails: bool) -> None:
    day = WEEK.first - timedelta(days=40)
    met = trial(1, "종 치기", people=("오드",), start_date=day, end_date=day)
    card = plan(2, str(WEEK.back()), people=("오드 님께 포스터 드리기",))
    state = SourceHealth(
        "trials",
        "team",
        last_success=datetime(*WEEK.first.timetuple()[:3], 3, tzinfo=UTC),
        last_attempt=datetime(*WEEK.last.timetuple()[:3], tzinfo=UTC),
        error="locked",
    )
    given = inputs(met, card)
    report = weekly_report(replace(given, health=(state,)) if fails else given)
    assert any(one.kind == "overdue" for one in report.people.answers) is not fails
    assert (report.people.overdue == 0) is fails


@pytest.mark.parametrize(
    ("name", "value"),
    [("아침 손님", 102.5), ("방문", 410.0), ("재방문율", 102.5), ("누적 회원", 110.0)],
)
def test_a_month_is_the_mean_where_nobody_says_what_its_weeks_make(name: str, value: float) -> None:
    days = [date(2026, 11, 2) + timedelta(weeks=n) for n in range(4)]
    weeks = {day: 95.0 + 5 * n for n, day in enumerate(days)}
    report = weekly_report(inputs(OLD, series(2, name, weeks), period=Month(2026, 11)))
    key = report.leader.key_number
    assert (key and key.value) == value
    assert report.leader.key_missing == ""


def test_a_thing_and_a_role_of_the_log_are_no_names() -> None:
    told = trial(
        1,
        "Worksheet",
        goal="6 school classes a week",
        people=("Teacher Runa",),
        retrospective="School began and families stayed away. Rose keeps the list",
        learned="Try it with one teacher first, for a rose garden",
    )
    names = names_in([told])
    assert "School" not in names
    assert "Rose" in names
    formatter = TextFormatter(load_messages("en"), PageOptions(names="counts"), people=names)
    assert formatter.masked("6 school classes with one teacher") == (
        "6 school classes with one teacher"
    )
    assert formatter.masked("Show Teacher Runa the map").count("Runa") == 0
    assert formatter.masked("Runa came") == "somebody came"
    report = weekly_report(inputs(told))
    assert "Teacher Runa" not in people_of(report, {told.id: told})


def test_a_team_has_a_better_number_though_it_stands_behind_the_ones_shown() -> None:
    worse = [series(n, f"지표 {n}", {WEEK.back().first: 10, WEEK.first: 10}) for n in range(2, 8)]
    last = series(9, "재구매", {WEEK.back().first: 30, WEEK.first: 40})
    business = weekly_report(inputs(OLD, *worse, last)).business
    assert all(one.direction == "same" for one in business.series)
    assert (business.series_better, business.series_changed) == (1, 1)


@pytest.mark.parametrize(("columns", "asked"), [(0, True), (1, False)])
def test_nobody_is_asked_to_stop_what_an_open_column_may_call_a_stop(
    columns: int, asked: bool
) -> None:
    note = trial(1, "Music", outcome="failure", next_action="Music on Thursdays")
    given = inputs(note)
    read = datetime(2026, 11, 23, 1, tzinfo=UTC)
    health = SourceHealth("trials", "team", read, read, open_columns=columns)
    decision = weekly_report(replace(given, health=(health,))).leader.decision
    assert (decision is not None and decision.kind == "stop") is asked


def test_a_row_that_came_whole_tells_of_its_own_day_and_not_of_the_reading() -> None:
    day, read = date(2026, 8, 21), datetime(2026, 8, 23, 11, tzinfo=UTC)
    whole = replace(
        trial(
            1, "부품 두기", people=("남 부장",), start_date=day, end_date=None, outcome="success"
        ),
        first_seen=read,
        written={"execution": read, "outcome": read},
    )
    found = log(whole)
    assert last_contact("남 부장", found) == day
    later = replace(whole, written={"execution": read, "outcome": read + timedelta(days=7)})
    assert last_contact("남 부장", log(later)) == date(2026, 8, 30)
