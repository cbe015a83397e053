"""What the words of a header name together, in both languages."""

import pytest

from sync.parsing.columns.number_sides import sides_of
from sync.parsing.vocabulary.header_kinds import composed_roles
from sync.parsing.vocabulary.header_phrases import header_meanings


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("다음 학기에 할 것", "next_action"),
        ("앞으로 해야 할 일", "next_action"),
        ("things we would try next", "next_action"),
        ("어떤 걸 해 봤나요", "execution"),
        ("이번에 시험한 방식", "execution"),
        ("what we put in place", "execution"),
        ("왜 이 방법을 골랐나", "hypothesis"),
        ("이러면 좋아질 거라고 본 까닭", "hypothesis"),
        ("what made us try it", "hypothesis"),
        ("이번 실험에서 배운 점", "learned"),
        ("what the team learned", "learned"),
        ("다른 매장에 적용한 곳", "applied_to"),
        ("where we used this learning", "applied_to"),
        ("해 본 날", "date"),
        ("date we tried it", "date"),
        ("함께 진행한 사람", "people"),
        ("진행한 사람", "owners"),
        ("tested by", "owners"),
        ("가설이 맞았는지", "outcome"),
        ("did the guess hold", "outcome"),
        ("how donors responded", "result"),
        ("그래서 생긴 변화", "result"),
        ("why it went the way it did", "retrospective"),
        ("무엇을 노렸나", "goal"),
        ("what we hope to achieve", "goal"),
        ("문제라고 본 것", "problem"),
        ("하고 난 뒤", "after"),
        ("suggested fix", "next_action"),
        ("recommended next step", "next_action"),
        ("제안하는 방법", "next_action"),
        ("시험 내용", "execution"),
        ("어떻게 실험을 진행할 것인가요", "execution"),
        ("how will we run the test", "execution"),
        ("notes on what happened", "result"),
    ],
)
def test_a_header_of_known_words_names_its_field(header: str, role: str) -> None:
    assert role in composed_roles(header)
    assert role in {one.role for one in header_meanings(header) if one.score >= 0.98}


@pytest.mark.parametrize(
    "header",
    [
        "배운 시간",
        "다음 방문일",
        "적용 세율",
        "실행 파일 경로",
        "next invoice date",
        "applied discount",
        "what they do for us",
        "what do you like about working here",
        "목표일",
        "결과를 확인한 사람",
        "",
        "다음" * 30,
    ],
)
def test_one_word_that_is_not_known_and_the_grammar_says_nothing(header: str) -> None:
    assert composed_roles(header) == ()


def test_spaces_do_not_matter_in_korean() -> None:
    spellings = ("다음에 해 볼 것", "다음에 해볼 것", "다음에해볼것")
    assert {composed_roles(one) for one in spellings} == {("next_action",)}


def test_the_sides_of_a_number_are_said_by_verbs() -> None:
    first = {(pair, rest) for pair, side, rest in sides_of("하기 전 판매량") if side == "before"}
    then = {(pair, rest) for pair, side, rest in sides_of("하고 난 후 판매량") if side == "after"}
    assert "판매량" in {rest for _, rest in first & then}
    assert {rest for _, _, rest in sides_of("저장 수 이후")} == {"저장 수"}
