"""Values of the configuration are taken strictly, and every one that is wrong is told with its place."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest

from loopnote.config.section import Section, SettingsError, setting
from loopnote.config.value_types import WRONG, Bounds, ByKind, Mistake, Spot, Written, read_value


def upper(text: str) -> str:
    if not text.isalpha():
        raise ValueError("letters only")
    return text.upper()


class Paper(Section):
    kind: Literal["paper"]
    sheets: Annotated[int, Bounds(1, 9)] = 2


class Screen(Section):
    kind: Literal["screen"]
    from_: str = setting(key="from", default="desk")

    def check(self) -> None:
        if self.from_ == "dark":
            raise ValueError("too dark")


class Office(Section):
    name: Annotated[str, Written(shortest=2, longest=5, pattern="[a-z]+", stripped=True)]
    media: tuple[Annotated[Paper | Screen, ByKind()], ...] = ()
    words: dict[str, int] = setting(factory=dict)


@pytest.mark.parametrize(
    ("kind", "value", "taken"),
    [
        (str, "a", "a"),
        (int, 3, 3),
        (float, 3, 3.0),
        (bool, True, True),
        (date, date(2026, 11, 30), date(2026, 11, 30)),
        (str | None, None, None),
        (bool | Literal["auto"], "auto", "auto"),
        (tuple[str, ...], ["a", "b"], ("a", "b")),
        (Annotated[str, upper], "ab", "AB"),
        (Annotated[str, Written(stripped=True)], " a ", "a"),
        (Annotated[int, Bounds(1)] | None, 1, 1),
    ],
)
def test_a_value_of_its_type_is_taken(kind: Any, value: object, taken: object) -> None:
    spot = Spot()
    found = read_value(kind, value, spot)
    assert (found, type(found), spot.mistakes) == (taken, type(taken), [])


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (str, 3, "Input should be a valid string"),
        (int, True, "Input should be a valid integer"),
        (int, "3", "Input should be a valid integer"),
        (int, 3.0, "Input should be a valid integer"),
        (float, True, "Input should be a valid number"),
        (bool, 1, "Input should be a valid boolean"),
        (date, datetime(2026, 11, 30, 8), "Input should be a valid date"),
        (tuple[str, ...], "ab", "Input should be a valid list"),
        (dict[str, int], [], "Input should be a valid dictionary"),
        (Annotated[int, Bounds(1, 9)], 0, "Input should be greater than or equal to 1"),
        (Annotated[int, Bounds(1, 9)], 10, "Input should be less than or equal to 9"),
        (Annotated[str, Written(shortest=1)], "", "String should have at least 1 character"),
        (Annotated[str, Written(shortest=2)], "a", "String should have at least 2 characters"),
        (Annotated[str, Written(longest=1)], "ab", "String should have at most 1 characters"),
        (Annotated[str, Written(pattern="[a-z]")], "a\n", "String should match pattern '[a-z]'"),
        (Annotated[str, upper], "4", "letters only"),
        (Annotated[int, Bounds(1)] | None, 0, "Input should be greater than or equal to 1"),
    ],
)
def test_a_value_of_another_type_is_a_mistake(kind: Any, value: object, told: str) -> None:
    spot = Spot(("at",))
    assert read_value(kind, value, spot) is WRONG
    assert spot.mistakes == [Mistake(("at",), "value", value, told)]


def test_a_word_that_is_no_choice_is_told_with_all_of_them() -> None:
    spot = Spot()
    for kind in (Literal["a", "b", "c"], bool | Literal["auto"]):
        read_value(kind, "x", spot)
    assert [one.choices for one in spot.mistakes] == ["'a', 'b' or 'c'", "true, false or 'auto'"]


def test_every_mistake_of_a_table_is_told_with_its_place() -> None:
    media = [
        {"kind": "paper", "sheets": 0},
        {"sheets": 1},
        {"kind": 3},
        {"kind": "screen", "from": "dark"},
        7,
    ]
    with pytest.raises(SettingsError) as caught:
        Office.from_table({"media": media, "words": {"a": "b"}, "nmae": "x"})
    assert [(one.place, one.kind) for one in caught.value.mistakes] == [
        (("name",), "missing"),
        (("media", 0, "sheets"), "value"),
        (("media", 1), "no_kind"),
        (("media", 2), "choice"),
        (("media", 3), "value"),
        (("media", 4), "value"),
        (("words", "a"), "value"),
        (("nmae",), "unknown"),
    ]


def test_a_section_keeps_its_values_and_nothing_changes_them() -> None:
    office = Office(name=" desk ", media=({"kind": "screen"}, Paper(kind="paper")))
    assert office == Office.from_table(
        {"name": "desk", "media": [{"kind": "screen"}, {"kind": "paper"}]}
    )
    assert office != Office(name="desks")
    with pytest.raises(AttributeError, match="cannot be changed"):
        office.name = "other"
    assert office.words is not Office(name="desk").words


def test_a_section_is_told_whole_or_as_a_file_would_write_it() -> None:
    screen = Screen.from_table({"kind": "screen", "from": "wall"})
    assert screen.as_data() == {"kind": "screen", "from_": "wall"}
    assert screen.as_written() == {"kind": "screen", "from": "wall"}
    assert Screen(kind="screen").as_written() == {"kind": "screen"}
    assert Office(name="desk", media=[screen]).as_data() == {
        "name": "desk",
        "media": [{"kind": "screen", "from_": "wall"}],
        "words": {},
    }
