"""What decides a row that was merged, dated or gone, and which links are marked as not sure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from notes.model.notes import Entry, KnownRow, Link, Note, Place, RawRow
from sync.matching.assignment import Assignment
from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.sort_order import sheets_by_day
from sync.matching.rewritten_sheets.other_headings import match_under_other_headings
from sync.matching.row_links import link_rows
from sync.matching.rows.compared_rows import build_known_rows, build_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LAST_WEEK = NOW - timedelta(days=7)
FIRST = date(2026, 1, 5)
WORDS = {
    "en": (
        ("call", "draw", "print", "move", "ask", "show", "send", "fold"),
        ("the map", "the bill", "the list", "the room", "the card", "the shelf", "the sign"),
        ("Ann", "Bo", "Cy"),
    ),
    "ko": (
        ("전화로", "그려서", "뽑아서", "옮겨서", "물어서", "보여서", "보내서", "접어서"),
        ("지도를", "계산서를", "목록을", "방을", "카드를", "선반을", "간판을"),
        ("도윤", "서연", "지호"),
    ),
}
LANGUAGES = pytest.mark.parametrize("language", ["en", "ko"])


def entry(row: int, cells: Mapping[str, str], day: date | None = None) -> Entry:
    place = Place(tab="Log", row=row)
    shown = {"day": day.isoformat()} if day else {}
    raw = RawRow(place, tuple((shown | dict(cells)).items()))
    return Entry(raw, Note("experiment", place, start_date=day))


def log(language: str) -> list[tuple[dict[str, str], date | None]]:
    """Return 56 rows of three owners, each with a text of its own, one a day."""
    verbs, things, owners = WORDS[language]
    return [
        (
            {"what": f"{verb} {thing}", "owner": owners[at % 3], "why": f"{thing} {verb} {at}"},
            FIRST + timedelta(days=at),
        )
        for at, (verb, thing) in enumerate(product(verbs, things))
    ]


def placed(rows: Sequence[tuple[dict[str, str], date | None]]) -> list[Entry]:
    return [entry(at, cells, day) for at, (cells, day) in enumerate(rows, start=2)]


def links(
    before: Sequence[Entry], today: Sequence[Entry], gone: Mapping[int, datetime] = {}
) -> list[Link]:
    known = [KnownRow(f"n{at}", "log", each, gone.get(at)) for at, each in enumerate(before)]
    return link_rows(known, today, source="log", now=NOW)


@LANGUAGES
@pytest.mark.parametrize("results", [1, 4, 8])
def test_the_row_with_the_beginnings_goes_on_though_the_other_had_all_the_results(
    language: str, results: int
) -> None:
    """However many cells of the other came along with the merge."""
    rows = log(language)
    rows[30][0].update({f"result {at}": f"{rows[at][0]['why']} {at}" for at in range(results)})
    before = placed(rows)
    (first, day), (second, _) = rows[29], rows[30]
    both = second | {role: f"{first[role]} / {second[role]}" for role in ("what", "why")}
    both["owner"] = first["owner"]
    today = placed([*rows[:29], (both, day), *rows[31:]])
    assert links(before, today)[29].note_id == "n29"


def test_in_a_sheet_kept_by_day_a_row_whose_day_was_filled_in_has_no_place_to_lose() -> None:
    rows = log("en")
    begun = {"what": "a word for the door"}
    before = placed([*rows, (begun, None)])
    after = placed([*rows[:21], (begun, rows[20][1]), *rows[21:]])
    known = build_known_rows(
        [KnownRow(f"n{at}", "log", each) for at, each in enumerate(before)], "log"
    )
    assignment = Assignment(known, build_rows(after))
    for at in range(56):
        assignment.assign_equal(at + (at > 20), at)
    left = PositionEvidence(assignment).weight(56, 21)
    assignment.by_day = sheets_by_day(assignment.now)
    assert PositionEvidence(assignment).weight(56, 21) > left + 3


def test_a_sheet_is_kept_by_day_up_or_down_but_not_where_days_are_missing_or_mixed() -> None:
    rows = log("en")
    undated = [(cells, None) for cells, _ in rows]
    assert sheets_by_day(build_rows(placed(rows))) == {"\tLog"}
    assert sheets_by_day(build_rows(placed(rows[::-1]))) == {"\tLog"}
    assert sheets_by_day(build_rows(placed([*rows[28:], *rows[:28]]))) == frozenset()
    assert sheets_by_day(build_rows(placed([*rows, *undated]))) == frozenset()


@LANGUAGES
@pytest.mark.parametrize("again", [True, False])
def test_a_row_that_had_gone_comes_back_with_its_day_and_not_with_a_new_one(
    language: str, again: bool
) -> None:
    rows = log(language)
    cells, day = rows[25]
    today = placed(
        [
            *rows[:25],
            *rows[26:],
            (cells | {"owner": "Eve"}, FIRST + timedelta(300) if again else day),
        ]
    )
    found = links(placed(rows), today, {25: LAST_WEEK})[-1]
    assert found.note_id == ("" if again else "n25")


@LANGUAGES
@pytest.mark.parametrize("moved", [True, False])
def test_a_row_of_which_the_text_changed_is_marked_where_it_moved_as_well(
    language: str, moved: bool
) -> None:
    rows = log(language)
    cells, day = rows[25]
    row = (cells | {"what": "x" * 12}, day)
    left = [*rows[:25], *rows[26:]]
    at = 40 if moved else 25
    found = links(placed(rows), placed([*left[:at], row, *left[at:]]))[at]
    assert (found.note_id, found.sure) == ("n25", not moved)


@LANGUAGES
@pytest.mark.parametrize("moved", [False, True])
def test_a_row_in_other_hands_is_marked_where_it_moved_though_nothing_else_comes_near(
    language: str, moved: bool
) -> None:
    rows = log(language)
    cells, day = rows[25]
    left = [*rows[:25], *rows[26:]]
    at = 40 if moved else 25
    found = links(placed(rows), placed([*left[:at], (cells | {"owner": "Eve"}, day), *left[at:]]))
    assert (found[at].note_id, found[at].sure, found[at].rivals) == ("n25", not moved, ())


@LANGUAGES
def test_rows_that_only_moved_are_sure(language: str) -> None:
    rows = log(language)
    moved = [*rows[30:], *rows[:30]]
    assert all(link.sure and link.note_id for link in links(placed(rows), placed(moved)))


@LANGUAGES
def test_in_a_new_file_a_row_alike_out_of_its_place_is_marked(language: str) -> None:
    """Most rows were left behind: it may be one of them, edited, or a new one copied from it."""
    rows = log(language)
    cells, day = rows[50]
    copied = cells | {"owner": "Eve"}
    today = placed([*rows[:8], (copied, day), *rows[8:14]])
    found = links(placed(rows), today)
    assert not found[8].sure
    assert [link.note_id for at, link in enumerate(found) if at != 8] == [
        f"n{at}" for at in range(14)
    ]


@pytest.mark.parametrize(("left", "new_file"), [(56, False), (14, True)])
def test_rows_that_were_all_edited_are_not_taken_for_rows_left_behind(
    left: int, new_file: bool
) -> None:
    """Before any is recognised, who went is told by how many fewer are there."""
    rows = log("en")
    known = [KnownRow(f"n{at}", "log", each) for at, each in enumerate(placed(rows))]
    edited = [(cells | {"why": f"{at} anew"}, day) for at, (cells, day) in enumerate(rows)]
    today = build_rows(placed(edited[:left]))
    position = PositionEvidence(Assignment(build_known_rows(known, "log"), today))
    assert (position.left_behind > 5, position.most_went) == (new_file, new_file)


CLOSED = {"en": ("topic", "person", "reason"), "ko": ("주제", "사람", "까닭")}


@LANGUAGES
@pytest.mark.parametrize("lost", [False, True])
def test_a_row_moved_into_a_tab_with_other_headings_goes_on(language: str, lost: bool) -> None:
    """The other tab has no column for the result, or one of its own."""
    rows = log(language)
    names = dict(zip(("what", "owner", "why"), CLOSED[language], strict=True))
    closed = [({names[role]: text for role, text in each.items()}, day) for each, day in rows[40:]]
    old = placed(rows[:40])
    there = [in_tab(each, "Closed") for each in placed(closed[1:])]
    moved = {names[role]: text for role, text in rows[9][0].items()}
    moved |= {} if lost else {"budget": "12"}
    after = [
        *placed([*rows[:9], *rows[10:40]]),
        *(in_tab(each, "Closed") for each in placed([*closed[1:], (moved, rows[9][1])])),
    ]
    assert links([*old, *there], after)[-1].note_id == "n9"


def in_tab(each: Entry, tab: str) -> Entry:
    place = replace(each.raw.place, tab=tab)
    return Entry(replace(each.raw, place=place), replace(each.note, place=place))


LONG = {"en": "so that the guests of the evening", "ko": "저녁 손님들이 기다리지 않도록 하려고"}


def long_log(language: str) -> list[tuple[dict[str, str], date | None]]:
    """Return the log with reasons that hardly anybody writes twice."""
    return [
        (cells | {"why": f"{LONG[language]} {cells['why']}"}, day) for cells, day in log(language)
    ]


def under_others(language: str, cells: Mapping[str, str], **edited: str) -> dict[str, str]:
    """Return a row's cells under the headings of the other tab, some of them edited on the way."""
    names = dict(zip(("what", "owner", "why"), CLOSED[language], strict=True))
    return {names[role]: text for role, text in (dict(cells) | edited).items()} | {"budget": "12"}


