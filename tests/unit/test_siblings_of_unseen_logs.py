"""Siblings of what unseen logs showed, in other words and in the other language."""

import pytest
from fakes.text_grids import area, codes, grid, notes, read

from notes.model.notes import Note


def _first(log: str) -> Note:
    return notes(log)[0]


@pytest.mark.parametrize(
    ("header", "cells", "kinds"),
    [
        ("유지, 중단 또는 수정", ("유지", "중단"), ["keep", "stop"]),
        ("Continue or stop", ("Continue", "Stop"), ["keep", "stop"]),
        ("Keep, drop or adapt", ("Keep", "Drop"), ["keep", "stop"]),
    ],
)
def test_a_header_that_lists_choices_with_or_asks_for_keep_or_stop(
    header: str, cells: tuple[str, str], kinds: list[str]
) -> None:
    found = notes(f"""
| Date | What we did | {header} | Looking back |
| 2026-10-05 | Called bakers before nine | {cells[0]} | Nine picked up the phone at once |
| 2026-10-12 | Sent a photo of the shelf | {cells[1]} | Nobody answered the message |
""")
    assert [note.next_kind for note in found] == kinds


def test_improvements_beside_plans_were_done() -> None:
    korean = _first("""
| 과제명 | 문제점 | 개선 대책 | 시행일 | 향후 과제 |
| 접수 | 아침에 몰린다 | 전용 창구를 열었다 | 2026-04-06 | 토요일에도 연다 |
| 촬영 | 자세가 틀어진다 | 발 그림을 붙였다 | 2026-04-13 | 작은 그림도 만든다 |
""")
    assert (korean.execution, korean.next_action) == ("전용 창구를 열었다", "토요일에도 연다")
    english = _first("""
| Problem | Improvement made | From | Next steps |
| Mornings are crowded | Opened a second desk | 2026-04-06 | Open it on Saturdays too |
| Pictures are blurred | Put feet marks on the floor | 2026-04-13 | Smaller marks for children |
""")
    assert (english.execution, english.next_action) == (
        "Opened a second desk",
        "Open it on Saturdays too",
    )


def test_improvements_of_a_retro_form_are_still_to_come() -> None:
    found = _first("""
| 잘된 점 | 문제점 | 개선 방안 |
| 서로 설명해 주었다 | 시간이 모자랐다 | 십 분을 더 준다 |
| 조용히 집중했다 | 문제가 쉬웠다 | 어려운 것을 섞는다 |
""")
    assert (found.execution, found.next_action) == ("", "십 분을 더 준다")


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("발아율 대조구", "발아율 처리구", "발아율"),
        ("Conversion control", "Conversion treatment", "Conversion"),
    ],
)
def test_sides_at_the_end_of_headers_are_compared(before: str, after: str, name: str) -> None:
    note = _first(f"""
| What was done | {before} | {after} | Result |
| Wet the seeds for one night | 62 | 71 | They came up two days earlier |
| Kept the seeds in the dark | 60 | 58 | Nothing was seen on the first days |
""")
    assert note.metric is not None
    assert (note.metric.before, note.metric.after, note.metric.comparison) == (62, 71, True)
    assert note.metric.name == name


def test_whom_a_trial_is_for_is_no_goal() -> None:
    for header, cell in (("타깃", "20대 직장인"), ("타겟층", "아이가 있는 집")):
        note = _first(f"""
| 캠페인 | {header} | 가설 | 결과 요약 |
| 가을 신상 | {cell} | 사람이 입은 사진이 더 눌린다 | 사진형을 더 오래 보았다 |
| 재고 정리 | 다시 온 손님 | 남은 수를 보이면 서두른다 | 이미 살 사람만 샀다 |
""")
        assert note.goal == ""


def test_the_goal_of_the_week_to_come_is_a_next_action() -> None:
    korean = _first("""
| 날짜 | 주간 목표 | 주요 활동 | 다음 주 목표 |
| 2026-10-02 | 매물 여섯 곳 확보 | 게시판에 전단을 붙였다 | 매물 두 곳 더 |
| 2026-10-09 | 매물 두 곳 더 | 전단 글씨를 키웠다 | 온라인에도 올리기 |
""")
    assert (korean.goal, korean.next_action) == ("매물 여섯 곳 확보", "매물 두 곳 더")
    english = _first("""
| Date | Goal of the week | What we did | Next week's goal |
| 2026-10-02 | Six new flats | Put leaflets on the board | Two more flats |
| 2026-10-09 | Two more flats | Made the letters bigger | Post them online |
""")
    assert (english.goal, english.next_action) == ("Six new flats", "Two more flats")


