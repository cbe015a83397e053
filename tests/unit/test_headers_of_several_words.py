"""What a header of several words names is its last noun; short looks back name their fields
together.
"""

import pytest
from fakes.text_grids import notes

from sync.parsing.vocabulary.header_phrases import header_meanings, nearest_role


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("프로젝트 목표", "goal"),
        ("캠페인 목적", "goal"),
        ("테스트 결과", "result"),
        ("테스트결과", "result"),
        ("캠페인 결과", "result"),
        ("주간회고", "retrospective"),
        ("자기평가", "retrospective"),
        ("성과 내용", "result"),
        ("분석 내용", "retrospective"),
        ("인사이트 정리", "learned"),
        ("결과는?", "result"),
        ("이번 주 목표는?", "goal"),
        ("Outcome summary", "result"),
        ("Result details", "result"),
        ("Retro summary", "retrospective"),
    ],
)
def test_the_last_noun_names_a_header_and_a_form_names_nothing(header: str, role: str) -> None:
    assert nearest_role(header) == role


@pytest.mark.parametrize("header", ["결과는?", "가설은?", "회고는", "담당자는?"])
def test_a_field_that_a_header_asks_for_is_known_for_certain(header: str) -> None:
    assert header_meanings(header)[0].score == 1.0


@pytest.mark.parametrize(
    "header",
    ["다음 실험 아이디어", "향후 개선 방향", "추후 진행 사항", "Future plans", "Upcoming actions"],
)
def test_what_begins_with_next_is_still_to_come(header: str) -> None:
    assert nearest_role(header) == "next_action"


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("과제 유형", "tags"),
        ("Activity type", "tags"),
        ("행사명", "title"),
        ("높이려는 것", "goal"),
        ("알아보고 싶은 것", "hypothesis"),
        ("What we wanted to find out", "hypothesis"),
        ("결과가 그렇게 나온 이유", "retrospective"),
        ("결과에 대한 생각", "retrospective"),
        ("What did we do well?", "success_factors"),
        ("What could we have done better?", "failure_factors"),
    ],
)
def test_headers_made_of_known_words_are_read(header: str, role: str) -> None:
    assert nearest_role(header) == role


@pytest.mark.parametrize("header", ["Action points", "Action required", "Good points", "나의 생각"])
def test_a_word_that_a_goal_or_a_guess_may_hold_makes_none_of_it(header: str) -> None:
    assert nearest_role(header) not in ("goal", "hypothesis", "target")


@pytest.mark.parametrize(
    "headers",
    [
        "사실 | 느낌 | 교훈",
        "Fact | Feeling | Finding",
        "Objective | Reflective | Interpretive",
    ],
)
def test_the_questions_of_a_short_look_back_name_each_other(headers: str) -> None:
    table = f"""
| 날짜 | {headers} |
| 2026-11-16 | 점심에 지도를 붙였다 | 손님이 고마워해서 기뻤다 | 길은 그림이 낫다 |
| 2026-11-17 | 쿠폰을 서른 장 나눴다 | 줄이 길어져 미안했다 | 한 번에 열 장이면 된다 |
"""
    first = notes(table)[0]
    assert (first.goal, first.execution) == ("", "점심에 지도를 붙였다")
    assert (first.retrospective, first.learned) == ("손님이 고마워해서 기뻤다", "길은 그림이 낫다")


def test_good_bad_and_next_are_read_together() -> None:
    table = """
| Week | Good | Bad | Next |
| 2026-W46 | The staff offered the coupon first | It ran out too soon | Give it a month |
| 2026-W47 | The short text was easy to read | We sent it too late | Send it before noon |
"""
    first = notes(table)[0]
    assert first.success_factors == "The staff offered the coupon first"
    assert first.failure_factors == "It ran out too soon"
    assert first.next_action == "Give it a month"


def test_a_change_column_that_tells_both_numbers_is_the_metric() -> None:
    table = """
| Date | What we did | KPI change |
| 2026-11-16 | Handed out 200 coupons | 18% → 28% |
| 2026-11-17 | Put reviews on top | 12% → 19% |
"""
    metric = notes(table)[0].metric
    assert metric is not None
    assert (metric.before, metric.after) == (18, 28)
