"""Words are cut so that two syllables are found anywhere, and Latin words by their beginning."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from notes.store.search.ngrams import SearchTerm, ngrams, terms


def test_a_korean_run_becomes_pairs_and_its_last_syllable() -> None:
    assert ngrams("재방문율을 높인다") == [
        "재방",
        "방문",
        "문율",
        "율을",
        "을",
        "높인",
        "인다",
        "다",
    ]


def test_scripts_are_cut_apart() -> None:
    assert ngrams("A안 11% → 22%p, ROI") == ["a", "안", "11", "22", "p", "roi"]


def test_decomposed_hangul_and_accents_are_the_same_word() -> None:
    assert ngrams(unicodedata.normalize("NFD", "재방문 Café")) == ngrams("재방문 cafe")


def test_a_query_of_one_syllable_asks_for_a_beginning() -> None:
    assert terms("가") == [SearchTerm(("가",), begins=True)]


def test_a_query_of_three_syllables_asks_for_pairs_in_a_row() -> None:
    assert terms("전환율 mail") == [
        SearchTerm(("전환", "환율"), begins=False),
        SearchTerm(("mail",), begins=True),
    ]


@given(
    st.text(st.sampled_from("가나다라 ab"), max_size=12),
    st.text(st.sampled_from("가나다라"), min_size=1, max_size=4),
)
def test_a_korean_query_is_found_exactly_where_a_plain_scan_finds_it(text: str, query: str) -> None:
    (term,) = terms(query)
    found, size = ngrams(text), len(term.ngrams)
    windows = [tuple(found[start : start + size]) for start in range(len(found))]
    if term.begins:
        assert any(gram.startswith(query) for gram in found) == (query in text)
    else:
        assert (term.ngrams in windows) == (query in text)