def test_what_is_expected_beside_what_was_seen_is_no_goal() -> None:
    english = _first("""
| Date | Change | Expected | Observed |
| 2026-04-01 | Two builders instead of one | Shorter waits | Waits were as long as before |
| 2026-04-08 | Smaller test image | Faster pulls | Pulls took half of the time |
""")
    assert (english.goal, english.hypothesis) == ("", "Shorter waits")
    korean = _first("""
| 날짜 | 바꾼 것 | 예상되는 결과 | 관찰 내용 |
| 2026-04-01 | 창구를 둘로 늘렸다 | 줄이 짧아진다 | 줄은 그대로였다 |
| 2026-04-08 | 번호표를 없앴다 | 더 빨리 돈다 | 서로 먼저 오려고 했다 |
""")
    assert (korean.goal, korean.hypothesis) == ("", "줄이 짧아진다")
    assert korean.retrospective == "줄은 그대로였다"


def test_an_action_behind_a_verdict_is_a_next_action() -> None:
    note = _first("""
| 가설 | 시도 | 판정 | 액션 |
| 영상이 더 빨리 알린다 | 첫 화면에 영상을 넣었다 | 성공 | 모든 화면에 넣기 |
| 배지가 안심시킨다 | 장바구니에 배지를 붙였다 | 실패 | 배지를 떼기 |
""")
    assert (note.execution, note.next_action) == ("첫 화면에 영상을 넣었다", "모든 화면에 넣기")


def test_labels_under_weekdays_make_a_record_a_day() -> None:
    found = notes(
        grid(
            """
| Week 47 (16-20 Nov 2026) | | | | |
| | Mon | Tue | Wed | Thu |
| Planned | Thirty new shops | Draft of the offer | Two quotes | One demo |
| Done | Called 28 shops | Draft sent to Ann | One quote sent | Demo moved to Friday |
| Learned | Mornings work | | The form is too old | |
""",
            "Week 47",
        )
    )
    assert [str(note.start_date) for note in found] == [
        "2026-11-16",
        "2026-11-17",
        "2026-11-18",
        "2026-11-19",
    ]
    assert found[0].execution == "Called 28 shops"


def test_a_record_below_a_blank_line_is_no_header() -> None:
    found = notes("""
| What | Why | When | How did it go? | So what? |
| | | | | |
| Early bird price | Fill Mondays | 6-10 Apr 2026 | Mondays full by Thursday | Try Tuesdays |
| | | | | |
| Free parking | Drivers stay away | 13-17 Apr 2026 | The lot stayed empty | Leave it |
""")
    assert [note.hypothesis for note in found] == ["Fill Mondays", "Drivers stay away"]


@pytest.mark.parametrize(
    "log",
    [
        """
| 업체 | 가격 | 장점 | 단점 |
| 가나 | 1200 | 답이 빠르고 설명서가 좋다 | 세금계산서가 늦다 |
| 다라 | 900 | 제일 싸다 | 밤에는 전화를 안 받는다 |
""",
        """
| Submitted at | Age group | Reason for coming | What bothers you |
| 2026-05-01 | 30s | It is close to home | Parking is hard |
| 2026-05-02 | 20s | The coffee is good | Too few seats |
""",
        """
| 버전 | 배포일 | 변경 사항 | 구분 |
| 1.2.0 | 2026-03-01 | 내보내기를 더했다 | 추가 |
| 1.3.0 | 2026-04-02 | 옛 로그인을 없앴다 | 삭제 |
""",
    ],
)
def test_offers_answers_and_versions_are_no_log_and_are_asked_about(log: str) -> None:
    assert notes(log) == []
    assert [code for *_, code in codes(read(grid(log)))] == ["not_understood"]


def test_how_many_did_something_is_told() -> None:
    found = notes("""
| 날짜 | 한 일 | 결과 |
| 2026-01-05 | 새해 인사 문자 | 3명 재방문 |
| 2026-01-19 | 설 세트 예약 받기 | 예약 12건 |
""")
    assert [note.retrospective for note in found] == ["3명 재방문", "예약 12건"]