@LANGUAGES
def test_rows_edited_on_their_way_to_other_headings_go_on(language: str) -> None:
    """Two rows go, a new one is written: nothing is settled by what is equal."""
    rows = long_log(language)
    closed = [(under_others(language, cells), day) for cells, day in rows[40:]]
    before = [*placed(rows[:40]), *(in_tab(each, "Closed") for each in placed(closed))]
    moved = [(under_others(language, rows[at][0], owner="Eve"), rows[at][1]) for at in (9, 12)]
    new = ({"what": "a stall at the fair", "owner": "Eve", "why": "nobody knows us there"}, None)
    stay = [row for at, row in enumerate(rows[:40]) if at not in (9, 12)]
    after = [
        *placed([*stay, new]),
        *(in_tab(each, "Closed") for each in placed([*closed, *moved])),
    ]
    found = links(before, after)
    assert [link.note_id for link in found[-2:]] == ["n9", "n12"]
    assert found[len(stay)].how == "new"


def free_after(
    before: Sequence[Entry], today: Sequence[Entry]
) -> tuple[Assignment, dict[int, int]]:
    """Return the assignment of rows of two tabs that share no heading, and who goes on as whom."""
    known = [KnownRow(f"n{at}", "log", each, None) for at, each in enumerate(before)]
    assignment = Assignment(build_known_rows(known, "log"), build_rows(today))
    free = set(assignment.free_now())
    match_under_other_headings(
        assignment,
        {"\tLog": dict.fromkeys(("what", "owner", "why", "day"))},
        {"\tClosed": dict.fromkeys((*CLOSED["en"], *CLOSED["ko"]))},
    )
    taken = free - set(assignment.free_now())
    found = ((place, assignment.decision(place)) for place in sorted(taken))
    return assignment, {place: match.known for place, match in found if match is not None}


