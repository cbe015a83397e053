"""What a service cut is completed where it is used, or wherever the operator wants; the rest
is one line.
"""

from datetime import UTC, datetime

import pytest

from loopnote.config.model import NotionSourceSettings
from loopnote.services.sources import _is_wanted
from notes.messages.problems import one_a_property, reason_of
from notes.model.notes import Place, Problem, StoredProblem
from sync.contents.pages import PropertySchema

DATABASE = "0123456789abcdef0123456789abcdef"


def settings(**more: object) -> NotionSourceSettings:
    return NotionSourceSettings.model_validate(
        {"name": "n", "team": "t", "kind": "notion", "database": DATABASE, **more}
    )


@pytest.mark.parametrize(
    ("name", "kind", "more", "wanted"),
    [
        ("Learned", "rich_text", {}, True),
        ("누가 했나", "people", {}, True),
        ("Colour of the box", "relation", {}, False),
        ("Colour of the box", "relation", {"columns": {"colour of  the BOX": "goal"}}, True),
        ("관련 고객", "relation", {"columns": {"관련 고객": "goal"}}, True),
        ("관련 고객사 목록", "rollup", {"columns": {"관련 고객": "goal"}}, False),
        ("관련 고객사 목록", "rollup", {"complete_values": True}, True),
    ],
)
def test_a_cut_value_is_asked_for_where_it_is_used_or_everywhere(
    name: str, kind: str, more: dict[str, object], wanted: bool
) -> None:
    assert _is_wanted(settings(**more), PropertySchema("id", name, kind)) is wanted


def cut(page: int, name: str, code: str = "incomplete_value", source: str = "n") -> StoredProblem:
    place = Place(page_id=f"page {page}", property=name)
    return StoredProblem(source, "t", Problem(place, code), datetime(2026, 9, 7, tzinfo=UTC))


def test_the_cut_values_of_a_property_are_told_in_one_line_with_their_count() -> None:
    found = [
        *(cut(page, "관련 고객") for page in range(40)),
        cut(7, "Visits"),
        cut(8, "관련 고객", source="m"),
    ]
    told = one_a_property(found)
    assert [(one.source, one.problem.place.property) for one in told] == [
        ("n", "관련 고객"),
        ("n", "Visits"),
        ("m", "관련 고객"),
    ]
    assert "39" in reason_of(told[0].problem, "ko")
    assert "39 more" in reason_of(told[0].problem, "en")
    assert "complete_values = true" in reason_of(told[1].problem, "en")
    assert "more" not in reason_of(told[1].problem, "en")


def test_other_problems_keep_a_line_each() -> None:
    found = [cut(page, "Date", code="impossible_date") for page in range(3)]
    assert one_a_property(found) == found
