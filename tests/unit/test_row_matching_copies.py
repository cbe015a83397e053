"""What tells a known row from its copy and from a new one: old places, filters, days filled in."""

from datetime import UTC, date, datetime

import pytest

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.assignment import Assignment
from sync.matching.evidence.edit_statistics import EditStatistics
from sync.matching.evidence.filled_days import FilledDays
from sync.matching.row_links import link_rows
from sync.matching.rows.compared_rows import build_known_rows, build_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WORDS = {
    "en": ("try the", "because of", ("Ann", "Bo", "Cy", "Di"), ("done", "open", "new")),
    "ko": ("시험", "이유", ("도윤", "서연", "지호", "하은"), ("완료", "진행", "예정")),
}


def entry(row, *, tab="Log", day=None, **cells):
    place = Place(tab=tab, row=row)
    raw = RawRow(place, tuple((label, text) for label, text in cells.items() if text))
    return Entry(raw, Note("experiment", place, start_date=day))


def at_row(each, row, *, tab="", **changes):
    """Return the entry at another row, with other cells ("" empties one)."""
    cells = dict(each.raw.cells) | changes
    return entry(row, tab=tab or each.note.place.tab, day=each.note.start_date, **cells)


def log(language, count=60):
    what, why, names, states = WORDS[language]
    return [
        entry(
            at + 2,
            date=f"2026-{at % 9 + 1:02}-{at % 28 + 1:02}",
            what=f"{what} {at * 7919 % 997}",
            why=f"{why} {at * 104729 % 983} {at}",
            owner=names[at % len(names)],
            state=states[at % len(states)],
        )
        for at in range(count)
    ]


def ids(rows, entries):
    """Return the ids of today's rows; the known ones are n0, n1, …"""
    known = [KnownRow(f"n{at}", "log", each) for at, each in enumerate(rows)]
    return [each.note_id for each in link_rows(known, entries, source="log", now=NOW)]


def numbered(entries):
    return [at_row(each, row) for row, each in enumerate(entries, 2)]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_of_a_row_edited_in_place_and_its_copy_in_another_tab_the_one_in_place_goes_on(language):
    rows = log(language)
    edited = at_row(rows[20], 22, result="seen once", state=WORDS[language][3][1])
    today = [*rows[:20], edited, *rows[21:], at_row(rows[20], 2, tab="Next")]

    found = ids(rows, today)

    assert (found[20], found[-1]) == ("n20", "")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_row_that_moved_to_another_tab_goes_on_though_another_came_to_its_old_place(language):
    rows = log(language)
    other = entry(22, date="2026-11-20", what="quite another", why="for a change", owner="Eve")
    today = [*rows[:20], other, *rows[21:], at_row(rows[20], 2, tab="Next")]

    found = ids(rows, today)

    assert (found[20], found[-1]) == ("", "n20")


def test_a_row_whose_only_column_was_taken_away_is_the_row_filled_in_at_its_place():
    rows = log("en")
    begun = [*rows[:30], entry(32, room="12"), *rows[30:]]
    full = entry(32, date="2026-11-20", what="call at noon", why="people answer", owner="Bo")
    today = [*rows[:30], full, *rows[30:]]

    assert ids(numbered(begun), numbered(today))[30] == "n30"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_row_alike_where_a_filter_hid_all_of_one_state_is_a_copy(language):
    rows = log(language)
    done, still_open, _ = WORDS[language][3]
    copy = at_row(rows[30], 0, date="2026-11-22", state=still_open, owner="")
    today = []
    for at, each in enumerate(rows):
        if dict(each.raw.cells)["state"] != done:
            today.append(each)
        if at == 30:
            today.append(copy)

    found = ids(rows, numbered(today))

    assert dict(rows[30].raw.cells)["state"] == done
    assert found.count("") == 1
    assert found[today.index(copy)] == ""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_row_that_says_nearly_all_of_a_hidden_one_at_the_end_of_the_sheet_is_its_copy(language):
    rows = log(language)
    done, still_open, _ = WORDS[language][3]
    copy = at_row(rows[30], 0, state=still_open)
    today = [each for each in rows if dict(each.raw.cells)["state"] != done]

    assert ids(rows, numbered([*today, copy]))[-1] == ""
    assert ids(rows, numbered([*rows[:30], *rows[31:], copy]))[-1] == "n30"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_row_edited_that_the_filter_still_shows_goes_on(language):
    rows = log(language)
    done = WORDS[language][3][0]
    edited = at_row(rows[30], 0, why="quite another", owner="Eve")
    today = [
        edited if at == 30 else each
        for at, each in enumerate(rows)
        if at == 30 or dict(each.raw.cells)["state"] != done
    ]

    assert ids(rows, numbered(today))[today.index(edited)] == "n30"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_rows_whose_state_was_renamed_everywhere_are_not_taken_for_hidden(language):
    rows = log(language)
    done = WORDS[language][3][0]
    today = [
        at_row(each, each.note.place.row, state=f"{done}!")
        if dict(each.raw.cells)["state"] == done
        else each
        for each in rows
    ]

    assert ids(rows, today) == [f"n{at}" for at in range(len(rows))]


def test_a_day_filled_in_tells_more_where_the_new_rows_are_all_of_this_week():
    old, week = date(2026, 11, 9), date(2026, 11, 20)
    days = [date(2026, 11, 1)] * 190 + [date(2026, 11, 10)] * 10
    before = [entry(at + 2, day=day, what=f"call {at}") for at, day in enumerate(days)]
    before += [entry(at + 202, what=f"begun {at}") for at in range(10)]
    today = [at_row(each, each.note.place.row) for each in before[:200]]
    today += [entry(at + 202, day=old, what=f"begun {at}", why="x") for at in range(10)]
    today += [entry(at + 212, day=week, what=f"new {at}") for at in range(20)]
    known = build_known_rows([KnownRow("n", "log", each) for each in before], "log")
    assignment = Assignment(known, build_rows(today))
    for at in range(209):
        assignment.assign_equal(at, at)
    filled = FilledDays(assignment)

    assert filled.weight(209, 209) == 0.0
    filled.learn(range(200, 230))

    assert filled.weight(209, 209) > 0 > filled.weight(209, 215)
    assert filled.weight(5, 215) == 0.0


def test_a_text_that_one_row_holds_tells_more_where_texts_of_its_column_never_come_again():
    rows = build_rows(
        [entry(at + 2, what=f"call {at}", room=f"r{at % 40 or at}") for at in range(200)]
    )
    edits = EditStatistics(rows, [each.texts for each in rows])
    what, room = edits.columns["what"], edits.columns["room"]
    before = what.rarity("call 100"), room.rarity("r100")

    edits.compare_with([{"what": f"call {at}", "room": f"r{at}"} for at in range(40)])

    assert what.rarity("call 100") > before[0] + 1
    assert room.rarity("r100") < before[1] + 0.5
