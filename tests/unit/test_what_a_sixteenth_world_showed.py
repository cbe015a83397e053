"""What pages of a sixteenth unseen world guessed, took for one, or told as absent (ADR 0689)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fakes.stored_notes import WEEK, inputs, log, plan, series, stored, trial
from fakes.text_grids import notes

from notes.model.notes import PlanCard, SourceHealth, StoredNote
from notes.model.periods import Month
from reports.analysis.commitments.promise_times import last_day_of
from reports.analysis.data.contacts import last_contact
from reports.analysis.data.planned_work import big3_share
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.metric_change import better_by_word, is_either_way
from reports.analysis.metrics.metric_series import metric_series_of, period_metric_of
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
    assert not is_either_way("부품 오주문")


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
