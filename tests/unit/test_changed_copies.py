"""Copies of a log that somebody changed are read like the log: other orders of columns, a CSV
of it.
"""

from datetime import date

from fakes.text_grids import codes, grid, notes, read

from sync.parsing.cells.date_grammar.dates import read_date


def test_a_reason_before_the_deeds_stays_a_hypothesis_where_results_stand_on_the_left() -> None:
    (korean,) = notes("""
| 다음에는 | 돌아보면 | 판정 | 한 일 | 까닭 | 시험 이름 |
| 병을 더 작게 | 선물로 많이 집었다 | 성공 | 병을 작게 바꾸어 계산대에 놓았다 | 작으면 선물로 집기 \
쉽다 | 작은 병 |
""")
    assert korean.hypothesis == "작으면 선물로 집기 쉽다"
    assert korean.retrospective == "선물로 많이 집었다"
    (english,) = notes("""
| Next | Looking back | Verdict | What we did | Why | Trial |
| Smaller jars | Bought as gifts | Win | Put small jars beside the till | Small jars are easy \
gifts | Jars |
""")
    assert english.hypothesis == "Small jars are easy gifts"
    assert english.retrospective == "Bought as gifts"


def test_a_reason_behind_the_result_still_looks_back() -> None:
    (note,) = notes("""
| 시험 이름 | 한 일 | 판정 | 이유 |
| 작은 병 | 병을 작게 바꾸어 계산대에 놓았다 | 실패 | 병값이 올라 남는 것이 없었다 |
""")
    assert note.retrospective == "병값이 올라 남는 것이 없었다"
    assert not note.hypothesis


def test_yes_is_an_answer_in_any_column_that_asks() -> None:
    log = grid("""
| 성공 여부 | 다음에는 | 배운 점 | 한 일 | 날짜 |
| 예 | 저녁에만 조용히 | 구역보다 시간이 중요했다 | 조용한 구역을 따로 표시했다 | 2026-05-09 |
| 예 | 반 묶음도 팔기 | 묶음은 무겁다 | 장작을 묶음으로 팔았다 | 2026-05-16 |
""")
    assert [note.outcome for note in notes(log)] == ["success", "success"]


def test_yes_and_no_in_the_second_column_are_answers() -> None:
    log = grid("""
| 다음에는 | 성공 | 배운 점 | 한 일 | 날짜 |
| 저녁에만 조용히 | 예 | 구역보다 시간이 중요했다 | 조용한 구역을 따로 표시했다 | 2026-05-09 |
| 반 묶음도 팔기 | 아니오 | 묶음은 무겁다 | 장작을 묶음으로 팔았다 | 2026-05-16 |
""")
    assert [note.place.row for note in notes(log)] == [2, 3]


def test_a_column_that_lists_the_fields_of_a_log_explains_them() -> None:
    log = grid("""
| 한 문장으로, 무엇을 왜 | 가설 |
| 숫자만 | 결과 |
| 다음 주에 할 일 | 다음 행동 |
""")
    assert notes(log) == []
    english = grid("""
| One sentence, what and why | Hypothesis |
| Numbers only | Result |
""")
    assert notes(english) == []


def test_a_csv_writes_the_days_of_a_spreadsheet_as_numbers() -> None:
    log = grid("""
| 과제명 | 추정 | 한 일 | 착수 | 종료 | 회고 |
| 지그 | 마모 전에 바꾸면 뭉침이 없다 | 주기를 반으로 줄였다 | 46300 | 46311 | 불량이 줄었다 |
| 조명 | 밝으면 덜 놓친다 | 등을 하나 더 달았다 | 46307 | 46318 | 눈이 덜 피로했다 |
""")
    assert [note.start_date for note in notes(log)] == [date(2026, 10, 5), date(2026, 10, 12)]
    assert codes(read(log)) == []


def test_five_digits_that_are_no_day_of_this_century_are_no_date() -> None:
    assert read_date("12345").start is None
    assert read_date("99999").start is None
