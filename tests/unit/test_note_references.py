"""How a note names another one: by a link, by its id as a word of its own, or by its title."""

from typing import Any

import pytest
from fakes.stored_notes import trial

from reports.analysis.text.note_references import (
    NoteMentions,
    NoteNameIndex,
    NoteNames,
    contains_id,
)


@pytest.mark.parametrize(
    ("key", "text", "found"),
    [
        ("exp-12", "as in exp-12, but longer", True),
        ("exp-12", "as in exp-123", False),
        ("exp-12", "exp-12-3 goes on", False),
        ("exp-12", "myexp-12 is another", False),
        ("exp-12", "exp-123, then exp-12", True),
        ("exp-12", "exp-12에서 이어서", True),
        ("exp-12", "exp-12b is another", False),
        ("12", "12 people came", False),
        ("12", "more of #12", True),
        ("12", "see no. 12", True),
        ("12", "see #123", False),
    ],
)
def test_an_id_counts_as_a_word_of_its_own_and_a_bare_number_behind_its_sign(
    key: str, text: str, found: bool
) -> None:
    assert contains_id(key, text) is found


@pytest.mark.parametrize(
    ("fields", "how"),
    [
        ({"links": ("EXP-12",)}, "link"),
        ({"links": ("https://sheet.example/#exp-12",)}, "link"),
        ({"links": ("Second box for regulars",)}, "link"),
        ({"hypothesis": "exp-12 을 다시 하면 는다"}, "named"),
        ({"retrospective": "like second box for regulars, with rain"}, "named"),
        ({"next_action": "go on with exp-12"}, ""),
        ({"hypothesis": "a box"}, ""),
    ],
)
def test_a_link_outranks_a_name_and_a_plan_is_no_reference(
    fields: dict[str, Any], how: str
) -> None:
    names = NoteNames.of(trial(1, "Second box for regulars", key="EXP-12").note)
    assert NoteMentions.of(trial(2, "Another", **fields).note).how(names) == how


@pytest.mark.parametrize("key", ["exp-12", "12", "#12", "_a", "]b", "^c", "-d", "가1", "실험-3"])
@pytest.mark.parametrize(
    "around", ["{0}", "as {0}, but", "x{0}", "-{0}", "_{0} y", "({0})", "{0}에"]
)
def test_the_index_of_all_names_finds_an_id_where_a_look_at_one_note_does(
    key: str, around: str
) -> None:
    bearer, text = trial(1, "", key=key), around.format(key)
    index = NoteNameIndex([trial(3, "", key="zz"), bearer])
    assert (bearer.id in index.in_text(text)) is contains_id(key, text.lower())
