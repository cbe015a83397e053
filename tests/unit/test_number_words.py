"""Number words are read as digits where a counter, a unit or a day follows."""

import doctest

import pytest

from reports.analysis.text import number_words
from reports.analysis.text.number_words import with_digits


def test_the_docstring_tells_the_truth() -> None:
    assert doctest.testmod(number_words).failed == 0


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("두 건 더", "2 건 더"),
        ("스물다섯 명", "25 명"),
        ("이십오 퍼센트", "25 퍼센트"),
        ("오 퍼센트", "5 퍼센트"),
        ("백이십 명", "120 명"),
        ("열흘 안에", "10일 안에"),
        ("thirty-five orders and a dozen calls", "35 orders and 12 calls"),
    ],
)
def test_a_number_word_becomes_its_digits(text: str, digits: str) -> None:
    assert with_digits(text) == digits


@pytest.mark.parametrize(
    "text", ["이 건은 네 일이다", "구 점포", "한국 고객 두부", "일 건", "someone stone", "사 개월"]
)
def test_a_syllable_that_is_another_word_stays(text: str) -> None:
    assert with_digits(text) == text
