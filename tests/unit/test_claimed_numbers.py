import pytest
from fakes.stored_notes import log, metric, trial

from notes.model.notes import Metric
from reports.analysis.questions.business import answer_business


@pytest.mark.parametrize(
    ("text", "name", "before", "after", "unit"),
    [
        ("회수율 22% → 35%로 올랐다", "회수율", 22, 35, "%"),
        ("이탈률이 27%에서 9%로 줄었다", "이탈률", 27, 9, "%"),
        ("평점 8.2 -> 9.4", "평점", 8.2, 9.4, ""),
        ("The form was short. Sign-ups went from 40 to 52", "ups", 40, 52, ""),
        ("주문이 1,200건 → 1,500건", "주문", 1200, 1500, "건"),
    ],
)
def test_a_change_written_out_in_a_text_is_weak_evidence(text, name, before, after, unit) -> None:
    found = answer_business(log(trial(1, "a", retrospective=text))).kept
    assert [(one.grade, one.move.before, one.move.after, one.move.unit) for one in found] == [
        ("weak", before, after, unit)
    ]
    assert name in found[0].move.name


def test_a_stated_difference_in_points_is_read_too() -> None:
    found = answer_business(log(trial(1, "a", retrospective="전환율 +20%p"))).kept[0]
    assert (found.move.change, found.move.points, found.move.name) == (20, True, "전환율")


@pytest.mark.parametrize(
    "text",
    ["9/1 → 9/5 로 미룸", "3시에서 4시로 옮김", "E-01 → E-02", "2층에서 3층으로", "10:30 → 11:00",
     "2026-11-01 -> 2026-11-05", "3명이 5곳에서 만남",
     "5월에서 6월로", "10건에서 시작"],
)  # fmt: skip
def test_dates_times_and_floors_are_no_levels(text) -> None:
    assert answer_business(log(trial(1, "a", retrospective=text))).unmeasured == 1


def test_a_claim_beside_another_level_of_the_cells_tells_of_something_else() -> None:
    """The hours of a second till are no wait."""
    wait = Metric("Queue", before=14, unit="min", lower_is_better=True)
    note = trial(1, "a", execution="Opened the second till from 11 to 2", metric=wait)
    assert answer_business(log(note)).kept == ()
    own = trial(1, "a", execution="The queue went from 14 to 9", metric=wait)
    assert [one.move.after for one in answer_business(log(own)).kept] == [9]


def test_numbers_in_cells_outweigh_those_in_the_text() -> None:
    note = trial(
        1, "a", retrospective="회수율 22% → 35%", metric=metric("회수율", 20, 30, unit="%")
    )
    found = answer_business(log(note)).kept[0]
    assert (found.grade, found.move.before, found.move.after) == ("medium", 20, 30)


@pytest.mark.parametrize(
    "text",
    [
        "쉬기 13/42, 기존 13/88",
        "대조군 대비 개선. 쉬기 13/42, 기존 13/88",
        "13/42 against 13/88",
        "반값 집단 42집 중 13집, 대조 88집 중 13집. 지켜봐야 한다",
        "13 of 42 reserved bikes were done in two days, 13 of 88 of the others",
    ],
)
def test_counts_beside_a_control_make_strong_evidence(text) -> None:
    found = answer_business(log(trial(1, "a", retrospective=text, metric=Metric("재주문율")))).kept[
        0
    ]
    assert (found.grade, found.move.after_counts, found.move.before_counts) == (
        "strong",
        (13, 42),
        (13, 88),
    )
    assert found.move.interval is not None


@pytest.mark.parametrize(
    "text", ["13/42, 13/88", "기존 3/5 다음 4/5", "11/16 시작, 11/20 끝", "42집 중 13집"]
)
def test_counts_without_a_named_control_stay_text(text) -> None:
    assert (
        answer_business(log(trial(1, "a", retrospective=text, metric=Metric("재주문율")))).kept
        == ()
    )


TWO_SIDES = [
    "짧은 문구 120명 중 11명, 긴 문구 120명 중 18명 부도. 차이가 아직 작다",
    "Short text 11 of 120, long text 18 of 120; too close to call",
]


@pytest.mark.parametrize("text", TWO_SIDES)
def test_counts_that_are_the_two_levels_themselves_compare_two_sides(text) -> None:
    levels = metric("예약 빈자리율", 15.0, 9.2, lower_is_better=True)
    answer = answer_business(log(trial(1, "문구 두 가지", retrospective=text, metric=levels)))
    assert answer.kept == ()
    assert [(one.move.comparison, one.move.before_counts) for one in answer.unsure] == [
        (True, (18, 120))
    ]


@pytest.mark.parametrize("text", TWO_SIDES)
def test_an_open_comparison_is_neither_a_hit_nor_a_miss(text) -> None:
    levels = metric("예약 빈자리율", 15.0, 9.2, lower_is_better=True)
    note = trial(
        1,
        "문구 두 가지",
        hypothesis="빈자리율이 10%가 된다",
        retrospective=text,
        metric=levels,
        outcome="inconclusive",
    )
    ledger = answer_business(log(note)).forecasts
    assert (ledger.hit, ledger.miss, ledger.none, ledger.items) == (0, 0, 0, ())


@pytest.mark.parametrize(
    "text",
    [
        "지난주 120명 중 18명, 이번 주 120명 중 11명",
        "18 of 120 last week, 11 of 120 this week",
        "아침 100명 중 30명, 저녁 100명 중 40명",
    ],
)
def test_counts_of_two_weeks_or_of_something_else_are_no_two_sides(text) -> None:
    levels = metric("예약 빈자리율", 15.0, 9.2, lower_is_better=True)
    kept = answer_business(log(trial(1, "문구", retrospective=text, metric=levels))).kept
    assert [one.move.comparison for one in kept] == [False]