@LANGUAGES
def test_under_other_headings_a_row_goes_on_by_what_it_says(language: str) -> None:
    """Most of its cells are the same; one that shares only its reason is another row."""
    rows = long_log(language)
    short = {"what": "x", "owner": "y", "why": rows[20][0]["why"]}
    moved = [
        (under_others(language, rows[9][0], owner="Eve"), rows[9][1]),
        (under_others(language, short), None),
    ]
    before = placed(rows[:40])
    assignment, found = free_after(before, [in_tab(each, "Closed") for each in placed(moved)])
    assert [assignment.known.at[at] for at in found.values()] == [9]


@LANGUAGES
def test_of_two_rows_that_say_as_much_neither_goes_on_under_other_headings(language: str) -> None:
    """Nobody can tell which of the two it was."""
    rows = long_log(language)
    rows[12] = (dict(rows[9][0]), rows[9][1])
    moved = placed([(under_others(language, rows[9][0]), rows[9][1])])
    _, found = free_after(placed(rows[:40]), [in_tab(each, "Closed") for each in moved])
    assert found == {}


@LANGUAGES
@pytest.mark.parametrize(("common", "other"), [(1, True), (2, False)])
def test_headings_are_others_where_less_than_half_of_the_smaller_tabs_are_the_same(
    language: str, common: int, other: bool
) -> None:
    rows = long_log(language)[:20]
    names = dict(zip(("what", "owner", "why", "day"), (*CLOSED[language], "closed"), strict=True))
    names |= {role: role for role in [*names][:common]}
    before = [entry(at, cells | {"day": f"{day}"}) for at, (cells, day) in enumerate(rows, 2)]
    moved = entry(2, {names[role]: text for role, text in before[9].raw.cells})
    known = [KnownRow(f"n{at}", "log", each, None) for at, each in enumerate(before)]
    today = build_rows([in_tab(moved, "Closed")])
    assignment = Assignment(build_known_rows(known, "log"), today)
    headings = [dict.fromkeys(names), dict.fromkeys(names.values())]
    match_under_other_headings(assignment, {"\tLog": headings[0]}, {"\tClosed": headings[1]})
    match = assignment.decision(0)
    assert (match is not None and match.known == 9) is other
