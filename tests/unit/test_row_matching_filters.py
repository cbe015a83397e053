"""Filters, sheets that show what was edited last on top, and how much a place tells: the deciding
constants stand in the middle of what is asserted.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import exp, log

import pytest

from notes.model.notes import Entry, KnownRow, Link, Note, Place, RawRow
from sync.matching.assignment import Assignment
from sync.matching.evidence.edit_statistics import EditStatistics
from sync.matching.evidence.hidden_rows import HiddenRows
from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.row_likelihood import RowSimilarity
from sync.matching.row_links import link_rows
from sync.matching.rows.compared_rows import build_known_rows, build_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
STATES = {"en": ("done", "open", "planned"), "ko": ("완료", "진행", "예정")}
Cells = Mapping[str, str]


def entry(cells: Cells, at: int, tab: str = "Log") -> Entry:
    place = Place(tab=tab, row=at + 2)
    raw = RawRow(place, tuple((label, text) for label, text in cells.items() if text))
    return Entry(raw, Note("experiment", place))


def sheet(rows: Sequence[Cells], tab: str = "Log") -> list[Entry]:
    return [entry(cells, at, tab) for at, cells in enumerate(rows)]


def trials(language: str, count: int = 120) -> list[dict[str, str]]:
    """Return rows of which a third bears each state."""
    return [
        {
            "what": f"{('try' if language == 'en' else '시험')} {at * 7919 % 997}",
            "why": f"because {at * 104729 % 983} {at}",
            "owner": ("Ann", "Bo", "Cy", "Di", "Eve")[at % 5],
            "state": STATES[language][at % 3],
        }
        for at in range(count)
    ]


def links(
    before: Sequence[Entry], today: Sequence[Entry], gone: Sequence[KnownRow] = ()
) -> list[Link]:
    known = [KnownRow(f"n{at}", "log", each) for at, each in enumerate(before)]
    return link_rows([*known, *gone], today, source="log", now=NOW)


def assigned(
    before: Sequence[Entry], today: Sequence[Entry], pairs: Mapping[int, int]
) -> Assignment:
    """Return an assignment with these pairs, known row by row of today."""
    known = [KnownRow(f"n{at}", "log", each) for at, each in enumerate(before)]
    assignment = Assignment(build_known_rows(known, "log"), build_rows(today))
    for now, old in pairs.items():
        assignment.assign_equal(now, old)
    return assignment


def hidden_rows(before: Sequence[Entry], today: Sequence[Entry]) -> HiddenRows:
    """Return what a filter hid, the rows of equal content being matched."""
    known = build_known_rows([KnownRow("n", "log", each) for each in before], "log")
    assignment = Assignment(known, build_rows(today))
    places = {tuple(known.texts(at).items()): at for at in range(len(known))}
    for now in range(len(today)):
        old = places.get(tuple(assignment.now.texts(now).items()))
        if old is not None:
            assignment.assign_equal(now, old)
    return HiddenRows(assignment)


def hidden_of(before: Sequence[Entry], today: Sequence[Entry]) -> set[str]:
    """Return what the known rows say that a filter hid."""
    hidden = hidden_rows(before, today)
    return {hidden.assignment.known.texts(at)["what"] for at in hidden.by}


# filters


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_filter_is_seen_in_a_week_in_which_half_of_the_rows_were_edited(language: str) -> None:
    rows = trials(language)
    done = STATES[language][0]
    edited = [
        row | {"why": f"rewritten {at * 31 % 89}"} if at % 2 else row for at, row in enumerate(rows)
    ]
    new = [{"what": f"new {at}", "state": STATES[language][2]} for at in range(15)]
    today = sheet([*(row for row in edited if row["state"] != done), *new])

    assert hidden_of(sheet(rows), today) == {row["what"] for row in rows if row["state"] == done}


def test_a_filter_of_one_tab_is_seen_though_the_archive_shows_the_value() -> None:
    rows, old = trials("en"), [{"what": f"old {at}", "state": "done"} for at in range(30)]
    before = [*sheet(rows), *sheet(old, "Archive")]
    today = [*sheet([row for row in rows if row["state"] != "done"]), *sheet(old, "Archive")]

    assert hidden_of(before, today) == {row["what"] for row in rows if row["state"] == "done"}


@pytest.mark.parametrize(
    ("states", "hidden"), [((), True), (("finished",), False), (("",), False), (("open",), False)]
)
def test_a_value_that_became_another_one_is_not_hidden(
    states: tuple[str, ...], *, hidden: bool
) -> None:
    rows = trials("en")
    today = [
        row | {"state": states[0]} if row["state"] == "done" and states else row
        for row in rows
        if states or row["state"] != "done"
    ]

    assert bool(hidden_of(sheet(rows), sheet(today))) == hidden


@pytest.mark.parametrize(("count", "hidden"), [(9, False), (10, True)])
def test_fewer_than_ten_rows_of_a_value_were_deleted_by_hand(count: int, *, hidden: bool) -> None:
    rows = [row | {"owner": "Zoe" if at < count else "Ann"} for at, row in enumerate(trials("en"))]

    assert bool(hidden_of(sheet(rows), sheet(rows[count:]))) == hidden


def test_a_row_that_only_grew_is_rather_the_hidden_one_than_one_that_says_less() -> None:
    rows = trials("en")
    grown = rows[1] | {"state": "done", "result": "people answered at noon"}
    less = rows[4] | {"state": "done", "why": ""}
    shown = [row for row in rows if row["state"] != "open"]
    hidden = hidden_rows(sheet(rows), sheet([*shown, grown, less]))
    position, known = PositionEvidence(hidden.assignment), hidden.assignment.known
    place = {known.texts(at)["what"]: at for at in range(len(known))}

    weights = [
        hidden.weight(place[row["what"]], now, position)
        for now, row in enumerate((grown, less), len(shown))
    ]

    assert 0 > weights[0] > weights[1]
    assert hidden.weight(place[rows[0]["what"]], len(shown), position) == 0.0


def test_hidden_rows_are_no_rows_that_were_left_behind() -> None:
    rows = trials("en")
    pairs = dict(enumerate(range(80, 120)))
    assignment = assigned(sheet(rows), sheet(rows[80:]), pairs)

    went = PositionEvidence(assignment, 5.0)
    hid = PositionEvidence(assignment, 5.0, hidden=60)

    assert went.most_went
    assert went.left_behind > 5
    assert not hid.most_went
    assert hid.left_behind == 0


@pytest.mark.parametrize(("back", "least", "most"), [(0, -5.5, -4.5), (90, -0.25, 0.0)])
def test_where_most_of_the_rows_that_went_at_once_are_back_the_others_are_likely_back_too(
    back: int, least: float, most: float
) -> None:
    rows = [*trials("en"), *({"what": f"kept {at}"} for at in range(20))]
    went = NOW - timedelta(days=7)
    known = [
        KnownRow(f"n{at}", "log", each, went if at < 100 else None)
        for at, each in enumerate(sheet(rows))
    ]
    today = sheet([*rows[100:], *rows[:back][::-1], {"what": "another"}])
    assignment = Assignment(build_known_rows(known, "log"), build_rows(today))
    ranks = {row["what"]: at for at, row in enumerate(rows)}
    places = {assignment.known.texts(at)["what"]: at for at in range(len(known))}
    for now, each in enumerate(today[:-1]):
        assignment.assign_equal(now, places[dict(each.raw.cells)["what"]])
    evidence = PositionEvidence(assignment)
    free = places[rows[95]["what"]]

    assert len(ranks) == len(rows)
    assert least <= evidence.weight(free, len(today) - 1) + evidence.strange <= most


# what was edited last on top


def test_where_recognised_changed_rows_came_first_the_others_are_not_looked_for_in_place() -> None:
    rows = trials("en")
    top = range(117, 0, -6)
    left = [at for at in range(120) if at not in top]
    today = sheet([*(rows[at] | {"result": "seen"} for at in top), *(rows[at] for at in left)])
    assignment = assigned(sheet(rows), today, dict(enumerate([*top, *left])))

    every = PositionEvidence(assignment, 5.0)
    changed = PositionEvidence(assignment, 5.0, recognised=range(20))

    assert every.usual["\tLog"][2] > 2 * changed.usual["\tLog"][2]
    assert changed.often_moved(50)


# how much a place tells


def a_quiet_sheet(count: int) -> Assignment:
    rows = sheet([{"what": f"trial {at}"} for at in range(count)])
    return assigned(rows, rows, {at: at for at in range(count)})


def test_a_row_moves_by_itself_in_one_of_two_hundred_and_fifty_though_none_was_seen() -> None:
    assert 1 / 350 < PositionEvidence(a_quiet_sheet(2000)).usual["\tLog"][0] < 1 / 180


def test_one_in_seven_of_the_rows_that_changed_in_place_is_left_after_the_clear_pairs() -> None:
    evidence = PositionEvidence(a_quiet_sheet(500), 5.0, recognised=range(500))

    assert 0.11 < exp(evidence.remaining) < 0.21


def test_of_the_rows_left_after_the_clear_pairs_one_in_four_goes_on() -> None:
    rows = sheet([{"what": f"trial {at}"} for at in range(200)])
    assignment = assigned(rows, rows, {at: at for at in range(100)})

    evidence = PositionEvidence(assignment, 9.0)

    assert 3 < exp(evidence.strange - log(100)) < 6


# how much cells tell


def similarity_of(known: Sequence[Entry], today: Sequence[Entry]) -> RowSimilarity:
    rows = build_rows(today)
    pool = [rows.texts(at) for at in range(len(rows))]
    labels = {"\tLog": dict.fromkeys(label for each in known for label, _ in each.raw.cells)}
    return RowSimilarity(EditStatistics(rows, pool), labels, labels, pool=pool)


def test_short_cells_that_change_together_cost_what_taking_a_row_up_again_costs() -> None:
    short = [f"s{at}" for at in range(8)]
    old = {"what": "the very long text of a trial"} | dict.fromkeys(short, "a1")
    new = old | dict.fromkeys(short, "b2")
    others = [
        {"what": f"trial {at}"} | dict.fromkeys(short, ("a1", "b2")[at % 2]) for at in range(60)
    ]
    before, today = sheet([old]), sheet([new, *others])
    similarity = similarity_of(before, today)

    what = similarity.edits.columns["what"]
    told = what.same + what.rarity("the very long text of a trial")
    costs = similarity.weight(build_rows(before)[0], build_rows(today)[0]) - told

    assert log(1 / 100) < costs < log(1 / 45)


@pytest.mark.parametrize(("shared", "alike"), [(1, False), (4, True)])
def test_texts_are_alike_from_a_quarter_of_their_pieces_on(shared: int, *, alike: bool) -> None:
    words = ["harbour", "lantern", "mirror", "pocket", "ribbon", "saddle", "timber", "velvet"]
    other = ["anchor", "basket", "candle", "dagger", "engine", "falcon", "garden", "hammer"]
    old, new = " ".join(words), " ".join([*words[:shared], *other[shared:]])
    unlike = " ".join(other)
    before = sheet([{"what": old, "who": "Ann Lee"}])
    today = sheet([{"what": new, "who": "Ann Lee"}, {"what": unlike, "who": "Ann Lee"}])
    similarity = similarity_of(before, today)

    known, now = build_rows(before)[0], build_rows(today)

    assert (similarity.weight(known, now[0]) > similarity.weight(known, now[1])) == alike


@pytest.mark.parametrize(
    ("written", "tells"),
    [
        ("매장에 다시 온 단골의 주문이 58건에서 96건으로 늘었다", True),
        ("매장에 다시 온 단골의 주문이 58건에서 97건으로 늘었다", False),
        ("매장에 다시 온 단골의 주문이 58건으로 늘었다", False),
        ("매장에 다시 온 단골의 주문이 많이 늘었다", False),
    ],
)
def test_a_text_written_in_the_other_language_is_known_by_its_numbers(
    written: str, *, tells: bool
) -> None:
    others = [
        {"what": f"weekly round {at}", "result": f"orders {at} -> {at + 1}"} for at in range(60)
    ]
    english = "orders of regulars who came back to the shop grew from 58 to 96"
    for before, after in ((english, written), (written, english)):
        known = sheet([{"what": "price check", "result": before}])
        today = sheet(
            [
                {"what": "price check", "result": after},
                {
                    "what": "price check",
                    "result": "문의 없음" if before.isascii() else "no question",
                },
                *others,
            ]
        )
        similarity, now = similarity_of(known, today), build_rows(today)
        weights = [similarity.weight(build_rows(known)[0], now[at]) for at in range(2)]

        assert (weights[0] > weights[1] + 1) == tells


def test_a_row_that_two_known_ones_fit_alike_is_marked() -> None:
    rows = trials("en")
    pair = [
        {"what": "call the shop at noon", "why": "they answer then", "owner": name}
        for name in ("Ann", "Bo")
    ]
    today = [*rows, {"what": "call the shop at noon", "why": "they answer", "owner": "Cy"}]

    found = links(sheet([*rows[:60], pair[0], *rows[60:], pair[1]]), sheet(today[::-1]))[0]

    assert (found.sure, len(found.rivals)) in {(False, 1), (False, 2)}
