"""What speaks for a pair of rows beyond equal words: ids, places, moves, bulk edits."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import pytest

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.assignment import Assignment, RowMatch
from sync.matching.column_alignment import align_columns
from sync.matching.evidence.edit_statistics import CHANGED, ERASED, EditStatistics, classify_edit
from sync.matching.evidence.joint_moves import JointMove, joint_moves
from sync.matching.evidence.moved_rows import moved_alone
from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.sort_order import DAY, same_sort_key
from sync.matching.predecessor import find_predecessor
from sync.matching.row_links import link_rows
from sync.matching.rows import compared_rows
from sync.matching.rows.compared_rows import ComparedRows, build_known_rows, build_rows
from sync.matching.rows.text_spill import TextSpill

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WORDS = [
    "call guests before they come", "draw what to pack", "one list of all dates",
    "가격표를 크게 붙인다", "이름을 부른다", "다음 모임을 미리 정한다",
    "a map on the first page", "answer within the hour", "refund without a form",
    "쿠폰을 금요일에 보낸다", "pictures of each room", "choose the seat online",
]  # fmt: skip


def entry(
    row: int,
    cells: Mapping[str, str],
    *,
    key: str = "",
    tab: str = "Log",
    day: date | None = None,
) -> Entry:
    place = Place(tab=tab, row=row)
    return Entry(
        RawRow(place, tuple(cells.items()), ""),
        Note("experiment", place, key=key, start_date=day),
    )


def log(texts: Sequence[str], *, tab: str = "Log", first: int = 2, **more: str) -> list[Entry]:
    return [entry(first + at, {"what": text, **more}, tab=tab) for at, text in enumerate(texts)]


def known(entries: Sequence[Entry], gone: datetime | None = None) -> list[KnownRow]:
    return [KnownRow(f"n{at}", "log", each, gone) for at, each in enumerate(entries)]


def ids(before: Sequence[KnownRow], today: Sequence[Entry]) -> list[str]:
    return [link.note_id for link in link_rows(before, today, source="log", now=NOW)]


def assigned(before: ComparedRows, today: ComparedRows, pairs: Mapping[int, int]) -> Assignment:
    """Return an assignment with these pairs, known row by row of today."""
    assignment = Assignment(before, today)
    for now, old in pairs.items():
        assignment.assign_equal(now, old)
    return assignment


def test_a_row_is_given_away_once() -> None:
    assignment = assigned(build_rows(log(WORDS)), build_rows(log(WORDS)), {0: 0})
    with pytest.raises(ValueError, match="given away once"):
        assignment.assign(0, RowMatch(1, "similar"))


def test_a_pair_of_rows_that_moved_is_no_block_and_three_are() -> None:
    assert moved_alone([0, 4, 5, 1, 2, 3, 6, 7]) == [1, 2]
    assert moved_alone([0, 4, 5, 6, 1, 2, 3, 7]) == []


def test_what_happened_to_a_cell_has_a_name() -> None:
    assert classify_edit("done", None) == ERASED
    assert classify_edit("open", "done") == CHANGED


def test_a_word_replaced_in_many_texts_is_a_bulk_edit_of_the_next_text_too() -> None:
    before = build_rows(log([f"ask the green team about {text}" for text in WORDS]))
    today = build_rows(log([f"ask the blue team about {text}" for text in WORDS]))
    edits = EditStatistics(today, [])
    edits.learn([(before[at], today[at]) for at in range(len(WORDS))])
    asked = "what", "notes of the green team on rain", "notes of the blue team on rain"
    assert edits.share(*asked) > 0
    assert edits.share("what", "a note on rain", "a note on snow") == 0


def test_ids_that_went_on_while_every_text_was_translated_are_the_same_notes() -> None:
    def rows(language: str) -> list[Entry]:
        return [
            entry(2 + at, {"id": f"E{at}", "owner": "Ann", language: text}, key=f"E{at}")
            for at, text in enumerate(WORDS[:6])
        ]

    assert ids(known(rows("what")), rows("무엇")) == [f"n{at}" for at in range(6)]


def test_ids_given_anew_to_other_rows_prove_nothing() -> None:
    def rows(texts: Sequence[str]) -> list[Entry]:
        return [
            entry(2 + at, {"id": f"E{at}", "what": text, "why": f"since {text}"}, key=f"E{at}")
            for at, text in enumerate(texts)
        ]

    assert ids(known(rows(WORDS[:6])), rows(WORDS[6:])) == 6 * [""]


def test_an_id_against_the_words_of_its_row_is_left_out_and_the_others_hold() -> None:
    before = [
        entry(2 + at, {"id": f"E{at}", "what": f"{text} {at}", "why": f"since {at}"}, key=f"E{at}")
        for at, text in enumerate(21 * WORDS)
    ]
    alike = {"what": "no time this week", "why": "holidays"}  # says nothing about its id
    before += [entry(at + 2, {"id": f"E{at}", **alike}, key=f"E{at}") for at in (252, 253)]
    today = list(before)
    for at, other in ((3, 4), (4, 3)):
        cells = dict(before[at].raw.cells) | {"id": f"E{other}"}
        today[at] = entry(2 + at, cells, key=f"E{other}")
    today[0] = entry(2, {"id": "E0", **alike}, key="E0")
    assert ids(known(before), today) == [f"n{at}" for at in range(len(before))]


def test_a_column_translated_in_every_row_leaves_the_rows_what_they_are() -> None:
    said = {"done": "완료", "open": "진행 중"}

    def rows(translate: Mapping[str, str]) -> list[Entry]:
        return [
            entry(2 + at, {"what": text, "state": translate[state], "who": f"Ann {at}"})
            for at, (text, state) in enumerate(zip(WORDS, 6 * ["done", "open"], strict=True))
        ]

    assert ids(known(rows({"done": "done", "open": "open"})), rows(said)) == [
        f"n{at}" for at in range(len(WORDS))
    ]


def test_as_many_copies_as_before_in_a_sheet_without_order_are_the_same_notes() -> None:
    copies = 3 * ["no time this week"]
    before = log([*WORDS, *copies])
    mixed = [WORDS[at] for at in (7, 2, 9, 0, 5, 11, 1, 8, 3, 10, 6, 4)]
    today = log([copies[0], *mixed[:6], copies[1], *mixed[6:], copies[2]])
    found = ids(known(before), today)
    assert {found[0], found[7], found[14]} == {"n12", "n13", "n14"}


def test_a_renamed_tab_keeps_the_places_of_its_rows() -> None:
    before = build_known_rows(known(log(WORDS, tab="October")), "log")
    today = build_rows(log(WORDS, tab="Oct (old)"))
    pairs = {at: at for at in range(len(WORDS)) if at != 5}
    places = PositionEvidence(assigned(before, today, pairs))
    heirs = (today.names[sheet] for sheet in places.heirs)
    assert dict(zip(before.names, heirs, strict=True)) == {"\tOctober": "\tOct (old)"}
    assert places.agreement(5, 5) == 2


def test_a_row_with_one_neighbour_left_speaks_less_than_with_both() -> None:
    before, today = build_rows(log(WORDS)), build_rows(log(WORDS))
    pairs = {at: at for at in range(len(WORDS)) if at not in {4, 5}}
    both = PositionEvidence(assigned(before, today, pairs))
    moved = build_rows(log([*WORDS[:5], *WORDS[6:9], WORDS[5], *WORDS[9:]]))
    order = [0, 1, 2, 3, 4, 6, 7, 8, 5, 9, 10, 11]
    one = PositionEvidence(
        assigned(before, moved, {now: old for now, old in enumerate(order) if old not in {4, 5}})
    )
    assert both.weight(4, 4) > one.weight(5, 8)
    assert one.agreement(4, 4) == 2


def test_a_place_between_both_neighbours_tells_less_where_many_rows_are_new() -> None:
    def told(new: int) -> float:
        added = [f"new {at}" for at in range(new)]
        before = build_rows(log(WORDS))
        today = build_rows(log([*WORDS[:5], "another word", *WORDS[6:], *added]))
        pairs = {at: at for at in range(len(WORDS)) if at != 5}
        return PositionEvidence(assigned(before, today, pairs)).weight(5, 5)

    assert told(0) - told(8) == pytest.approx(math.log(10 / 22) - math.log(2 / 14))


def test_one_neighbour_of_two_tells_and_nothing_where_sorting_took_the_row() -> None:
    before = build_rows(log(WORDS))
    order = [0, 1, 2, 3, 4, 5, 9, 10, 11, 6, 7, 8]
    told = {}
    for word in (WORDS[5], "another word"):
        today = build_rows(log([word if at == 5 else WORDS[at] for at in order]))
        assignment = assigned(before, today, {n: old for n, old in enumerate(order) if old != 5})
        assert PositionEvidence(assignment).agreement(5, 5) == 1
        assignment.sorted_by["\tLog"] = ("what",)
        told[word] = PositionEvidence(assignment).weight(5, 5)
    assert told["another word"] > told[WORDS[5]]


def test_a_sheet_sorted_by_day_whatever_its_days_are_called_keeps_its_rows() -> None:
    days = [9, 3, 12, 1, 7, 5, 11, 2, 10, 4, 8, 6]
    rows = [
        entry(2 + at, {"what": text}, day=date(2026, 11, day))
        for at, (text, day) in enumerate(zip(WORDS, days, strict=True))
    ]
    in_order = sorted(rows, key=lambda each: each.note.start_date or date.max)
    today = [
        entry(2 + at, dict(each.raw.cells), day=each.note.start_date)
        for at, each in enumerate(in_order)
    ]
    assert ids(known(rows), today) == [f"n{rows.index(each)}" for each in in_order]


def test_a_row_with_another_day_stands_elsewhere_in_a_sheet_sorted_by_day() -> None:
    def dated(days: Sequence[int]) -> ComparedRows:
        return build_rows(
            [
                entry(2 + at, {"what": WORDS[at]}, day=date(2026, 11, day))
                for at, day in enumerate(days)
            ]
        )

    assignment = Assignment(dated([3, 4]), dated([3, 9]))
    assert same_sort_key(assignment, 0, 0, labels=[DAY])
    assert not same_sort_key(assignment, 1, 1, labels=[DAY])


def test_a_renamed_tab_that_was_sorted_keeps_its_notes() -> None:
    order = [7, 2, 9, 0, 5, 11, 1, 8, 3, 10, 6, 4]
    today = log([WORDS[at] for at in order], tab="Sorted", who="Ann", why="autumn")
    before = log(WORDS, tab="Log", who="Ann", why="autumn")
    assert ids(known(before), today) == [f"n{at}" for at in order]


def test_a_long_sheet_that_was_sorted_is_understood_from_some_of_its_rows() -> None:
    texts = [f"{number:03} {WORDS[number % len(WORDS)]}" for number in range(450)]
    mixed = [texts[number * 101 % 450] for number in range(450)]
    today = log([text if at != 30 else f"{text}, again" for at, text in enumerate(texts)])
    found = ids(known(log(mixed)), today)
    assert found == [f"n{mixed.index(text)}" for text in texts]


def test_a_renamed_column_is_found_beside_a_tab_that_kept_its_columns() -> None:
    def rows(label: str, extra: str) -> list[Entry]:
        return [
            *log([f"{text}, as ever" for text in WORDS], tab="Other", more=extra),
            *(entry(2 + at, {label: text, "why": f"since {at}"}) for at, text in enumerate(WORDS)),
        ]

    before = build_known_rows(known(rows("what", "then")), "log")
    _, after = align_columns(before, build_rows(rows("무엇", "now")))
    assert set(after["\tLog"]) & set(after["\tOther"])


def test_a_source_that_has_rows_of_its_own_continues_nobody() -> None:
    rows = [
        entry(2 + at, {"what": text, "who": "Ann", "why": "x"}) for at, text in enumerate(WORDS)
    ]
    here, there = (KnownRow(f"{name}1", name, rows[0], None) for name in ("here", "there"))
    every = [there, *(KnownRow(f"t{at}", "there", row, None) for at, row in enumerate(rows))]
    assert find_predecessor(every, build_rows(rows), "here", others=["there"]) == "there"
    assert find_predecessor([here, *every], build_rows(rows), "here", others=["there"]) == ""


def test_rows_that_left_together_know_each_other_where_they_stand_again() -> None:
    before = build_known_rows(known(log(WORDS, tab="Q3")), "log")
    today = build_rows(log(WORDS, tab="Archive"))
    kept = {at: at for at in range(len(WORDS)) if at not in {0, 5, 6, 11}}
    assignment = assigned(before, today, kept)
    move = JointMove(assignment, range(len(WORDS)), range(len(WORDS)))
    told = {"come": -3.0, "strange": 2.0, "most": 6.0}
    assert move.agreement(5, 5) == 2
    assert move.agreement(1, 5) == 0  # row 1 is not free
    assert move.weight(1, 5, **told) == -2.0
    assert move.weight(5, 5, **told) > move.weight(0, 11, **told)


def test_a_row_that_joins_one_known_neighbour_of_its_move_is_less_sure() -> None:
    before = build_known_rows(known(log(WORDS, tab="Q3")), "log")
    order = [0, 1, 2, 3, 4, 5, 8, 9, 6, 7, 10, 11]
    today = build_rows(log([WORDS[at] for at in order], tab="Archive"))
    pairs = {now: old for now, old in enumerate(order) if old not in {2, 5}}
    move = JointMove(assigned(before, today, pairs), range(12), range(12))
    told = {"come": -3.0, "strange": 2.0, "most": 6.0}
    assert (move.agreement(5, 5), move.agreement(2, 2)) == (1, 2)
    assert move.weight(2, 2, **told) > move.weight(5, 5, **told)


def test_rows_among_which_none_is_known_stand_in_no_gap() -> None:
    before = build_known_rows(known(log(WORDS, tab="Q3")), "log")
    move = JointMove(Assignment(before, build_rows(log(WORDS))), range(12), range(12))
    assert move.gaps() == ({}, {})


def test_rows_that_arrive_in_any_order_made_no_move_together() -> None:
    before = build_known_rows(known(log(WORDS, tab="Q3")), "log")
    order = [7, 2, 9, 0, 5, 11, 1, 8, 3, 10, 6, 4]
    mixed = build_rows(log([WORDS[at] for at in order], tab="Archive"))
    assert joint_moves(assigned(before, mixed, dict(enumerate(order))), [-1]) == {}
    kept = build_rows(log(WORDS, tab="Archive"))
    assert joint_moves(assigned(before, kept, {at: at for at in range(12)}), [-1])


def test_columns_of_one_tab_are_not_made_one() -> None:
    cells = [
        {"plan": text, "deed": text, "why": f"since {text}", "id": str(at)}
        for at, text in enumerate(WORDS)
    ]
    before = build_known_rows(known([entry(2 + at, each) for at, each in enumerate(cells)]), "log")
    renamed = [{"무엇": each["plan"], "한 일": each["deed"], "why": each["why"]} for each in cells]
    today = build_rows([entry(2 + at, each) for at, each in enumerate(renamed)])
    _, after = align_columns(before, today)
    (labels,) = after.values()
    assert len(labels) == 3


def test_two_columns_of_one_name_are_two_cells_and_a_third_is_a_third() -> None:
    place = Place(tab="Log", row=2)
    raw = RawRow(place, (("note", "a"), ("note", "b"), ("note", "c"), ("note", "")), "")
    rows = build_rows([Entry(raw, Note("experiment", place))])
    assert list(rows.texts(0).values()) == ["a", "b", "c"]
    assert len(rows[0].texts) == 3


def test_cells_said_long_ago_are_compared_like_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared_rows, "_MOST_CELLS", 2)
    rows = build_rows(log([*WORDS, *WORDS]))
    assert rows.content[0] == rows.content[len(WORDS)]


def test_there_is_no_row_behind_the_last() -> None:
    rows = build_rows(log(WORDS))
    assert len(list(rows)) == len(WORDS)
    with pytest.raises(IndexError):
        rows[len(WORDS)]


def test_rows_that_refer_to_nothing_are_refused() -> None:
    rows = ComparedRows()
    with pytest.raises(ValueError, match="no other side"):
        rows.add_as(0, Place(tab="Log", row=2))
    spill = TextSpill(None, rows._texts_of_stored)
    spill.add_stored([b"\x01" * 16])
    with pytest.raises(ValueError, match="no stored rows"):
        spill.texts(0)
