"""Where the rules of row matching begin and end: how many rows, how far, how often."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from math import log

import pytest

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.assignment import Assignment
from sync.matching.column_alignment import find_rewritten_columns
from sync.matching.evidence.edit_statistics import EditStatistics
from sync.matching.evidence.filled_days import FilledDays
from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.row_likelihood import RowSimilarity
from sync.matching.evidence.sort_order import sort_known
from sync.matching.id_column import match_same_id
from sync.matching.predecessor import find_predecessor
from sync.matching.row_links import link_rows
from sync.matching.rows.compared_rows import build_known_rows, build_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LAST_WEEK = NOW - timedelta(days=7)
FIRST = date(2026, 1, 5)


def row(
    at: int, cells: Mapping[str, str], *, tab: str = "Log", key: str = "", day: date | None = None
) -> Entry:
    place = Place(tab=tab, row=at + 2)
    raw = RawRow(place, tuple(cells.items()))
    return Entry(raw, Note("experiment", place, key=key, start_date=day))


def rows(count: int, **more: str) -> list[Entry]:
    return [row(at, {"what": f"trial number {at}", **more}) for at in range(count)]


def known(
    entries: Sequence[Entry], *, gone: datetime | None = None, source: str = "log"
) -> list[KnownRow]:
    return [KnownRow(f"n{at}", source, each, gone) for at, each in enumerate(entries)]


def assigned(
    before: Sequence[Entry], today: Sequence[Entry], pairs: Mapping[int, int]
) -> Assignment:
    """Return an assignment with these pairs, known row by row of today."""
    assignment = Assignment(build_known_rows(known(before), "log"), build_rows(today))
    for now, old in pairs.items():
        assignment.assign_equal(now, old)
    return assignment


# ids


@pytest.mark.parametrize(("contradicted", "decided"), [(1, 149), (2, 0)])
def test_ids_hold_where_less_than_one_in_a_hundred_bears_the_words_of_another(
    contradicted: int, decided: int
) -> None:
    before = [row(at, {"what": f"trial number {at}"}, key=f"E-{at}") for at in range(150)]
    says = list(range(150))
    for at in range(contradicted):
        says[2 * at], says[2 * at + 1] = -1 - at, 2 * at  # E-1 says what E-0 said
    after = [
        row(at, {"what": f"trial number {told}"}, key=f"E-{at}") for at, told in enumerate(says)
    ]
    assignment = assigned(before, after, {})
    match_same_id(assignment)
    assert sum(assignment.by_id) == decided


@pytest.mark.parametrize(("equal", "decided"), [(3, 0), (5, 6)])
def test_where_no_row_is_equal_ids_hold_from_four_equal_cells_in_ten(
    equal: int, decided: int
) -> None:
    def says(at: int, told: str, cells: int) -> Entry:
        texts = {f"column {cell}": f"{told} {cell} of {at}" for cell in range(cells)}
        kept = {f"column {cell}": f"kept {cell} of {at}" for cell in range(cells, 10)}
        return row(at, texts | kept, key=f"E-{at}")

    before = [says(at, "once", 10 - equal) for at in range(6)]
    after = [says(at, "today", 10 - equal) for at in range(6)]
    assignment = assigned(before, after, {})
    match_same_id(assignment)
    assert sum(assignment.by_id) == decided


# edits


@pytest.mark.parametrize(("times", "bulk"), [(2, False), (3, True)])
def test_an_edit_seen_three_times_is_a_bulk_edit(times: int, bulk: bool) -> None:
    before, today = build_rows(rows(20, state="open")), build_rows(rows(20, state="started"))
    edits = EditStatistics(today, [])
    edits.learn([(before[at], today[at]) for at in range(times)])
    assert bool(edits.share("state", "open", "started")) is bulk


@pytest.mark.parametrize(("seen", "aside"), [(9, frozenset()), (10, frozenset({"state"}))])
def test_a_column_that_changed_in_ten_rows_of_ten_is_set_aside(
    seen: int, aside: frozenset[str]
) -> None:
    before = build_rows(rows(seen, state="open"))
    after = build_rows(rows(seen, state="done"))
    every = range(seen)
    assert find_rewritten_columns(before, after, every, free_now=every) == aside


def test_names_tell_no_rows_by_which_a_column_could_count_as_rewritten() -> None:
    """Texts below eight letters are names and states, though one row only holds each."""
    before = [row(at, {"what": f"name {at}", "state": "open"}) for at in range(12)]
    after = [row(at, {"what": f"name {at}", "state": "done"}) for at in range(12)]
    every = range(12)
    found = find_rewritten_columns(build_rows(before), build_rows(after), every, free_now=every)
    assert found == frozenset()


COLUMNS = tuple(f"column {at}" for at in range(9))


def told_of_changed_cells(cells: Mapping[str, str], changed: Mapping[str, str]) -> float:
    """Return what the cells tell that changed in a row of a sheet of full rows, in nats."""
    others = [row(at, {label: f"{label} of trial {at}" for label in COLUMNS}) for at in range(60)]
    before, today = build_rows([row(0, cells)]), build_rows([row(0, {**cells, **changed}), *others])
    pool = [today.texts(at) for at in range(len(today))]
    labels = {before[0].sheet: dict.fromkeys(COLUMNS)}
    similarity = RowSimilarity(EditStatistics(today, pool), labels, labels, pool=pool)
    columns = similarity.edits.columns
    stayed = [
        columns[label].same + columns[label].rarity(text)
        for label, text in cells.items()
        if label not in changed
    ]
    return similarity.weight(before[0], today[0]) - sum(stayed)


@pytest.mark.parametrize(
    ("had", "one_in"), [(4, 1 / 0.3), (5, 50)], ids=["only begun", "more than begun"]
)
def test_of_rows_only_begun_three_in_ten_are_finished_and_of_others_one_in_fifty(
    had: int, one_in: float
) -> None:
    begun, filled = (
        {label: f"a text in {label}" for label in some} for some in (COLUMNS[:had], COLUMNS[had:])
    )
    assert told_of_changed_cells(begun, filled) == pytest.approx(-log(one_in))


def test_one_row_in_two_hundred_is_written_anew_where_it_stands() -> None:
    old = dict.fromkeys(COLUMNS, "call guests early")
    new = dict.fromkeys(COLUMNS[1:], "쿠폰 두 장을 보낸다")
    assert told_of_changed_cells(old, new) == pytest.approx(-log(200))


# what the free rows say


@pytest.mark.parametrize(("free", "rarer"), [(20, 3), (120, 4)])
def test_a_third_of_the_free_rows_and_ten_at_least_say_what_any_row_says(
    free: int, rarer: float
) -> None:
    """No free row is done, half of all rows are: of those 20 rows 10 more, of 120 40 more."""
    every = build_rows([row(at, {"state": ("open", "done")[at % 2]}) for at in range(400)])
    edits = EditStatistics(every, [{"state": "done"}])
    state = edits.columns["state"]
    before = state.rarity("done")
    edits.compare_with([{"state": "open"}] * free)
    assert state.rarity("done") - before == pytest.approx(log(rarer))


def test_before_a_text_came_again_five_free_rows_are_taken_to_hold_one_of_another_row() -> None:
    every = build_rows(rows(400))
    edits = EditStatistics(every, [every.texts(at) for at in range(400)])
    what = edits.columns["what"]
    before = what.rarity("trial number 7")
    edits.compare_with([every.texts(at) for at in range(100, 200)])
    assert what.rarity("trial number 7") - before == pytest.approx(log(105 / 5))


# days


def test_a_late_day_tells_for_the_kind_of_row_that_got_late_days() -> None:
    """Of six rows recognised all got a day of this week, of the free ones one in six."""
    begun = [row(at, {"what": f"trial number {at}"}) for at in range(6)]
    dated = [
        row(6 + at, {"what": f"older {at}"}, day=FIRST + timedelta(days=at)) for at in range(20)
    ]
    late, early = FIRST + timedelta(days=60), FIRST + timedelta(days=3)
    today = [row(at, {"what": f"trial number {at}"}, day=late) for at in range(6)]
    today += [row(30 + at, {"what": f"new {at}"}, day=late if not at else early) for at in range(6)]
    today += [row(40, {"what": "begun"}, day=late), row(41, {"what": "begun"}, day=early)]
    before = [*begun, *dated, row(50, {"what": "begun"})]
    assignment = assigned(before, today, {at: at for at in range(6)})
    days = FilledDays(assignment)
    days.learn(range(12))
    stub = next(at for at in range(27) if assignment.known.texts(at) == {"what": "begun"})
    assert days.weight(stub, 12) > 0.5 > -0.5 > days.weight(stub, 13)


def test_of_the_rows_that_went_three_in_a_thousand_come_back_with_a_day_of_this_week() -> None:
    dated = [row(at, {"what": f"older {at}"}, day=FIRST + timedelta(days=at)) for at in range(20)]
    went = row(30, {"what": "a rope along the stairs"}, day=FIRST)
    before = [*known(dated), KnownRow("went", "log", went, LAST_WEEK)]
    back = row(30, {"what": "a rope along the stairs"}, day=FIRST + timedelta(days=60))
    assignment = Assignment(build_known_rows(before, "log"), build_rows([back]))
    gone = next(at for at in range(21) if assignment.known.standing[at])
    assert FilledDays(assignment).weight(gone, 0) == pytest.approx(log(3 / 1000))


# places


def place_weights(free: int) -> dict[int, float]:
    """Return what it tells to have kept 2, 1 and no neighbours, `free` rows having gone below the
    same row as the one looked at.
    """
    before = rows(60)
    today = [*before[:20], *before[20 + free :]]
    pairs = {at: at + (free if at >= 20 else 0) for at in range(len(today))}
    new = row(100, {"what": "new"})
    weights = {}
    for kept, at in ((2, 20), (1, 0), (0, 40)):
        # between 19 and what followed; at the top, below nobody; elsewhere
        here = [*today[:at], new, *today[at:]]
        moved = {now + (now >= at): old for now, old in pairs.items()}
        weights[kept] = PositionEvidence(assigned(before, here, moved)).weight(20, at)
    return weights


def test_a_place_between_the_same_rows_tells_more_the_fewer_rows_went() -> None:
    few, many = place_weights(1), place_weights(12)
    assert few[2] > many[2] > many[0]
    assert 5 < few[2] < 6


@pytest.mark.parametrize(
    ("source", "gone"), [("log", LAST_WEEK), ("other", None)], ids=["gone", "other source"]
)
def test_a_row_that_went_or_stands_in_another_file_comes_back_though_a_letter_changed(
    source: str, gone: datetime | None
) -> None:
    """That costs something, and less than what two texts of its own tell."""
    said = {"what": "a rope along the stairs", "who": "Ann", "why": "nobody held on to the wall"}
    before = known(rows(30, who="Bo", why="they ask"))
    lost = KnownRow("lost", source, row(40, said), gone)
    back = row(30, said | {"what": "a rope along the stair"})
    today = [*rows(30, who="Bo", why="they ask"), back]
    assert link_rows([*before, lost], today, source="log", now=NOW)[30].note_id == "lost"


@pytest.mark.parametrize(("went", "more"), [(8, False), (20, False), (32, True)])
def test_rows_left_behind_ask_for_more_only_where_more_than_three_tenths_went(
    went: int, more: bool
) -> None:
    before = rows(60)
    today = before[went:]
    position = PositionEvidence(assigned(before, today, {at: at + went for at in range(60 - went)}))
    assert bool(position.left_behind) is more


@pytest.mark.parametrize(("went", "most"), [(30, False), (45, True)])
def test_a_new_file_is_one_where_more_than_half_of_the_rows_went(went: int, most: bool) -> None:
    before = rows(60)
    pairs = {at: at + went for at in range(60 - went)}
    assert PositionEvidence(assigned(before, before[went:], pairs)).most_went is most


# sorting


@pytest.mark.parametrize(("moved", "explained"), [(3, True), (8, True), (16, False)])
def test_a_sorting_explains_the_order_while_half_of_the_rows_stand_below_the_same(
    moved: int, explained: bool
) -> None:
    """Rows of equal value that were shuffled afterwards are in no order that sorting makes."""
    people = [f"person {at * 7 % 5}" for at in range(60)]
    before = [row(at, {"what": f"trial number {at}", "who": people[at]}) for at in range(60)]
    order = sorted(range(60), key=people.__getitem__)
    for at in range(0, 3 * moved, 3):
        order[at], order[at + 1] = order[at + 1], order[at]
    today = [row(at, dict(before[old].raw.cells)) for at, old in enumerate(order)]
    assignment = assigned(before, today, dict(enumerate(order)))
    sort_known(assignment, assignment.now.names)
    assert (list(assignment.sorted_by.values()) == [("who",)]) is explained


# a new file


@pytest.mark.parametrize(("carried", "fresh", "found"), [(2, 0, ""), (3, 0, "q1"), (3, 20, "")])
def test_a_file_continues_one_of_which_it_carries_three_rows_and_a_fifth_of_its_own(
    carried: int, fresh: int, found: str
) -> None:
    old = [row(at, {"what": f"trial {at}", "why": f"why {at}", "who": "Ann"}) for at in range(9)]
    new = [row(at, {"what": f"new {at}", "why": f"so {at}", "who": "Bo"}) for at in range(fresh)]
    now = build_rows([*old[:carried], *new])
    living = known(old, source="q1")
    assert find_predecessor(living, now, "q2", others=["q1"]) == found
