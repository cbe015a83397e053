import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page import safe
from reports.page.safe import clean, inert, mailto, safe_url, shortened, soft_breaks


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "https://user@example.org/",
        "https://еxample.org/",
        "https://xn--xample-2of.org/",
        "http://localhost:8000/",
        "http://127.0.0.1/",
        "https://example.org/\r\nBcc: x",
        "https://example.org\\@evil.example",
        "ftp://example.org",
        "mailto:nobody",
        "https://[::1/",
        "",
    ],
)
def test_an_unsafe_link_is_no_link(url: str) -> None:
    assert safe_url(url) == ""


def test_a_deep_link_to_a_cell_stays_as_it_is() -> None:
    url = "https://docs.google.com/spreadsheets/d/abc_-1/edit#gid=0&range=A12"
    assert safe_url(url) == url


def test_braces_and_quotes_in_a_link_are_encoded() -> None:
    assert safe_url("https://example.org/{{x}}?q=\"'") == "https://example.org/%7B%7Bx%7D%7D?q=%22'"


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert clean("a\u202eb\u200bc\x00\r\nd") == "a b c d"
    assert clean("e" + "\u0301" * 9) == "e" + "\u0301" * 2


def test_a_text_is_cut_at_a_word_and_korean_counts_double() -> None:
    assert shortened("첫 화면에서 바로 묻는다", 12) == "첫 화면에서…"
    assert shortened("short", 12) == "short"


def test_long_words_get_places_to_break() -> None:
    assert soft_breaks("가" * 45) == "\u200b".join(["가" * 20, "가" * 20, "가" * 5])
    assert soft_breaks("가" * 30) == "가" * 30


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% raw %}", "NaN", "undefined", "&nbsp;", "<div>", "[object Object]"]
)
def test_what_looks_like_residue_is_broken_invisibly(text: str) -> None:
    assert inert(text) != text
    assert inert(text).replace("\u200b", "") == text
    assert inert(inert(text)) == inert(text)


def test_an_answer_by_mail_is_encoded() -> None:
    link = mailto("a@example.org", "승인: 1", "첫 줄\n둘째 줄")
    assert link.startswith("mailto:a@example.org?subject=%EC%8A%B9")
    assert "%0A" in link
    assert "\n" not in link
    assert mailto("not an address", "x") == ""


@given(
    st.text(
        alphabet=st.sampled_from(
            "a 가\t\n\u200b\u202e\u0301\u0302\u0303\ufffd\ufffc\u3000\u00a0\u2028x\x7f"
        )
    )
)
def test_the_short_way_to_a_clean_text_gives_what_the_long_one_does(text: str) -> None:
    long_way = safe._SPACES.sub(" ", safe._PILE.sub(r"\1", safe._INVISIBLE.sub(" ", text))).strip()
    assert clean(text) == long_way
