"""A spelling whose letters do not stand in a text is neither made nor searched."""

import re
import sys
from collections.abc import Callable
from random import Random

from reports.page.formatting import name_masking
from reports.page.formatting.name_masking import masked

PEOPLE = (
    *("김하늘", "이준", "박서준", "서준", "선우진", "강 소장", "부품상 남 부장님", "남궁"),
    *("제갈 민", "Dana Whitlock", "Mia", "Will", "kai", "José Ibáñez", "Åsa Sköld", "O'Neil Smith"),
    "이준 Kim",
)
PIECES = (
    *(
        "김하늘",
        "하늘",
        "김 하늘",
        "준",
        "이준",
        "서준",
        "박 대리",
        "우진",
        "소장",
        "남 부장",
        "민",
    ),
    *("Dana", "DANA", "whitlock", "Mia", "m\u0131a", "M\u0130A", "will", "Will", "ka\u0131"),
    *("\u212aai", "jos\u00e9", "JOS\u00c9", "åsa", "ÅSA", "SKÖLD", "\u017fmith", "O'NEIL"),
    *(
        "Kim",
        "쿠폰",
        "coupon",
        "임",
        "색",
        "님",
        "씨",
        "이",
        "에게",
        " ",
        "\u2009",
        "'s",
        "’s",
        ",",
    ),
)


def texts(count: int) -> list[str]:
    chance = Random(4)
    return ["".join(chance.choices(PIECES, k=chance.randrange(1, 12))) for _ in range(count)]


def hidden(text: str) -> str:
    return masked(text, PEOPLE, lambda name: f"<{name}>", address="@")


def test_what_is_not_searched_would_not_have_been_found(monkeypatch) -> None:
    several = texts(1500)
    searched_where_needed = [hidden(text) for text in several]
    monkeypatch.setattr(name_masking._Spelling, "may_stand_in", lambda _self, _text: True)
    assert searched_where_needed == [hidden(text) for text in several]
    assert sum("<" in text for text in searched_where_needed) > 500


def test_letters_of_other_cases_are_known() -> None:
    letters = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        found = set(re.findall(f"(?i:{letter})", letters))
        assert {one for one in found if one.lower() != letter} <= name_masking._OTHER_CASES


def test_patterns_are_made_only_of_names_that_may_stand_in_the_text(monkeypatch) -> None:
    asked: list[str] = []
    made = name_masking._pattern

    def counted(shape: Callable[[str], str], letters: str) -> re.Pattern[str]:
        asked.append(letters)
        return made(shape, letters)

    monkeypatch.setattr(name_masking, "_pattern", counted)
    people = ("\u3000", *(name for name in PEOPLE if name.isascii() or name < "A" or name >= "가"))
    assert (
        masked("쿠폰을 두 번 보낸다", people, lambda _: "?", address="@") == "쿠폰을 두 번 보낸다"
    )
    assert asked == []
    assert masked("하늘에게 쿠폰", people, lambda _: "?", address="@") == "?에게 쿠폰"
    assert asked == ["김하늘", "하늘"]