def test_fields_below_each_other_beside_one_day_are_one_note() -> None:
    rows = """
| Date | Type | Text |
| 2026-05-04 | What we did | Put the poster on the stairs |
| | Result | Nine people signed up |
| | Next | Another one on the second floor |
| 2026-05-11 | What we did | Made the form one page long |
| | Result | More people reach its end |
"""
    for log in (grid(rows), grid(rows, merges=(area(2, 1, 4, 1), area(5, 1, 6, 1)))):
        first, second = notes(log)
        assert (str(first.start_date), first.execution, first.next_action) == (
            "2026-05-04",
            "Put the poster on the stairs",
            "Another one on the second floor",
        )
        assert (second.retrospective, second.place.row) == ("More people reach its end", 5)


def test_cards_of_one_day_stay_cards() -> None:
    found = notes(
        grid(
            """
| 날짜 | 구분 | 내용 |
| 2026-05-04 | 잘한 점 | 서로 먼저 설명해 주었다 |
| | 아쉬운 점 | 시간이 십 분쯤 모자랐다 |
| | 다음 액션 | 다음에는 십 분을 더 준다 |
""",
            merges=(area(2, 1, 4, 1),),
        )
    )
    assert len(found) == 3


def test_the_number_of_a_sprint_is_no_tag() -> None:
    found = notes("""
| Sprint | Goal | What went well | What didn't go well |
| Sprint 21 (Sep 7 - Sep 18) | Cut build time | Caching paid off | Flaky tests hid a bug |
| Sprint 22 (Sep 21 - Oct 2) | Ship search | Pairing went smoothly | The spec changed twice |
""")
    assert [note.tags for note in found] == [(), ()]


def test_what_is_measured_is_no_goal() -> None:
    for header, cell in (("목표 지표", "활성 사용자"), ("Target metric", "Active users")):
        note = _first(f"""
| {header} | Last week | This week | Change made |
| {cell} | 1240 | 1310 | Asked a question in the message |
| {cell} | 1310 | 1298 | Sent the message in the evening |
""")
        assert note.goal == ""
        assert note.metric is not None
        assert (note.metric.name, note.metric.before, note.metric.after) == (cell, 1240, 1310)


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("신청자 지난번", "신청자 이번", "신청자"),
        ("Sign-ups last time", "Sign-ups this time", "Sign-ups"),
    ],
)
def test_last_time_and_this_time_are_two_sides(before: str, after: str, name: str) -> None:
    note = _first(f"""
| Event | What was new | {before} | {after} |
| Repair cafe | Soup for everyone who came | 14 | 23 |
| Bike day | Volunteers teach in pairs | 9 | 16 |
""")
    assert note.metric is not None
    assert (note.metric.name, note.metric.before, note.metric.after) == (name, 14, 23)


@pytest.mark.parametrize(
    ("header", "cells"), [("결론", ("계속", "그만")), ("Conclusion", ("Keep", "Stop"))]
)
def test_a_conclusion_of_keep_and_stop_is_no_verdict(header: str, cells: tuple[str, str]) -> None:
    found = notes(f"""
| Date | What we did | {header} | Looking back |
| 2026-10-05 | Called bakers before nine | {cells[0]} | Nine picked up the phone at once |
| 2026-10-12 | Sent a photo of the shelf | {cells[1]} | Nobody answered the message |
""")
    assert [(note.outcome, note.next_kind) for note in found] == [(None, "keep"), (None, "stop")]


def test_conclusions_that_only_stop_are_verdicts() -> None:
    found = notes("""
| Date | What we did | Conclusion | Looking back |
| 2026-10-05 | Called bakers before nine | Stopped | Nine picked up the phone at once |
| 2026-10-12 | Sent a photo of the shelf | Success | Nobody answered the message |
""")
    assert [note.outcome for note in found] == ["dropped", "success"]


def test_a_and_b_of_one_measure_are_compared_where_a_winner_is_named() -> None:
    for head in (
        "| 시험 | B안 | A 전환율 | B 전환율 | 승자 |",
        "| Test | Version B | A rate | B rate | Winner |",
    ):
        note = _first(f"""
{head}
| 제목 | 짧은 제목으로 바꾸었다 | 2.1 | 2.6 | B |
| 사진 | 큰 사진으로 바꾸었다 | 2.4 | 2.2 | A |
""")
        assert note.metric is not None
        assert (note.metric.before, note.metric.after, note.metric.comparison) == (2.1, 2.6, True)
    without = _first("""
| 시험 | 한 일 | A 매출 | B 매출 | 회고 |
| 제목 | 짧은 제목으로 바꾸었다 | 2.1 | 2.6 | 두 매장이 서로 달랐다 |
| 사진 | 큰 사진으로 바꾸었다 | 2.4 | 2.2 | 두 매장이 비슷했다 |
""")
    assert without.metric is None


