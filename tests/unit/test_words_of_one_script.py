"""A word is found in a text whichever of its lists' expressions is asked."""

from functools import cache

import pytest

from reports.analysis.text import vocabulary
from reports.analysis.text.vocabulary import pattern, pattern_for, words


@cache
def lists() -> tuple[str, ...]:
    return tuple(sorted({*vocabulary._read("ko"), *vocabulary._read("en")}))


def in_texts(word: str) -> list[str]:
    """Return texts with a word: among Korean ones, English ones, both and figures."""
    return [
        word,
        word.upper(),
        f"손님이 {word}, 그리고 3번 더",
        f"the guests {word} and again",
        f"{word} 12/3 CRM 문자",
    ]


@pytest.mark.parametrize("name", lists())
def test_every_word_of_a_list_is_found_where_the_whole_list_finds_it(name: str) -> None:
    for word in words(name):
        for text in in_texts(word):
            found = [one.span() for one in pattern_for(name, text).finditer(text)]
            assert found == [one.span() for one in pattern(name).finditer(text)], (word, text)
