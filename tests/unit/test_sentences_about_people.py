"""No sentence whose subject is a person is quoted; a deed is told without who did it.

The sentences lie in tests/data/sentences_about_people.toml: 40 that blame a person, 40 that only
name one, 30 about steps, amounts, times and readers, which must go on being quoted.
"""

import doctest
import tomllib
from pathlib import Path

import pytest

from reports.analysis.text import person_subjects
from reports.analysis.text.quoting import KnownPeople

SENTENCES = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "sentences_about_people.toml").read_text(encoding="utf-8")
)
PEOPLE = KnownPeople.of(("김하늘", "이준", "박서준", "Dana Whitlock", "Marcus Bell"))
NAMES = (
    "하늘",
    "이준",
    "서준",
    "민지 씨",
    "준이",
    "정훈",
    "지민",
    "Dana",
    "Marcus",
    "Sam",
    "Jonas",
)


def test_the_docstrings_tell_the_truth() -> None:
    assert doctest.testmod(person_subjects).failed == 0


@pytest.mark.parametrize("sentence", [*SENTENCES["blaming"], *SENTENCES["naming"]])
def test_a_sentence_about_a_person_is_no_quote_and_no_cause(sentence: str) -> None:
    assert PEOPLE.without_people(sentence) == ""
    assert PEOPLE.cause_in(sentence) == ""


@pytest.mark.parametrize("sentence", SENTENCES["blaming"])
def test_a_sentence_that_blames_is_no_deed(sentence: str) -> None:
    assert PEOPLE.without_blame(sentence) == ""


@pytest.mark.parametrize("sentence", SENTENCES["naming"])
def test_a_deed_is_told_without_who_did_it(sentence: str) -> None:
    told = PEOPLE.without_blame(sentence)
    assert not told.startswith(NAMES) or "'s " in told


@pytest.mark.parametrize("sentence", SENTENCES["things"])
def test_a_sentence_about_a_thing_is_quoted(sentence: str) -> None:
    assert PEOPLE.without_people(sentence) == sentence
    assert PEOPLE.without_blame(sentence) == sentence


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("이준 님이 소개해 준 고객 3곳 방문", "소개해 준 고객 3곳 방문"),
        ("팀장님이 오전에 전화를 돌렸다", "오전에 전화를 돌렸다"),
        ("Dana called twenty shops", "Called twenty shops"),
        ("하늘이와 메일 40통 고쳐 쓰기", "하늘이와 메일 40통 고쳐 쓰기"),
        ("한민석 상무님께 초대장 보내기", "한민석 상무님께 초대장 보내기"),
        ("지우는 단계를 줄임", "지우는 단계를 줄임"),
        ("Sent her the list", "Sent her the list"),
        ("Mailed 900 sleeping accounts", "Mailed 900 sleeping accounts"),
    ],
)
def test_only_the_subject_of_a_deed_is_left_out(deed: str, told: str) -> None:
    assert PEOPLE.without_blame(deed) == told


THINGS_DONE = (
    "List checked", "Menu printed on thicker paper", "Phone answered in two rings", "Video cut",
    "지도 앱 사진 열두 장 바꾸기", "나이 확인 칸 넣기", "제도 안내문 쓰기", "저가 상품 빼기",
    "현미가 든 도시락 빼기", "재미는 두 번 묻기", "연필은 두 자루씩 담기",
)  # fmt: skip


@pytest.mark.parametrize("deed", THINGS_DONE)
def test_a_thing_that_looks_like_a_person_is_not_taken_out_of_a_deed(deed: str) -> None:
    assert PEOPLE.without_blame(deed) == deed


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("Priya called 30 customers", "Called 30 customers"),
        ("Jonas rewrote the menu", "Rewrote the menu"),
        ("내가 전화 열 통", "전화 열 통"),
        ("저는 두 곳 방문", "두 곳 방문"),
    ],
)
def test_a_stranger_or_a_pronoun_is_taken_out_of_a_deed(deed: str, told: str) -> None:
    assert PEOPLE.without_blame(deed) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "하늘이한테 맡기면 꼭 늦는다",
        "서준에게 시켰더니 두 번 틀렸다",
        "하늘 님이 미리 말해 줬으면 좋았을 텐데",
        "Our manager changes his mind daily",
        "If Marcus had cared, it would have worked",
        "Dana's attitude hurt the launch",
    ],
)
def test_what_comes_of_leaving_it_to_somebody_is_said_of_that_person(sentence: str) -> None:
    assert PEOPLE.cause_in(sentence) == ""
    assert PEOPLE.without_people(sentence) == ""
    assert PEOPLE.without_blame(sentence) == ""
