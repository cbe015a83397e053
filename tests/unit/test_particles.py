import pytest

from notes.messages.particles import particle


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("전환율", "은/는", "전환율은"),
        ("상자", "이/가", "상자가"),
        ("18.4%", "이/가", "18.4%가"),
        ("2.1%p", "을/를", "2.1%p를"),
        ("3", "은/는", "3은"),
        ("12건", "이/가", "12건이"),
        ("10", "은/는", "10은"),
        ("100", "으로/로", "100으로"),
        ("1,000,000", "이/가", "1,000,000이"),
        ("1.20", "이/가", "1.20이"),
        ("7", "으로/로", "7로"),
        ("6", "으로/로", "6으로"),
        ("서울", "으로/로", "서울로"),
        ("KPI", "은/는", "KPI는"),
        ("URL", "으로/로", "URL로"),
        ("Notion", "은/는", "Notion은"),
        ("Google", "을/를", "Google을"),
        ("page", "이/가", "page가"),
        ("book", "은/는", "book은"),
        ("list", "은/는", "list는"),
        ("전환율(주간)", "을/를", "전환율(주간)을"),
        ("‘손편지’", "이/가", "‘손편지’가"),
        ("…", "은/는", "…은(는)"),
        ("…", "으로/로", "…(으)로"),
        ("영업", "이라/라", "영업이라"),
        ("…", "이라/라", "…(이)라"),
    ],
)
def test_a_particle_follows_the_sound_of_the_word(word: str, pair: str, expected: str) -> None:
    assert word + particle(word, pair) == expected