def test_a_row_without_numbers_of_its_own_is_asked_for_the_change_its_result_states() -> None:
    """Rules 9.6: its neighbours have numbers in cells of their own, which says nothing of it."""
    found = notes("""
| 시작일 | 실행 | 결과 | 배운 점 | 해지율 전 | 해지율 후 |
| 2026-10-12 | 쉬기 버튼을 달았다 | 쉬기를 고른 사람이 많았다 | 쉬고 싶어 한다 | 6.2% | 5.1% |
| 2026-11-02 | 배송일을 고르게 했다 | 반송 40건 → 22건 | 날짜보다 시간이다 | | |
""")
    assert [(n.metric.name, n.metric.before, n.metric.after) for n in found if n.metric] == [
        ("해지율", 6.2, 5.1),
        ("반송", 40, 22),
    ]


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (("추가 주문 2.1%", "추가 주문 2.0%"), "추가 주문"),
        (("추가 주문 2.1%", "2.0%"), "추가 주문"),
        (("해지율 6.2%", "5.1%"), "해지율"),
        (("약 6.2%", "약 5.1%"), "해지율"),
        (("강남점 6.2%", "강남점 5.1%"), "해지율"),
        (("모바일 6.2%", "모바일 5.1%"), "해지율"),
    ],
)
def test_a_cell_that_names_another_number_than_its_header_is_of_that(
    cells: tuple[str, str], name: str
) -> None:
    (_, found) = notes(f"""
| 시작일 | 실행 | 배운 점 | 해지율 전 | 해지율 후 |
| 2026-10-12 | 쉬기 버튼을 달았다 | 쉬고 싶어 한다 | 6.2% | 5.1% |
| 2026-10-26 | 요리법 카드를 넣었다 | 종이는 안 본다 | {cells[0]} | {cells[1]} |
""")
    assert found.metric is not None
    assert found.metric.name == name
    assert found.metric.lower_is_better is (True if name == "해지율" else None)


@pytest.mark.parametrize("header", ["느낀 점 / 배운 점", "회고 및 배운 점", "Retro & learnings"])
def test_a_header_that_names_looking_back_and_learning_marks_both(header: str) -> None:
    (first, second) = notes(f"""
| 시작일 | 실행 | {header} | 적용한 곳 |
| 2026-10-12 | 쉬기 버튼을 달았다 | 읽음이 보여서 좋다 | 결제 안내에 적용 |
| 2026-10-26 | 요리법 카드를 넣었다 | | |
""")
    assert (first.retrospective, first.learned) == ("읽음이 보여서 좋다", "읽음이 보여서 좋다")
    assert (second.retrospective, second.learned) == ("", "")


def test_a_column_of_its_own_says_what_was_learned_where_there_is_one() -> None:
    (note, _) = notes("""
| 시작일 | 실행 | 회고 및 배운 점 | 교훈 |
| 2026-10-12 | 쉬기 버튼을 달았다 | 읽음이 보여서 좋다 | 미리 알린다 |
| 2026-10-26 | 요리법 카드를 넣었다 | 종이는 안 본다 | |
""")
    assert note.learned == "미리 알린다"


@pytest.mark.parametrize(
    ("numbers", "titles"),
    [
        (("1", "2"), ["", ""]),
        (("No. 1", "No. 2"), ["", ""]),
        (("1회차", "2회차"), ["", ""]),
        (("EXP-1", "EXP-2"), ["EXP-1", "EXP-2"]),
    ],
)
def test_what_only_counts_the_rows_of_a_tab_names_no_activity(
    numbers: tuple[str, str], titles: list[str]
) -> None:
    """The third row of October and that of November were "the activity that we repeated"."""
    found = notes(f"""
| 번호 | 시작 | 목표 | 해 본 것 | 회고 |
| {numbers[0]} | 2026-10-05 | 신청 늘리기 | 신청서 칸을 줄였다 | 칸이 적으면 끝까지 쓴다 |
| {numbers[1]} | 2026-10-12 | 해지 줄이기 | 감사 인사를 먼저 했다 | 인사보다 금액이 문제였다 |
""")
    assert [note.title for note in found] == titles
    assert [note.key for note in found] == list(numbers)
