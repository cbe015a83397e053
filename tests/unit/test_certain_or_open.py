"""Columns are certain, likely or open: what a column merely looks like is a question, not a
value.
"""

import pytest
from fakes.text_grids import grid, notes, read

from sync.parse_result import ParsedColumn, ParseOptions

TWO_NUMBERS = """
| 날짜 | 시도한 것 | 참석 인원 | 설문 응답 | 메모 |
| 2026-11-16 | 점심 시식회 | 34 | 112 | 비가 와서 줄이 짧았다 |
| 2026-11-18 | 저녁 시식회 | 41 | 265 | 퇴근길이라 오래 머물지 않았다 |
| 2026-11-20 | 전단만 돌림 | 12 | 90 | 반응이 없었다 |
"""
RISK = """
| Date | Client | Decision | Risk Level | Owner |
| 2026-11-16 | Ashby | One number for all branches | Medium | Ann |
| 2026-11-17 | Dale | Sixty minutes for a slot | Low | Bo |
| 2026-11-18 | Dale | No roles at the beginning | Low | Ann |
"""


def columns(log: str) -> dict[str, ParsedColumn]:
    return {column.header: column for table in read(log).tables for column in table.columns}


def test_two_number_columns_are_no_before_and_after() -> None:
    assert [note.metric for note in notes(TWO_NUMBERS)] == [None, None, None]
    assert {columns(TWO_NUMBERS)[name].grade for name in ("참석 인원", "설문 응답")} == {"open"}


@pytest.mark.parametrize("pair", ["opens | clicks", "남 | 여", "Impact | Confidence", "8월 | 9월"])
def test_a_pair_of_numbers_needs_a_header_that_says_so(pair: str) -> None:
    log = f"""
| date | what we did | {pair} | what we learned |
| 2026-11-02 | Question in the subject | 412 | 33 | Questions get opened |
| 2026-11-09 | Name in the subject | 380 | 41 | Names feel pushy |
"""
    assert [note.metric for note in notes(log)] == [None, None]


def test_numbers_under_result_are_the_other_side_of_a_baseline() -> None:
    log = """
| experiment | what we did | KPI | baseline | result |
| Short form | Cut the form to three fields | sign-ups | 12 | 19 |
| Long form | Asked for the address too | sign-ups | 19 | 9 |
"""
    metric = notes(log)[0].metric
    assert metric is not None
    assert (metric.name, metric.before, metric.after) == ("sign-ups", 12, 19)


def test_words_that_look_like_names_are_no_people() -> None:
    assert [note.owners for note in notes(RISK)] == [("Ann",), ("Bo",), ("Ann",)]
    without = RISK.replace(" Owner |", "").replace(" Ann |", "").replace(" Bo |", "")
    assert [note.owners for note in notes(without)] == [(), (), ()]


def test_codes_are_no_sentences() -> None:
    log = """
| 날짜 | 책ID | 제목 |
| 2026-11-16 | 7c1f01a5-5b10-4906-aa7e-de6a58b353ba | Lantern Walk |
| 2026-11-17 | 1a2f01a5-5b10-4906-aa7e-de6a58b353bb | Dear Puffin |
"""
    assert [(note.title, note.execution) for note in notes(log)] == [
        ("Lantern Walk", ""),
        ("Dear Puffin", ""),
    ]


def test_one_word_of_a_known_phrase_is_not_that_phrase() -> None:
    log = """
| run | time | what changed | window | what came of it |
| Amber_Pump_12 | morning | thicker hose | 0 | no leak for a day |
| Quick_Valve_3 | evening | two hoses | 3 | leak at the joint |
"""
    reading = read(log)
    assert reading.problems == ()
    assert [(entry.note.owners, entry.note.next_action) for entry in reading.entries] == [
        ((), ""),
        ((), ""),
    ]


def test_a_second_column_of_days_does_not_date_the_trial() -> None:
    log = """
| 실험 | 시작일 | 수정시각 | 회고 |
| 쿠폰 | 2026-11-01 | 2026-11-20 | 줄이 길어졌다 |
| 지도 | 2026-11-03 | 2026-11-21 | 아무도 안 봤다 |
"""
    assert [note.end_date for note in notes(log)] == [None, None]


def test_the_name_of_a_field_is_not_outvoted_by_short_cells() -> None:
    log = """
| 실행 | 회고 | 배운 점 |
| 시식회 | 보류 | 성공 |
| 전단 | 다시 | 실패 |
"""
    assert [(note.retrospective, note.learned, note.outcome) for note in notes(log)] == [
        ("보류", "성공", None),
        ("다시", "실패", None),
    ]


def test_verdicts_in_words_prove_a_column_and_marks_do_not() -> None:
    log = """
| 실행 | 어떤가요 | 회고 |
| 문자를 보냈다 | {0} | 답장이 많았다 |
| 전화를 걸었다 | {1} | 아무도 안 받았다 |
"""
    assert [note.outcome for note in notes(log.format("성공", "실패"))] == ["success", "failure"]
    assert [note.outcome for note in notes(log.replace("어떤가요", "쿠쿠").format("O", "X"))] == [
        None,
        None,
    ]


