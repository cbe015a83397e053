"""What denies a verdict turns it (RULES 6.1a).

Boxes and checks by somebody are no verdicts (6.1a, 6.5).
"""

import pytest
from fakes.text_grids import notes, read

from sync.parsing.cells.outcomes import Legend, parse_legend, read_verdict


def outcome(text: str, legend: Legend) -> str | None:
    verdict = read_verdict(text, legend)
    return verdict.sense if verdict else None


def sense(text: str) -> str | None:
    verdict = read_verdict(text)
    return verdict.sense if verdict else None


@pytest.mark.parametrize(
    "text",
    [
        "성공 아님",
        "성공이라 할 수 없음",
        "검증되지 않음",
        "통과 못 함",
        "목표를 달성하지 못했다",
        "Not confirmed",
        "no win",
        "not hit",
        "didn't win",
        "never worked",
        "failed to win",
        "success? no",
        "成功しなかった",
        "成功とは言えない",
        "sem sucesso",
        "sin éxito",
        "não foi um sucesso",
    ],
)
def test_a_denied_success_is_a_failure(text: str) -> None:
    assert sense(text) == "failure"


@pytest.mark.parametrize(
    "text", ["no clear win", "not significantly better", "뚜렷한 효과 없음", "아직 성공 아님"]
)
def test_where_only_the_clearness_is_denied_nothing_is_decided(text: str) -> None:
    assert sense(text) == "inconclusive"


@pytest.mark.parametrize(
    ("text", "open_work"),
    [
        ("not done", "planned"),
        ("Not done, no time", "planned"),
        ("never launched", "dropped"),
        ("미완료", "planned"),
        ("not finished", "running"),
        ("완료되지 않음", "running"),
        ("끝나지 않음", "running"),
        ("종료 안 됨", "running"),
        ("실시 안 함", "dropped"),
        ("done, not clear", "done"),
    ],
)
def test_what_is_not_done_or_has_not_ended_is_not_over(text: str, open_work: str) -> None:
    assert sense(text) == open_work


@pytest.mark.parametrize(
    "text",
    [
        "성공 예상",
        "성공 기대",
        "실패 우려",
        "중단 검토",
        "목표 달성 여부",
        "성공률 40%",
        "Expected to win",
        "hopefully success",
        "should have won",
        "Success rate 40%",
        "Worked?",
        "성공?",
    ],
)
def test_what_is_hoped_feared_asked_or_measured_has_no_verdict_yet(text: str) -> None:
    assert sense(text) is None


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("80% 완료", "running"),
        ("거의 완료", "running"),
        ("almost done", "running"),
        ("will be done Friday", "planned"),
        ("100% 완료", "done"),
        ("성공, 기대 이상", "success"),
        ("won as expected", "success"),
        ("검토 완료", "done"),
    ],
)
def test_a_share_below_the_whole_and_a_time_to_come_are_not_over(text: str, now: str) -> None:
    assert sense(text) == now


@pytest.mark.parametrize(
    "text", ["not a failure", "실패는 아님", "won't ship", "성공 여부 미정", "성공이라 보기 힘듦"]
)
def test_what_stays_unclear_is_no_verdict(text: str) -> None:
    assert sense(text) is None


@pytest.mark.parametrize(
    "text", ["success - no issues", "성공 (이슈 없음)", "Won (not by much)", "성공, 지연 없음"]
)
def test_a_not_that_denies_another_word_leaves_the_success(text: str) -> None:
    assert sense(text) == "success"


BOXES = """
| 날짜 | 가설 | 실행 | 상태 | 성공? | 팀장 확인 | 회고 |
| 2026-11-02 | 전화하면 온다 | 전화를 걸었다 | 완료 | TRUE | O | 두 분이 더 왔다고 한다 |
| 2026-11-03 | 문자하면 온다 | 문자를 보냈다 | 진행중 | FALSE | X | 응답이 하나 왔다고 한다 |
| 2026-11-04 | 편지하면 온다 | 편지를 보냈다 | 완료 | FALSE | X | 아무도 답하지 않았다고 한다 |
| 2026-11-09 | 사진이면 온다 | 사진을 보낸다 | 예정 | FALSE | X |  |
"""


def test_an_unticked_box_of_a_running_or_planned_trial_is_no_failure() -> None:
    assert [note.outcome for note in notes(BOXES)] == ["success", "running", "failure", "planned"]


@pytest.mark.parametrize("header", ["팀장 확인", "승인", "Acknowledged", "In Jira?"])
def test_a_check_by_somebody_is_no_verdict_and_no_problem(header: str) -> None:
    log = f"""
    | 날짜 | 실행 | {header} | 회고 |
    | 2026-11-02 | 전화를 걸었다 | O | 두 분이 더 왔다고 한다 |
    | 2026-11-03 | 문자를 보냈다 | X | 응답이 하나 왔다고 한다 |
    | 2026-11-04 | 편지를 보냈다 | X | 아무도 답하지 않았다고 한다 |
    """
    assert [note.outcome for note in notes(log)] == [None, None, None]
    assert not read(log).problems


def test_a_legends_own_meaning_of_a_mark_outranks_the_usual_one() -> None:
    legend = parse_legend("○ = 먹힘, × = 안 먹힘, ◎ = 아직 하는 중")
    assert [outcome(mark, legend) for mark in "○×◎"] == ["success", "failure", "running"]


def test_a_mark_whose_meaning_the_legend_says_in_unknown_words_is_no_verdict() -> None:
    legend = parse_legend("○ = 성공 / × = 실패 / ◎ = 사장님께 물어볼 것")
    assert [outcome(mark, legend) for mark in "○×◎"] == ["success", "failure", None]


def test_a_result_that_only_holds_a_word_of_verdicts_is_a_text() -> None:
    (note, _) = notes("""
    | Date | Action | Result |
    | 2026-11-20 | Light on a timer | Off when we closed |
    | 2026-11-21 | Bell at the door | Heard in the cellar |
    """)
    assert (note.retrospective, note.outcome) == ("Off when we closed", None)
