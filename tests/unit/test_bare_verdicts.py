"""A verdict that the first or the last clause of a result is by itself (RULES 6.1)."""

import pytest
from fakes.text_grids import notes


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("결과: 실패. 재구매 10% → 10.2%", "failure"),
        ("성공. 답장률 8% → 14%", "success"),
        ("성공하지 못함. 매출 300만원 → 290만원", "failure"),
        ("판단 보류 - 표본이 스무 명뿐이었다", "inconclusive"),
        ("Failed. Repeat purchases 10% → 10.2%", "failure"),
        ("Result: not confirmed, queue 4 min → 6 min", "failure"),
        ("Success: reply rate 8% → 14%", "success"),
        ("Hypothesis rejected. People like to ask", "failure"),
    ],
)
def test_the_first_clause_of_a_result_is_its_verdict(result: str, outcome: str) -> None:
    (note, _) = notes(_log(result))
    assert note.outcome == outcome


@pytest.mark.parametrize(
    "result",
    [
        "성공률: 8% → 14%",
        "실패 원인: 비가 와서 손님이 없었다",
        "하락, 매출 300만원 → 280만원",
        "성공? 아직 모른다. 더 본다",
        "Success rate: 8% → 14%",
        "Open: 12, closed: 30 by the end",
        "Lost three members. Ten came back",
        "Win or lose, everybody liked it",
    ],
)
def test_a_word_that_counts_moves_asks_or_only_begins_is_none(result: str) -> None:
    (note, _) = notes(_log(result))
    assert note.outcome is None


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("QR 조회 47건 / 추가 주문 3건. 실패", "failure"),
        ("반송 40건 → 22건, 성공", "success"),
        ("반송 40건 → 41건 (효과 없음)", "failure"),
        ("가입 3명\n판단 보류", "inconclusive"),
        ("4 of 9 shops joined. Failed.", "failure"),
        ("Parcels back 40 → 22 (success)", "success"),
    ],
)
def test_the_last_clause_of_a_result_is_its_verdict(result: str, outcome: str) -> None:
    (note, _) = notes(_log(result.replace("\n", " / ")))
    assert note.outcome == outcome


@pytest.mark.parametrize(
    "result",
    [
        "1차는 실패, 2차는 열둘이 왔다. 성공",
        "열둘이 왔다. 성공률",
        "숫자는 좋았다. 하지만 실패",
        "첫 시도: 실패",
        "The first one failed. Success",
        "Twelve signed. To be won",
        "Parcels lost 4 / won",
    ],
)
def test_a_last_clause_after_another_verdict_or_with_other_words_is_none(result: str) -> None:
    (note, _) = notes(_log(result))
    assert note.outcome is None


def _log(result: str) -> str:
    return f"""
    | Date | What we tried | Result |
    | 2026-08-03 | Coupons on the receipt of every customer | {result} |
    | 2026-08-10 | Letters to those who left in spring | People came back to ask what was new |
    """


@pytest.mark.parametrize("result", ["신맛이 났다", "더 늦었다", "부스러졌다", "変わらない"])
def test_a_short_result_in_words_is_kept(result: str) -> None:
    (note, _) = notes(_log(result))
    assert note.retrospective == result


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("재방문 31명/204명 → 38명/211명", "inconclusive"),
        ("재방문 31명 → 38명", "inconclusive"),
        ("", "planned"),
    ],
)
def test_on_hold_beside_numbers_that_came_of_it_is_left_open(result: str, outcome: str) -> None:
    """Rules 6.2: with a result in the row, also one of counts, it is no plan."""
    (note, _) = notes(f"""
| 날짜 | 한 것 | 결과 | 상태 |
| 2026-10-27 | 도장 쿠폰 | {result} | 보류 |
| 2026-11-03 | 문자 쿠폰 | 재방문 38명 → 61명 | 완료 |
""")
    assert note.outcome == outcome


def test_a_column_that_asks_for_verdicts_gives_them_although_it_tells_more() -> None:
    told = notes("""
| Date | What we did | Verdict | Learned |
| 2026-03-02 | Put up the short form for a week | Worked like a charm | People skip long forms |
| 2026-03-09 | Put up the long form for a week | The client called it a success | Length matters |
| 2026-03-16 | Called everybody back in an hour | Success depends on staff | Calls calm people |
| 2026-03-23 | Wrote letters to former members | Confirmed: stamps are read | They are read |
""")
    assert [note.outcome for note in told] == ["success", None, None, "success"]


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("확실히 통했다", "success"),
        ("생각만큼 안 됨", "failure"),
        ("Pretty much a flop", "failure"),
    ],
)
def test_a_result_of_one_clause_may_be_a_verdict(result: str, outcome: str) -> None:
    (note, _) = notes(_log(result))
    assert note.outcome == outcome
