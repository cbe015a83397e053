"""A log tells what was tried and what came of it; a list tells one of them, or wants (ADR 0186)."""

import pytest
from fakes.text_grids import notes, read

LISTS = {
    "books": """
| Book | Author | Finished | What I learned | Rating |
| Deep Sea | Cole | 2026-01-12 | Squids can change colour in the dark | 4 |
| The Mill | Hart | 2026-02-20 | Villages lived by the rhythm of the river | 5 |
""",
    "complaints": """
| Date | Customer | Complaint | What we did | Closed |
| 2026-08-03 | Table 4 | Soup was cold | Replaced the soup | yes |
| 2026-08-05 | Mrs Hill | Waited 40 minutes | Gave a free dessert | yes |
""",
    "ideas": """
| 아이디어 | 제안자 | 기대 효과 | 난이도 |
| 계산대 옆 간식 진열 | 유나 | 객단가 상승 | 하 |
| 단골 생일 쿠폰 | 지호 | 재방문 증가 | 중 |
""",
    "a programme": """
| Week | Session | Goal | Exercises | Trainer |
| 1 | Base endurance | Run 5 km without stopping | Easy jog, drills | Nora |
| 2 | Hills | Stronger climbing | 6 x hill repeats | Nora |
""",
    "minutes": """
| Item | Discussion | Action | Who | By when |
| Parking | Neighbours complained about the vans | Write to the council | Ana | 2026-10-02 |
| Heating | Too cold in the back room | Ask two firms for a quote | Ben | 2026-10-09 |
""",
    "applicants": """
| 지원자 | 지원일 | 면접 결과 | 강점 | 우려 사항 | 다음 단계 |
| 김가람 | 2026-09-01 | 합격 | 꼼꼼하고 경험이 많음 | 출퇴근 거리가 멂 | 처우 협의 |
| 이도현 | 2026-09-03 | 불합격 | 친절함 | 주말 근무 불가 | 안내 메일 |
""",
    "chores": """
| Task | Who | How often | How to do it | Done |
| Clean the coffee machine | All | Daily | Run the cleaning program twice | x |
| Water the plants | Ruth | Weekly | Half a litre each | |
""",
    "a child's diary": """
| 날짜 | 날씨 | 오늘 한 일 | 기분 |
| 2026-04-01 | 맑음 | 도서관에서 책을 빌렸다 | 좋음 |
| 2026-04-02 | 비 | 집에서 그림을 그렸다 | 심심 |
""",
}

LOGS = {
    "a sentence a side": """
| 무엇을 | 왜 | 어땠나 |
| 상담 순서를 바꿈 | 먼저 들으면 믿는다 | 계약이 조금 늘었다 |
| 견적을 하루 안에 보냄 | 늦으면 다른 데 간다 | 답장이 빨라졌다 |
""",
    "what was done by whom": """
| 날짜 | 담당자 | 한 일 |
| 2026-09-01 | 윤서 | 공구 자리를 표시했다 |
| 2026-09-02 | 준영 | 자재 수레를 더했다 |
""",
    "one unknown column": """
| 번호 | 문제 | 해결 시도 | 해결됨 |
| 1 | 회의가 길다 | 의자를 치움 | O |
| 2 | 보고서가 늦다 | 양식을 반으로 | X |
""",
    "start, stop, continue": """
| Start | Stop | Continue |
| Asking guests how they found us | Printing the long menu | Friday tasting |
| Prep on Sunday night | Two suppliers for milk | Thank-you notes |
""",
    "both sides and who won": """
| Test | Control | Variant | Winner |
| Subject line | 21% | 26% | B |
| Button colour | 4.1% | 4.0% | tie |
""",
    "before and after": """
| 날짜 | 실험 | 전 | 후 |
| 2026-10-01 | 제목에 숫자 넣기 | 18% | 23% |
| 2026-10-08 | 발송 시각 7시 | 23% | 22% |
""",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_one_side_is_asked_about_and_makes_no_notes(name: str) -> None:
    reading = read(LISTS[name])
    assert not reading.entries
    assert [problem.code for problem in reading.problems] == ["not_understood"]


@pytest.mark.parametrize("name", LOGS)
def test_a_small_log_is_read_whole(name: str) -> None:
    assert len(notes(LOGS[name])) == 2


def test_what_was_wrong_improved_and_brought_are_three_fields() -> None:
    (note, _) = notes("""
| 현황 및 문제점 | 개선 방안 | 개선 효과 | 제안자 | 실시일 |
| 열쇠를 찾느라 늦게 연다 | 문 옆에 번호 걸이를 단다 | 여는 시간이 빨라졌다 | 최다인 | 2026-03-03 |
| 바닥이 젖어 미끄럽다 | 문 밖에 우산꽂이를 둔다 | 걸레질이 줄었다 | 민도현 | 2026-03-10 |
""")
    assert note.execution == "문 옆에 번호 걸이를 단다"
    assert note.retrospective == "여는 시간이 빨라졌다"
    assert (note.goal, note.hypothesis, note.next_action) == ("", "", "")


def test_what_it_was_like_what_changed_and_what_it_is_like_are_a_log_in_words() -> None:
    (note, _) = notes("""
| Before state | Improvement | After state | Saved per week | Date |
| Tools lay in three drawers | Hung them on a board | Everyone finds them | 2 h | 2026-02-03 |
| Orders came on paper | Put a tablet at the line | Fewer are read wrongly | 3 h | 2026-02-10 |
""")
    assert (note.execution, note.retrospective) == ("Hung them on a board", "Everyone finds them")


def test_a_review_after_action_tells_what_was_supposed_and_what_to_sustain() -> None:
    (note, _) = notes("""
| Date | Activity | What was supposed to happen | What actually happened | What to sustain |
| 2026-03-04 | Evening class for parents | Thirty parents come | Eleven came | The coffee |
| 2026-03-18 | Second evening class | Twenty parents come | Twenty-four came | The letter |
""")
    assert (note.hypothesis, note.retrospective) == ("Thirty parents come", "Eleven came")
    assert note.next_action == "The coffee"


def test_a_hypothesis_by_its_word_makes_a_log_whose_other_columns_nobody_knows() -> None:
    rows = """
| Datum | Ziel | Hypothese | Umsetzung | Ergebnis | {last} |
| 11.11.2026 | Mehr Termine | Kurze Mails helfen | 20 Mails | nicht bestätigt | Keiner liest sie |
| 18.11.2026 | Mehr Termine | Anrufe helfen | 15 Anrufe | bestätigt | Vormittags geht es |
"""
    first, _ = notes(rows.format(last="Erkenntnis"))
    assert first.hypothesis == "Kurze Mails helfen"
