"""What is hoped for, denied, never begun or said of a part is not its word (reading rules 6.1a)."""

import pytest

from sync.parsing.cells.outcomes import read_status, read_verdict


def sense(text: str) -> str | None:
    verdict = read_verdict(text)
    return verdict.sense if verdict else None


@pytest.mark.parametrize(
    "text",
    [
        "성공할 전망", "잘될 듯", "성공할 것 같음", "성공하면 좋겠다", "성공 기원",
        "달성 가능할 듯", "실패할까 걱정", "실패가 예상됨", "성공 예감",
        "will succeed", "expected to win", "Hope it works", "hoping for a win", "bound to fail",
        "Going to win", "success is possible", "should succeed",
        "실패하지만 않으면 됨", "실패가 두려움", "성공을 위해 재시도", "실패해도 괜찮음",
        "실패 시 중단", "성공 후 확대 논의", "성공담 정리 중", "Risk of failure",
        "Success story written up",
    ],
)  # fmt: skip
def test_what_is_only_expected_is_no_verdict(text: str) -> None:
    assert sense(text) is None


@pytest.mark.parametrize(
    "text",
    ["개선 요청", "개선 필요", "개선안 마련", "실패 원인 분석", "confirmed by manager",
     "loss prevention", "해결 방안 모색"],
)  # fmt: skip
def test_a_verdict_word_beside_other_words_is_none(text: str) -> None:
    assert sense(text) is None


@pytest.mark.parametrize(
    "text",
    ["Failed to launch", "Did not run", "Did not ship", "Never tried", "Couldn't start",
     "출시 못 함", "착수하지 못함", "못 해봄", "실험하지 못함"],
)  # fmt: skip
def test_what_was_never_begun_was_dropped_and_did_not_fail(text: str) -> None:
    assert sense(text) == "dropped"


@pytest.mark.parametrize(
    "text", ["시작도 못 함", "Not tested yet", "아직 시작 못 함", "Not run yet"]
)
def test_what_was_not_begun_yet_is_planned(text: str) -> None:
    assert sense(text) == "planned"


@pytest.mark.parametrize(
    "text",
    ["성공도 실패도 아님", "반은 성공 반은 실패", "Neither win nor loss", "No significant effect",
     "유의미하지 않음", "판단하기 어려움", "Hard to say", "Can't say yet", "Worked for some"],
)  # fmt: skip
def test_what_is_neither_half_or_unsayable_is_inconclusive(text: str) -> None:
    assert sense(text) == "inconclusive"


@pytest.mark.parametrize(
    "text",
    ["Far from a success", "통과하지 못함", "만족스럽지 않음", "개선되지 않았다", "Wasn't a hit"],
)
def test_a_denied_success_is_a_failure(text: str) -> None:
    assert sense(text) == "failure"


@pytest.mark.parametrize(
    "text",
    [
        "실패는 아님",
        "실패한 건 아님",
        "중단하지 않음",
        "not on hold",
        "not a failure",
        "never failed",
    ],
)
def test_a_denied_failure_or_end_is_not_said(text: str) -> None:
    assert sense(text) is None


@pytest.mark.parametrize("text", ["개선 중", "현재 테스트하는 중", "성공할 때까지 계속 진행 중"])
def test_what_goes_on_runs(text: str) -> None:
    assert sense(text) == "running"


@pytest.mark.parametrize(
    "text", ["목표를 달성했다", "Clear win", "Confirmed - roll it out", "크게 개선", "효과 좋았음"]
)
def test_a_verdict_with_how_sure_it_is_stays_one(text: str) -> None:
    assert sense(text) == "success"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Fell flat", "failure"), ("Not worth it", "failure"), ("Paid for itself", "success"),
        ("목표 넘김", "success"), ("Within the noise", "inconclusive"),
        ("오차 범위 안", "inconclusive"), ("Still collecting", "running"),
        ("순서 기다림", "planned"), ("없던 일로", "dropped"), ("Not a failure", None),
    ],
)  # fmt: skip
def test_what_people_say_of_a_trial_in_figures_of_speech(text: str, told: str | None) -> None:
    assert sense(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("반쪽 성공", "inconclusive"),
        ("제한적 성공", "inconclusive"),
        ("세 곳 중 한 곳 성공", "inconclusive"),
        ("목표 60% 달성", "inconclusive"),
        ("목표 120% 달성", "success"),
        ("Worked in two of five shops", "inconclusive"),
        ("Success for regulars, not for newcomers", "inconclusive"),
        ("Success in one branch only", "inconclusive"),
        ("문의가 절반으로 줄어 성공", "success"),
        ("오전은 성공, 오후는 실패", "inconclusive"),
    ],
)
def test_a_success_of_a_part_is_no_whole_one(text: str, told: str) -> None:
    assert sense(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("성공하진 못함", "failure"),
        ("성공까진 아님", "failure"),
        ("성공이라기엔 부족", "failure"),
        ("실패까지는 아님", None),
        ("성공 못한 건 아님", None),
        ("less effective", "failure"),
        ("성공 여부 확인 예정", None),
    ],
)
def test_what_is_denied_by_more_words_or_twice(text: str, told: str | None) -> None:
    assert sense(text) == told


@pytest.mark.parametrize("text", ["빗나갔습니다", "빗나갔어요", "빗나갔다", "가설이 빗나갔네요"])
def test_a_status_ends_as_people_end_their_sentences(text: str) -> None:
    told = read_status(text)
    assert told is not None
    assert told.sense == "failure"


def test_any_verb_that_goes_on_is_a_status_and_no_result() -> None:
    told = [
        read_status(text) for text in ("반응 살피는 중", "장비 오면 시작", "방법을 고민하는 중")
    ]
    assert [one.sense if one else None for one in told] == ["running", "planned", "planned"]
    assert sense("반응 살피는 중") is None


@pytest.mark.parametrize(
    "text",
    [
        "팀장님은 성공이라고 하심", "다른 매장은 실패했다고 함", "이건 무조건 성공한다",
        "작년엔 실패, 올해는 성공", "이번엔 실패, 지난번 성공", "끝냄. 숫자는 아직",
        "성공/실패 여부 미정",
        "다음 학기에 재도전", "성공했지만 사람이 더 필요", "옆 매장 성공", "1차는 실패",
        "The client called it a success", "Sam thinks it worked", "The other team won",
        "Better than last year but below plan", "Everything it was supposed to do",
        "Worked until the rain came", "Another failure avoided",
    ],
)  # fmt: skip
def test_a_word_of_a_verdict_among_other_words_leaves_the_cell_open(text: str) -> None:
    assert read_status(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("사실상 실패", "failure"), ("재구매 유도에 성공", "success"),
        ("회원 120명 달성", "success"),
        ("의외로 먹혔음", "success"), ("실패로 끝났습니다", "failure"),
        ("목표 달성에 실패", "failure"),
        ("성공. 다음 달에도 이어감", "success"), ("담당자 퇴사로 중단", "dropped"),
        ("경쟁사 행사 때문에 비교 불가", "inconclusive"), ("됐다 안 됐다 함", "inconclusive"),
        ("Rolled back on day 3", "failure"), ("Target hit two weeks early", "success"),
        ("Missed target by a mile", "failure"), ("Killed after two weeks", "dropped"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_verdict_leaves_it_certain(text: str, told: str) -> None:
    found = read_status(text)
    assert found is not None
    assert found.sense == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the end: yes, worked", "success"),
        ("yes, worked, but the owner says otherwise", None),
    ],
)
def test_a_comma_within_a_verdict_ends_no_clause(text: str, expected: str | None) -> None:
    assert sense(text) == expected
