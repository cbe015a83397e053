"""What pages of a sixteenth unseen world guessed, took for one, or told as absent (ADR 0689)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fakes.stored_notes import WEEK, inputs, log, metric, plan, series, stored, trial
from fakes.text_grids import notes

from notes.model.notes import (
    Place,
    PlanCard,
    Problem,
    SourceHealth,
    StoredNote,
    StoredProblem,
)
from notes.model.periods import Month
from reports.analysis.commitments.period_commitments import commitment_ledger
from reports.analysis.commitments.promise_times import last_day_of
from reports.analysis.data.contacts import last_contact
from reports.analysis.data.planned_work import big3_share
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.impact import claims_of
from reports.analysis.metrics.metric_change import better_by_word, is_either_way
from reports.analysis.metrics.metric_series import metric_series_of, period_metric_of
from reports.analysis.questions.stop_candidates import stop_candidates
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import page_view
from reports.page.messages.page_sentences import load_messages

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def people_line(*given: StoredNote, **more: Any) -> str:
    view = page_view(weekly_report(replace(inputs(*given), **more)), load_messages("ko"))
    return view.parts[0].key_lines[2].text


def test_a_wrong_order_is_no_order_and_fewer_of_them_are_no_loss():
    assert better_by_word("부품 오주문") == ("up", "default")
    assert better_by_word("부품 주문") == ("up", "word")
    assert better_by_word("미가입 세대") == ("up", "default")
    assert better_by_word("재방문 건수") == ("up", "default")  # an office wants fewer
    assert better_by_word("재방문율") == ("up", "word")
    assert not is_either_way("부품 오주문")


@pytest.mark.parametrize("name", ["민원 만족도", "Complaint satisfaction"])
def test_how_content_people_are_is_better_when_higher_whatever_they_came_for(name: str) -> None:
    assert better_by_word(name) == ("up", "word")


def test_wrong_orders_that_fall_towards_their_target_get_better():
    weeks = {WEEK.back().first: 4.0, WEEK.first: 2.0}
    known = log(series(2, "부품 오주문", weeks, unit="건", target=1.0))
    (line,) = metric_series_of(known)
    number = period_metric_of(line, known)
    assert number is not None
    assert number.direction == "better"


@pytest.mark.parametrize(
    ("cell", "done", "planned"),
    [
        ("밥통 세 개 ✅, 안내판 ✅, 저울 수리 ❌", 2, 3),
        ("✅ 밥통 ✅ 안내판 ❌ 저울", 2, 3),
        ("견본 3종(완료) / 안내판(미완)", 1, 2),
        ("Samples [x]; board [ ]; scales [x]", 2, 3),
        ("대본 인쇄 완료, 알림판 주문 완료, 방 번호표 미완", 2, 3),
    ],
)
def test_each_tick_on_a_line_of_the_card_is_one_of_the_big_3(cell: str, done: int, planned: int):
    (card,) = notes(f"Week | BHAG | Key result | Big 3\n2026-W47 | Grow | 10 | {cell}")
    assert isinstance(card.details, PlanCard)
    share = big3_share(log(plan(2, "2026-W47", big3=card.details.big3)), WEEK)
    assert share is not None
    assert (share.done, share.planned) == (done, planned)


def test_a_line_with_one_tick_is_one_item():
    (card,) = notes("Week | BHAG | Key result | Big 3\n2026-W47 | Grow | 10 | 견본, 안내판 ✅")
    assert isinstance(card.details, PlanCard)
    assert card.details.big3 == ("견본, 안내판 ✅",)


@pytest.mark.parametrize(
    ("promise", "until"),
    [
        ("한 달 더 보내 보고 판단", date(2026, 11, 15)),
        ("두 주 더 보기", date(2026, 10, 30)),
        ("2주 동안 지켜보기", date(2026, 10, 30)),
        ("Watch it for two more weeks", date(2026, 10, 30)),
        ("Leave it on another month", date(2026, 11, 15)),
        ("3 more weeks of the board", date(2026, 11, 6)),
        ("두 곳 더 알아보기", None),
    ],
)
def test_what_is_to_go_on_for_a_time_is_due_after_it(promise: str, until: date | None):
    assert last_day_of(promise, date(2026, 10, 16)) == until


@pytest.mark.parametrize(
    ("followed", "written"), [("농협 소 과장", "소 과장"), ("강민수", "IT지원 강민수")]
)
def test_one_spelling_behind_an_office_is_seen_as_the_other(followed: str, written: str):
    seen = trial(2, "견적 비교", people=(written,))
    assert last_contact(followed, log(seen)) == date(2026, 11, 18)


def test_what_was_not_read_may_name_the_helper():
    helped = trial(3, "지난 설명회", outcome="success", goal="신청 30건", people=("윤 교수",))
    alone = stored(4, title="확인 문자", outcome="running", start_date=WEEK.first, goal="신청 30건")
    failing = SourceHealth("trials", "구독팀", NOON, NOON, error="gone", rows_used=4)
    assert "윤 교수" in people_line(helped, alone)
    told = people_line(helped, alone, health=(failing,), sources=("trials",))
    assert told == "역시 말할 수 없습니다."


def test_a_note_without_a_day_was_read_and_hides_no_helper():
    helped = trial(3, "지난 설명회", outcome="success", goal="신청 30건", people=("윤 교수",))
    alone = stored(4, title="확인 문자", outcome="running", start_date=WEEK.first, goal="신청 30건")
    place = Place(tab="log", row=5)
    missed = StoredProblem("trials", "구독팀", Problem(place, "impossible_date", "11/31"), NOON)
    undated = stored(5, execution="이름표 다시 쓰기")
    told = people_line(helped, alone, undated, problems=(missed,))
    assert "윤 교수" in told
    assert "말할 수 없습니다" in people_line(helped, undated, problems=(missed,))


def waits(**more: Any) -> StoredNote:
    return stored(
        2, execution="감지등 견적", outcome="running", start_date=WEEK.first,
        retrospective="업체 답을 기다리는 중", **more,
    )  # fmt: skip


def test_work_that_waits_is_not_nobody_waits_though_it_names_a_helper():
    told = people_line(waits(people=("남기사",)))
    assert told == "‘감지등 견적’에 막혔거나 기다린다고 적혀 있습니다."


def test_nobody_waits_is_told_where_nothing_says_so():
    quiet = replace(waits(people=("남기사",)).note, retrospective="견적을 받았다")
    assert "찾지 못했습니다" in people_line(replace(waits(), note=quiet))


def month_of(name: str, unit: str, values: list[float]) -> TeamLog:
    days = {date(2026, 10, 5) + timedelta(weeks=at): value for at, value in enumerate(values)}
    return log(series(2, name, days, unit=unit), period=Month(2026, 10))


@pytest.mark.parametrize(
    ("name", "unit", "number", "taken"),
    [
        ("연체 세대", "세대", 50.0, "mean"),
        ("잔반", "g", 50.0, "mean"),
        ("미처리 문의", "건", 50.0, "mean"),
        ("주문", "건", 200.0, "sum"),
        ("누적 회원", "명", 47.0, "last"),
    ],
)
def test_a_month_adds_up_only_what_is_known_to_happen(
    name: str, unit: str, number: float, taken: str
):
    known = month_of(name, unit, [52, 52, 49, 47])
    (line,) = metric_series_of(known)
    found = period_metric_of(line, known)
    assert found is not None
    assert (found.value, found.taken) == (number, taken)


def test_a_table_of_numbers_is_read_in_its_first_week_beside_units_and_targets():
    found = notes("지표 | 단위 | 목표 | 2026-W36\n재입고 | 대 | 3 | 9\n평균 대기 | 분 | 45 | 74")
    assert {one.kind for one in found} == {"metric"}


@pytest.mark.parametrize(
    "header", ["KPI | 단위 | 목표 | 구분 | W40 | W41", "지표 | 구분 | 단위 | 목표 | 10/5 | 10/12"]
)
def test_a_table_of_numbers_is_read_beside_a_role_a_unit_and_a_target(header: str):
    rows = {"미수검률": "% | 5 | 선행", "체류 시간": "분 | 90 | 선행", "재검 대기": "명 | | 후행"}
    if header.startswith("지표"):
        rows = {name: " | ".join(reversed(cells.split(" | "))) for name, cells in rows.items()}
        rows = {"미수검률": "선행 | % | 5", "체류 시간": "선행 | 분 | 90"}
    table = "\n".join(f"{name} | {cells} | 9.1 | 7.2" for name, cells in rows.items())
    found = notes(f"{header}\n{table}")
    assert {one.kind for one in found} == {"metric"}
    assert len(found) == len(rows)


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("야간 미배차 14콜 → 13콜. 아직 판단하기 이름", "inconclusive"),
        ("야간 미배차 14콜 → 13콜. 두 주로는 이르다", "inconclusive"),
        ("진행 중. 조합 답을 기다리고 있음", "running"),
        ("Calls 14 → 13. Too early to say", "inconclusive"),
        ("미배차 14콜 → 13콜. 목표에 이르렀다", None),
        ("Calls 14 → 13. Saturday was running late as ever", None),
    ],
)
def test_one_clause_that_leaves_a_result_open_leaves_the_trial_open(
    result: str, outcome: str | None
):
    log_of = "날짜 | 작성자 | 목표 | 가설 | 실행 | 결과 | 회고"
    (note,) = notes(
        f"{log_of}\n2026-11-02 | 마루한 | 미배차 20콜 | 밤에도 준다 | 예비 차 | {result} | 비 옴"
    )
    assert note.outcome == outcome


@pytest.mark.parametrize(("later", "unclear"), [("오전만 초음파 먼저", 1), ("복도에 의자 놓기", 0)])
def test_a_stop_is_not_known_to_be_kept_beside_later_work_that_shares_its_word(
    later: str, unclear: int
):
    stopped = trial(
        2, "초음파를 첫 순서로", goal="체류 90분", next_action="초음파 첫 순서", next_kind="stop",
        end_date=date(2026, 10, 16), start_date=date(2026, 10, 5),
        written={"next_action": datetime(2026, 10, 16, 3, tzinfo=UTC)},
    )  # fmt: skip
    after = trial(3, later, goal="체류 90분", start_date=WEEK.first)
    ledger = commitment_ledger(log(stopped, after), ())
    assert ledger.due == 1
    assert ledger.unclear == unclear


def test_a_failed_trial_that_is_switched_off_next_is_not_asked_to_stop():
    failed = trial(2, "도착 알림", outcome="failure", next_action="도착 알림 끄기")
    (found,) = stop_candidates(log(failed), claims_of(log(failed)))
    assert found.settled


def test_the_number_of_a_month_is_that_of_its_last_trial():
    first = trial(
        2, "금식 전화", outcome="success", end_date=date(2026, 10, 9),
        metric=metric("미수검률", 9.1, 7.2, unit="%"),
    )  # fmt: skip
    last = trial(
        3, "한 장 대본", outcome="success", end_date=date(2026, 10, 23),
        metric=metric("미수검률", 7.4, 6.1, unit="%"),
    )  # fmt: skip
    old = trial(9, "옛 안내", end_date=date(2026, 9, 4))
    report = weekly_report(inputs(first, last, old, period=Month(2026, 10)))
    assert report.leader.headline.activity_move is not None
    assert report.leader.headline.activity_move.after == 6.1
