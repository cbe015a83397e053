"""Names found by salted digests: as people write them, and nothing else."""

import unicodedata

import pytest
from fakes.entries import entry
from hypothesis import given
from hypothesis import strategies as st

from notes.model.erased_names import NameMask, as_written, masked, name_rule
from notes.store.maintenance.erasure import name_finder


def mask(*names: str, also: tuple[str, ...] = ()) -> NameMask:
    rules = [name_rule(name, "salt") for name in names]
    return NameMask([*rules, *(name_rule(name, "salt", nickname=True) for name in also)], "▮")


@pytest.mark.parametrize(
    ("name", "text", "without"),
    [
        ("Bob", "Bob이 전화했고 Bobby는 몰랐다", "▮이 전화했고 Bobby는 몰랐다"),
        ("Nora Blake", "Nora Blake님이, nora-blake와 NORA\nBLAKE가", "▮님이, ▮와 ▮가"),
        ("Nora Blake", "Nora and Blake; Nora Blakely", "Nora and Blake; Nora Blakely"),
        ("김하늘", "김하늘님은 김하늘이와", "▮님은 ▮이와"),
        ("김하늘", unicodedata.normalize("NFD", "김하늘이 함"), "▮이 함"),
        ("José", "Jose\u0301 y JOSÉ, Joséphine", "▮ y ▮, Joséphine"),
        ("O'Neil", "o'neil’s plan, O Neil", "▮’s plan, ▮"),
        ("田中", "田中さんは", "▮さんは"),
        ("남궁 민수", "남궁 민수님이 남궁민수를", "▮님이 남궁민수를"),
        ("Ana", "Banana, Ana, Anastasia, _Ana_", "Banana, ▮, Anastasia, _▮_"),
    ],
)
def test_a_name_is_found_as_people_write_it(name, text, without):
    assert mask(name)(text) == without


@pytest.mark.parametrize(
    ("nickname", "text", "without"),
    [
        ("하늘", "하늘님이 하늘에게 하늘색 하늘이가", "▮님이 ▮에게 하늘색 ▮이가"),
        ("하늘", "푸른하늘 하늘공원", "푸른하늘 하늘공원"),
        ("nono", "nono가, Nono!, nonono", "▮가, ▮!, nonono"),
    ],
)
def test_a_nickname_is_found_as_a_word_only(nickname, text, without):
    assert mask("김하늘", also=(nickname,))(text) == without


def test_a_name_with_a_blank_is_looked_for_without_it_too():
    assert as_written(["남궁 민수", "Nora Blake", "김하늘"]) == [
        "남궁 민수",
        "남궁민수",
        "Nora Blake",
        "김하늘",
    ]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("mailto:x@example.org?body=%E2%80%98Bob%EC%9D%B4", "%E2%80%98%EC%9D%B4"),
        ("body=ask%20Nora%20Blake%2C%20please", "body=ask%20%2C%20please"),
        ("body=%EA%B9%80%ED%95%98%EB%8A%98%EC%9D%80", "body=%EC%9D%80"),
        ("body=%ED%95%98%EB%8A%98%EB%8B%98", "body=%EB%8B%98"),
    ],
)
def test_a_name_is_found_in_a_link_that_carries_it(text, without):
    assert name_finder(["Bob", "Nora Blake", "김하늘"], ["하늘"])(text).endswith(without)


@pytest.mark.parametrize("text", ["100%Bobby", "body=%ED%95%98%EB%8A%98%EC%83%89", "5% of %EC"])
def test_a_link_that_names_nobody_stays_as_it_is(text):
    assert name_finder(["Bob", "김하늘"], ["하늘"])(text) == text


def test_a_record_is_masked_at_any_depth_and_stays_the_same_where_nobody_is_named():
    row = entry(2, "재방문", owners=("김하늘", "이바다"), execution="김하늘이 함")
    hidden = masked(row, mask("김하늘"))
    assert hidden.note.owners == ("▮", "이바다")
    assert "김하늘" not in repr(hidden)
    assert masked(row, mask("박나무")) is row


@given(st.text(max_size=200))
def test_a_text_that_names_nobody_stays_the_very_same(text):
    assert mask("김하늘", "Nora Blake", also=("하늘이",))(text) is text or "▮" in mask(
        "김하늘", "Nora Blake", also=("하늘이",)
    )(text)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_name_between_other_words_never_remains(before, after):
    hide = mask("Quentin Zyx")
    assert "quentin zyx" not in hide(f"{before} Quentin Zyx {after}").lower()


def test_what_was_masked_once_is_masked_for_good():
    hide = mask("김하늘", "Bob", also=("하늘",))
    once = hide("김하늘, Bob이 하늘님께")
    assert hide(once) is once


def test_a_name_without_letters_is_refused():
    with pytest.raises(ValueError, match="empty"):
        name_rule(" … ", "salt")


def test_the_cost_grows_with_the_text_and_not_faster():
    hide = mask("김하늘", "Nora Blake", also=("하늘",))
    calls: list[int] = []
    for size in (2_000, 4_000):
        counted = 0

        def count(words: tuple[str, ...]) -> bool:
            nonlocal counted
            counted += len(words[-1])
            return False

        hide._is_name = count
        hide("하늘이가이가은는" * size)
        calls.append(counted)
    assert calls[1] <= 2.1 * calls[0]
