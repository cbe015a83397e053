"""Rows that sorting took elsewhere, and rows alike where many were left behind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.assignment import Assignment
from sync.matching.candidates import CandidateFinder
from sync.matching.column_alignment import align_columns
from sync.matching.evidence.edit_statistics import EditStatistics
from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.row_likelihood import RowSimilarity
from sync.matching.row_links import link_rows
from sync.matching.rows.compared_rows import build_known_rows, build_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
DONE = ("call", "draw", "print", "move", "ask", "show", "send", "fold", "pack", "time")
THINGS = ("the map", "the bill", "the list", "the room", "the card", "the shelf")


def entry(row: int, cells: Mapping[str, str]) -> Entry:
    place = Place(tab="Log", row=row)
    return Entry(RawRow(place, tuple(cells.items()), ""), Note("experiment", place))


def known(entries: Sequence[Entry]) -> list[KnownRow]:
    return [KnownRow(f"n{at}", "log", each) for at, each in enumerate(entries)]


def ids(before: Sequence[Entry], today: Sequence[Entry]) -> list[str]:
    return [link.note_id for link in link_rows(known(before), today, source="log", now=NOW)]


def placed(rows: Sequence[Mapping[str, str]]) -> list[Entry]:
    return [entry(at + 2, cells) for at, cells in enumerate(rows)]


def log(count: int) -> list[dict[str, str]]:
    """Return rows of three goals by turns, each with a text of its own."""
    whats = [f"{verb} {thing}" for verb, thing in product(DONE, THINGS)][:count]
    return [
        {"goal": f"Goal {at % 3}", "owner": "Ann" if at % 2 else "Bo", "what": what}
        for at, what in enumerate(whats)
    ]


def by_goal(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return sorted(rows, key=lambda row: row["goal"])


def position_after_sorting(changed: int, goal: str) -> tuple[PositionEvidence, int]:
    """Return the evidence of place once a row got another goal and the sheet was sorted by goal.

    With the row of today that it became; rows 2 and 21 went, all others are matched.
    """
    rows = log(24)
    left = [row | {"goal": goal} if at == changed else row for at, row in enumerate(rows)]
    today = by_goal([row for at, row in enumerate(left) if at not in {2, 21}])
    assignment = Assignment(build_known_rows(known(placed(rows)), "log"), build_rows(placed(today)))
    texts = [row["what"] for row in rows]
    for now, row in enumerate(today):
        if row["what"] != texts[changed]:
            assignment.assign_equal(now, texts.index(row["what"]))
    assignment.sorted_by = {assignment.now.names[0]: ("goal",)}
    order = sorted(range(24), key=lambda at: rows[at]["goal"])
    assignment.known_order = order
    now = next(at for at, row in enumerate(today) if row["what"] == texts[changed])
    return PositionEvidence(assignment), now


def test_a_row_that_got_another_value_stands_among_its_rows_in_the_order_of_before() -> None:
    position, now = position_after_sorting(changed=9, goal="Goal 1")
    assert position.sorted.share(9, now) == 1 / 3
    assert position.sorted.share(2, now) == 0.0, "it stood above the rows above"
    assert position.sorted.share(21, now) == 0.0, "it stood below the rows below"


def test_where_a_row_may_stand_tells_more_than_where_it_may_not() -> None:
    position, now = position_after_sorting(changed=9, goal="Goal 1")
    assert position.weight(9, now) > position.weight(2, now) + 1


def test_a_row_begun_is_found_among_the_many_that_hold_its_words() -> None:
    rows = log(60)
    begun = {"owner": "Caroline", "what": "write a letter"}
    more = [{"goal": "Goal 0", "why": f"since {at}", "note": f"{at} asked"} for at in range(140)]
    many = [
        row | ({"owner": "Caroline"} if at % 2 else {"what": "write a letter"})
        for at, row in enumerate(more)
    ]
    today = [*rows, *many, begun | {"goal": "Goal 9"}]
    assignment = Assignment(
        build_known_rows(known(placed([*rows, *many, begun])), "log"), build_rows(placed(today))
    )
    for at in range(60):
        assignment.assign_equal(at, at)
    pool = [assignment.now.texts(at) for at in range(60, 201)]
    before, after = align_columns(assignment.known, assignment.now)
    similarity = RowSimilarity(EditStatistics(assignment.now, pool), before, after, pool=pool)
    assert 200 in CandidateFinder(assignment, similarity, last=True).candidates(200)


def test_a_row_alike_out_of_place_needs_more_where_most_rows_were_left_behind() -> None:
    rows = placed(log(60))

    def left_behind(stay: int) -> float:
        assignment = Assignment(build_known_rows(known(rows), "log"), build_rows(rows[:stay]))
        for at in range(stay):
            assignment.assign_equal(at, at)
        return PositionEvidence(assignment).left_behind

    assert left_behind(50) == 0.0
    assert left_behind(18) > 5


def test_a_row_edited_in_the_column_by_which_a_new_file_was_sorted_keeps_its_note() -> None:
    """Of 60 rows the last 24 were carried over: the sorting, not a hand, took it elsewhere."""
    rows = [row | {"why": f"since {at} asked"} for at, row in enumerate(log(60))]
    edited = rows[45] | {"goal": "Goal 1", "owner": "Cy"}
    today = by_goal([*rows[36:45], edited, *rows[46:]])
    notes = {row["why"]: f"n{at}" for at, row in enumerate(rows)}
    links = link_rows(known(placed(rows)), placed(today), source="log", now=NOW)
    assert [link.note_id for link in links] == [notes[row["why"]] for row in today]
    assert not links[today.index(edited)].sure, "it may be a copy of one left behind"


def test_a_copy_of_a_row_left_behind_stands_where_sorting_would_not_have_put_that_row() -> None:
    rows = [row | {"why": f"since {at} asked"} for at, row in enumerate(log(60))]
    copied = rows[9] | {"goal": "Goal 1"}
    today = by_goal([*rows[36:], copied])
    assert ids(placed(rows), placed(today))[today.index(copied)] == ""


def test_rows_begun_in_a_new_file_that_was_sorted_raise_no_doubts() -> None:
    rows = [row | {"why": f"since {at} asked"} for at, row in enumerate(log(60))]
    texts = [(f"{verb} a letter", f"since {at} asked") for at, verb in enumerate(DONE[:3], 70)]
    begun = [{"goal": "Goal 9", "owner": "Bo", "what": what, "why": why} for what, why in texts]
    today = by_goal([*rows[44:], *begun])
    links = link_rows(known(placed(rows)), placed(today), source="log", now=NOW)
    assert [(link.note_id, link.sure) for link in links[-3:]] == [("", True)] * 3


def test_cells_that_stand_empty_do_not_make_a_short_row_a_known_one() -> None:
    rows = log(60) * 10
    today = build_rows(placed([*rows, {"owner": "Ann"}]))
    before = build_known_rows(known(placed(rows)), "log")
    pool = [today.texts(600)]
    similarity = RowSimilarity(
        EditStatistics(today, pool), *align_columns(before, today), pool=pool
    )
    assert similarity.weight(before[1], today[600]) < 1


def test_the_upper_of_two_alike_is_the_row_and_the_lower_its_copy() -> None:
    rows = [row | {"why": f"since {at} asked"} for at, row in enumerate(log(60))]
    edited = rows[30] | {"why": "nobody knows"}
    copied = rows[30] | {"done": "no"}
    today = [*rows[:30], edited, copied, *rows[31:]]
    found = ids(placed(rows), placed(today))
    assert (found[30], found[31]) == ("n30", "")


def test_a_row_that_sorting_took_to_the_top_has_no_row_above_it() -> None:
    position, now = position_after_sorting(changed=4, goal="A goal")
    assert now == 0
    assert position.sorted.share(4, now) > 0


def test_a_sheet_that_was_renamed_and_turned_round_keeps_its_rows_by_their_ids() -> None:
    def with_ids(entries: Sequence[Entry], ids: Sequence[int], tab: str) -> list[Entry]:
        return [
            Entry(
                replace(one.raw, place=replace(one.raw.place, tab=tab)),
                replace(one.note, key=f"T-{at}"),
            )
            for one, at in zip(entries, ids, strict=True)
        ]

    rows, turned = log(40), list(range(39, -1, -1))
    today = with_ids(placed([rows[at] for at in turned]), turned, "Log 2026")
    begun = entry(60, {"goal": "Goal 9", "what": "write a letter"})
    begun = Entry(replace(begun.raw, place=replace(begun.raw.place, tab="Log 2026")), begun.note)
    gone = entry(60, {"goal": "Goal 8", "what": "ask a neighbour"})
    found = ids([*with_ids(placed(rows), range(40), "Log"), gone], [*today, begun])
    assert found == [*(f"n{at}" for at in turned), ""]


def test_a_row_is_known_by_words_that_were_not_counted_too() -> None:
    rows = log(60)
    edited = [*rows[:7], rows[7] | {"what": f"{rows[7]['what']} again"}, *rows[8:]]
    before, today = build_known_rows(known(placed(rows)), "log"), build_rows(placed(edited))
    labels = align_columns(before, today)
    habits = EditStatistics(today, [today.texts(at) for at in range(60)])
    similarity = RowSimilarity(habits, *labels, pool=[])
    assert similarity.weight(before[7], today[7]) > similarity.weight(before[8], today[7]) + 1


def test_the_copy_below_is_weighed_alike_in_a_sheet_that_grows_at_its_top() -> None:
    rows = [row | {"why": f"since {at} asked"} for at, row in enumerate(log(60))]
    begun = [{"goal": "Goal 9", "what": f"write letter {at}"} for at in range(3)]
    edited = rows[0] | {"why": "nobody knows"}
    copied = rows[0] | {"done": "no"}
    found = ids(placed(rows), placed([*begun, edited, copied, *rows[1:]]))
    assert found[:3] == ["", "", ""]
    assert "n0" in found[3:5]
