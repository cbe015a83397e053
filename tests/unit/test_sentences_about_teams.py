"""A team, a department or a firm that is blamed is not quoted; one that did something is."""

import pytest

from reports.analysis.text.quoting import KnownPeople

PEOPLE = KnownPeople.of(("김보라", "Ana Ruiz"))


@pytest.mark.parametrize(
    "sentence",
    [
        "영업팀이 자료를 늦게 줘서 일정이 밀렸다",
        "마케팅팀은 우리 순서를 모른다",
        "물류팀 때문에 배송이 하루 늦었다",
        "개발팀이 또 일정을 어겼다",
        "본사가 승인을 미뤄서 시작 시간이 늦었다",
        "협력사가 약속한 수량을 안 지켰다",
        "Sales never sends the numbers in time",
        "Legal sat on the contract for two weeks",
        "The agency let us down with the photos",
        "The night shift skipped the handover step",
        "Engineering pushed the build without testing",
    ],
)
def test_a_blamed_team_is_neither_a_cause_nor_quoted(sentence):
    assert (PEOPLE.cause_in(sentence), PEOPLE.without_people(sentence)) == ("", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "영업팀이 사례집을 먼저 보낸 순서가 통했다",
        "협력사가 상자 크기를 바꾸면서 불량이 줄었다",
        "스팀은 온도가 높을수록 빨랐다",
        "Sales dropped because of the rain in the evening",
        "Support tickets came in the evening",
        "The kitchen step takes 12 minutes",
        "The agency delivered the photos in three days",
    ],
)
def test_what_a_team_did_or_a_number_of_its_name_is_quoted(sentence):
    assert PEOPLE.cause_in(sentence) == sentence


def test_only_the_blaming_sentence_is_left_out():
    text = "순서를 바꾼 것이 통했다. 물류팀이 또 하루 늦게 왔다."
    assert PEOPLE.cause_in(text) == "순서를 바꾼 것이 통했다"