def test_an_unknown_header_over_sentences_that_agree_is_likely_and_asked_about() -> None:
    log = """
| 날짜 | 가나다 | 담당 |
| 2026-09-01 | 첫 화면에 사진을 두면 더 오래 머물 것이다 | 김하늘 |
| 2026-09-08 | 가격을 먼저 말하면 덜 떠날 것이다 | 박서준 |
| 2026-09-15 | 이름을 부르면 다시 올 것이다 | 김하늘 |
"""
    found = columns(log)["가나다"]
    assert (found.field, found.grade) == ("hypothesis", "likely")


def test_an_open_column_keeps_its_cells_and_its_candidates() -> None:
    entry = read(TWO_NUMBERS).entries[0]
    assert ("참석 인원", "34") in entry.raw.cells
    found = columns(TWO_NUMBERS)["참석 인원"]
    assert found.field == ""
    assert found.candidates
    assert found.samples == ("34", "41", "12")


def test_examples_of_a_column_come_from_its_own_tab() -> None:
    head = "| 날짜 | 실행 | 회고 |\n"
    one = grid(head + "| 2026-09-01 | 문자를 보냈다 | 답장이 왔다 |", "9월")
    two = grid(head + "| 2026-10-01 | 전화를 걸었다 | 받지 않았다 |", "10월")
    samples = {table.tab: table.columns[1].samples for table in read(one, two).tables}
    assert samples == {"9월": ("문자를 보냈다",), "10월": ("전화를 걸었다",)}


def test_cells_of_a_table_that_is_left_out_are_not_shown() -> None:
    secrets = grid(
        "| 서비스 | 아이디 | 암호 |\n| 메일 | kim | hunter2 |\n| 은행 | lee | swordfish |", "계정"
    )
    log = grid("| 날짜 | 실행 | 회고 |\n| 2026-09-01 | 문자를 보냈다 | 답장이 왔다 |", "9월")
    shown = [
        sample
        for table in read(log, secrets).tables
        if table.tab == "계정"
        for column in table.columns
        for sample in column.samples
    ]
    assert shown == []


def test_a_configured_column_is_certain() -> None:
    log = read(TWO_NUMBERS, options=ParseOptions(columns={"참석 인원": "after"}))
    found = next(one for one in log.tables[0].columns if one.header == "참석 인원")
    assert (found.field, found.grade, found.reason) == ("after", "certain", "config")


def test_a_meaning_that_a_legend_gives_and_nobody_knows_is_no_verdict() -> None:
    guide = grid("| 표시 방법 |\n| ○ = 먹힘, × = 안 먹힘, ◎ = 사장님 지시 |", "읽어주세요")
    log = grid(
        "| 실행 | 먹힘? |\n| 문자를 보냈다 | ○ |\n| 전화를 걸었다 | ◎ |\n| 전단을 돌렸다 | × |",
        "9월",
    )
    reading = read(guide, log)
    assert [entry.note.outcome for entry in reading.entries] == ["success", None, "failure"]
    assert [problem.code for problem in reading.problems] == ["unknown_status"]


def test_a_heading_that_sorts_rows_is_no_goal() -> None:
    log = """
| 날짜 | 실행 | 담당 |
| === 1/20 완료 (2건) === | | |
| 2026-01-20 | 문 앞 안내판을 새로 칠했다 | 김하늘 |
| 2026-01-20 | 계산대 옆 진열을 바꿨다 | 박서준 |
| === 1/21 진행 예정 === | | |
| 2026-01-21 | 전단 80장을 돌렸다 | 김하늘 |
"""
    assert [note.goal for note in notes(log)] == ["", "", ""]
    stated = log.replace("=== 1/21 진행 예정 ===", "목표: 재방문 손님 40%")
    assert [note.goal for note in notes(stated)] == ["", "", "재방문 손님 40%"]


def test_a_mark_in_one_cell_proves_no_verdict() -> None:
    log = """
| No | Screen | What we did | What happened |
| 1 | ○○ page | Clicked twice | The page stayed white after the second click |
"""
    assert [note.outcome for note in notes(log)] == [None]


def test_no_figure_rests_on_a_likely_column() -> None:
    log = """
| 날짜 | 한 일 | 비고 |
| 2026-11-16 | 쿠폰 80장을 붙였다 | 다들 반신반의했는데 재방문이 31%에서 36%로 늘어 모두 놀라 \
저녁까지 그 말을 했다 |
| 2026-11-17 | 새 용기로 보냈다 | 국물이 조금씩 새는 바람에 별점이 4.5에서 4.4로 내려가 하루 종일 \
아쉬운 마음이 들었다 |
| 2026-11-18 | 선주문 칠판을 세웠다 | 칠판을 문 밖에 두었더니 대기가 18분에서 12분으로 줄어 \
기다리던 손님들이 좋아했다 |
"""
    assert columns(log)["비고"].grade == "likely"
    assert [note.metric for note in notes(log)] == [None, None, None]
    certain = log.replace("비고", "회고")
    assert all(note.metric is not None for note in notes(certain))
