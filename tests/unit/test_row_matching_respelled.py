"""Sheets that went through another program: every text has other signs, or is cut at one length."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product

import pytest

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.assignment import Assignment
from sync.matching.column_alignment import align_columns
from sync.matching.rewritten_sheets.respelled import match_respelled
from sync.matching.row_links import link_rows
from sync.matching.rows.compared_rows import build_known_rows, build_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WORDS = {
    "en": (
        ("call", "draw", "print", "ask", "show"),
        ("the card", "the bill", "the menu", "the shelf", "the sign"),
        ("guests before noon", "cyclists at the door", "families in the yard"),
        "and see who stays longer",
    ),
    "ko": (
        ("먼저 보여", "나중에 물어", "크게 적어", "같이 들려", "미리 보내"),
        ("쿠폰을", "차림표를", "후기를", "가격표를", "사진을"),
        ("점심 손님에게", "저녁 단골에게", "주말 가족에게"),
        "다시 오는지 봅니다",
    ),
}
WAYS: tuple[Callable[[str], str], ...] = (
    lambda text: f'""{text}""',
    lambda text: text.replace(" ", "  ·  "),
    lambda text: f"- {text.upper()}.",
)

Row = Mapping[str, str]


def log(language: str) -> list[Row]:
    """Return rows of three goals by turns, whose words are those of many others."""
    deeds, things, people, ending = WORDS[language]
    return [
        {
            "goal": f"Goal {at % 3}",
            "owner": ("Ann", "Bo")[at % 2],
            "what": f"{deed} {thing} {person}",
            "why": f"{other} {thing} {ending}",
        }
        for at, (deed, thing, person, other) in enumerate(product(deeds, things, people, deeds))
    ]


def respelled(rows: Sequence[Row], way: Callable[[str], str]) -> list[Row]:
    return [dict(row) | {role: way(row[role]) for role in ("what", "why")} for row in rows]


def linked(before: Sequence[Row], today: Sequence[Row]) -> list[int]:
    """Return the number of the row that each row of today goes on; -1 for none."""
    known = [KnownRow(f"{at}", "log", entry(at + 2, row)) for at, row in enumerate(before)]
    entries = [entry(at + 2, row) for at, row in enumerate(today)]
    links = link_rows(known, entries, source="log", now=NOW)
    return [int(link.note_id or "-1") for link in links]


def entry(row: int, cells: Row) -> Entry:
    place = Place(tab="Log", row=row)
    return Entry(RawRow(place, tuple(cells.items()), ""), Note("experiment", place))


def by_goal(rows: Sequence[Row]) -> list[int]:
    return sorted(range(len(rows)), key=lambda at: rows[at]["goal"])


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("way", WAYS, ids=("quoted", "spaced", "listed"))
def test_rows_sorted_and_written_with_other_signs_stay_the_same_rows(
    way: Callable[[str], str], language: str
) -> None:
    rows = log(language)
    order = by_goal(rows)
    assert linked(rows, respelled([rows[at] for at in order], way)) == order


@pytest.mark.parametrize("language", WORDS)
def test_rows_sorted_and_cut_at_one_length_stay_the_same_rows(language: str) -> None:
    rows = [
        dict(row) | {"what": f"{at}: {row['what']} ({row['why']})"}
        for at, row in enumerate(log(language))
    ]
    order = by_goal(rows)
    today = respelled([rows[at] for at in order], lambda text: text[:30])
    assert linked(rows, today) == order


def test_what_was_edited_in_that_week_is_told_by_its_place_again() -> None:
    rows: list[Row] = [*log("en"), {"goal": "Goal 2", "owner": "Cem"}]
    order = by_goal(rows)
    today = [*respelled([rows[at] for at in order[:-1]], WAYS[0]), rows[-1]]
    today[100] = dict(today[100]) | {"why": '""nobody came, the yard was closed""', "state": "done"}
    assert linked(rows, today) == order


def test_rows_that_say_the_same_but_for_signs_are_not_taken_for_each_other() -> None:
    rows = [
        *log("en")[:40],
        *({"goal": "G", "owner": "Ann", "what": "ask, again", "why": "why?"},) * 2,
    ]
    today = respelled(rows, WAYS[0])
    assert linked(rows, today) == list(range(42))


def test_one_row_with_other_signs_beside_rows_written_anew_is_weighed_as_any() -> None:
    """A single pair alike among many strangers is no sign of another program."""
    rows = log("en")[:30]
    new = [
        dict(row) | {"what": f"quite another thing {at}", "why": f"unknown {at * 7}"}
        for at, row in enumerate(rows)
    ]
    found = linked(rows, [*new[:29], respelled(rows[29:], WAYS[0])[0]])
    assert found[29] == 29


def test_rows_that_only_begin_alike_are_no_rows_that_a_program_cut() -> None:
    texts = [
        f"{start} 손님이 무엇을 물었는지 적고 다음 날 아침에 다시 본다"
        for start in ("문자를 보낸 뒤", "전화를 건 뒤")
    ]
    before, after = (
        [{"goal": "G", "owner": "민아", "what": f"{text} {turn}차"} for text in texts]
        for turn in (1, 2)
    )
    assert not respelled_at_once(before, after)
    assert respelled_at_once(before, [row | {"what": row["what"][:-4]} for row in before])


@pytest.mark.parametrize(("respelt", "anew"), [(4, False), (6, True)])
@pytest.mark.parametrize("rest", ["as they were", "strangers"])
def test_a_sheet_was_written_anew_where_most_rows_are_left_over_and_most_of_these_respelled(
    rest: str, respelt: int, *, anew: bool
) -> None:
    rows = log("en")[:10]
    others = rows[respelt:]
    if rest == "strangers":
        others = [dict(row) | {"what": f"quite another {at}"} for at, row in enumerate(others)]
    assert respelled_at_once(rows, [*respelled(rows[:respelt], WAYS[0]), *others]) is anew


@pytest.mark.parametrize(("letters", "cut"), [(20, False), (26, True)])
def test_texts_were_cut_by_a_program_where_twenty_four_letters_are_left(
    letters: int, *, cut: bool
) -> None:
    rows = [
        {"goal": "Goal", "owner": "Ann", "what": f"{at}{'the guests of the evening ' * 3}"}
        for at in range(10)
    ]
    shown = [row | {"what": row["what"].replace(" ", "")[:letters]} for row in rows]
    assert respelled_at_once(rows, shown) is cut


def respelled_at_once(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """Return whether the rows of a sheet are taken for those of before without being weighed."""
    known = [KnownRow(f"{at}", "log", entry(at + 2, row)) for at, row in enumerate(before)]
    assignment = Assignment(
        build_known_rows(known, "log"),
        build_rows(entry(at + 2, row) for at, row in enumerate(after)),
    )
    for at, row in enumerate(after):
        if row in before:
            assignment.assign_equal(at, before.index(row))
    labels = align_columns(assignment.known, assignment.now)
    return match_respelled(assignment, *labels, waiting=[])
