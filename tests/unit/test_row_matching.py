"""Which row of today is which note of yesterday, one habit of a team at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.assignment import Assignment
from sync.matching.candidates import rows_with_most_cells
from sync.matching.evidence.edit_statistics import EditStatistics
from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.row_likelihood import later_parts
from sync.matching.row_links import link_rows
from sync.matching.rows.compared_rows import build_known_rows, build_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def entry(row, *, key="", native="", tab="Log", file="", day=None, **cells):
    place = Place(tab=tab, row=row, file=file)
    raw = RawRow(place, tuple((label, text) for label, text in cells.items() if text), native)
    return Entry(raw, Note("experiment", place, key=key, start_date=day))


def moved(each, row, **changes):
    """Return the entry at another row, with other cells ("" empties one)."""
    cells = dict(each.raw.cells) | {
        label: text for label, text in changes.items() if label not in {"tab", "day"}
    }
    place = each.note.place
    return entry(
        row, key=each.note.key, tab=changes.get("tab", place.tab), day=changes.get("day"), **cells
    )


def known(*entries, source="log", gone=None):
    return [KnownRow(f"n{at}", source, each, gone) for at, each in enumerate(entries)]


def links(rows, entries, **more):
    return link_rows(rows, entries, source="log", now=NOW, **more)


def ids(rows, entries, **more):
    return [each.note_id for each in links(rows, entries, **more)]


TEXTS = [
    ("Fewer calls", "Drawings of what to pack save a call", "Ann"),
    ("Fewer calls", "A refund table calms people down", "Bo"),
    ("More bookings", "Pictures of the room build trust", "Ann"),
    ("More bookings", "Choosing a seat beats a discount", "Cara"),
    ("재방문 늘리기", "이름을 부르면 다시 온다", "도윤"),
    ("재방문 늘리기", "다음 모임을 미리 정하면 잊지 않는다", "서연"),
    ("Fewer calls", "An early answer saves the second question", "Cara"),
    ("More bookings", "A map on the first page shortens the search", "Bo"),
]


def log(count=8):
    """Return a small log, rows 2 and on; some finished, some not."""
    return [
        entry(
            at + 2,
            date=f"2026-11-{at + 1:02}",
            goal=goal,
            hypothesis=hypothesis,
            owner=owner,
            status="done" if at % 2 else "running",
            retrospective=f"We saw it {at + 3} times" if at % 2 else "",
        )
        for at, (goal, hypothesis, owner) in enumerate(TEXTS[:count])
    ]


def numbered(count):
    return [f"n{at}" for at in range(count)]


def test_an_unchanged_log_links_every_row_exactly():
    found = links(known(*log()), log())
    assert [(each.note_id, each.how, each.sure) for each in found] == [
        (name, "exact", True) for name in numbered(8)
    ]


def test_a_first_reading_makes_every_row_new():
    assert {(each.note_id, each.how) for each in links([], log())} == {("", "new")}


def test_a_row_inserted_above_is_new_and_the_others_stay():
    new = entry(
        2,
        date="2026-11-20",
        goal="Fewer mails",
        hypothesis="One list for all dates",
        owner="Dan",
        status="planned",
    )
    shifted = [moved(each, each.raw.place.row + 1) for each in log()]
    assert ids(known(*log()), [new, *shifted]) == ["", *numbered(8)]


def test_sorting_changes_no_identity():
    by_owner = sorted(log(), key=lambda each: dict(each.raw.cells)["owner"])
    placed = [moved(each, at + 2) for at, each in enumerate(by_owner)]
    assert ids(known(*log()), placed) == [f"n{log().index(each)}" for each in by_owner]


def test_a_corrected_typo_keeps_the_note():
    rows = log()
    rows[1] = moved(rows[1], 3, hypothesis="A refund table calms people doown")
    assert ids(known(*rows), log()) == numbered(8)


def test_a_retrospective_filled_weeks_later_keeps_the_note():
    rows = log()
    rows[0] = moved(rows[0], 2, retrospective="People hung it on the fridge", status="done")
    assert ids(known(*log()), rows) == numbered(8)


def test_a_hypothesis_rewritten_in_place_keeps_the_note():
    rows = log()
    rows[4] = moved(rows[4], 6, hypothesis="단골은 이름보다 얼굴을 기억해 주면 다시 온다")
    assert ids(known(*log()), rows) == numbered(8)


def test_a_copied_template_is_new_and_the_original_keeps_its_id():
    copy = moved(
        log()[1],
        10,
        date="2026-11-20",
        status="planned",
        retrospective="",
        hypothesis="A refund film calms down",
    )
    assert ids(known(*log()), [*log(), copy]) == [*numbered(8), ""]


def test_the_original_of_a_copy_keeps_its_id_even_when_it_is_filled_in_the_same_week():
    rows = log()
    rows[2] = moved(rows[2], 4, retrospective="They asked who took the picture", status="done")
    copy = moved(log()[2], 10)
    assert ids(known(*log()), [*rows, copy]) == [*numbered(8), ""]


def test_a_row_moved_to_an_archive_tab_keeps_its_id():
    rows = log()
    archived = moved(rows.pop(3), 2, tab="Archive")
    found = links(known(*log()), [*rows, archived])
    assert (found[-1].note_id, found[-1].how) == ("n3", "moved")


def test_a_row_moved_to_another_file_of_the_team_keeps_its_id():
    elsewhere = [replace(row, source="old log") for row in known(*log())]
    found = links(elsewhere, [moved(each, each.raw.place.row + 7) for each in log(3)])
    assert [(each.note_id, each.how) for each in found] == [
        ("n0", "moved"),
        ("n1", "moved"),
        ("n2", "moved"),
    ]


def test_renamed_columns_are_recognised_by_what_stands_in_them():
    names = {"goal": "목표", "hypothesis": "가설", "owner": "담당"}
    rows = [
        entry(
            each.raw.place.row, **{names.get(label, label): text for label, text in each.raw.cells}
        )
        for each in log()
    ]
    rows[0] = moved(rows[0], 2, 가설="Drawings of what to pack save two calls")
    assert ids(known(*log()), rows) == numbered(8)


def test_added_and_dropped_columns_change_nothing():
    rows = [
        entry(
            each.raw.place.row,
            **(
                {label: text for label, text in each.raw.cells if label != "owner"}
                | {"budget": "10"}
            ),
        )
        for each in log()
    ]
    assert {each.how for each in links(known(*log()), rows)} == {"exact"}
    assert ids(known(*log()), rows) == numbered(8)


def test_a_goal_reworded_across_many_rows_keeps_them_all():
    rows = [
        moved(
            each,
            each.raw.place.row,
            goal=dict(each.raw.cells)["goal"].replace("More bookings", "120 bookings a month"),
        )
        for each in log()
    ]
    assert ids(known(*log()), rows) == numbered(8)


def test_reformatted_dates_are_the_same_days():
    rows = [
        moved(each, each.raw.place.row, date=f"11월 {at + 1}일", day=date(2026, 11, at + 1))
        for at, each in enumerate(log())
    ]
    assert {each.how for each in links(known(*log()), rows)} == {"exact"}


def test_find_and_replace_in_all_texts_keeps_all_rows():
    rows = [
        entry(
            each.raw.place.row,
            **{label: text.replace("call", "phone call") for label, text in each.raw.cells},
        )
        for each in log()
    ]
    assert ids(known(*log()), rows) == numbered(8)


def test_a_row_that_returns_within_the_keeping_time_is_the_old_one():
    gone = known(*log(), gone=NOW - timedelta(days=20))
    found = links(gone, [moved(log()[3], 9)])
    assert [(each.note_id, each.how) for each in found] == [("n3", "back")]
    assert ids(gone, [moved(log()[3], 9)], keep_days=7) == [""]


def test_a_new_row_does_not_take_the_id_of_a_deleted_one_of_the_same_goal_and_owner():
    rows = log()
    new = entry(
        9,
        date="2026-11-20",
        goal="More bookings",
        hypothesis="Late answers lose the evening",
        owner="Bo",
    )
    assert ids(known(*rows), [*rows[:7], new])[-1] == ""


def test_the_teams_own_id_wins_over_content():
    rows = [moved(each, each.raw.place.row, id=f"EXP-{at}") for at, each in enumerate(log())]
    rows = [replace(each, note=replace(each.note, key=dict(each.raw.cells)["id"])) for each in rows]
    changed = entry(
        3,
        key="EXP-1",
        id="EXP-1",
        goal="All is new",
        hypothesis="Nothing is as it was",
        owner="Eve",
    )
    found = links(known(*rows), [rows[0], changed, *rows[2:]])
    assert [each.note_id for each in found] == numbered(8)
    assert found[1].how == "key"


def test_an_id_copied_with_its_row_decides_nothing():
    rows = [moved(each, each.raw.place.row, id=f"EXP-{at}") for at, each in enumerate(log())]
    rows = [replace(each, note=replace(each.note, key=dict(each.raw.cells)["id"])) for each in rows]
    copy = moved(
        rows[1], 10, hypothesis="A refund film calms down", date="2026-11-20", retrospective=""
    )
    assert ids(known(*rows), [*rows, copy]) == [*numbered(8), ""]


def test_a_running_number_is_no_id():
    def counted(rows):
        placed = [moved(each, at + 2, no=str(at + 1)) for at, each in enumerate(rows)]
        return [
            replace(each, note=replace(each.note, key=dict(each.raw.cells)["no"]))
            for each in placed
        ]

    new = entry(
        2,
        date="2026-11-20",
        goal="Fewer mails",
        hypothesis="One list for all dates",
        owner="Dan",
        status="planned",
    )
    assert ids(known(*counted(log())), counted([new, *log()])) == ["", *numbered(8)]


def test_a_notion_page_is_the_same_whatever_it_says():
    before = known(
        entry(0, native="p1", goal="Fewer calls"), entry(0, native="p2", goal="Fewer calls")
    )
    found = links(
        before,
        [entry(0, native="p2", goal="All is new"), entry(0, native="p3", goal="Fewer calls")],
    )
    assert [(each.note_id, each.how) for each in found] == [("n1", "native"), ("", "new")]


def test_a_notion_page_back_from_the_trash_is_the_old_note_even_after_long():
    gone = known(entry(0, native="p1", goal="Fewer calls"), gone=NOW - timedelta(days=400))
    assert [
        (each.note_id, each.how) for each in links(gone, [entry(0, native="p1", goal="Other")])
    ] == [("n0", "back")]


def test_equal_rows_are_told_apart_by_their_neighbours():
    rows = log(4)
    twin = dict(rows[0].raw.cells)
    sheet = [rows[1], entry(4, **twin), rows[2], entry(6, **twin), rows[3]]
    placed = [moved(each, at + 2) for at, each in enumerate(sheet)]
    kept = [
        moved(each, at + 2) for at, each in enumerate([placed[0], placed[2], placed[3], placed[4]])
    ]
    assert ids(known(*placed), kept) == ["n0", "n2", "n3", "n4"]


def test_what_two_snapshots_cannot_decide_is_stored_as_unsure_with_its_rivals():
    twin = dict(log()[0].raw.cells)
    rows = [
        entry(2, **twin),
        entry(3, **twin),
        *[moved(each, each.raw.place.row + 2) for each in log()[1:]],
    ]
    left = [entry(45, **twin), *[moved(each, 50 - 2 * at) for at, each in enumerate(log()[1:])]]
    found = links(known(*rows), left)[0]
    assert {found.note_id, *found.rivals} == {"n0", "n1"}
    assert not found.sure


def test_a_note_that_a_person_joined_to_another_bears_the_id_that_stayed():
    rows = known(*log(2))
    assert ids(rows, log(2), rejoined={"n1": "n7"}) == ["n0", "n7"]


DETAILS = {
    "en": (
        "Shorter queue",
        "Ask at the door who only collects",
        "A host at the door splits the line in two",
        "Stood there for six evenings",
        "Theo",
    ),
    "ko": (
        "대기를 줄인다",
        "문 앞에서 찾으러 온 분을 먼저 묻기",
        "문 앞에 한 명이 서면 줄이 둘로 나뉜다",
        "여섯 저녁 동안 서 있었다",
        "하늘",
    ),
}


def trial(row, language="en", day="2026-11-16", **changes):
    goal, title, hypothesis, action, owner = DETAILS[language]
    cells = {"date": day, "owner": owner, "goal": goal, "title": title}
    cells |= {"hypothesis": hypothesis, "action": action, "status": "done"} | changes
    return entry(row, **cells)


def long_log(count=60):
    """Return rows that differ, the oldest first."""
    return [
        trial(
            at + 2,
            day=f"2026-0{1 + at // 28}-{1 + at % 28:02}",
            owner=("Kim", "Lee", "Bo")[at % 3],
            goal=("More trials", "Fewer returns", "Faster replies")[at % 5 % 3],
            title=f"Number {at * 7919 % 1000} of the counter",
            hypothesis=f"Sign {at * 104729 % 997} brings {at * 31 % 89} people in",
            action=f"Hung {at * 613 % 499} signs near door {at * 17 % 97}",
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("begun", ["goal", "title"])
def test_a_row_begun_with_one_cell_is_the_row_that_is_finished_a_week_later(language, begun):
    full = trial(62, language)
    stub = entry(62, **{begun: dict(full.raw.cells)[begun]})
    newer = [trial(63 + at, day="2026-11-23", title=f"Later idea {at}") for at in range(3)]

    found = links(known(*long_log(), stub), [*long_log(), full, *newer])

    assert [each.note_id for each in found] == [*numbered(61), "", "", ""]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_two_rows_just_begun_are_not_taken_for_each_other(language):
    goal, title, *_ = DETAILS[language]
    stub, other = entry(62, goal=goal), entry(62, title=title)

    found = links(known(*long_log(), stub), [*long_log(), other])

    assert found[-1].note_id == ""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_row_rewritten_where_it_stands_stays_the_row(language):
    rows = long_log()
    rows[30] = trial(32, language, day="2026-02-03")
    now = list(rows)
    now[30] = moved(
        rows[30],
        32,
        title={"en": "Collect by number", "ko": "번호표로 찾아가기"}[language],
        hypothesis={"en": "Tickets end the shouting", "ko": "번호표가 있으면 조용해진다"}[language],
        action={"en": "Printed four hundred", "ko": "사백 장을 뽑았다"}[language],
    )

    assert ids(known(*rows), now)[30] == "n30"


def test_a_row_deleted_and_another_typed_in_its_place_is_a_new_row():
    rows, now = long_log(), long_log()
    now[30] = trial(32, day="2026-11-20", owner="Ines", goal="Quieter room", status="idea")

    assert ids(known(*rows), now)[30] == ""


def test_of_a_row_and_its_copy_below_the_upper_one_goes_on():
    rows = long_log()
    now = long_log()
    now[30] = moved(rows[30], 32, retrospective="It worked at door 6")
    now.insert(31, moved(rows[30], 33, status="doing", date="2026-11-20"))

    found = ids(known(*rows), now)

    assert found[30] == "n30"
    assert found[31] == ""


def test_of_a_row_split_in_two_the_upper_part_goes_on():
    rows = long_log()
    rows[30] = trial(
        32, hypothesis="A host at the door splits the line in two and lowers the noise"
    )
    now = list(rows)
    now[30] = moved(rows[30], 32, hypothesis="A host at the door splits the line")
    now.insert(31, moved(rows[30], 33, hypothesis="in two and lowers the noise", action=""))

    found = ids(known(*rows), now)

    assert found[30] == "n30"
    assert found[31] == ""


@pytest.mark.parametrize("column", ["owner", "goal"])
def test_a_sheet_sorted_by_a_column_keeps_its_neighbours(column):
    rows = long_log()
    now = long_log()
    now[30] = moved(
        rows[30],
        32,
        title="Collect by number",
        hypothesis="Tickets end the shouting",
        action="Printed four hundred",
    )
    now.sort(key=lambda each: dict(each.raw.cells)[column])
    at = next(at for at, each in enumerate(now) if dict(each.raw.cells)["title"][0] == "C")
    placed = [moved(each, row) for row, each in enumerate(now, start=2)]

    assert ids(known(*rows), placed)[at] == "n30"


@pytest.mark.parametrize("handle", ["@mina.12", "@민아.3", "@1.²", "@.5", "@"])
def test_handles_that_look_like_days_sort_as_texts(handle):
    rows = [moved(each, at, owner=handle) for at, each in enumerate(long_log(), start=2)]
    now = list(reversed(rows))
    now[30] = moved(now[30], 32, hypothesis="Tickets end the shouting")
    placed = [moved(each, row) for row, each in enumerate(now, start=2)]

    assert ids(known(*rows), placed)[30]


BLOCKS = {
    "en": {
        "who": ["Bo", "Ines", "Theo", "Mara", "Kim"],
        "goal": ["Fewer no-shows", "Less waste", "Full classes"],
        "idea": ["Call before noon", "Print the size chart", "Ask at the counter", "Film the kit"],
        "why": ["people forget", "the price scares them", "the queue looks long"],
        "log": ["asked for more", "left at the door", "sent a friend"],
    },
    "ko": {
        "who": ["하늘", "도윤", "서아", "민재", "보라"],
        "goal": ["노쇼 줄이기", "폐기 줄이기", "반 채우기"],
        "idea": ["오전에 전화하기", "치수표 인쇄", "카운터에서 묻기", "꾸러미 찍기"],
        "why": ["잊어버려서", "값에 놀라서", "줄이 길어 보여서"],
        "log": ["더 달라고 함", "문 앞에서 감", "친구를 보냄"],
    },
}


def block_log(language, count=240):
    """Return a log in which the same ideas come again each week, the newest first."""
    words = BLOCKS[language]
    return [
        entry(
            at + 2,
            date=f"2026-{11 - at // 24:02}-{28 - at % 24:02}",
            who=words["who"][at * 3 % 5],
            goal=words["goal"][at * 7 % 3],
            idea=f"{words['idea'][at * 11 % 4]} {at % 24}",
            why=f"{words['why'][at * 13 % 3]} {at % 60}" if at % 3 else "",
            status="todo",
            log=f"{at * 31 % 90} {words['log'][at * 5 % 3]}" if at % 4 else "",
        )
        for at in range(count)
    ]


def placed(entries):
    """Return the entries in the rows in which they stand."""
    return [moved(each, row) for row, each in enumerate(entries, start=2)]


def grown(rows, language):
    """Return the rows a week later: in one of six the journal has another entry."""
    return [
        moved(each, 2, log=f"{log}, 12/1 {at} {BLOCKS[language]['log'][at % 3]}")
        if (log := dict(each.raw.cells).get("log")) and at % 4 == 1
        else each
        for at, each in enumerate(rows)
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_row_carried_over_into_this_weeks_block_keeps_its_id(language):
    rows = block_log(language)
    carried = moved(rows[108], 2, date="2026-12-01", status="doing")
    stayed = [each for at, each in enumerate(rows) if at != 108]

    found = ids(known(*rows), placed([carried, *stayed]))

    assert found[0] == "n108"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_journal_that_grew_in_many_rows_still_tells_a_row_that_was_carried_over(language):
    rows = block_log(language)
    carried = moved(rows[119], 2, date="2026-12-01", status="doing")
    stayed = [each for at, each in enumerate(grown(rows, language)) if at != 119]

    found = ids(known(*rows), placed([carried, *stayed]))

    assert found[0] == "n119"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_row_only_begun_is_found_in_a_sheet_turned_over(language):
    rows = block_log(language)
    full = dict(rows[153].raw.cells) | {"idea": f"{BLOCKS[language]['idea'][0]} 777"}
    full |= {"log": " ".join(dict(each.raw.cells).get("log", "") for each in rows[154:214])}
    rows[153] = entry(155, date=full["date"], idea=full["idea"])
    now = grown(rows, language)
    now[153] = entry(2, **full)
    order = sorted(range(len(now)), key=lambda at: (at * 17) % len(now))

    found = ids(known(*rows), placed(now[at] for at in order))

    assert found[order.index(153)] == "n153"


def rewritten(row, number):
    """Return a row of the long log with all its texts written anew, its day and owner kept."""
    return moved(
        row,
        number,
        title="Bread at seven",
        hypothesis="Warm loaves draw the early bus",
        action="Baked thirty before opening",
    )


@pytest.mark.parametrize("columns", [("owner", "goal"), ("goal", "owner"), ("status", "goal")])
def test_a_sheet_sorted_by_two_columns_keeps_its_neighbours(columns):
    rows = [
        moved(row, at + 2, status=("done", "doing", "idea")[at % 7 % 3])
        for at, row in enumerate(long_log(90))
    ]
    rows[40] = moved(rows[40], 42, date="")
    order = sorted(
        range(90), key=lambda at: tuple(dict(rows[at].raw.cells)[column] for column in columns)
    )
    now = [
        rewritten(rows[at], place + 2) if at == 40 else moved(rows[at], place + 2)
        for place, at in enumerate(order)
    ]

    assert ids(known(*rows), now) == [f"n{at}" for at in order]


def test_rows_that_a_filter_hid_for_a_week_come_back_where_they_were():
    rows = long_log()
    hidden = [at for at in range(60) if at % 3]
    before = [
        KnownRow(f"n{at}", "log", row, NOW - timedelta(days=7) if at in hidden else None)
        for at, row in enumerate(rows)
    ]
    now = list(rows)
    now[31] = rewritten(rows[31], 33)

    assert ids(before, now) == numbered(60)


def test_rows_cut_and_pasted_into_another_tab_stand_beside_each_other_there():
    rows = long_log()
    now = [*rows[30:], *[moved(row, at + 2, tab="Archive") for at, row in enumerate(rows[:30])]]
    now[45] = entry(17, tab="Archive", **dict(rewritten(rows[15], 17).raw.cells))

    assert ids(known(*rows), now) == [*numbered(60)[30:], *numbered(30)]


def test_a_row_moved_away_parts_nobody_from_their_neighbours():
    rows = long_log()
    now = [row for at, row in enumerate(rows) if at != 9]
    now.insert(30, rows[9])
    now[29], now[31] = rewritten(rows[30], 31), rewritten(rows[31], 33)
    now[31] = moved(now[31], 33, title="Cups to keep", hypothesis="A cup is remembered")
    found = ids(known(*rows), [moved(row, at + 2) for at, row in enumerate(now)])

    assert (found[29], found[30], found[31]) == ("n30", "n9", "n31")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_of_a_row_split_in_two_the_upper_part_goes_on_in_a_sheet_put_in_another_order(language):
    whole = {
        "en": "A host at the door splits the line in two and lowers the noise in the room",
        "ko": "문 앞에 한 명이 서면 줄이 둘로 나뉘고 안에서는 기다리는 소리가 들리지 않는다",
    }[language]
    half = len(whole.split()) // 2 - 2
    upper, lower = " ".join(whole.split()[:half]), " ".join(whole.split()[half:])
    rows = long_log()
    rows[30] = trial(32, language, hypothesis=whole)
    parts = [moved(rows[30], 32, hypothesis=upper), moved(rows[30], 33, hypothesis=lower)]
    order = [at * 37 % 60 for at in range(60)]
    now = [part for at in order for part in (parts if at == 30 else [rows[at]])]
    placed = [moved(row, at + 2) for at, row in enumerate(now)]

    found = ids(known(*rows), placed)

    assert found[order.index(30)] == "n30"
    assert found[order.index(30) + 1] == ""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_row_taken_up_again_with_another_day_week_and_state_keeps_its_id(language):
    words = BLOCKS[language]
    rows = [
        entry(
            at + 2,
            week=f"W{1 + at // 9}",
            date=f"2026-{1 + at // 28:02}-{1 + at % 28:02}",
            who=words["who"][at % 5],
            goal=words["goal"][at % 3],
            idea=f"{words['idea'][at % 4]} {at * 7919 % 997}",
            count=f"{at * 31 % 9}%",
            state="done",
        )
        for at in range(300)
    ]
    again = moved(rows[20], 2, week="W34", date="2026-11-20", state="wip")
    now = [row for at, row in enumerate(rows) if at not in {20, 40, 41, 55}]
    new = [
        moved(row, 3, idea=f"{words['log'][at]} {at}", week="W34", date="2026-11-21", state="wip")
        for at, row in enumerate(rows[60:63])
    ]
    placed = [moved(row, at + 2) for at, row in enumerate([again, *new, *now])]

    assert ids(known(*rows), placed)[:4] == ["n20", "", "", ""]


def test_of_the_rows_that_share_a_rare_cell_those_that_share_most_cells_are_candidates():
    held = {
        1: frozenset({("date", "@3.5"), ("who", "bo"), ("goal", "less waste")}),
        2: frozenset({("date", "@3.5"), ("who", "ann"), ("goal", "full classes")}),
        3: frozenset({("date", "@3.6"), ("who", "ann"), ("goal", "full classes")}),
    }
    by_cell = {("date", "@3.5"): [1, 2], ("date", "@3.6"): [3]}
    asked = frozenset({("date", "@3.5"), ("who", "ann"), ("goal", "full classes")})

    assert rows_with_most_cells(asked, by_cell, held) == [2, 1]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_of_a_row_filled_in_and_its_unchanged_copy_below_the_row_filled_in_goes_on(language):
    result = {"en": "It worked at door 6", "ko": "여섯째 문에서 잘되었다"}[language]
    rows = long_log()
    rows[10] = moved(rows[10], 12, retrospective=result)
    rows[30] = trial(32, language)
    copy = moved(rows[30], 33)
    now = [*rows[:30], moved(rows[30], 32, retrospective=result), copy, *rows[31:]]

    found = ids(known(*rows), [moved(each, at + 2) for at, each in enumerate(now)])

    assert found[30] == "n30"
    assert found[31] == ""


@pytest.mark.parametrize(
    ("whole", "first", "rest"),
    [
        (
            "A host at the door splits the line in two",
            "A host",
            "at the door splits the line in two",
        ),
        ("문 앞에 한 명이 서면 줄이 둘로 나뉜다", "문 앞에", "한 명이 서면 줄이 둘로 나뉜다"),
    ],
)
def test_of_a_row_split_in_two_the_beginning_goes_on_wherever_it_was_moved(whole, first, rest):
    rows = long_log()
    rows[30] = moved(rows[30], 32, hypothesis=whole)
    now = [rows[at * 37 % 60] for at in range(60) if at * 37 % 60 != 30]
    now = [moved(rows[30], 0, hypothesis=rest), *now, moved(rows[30], 0, hypothesis=first)]

    found = ids(known(*rows), [moved(each, at + 2) for at, each in enumerate(now)])

    assert found[-1] == "n30"
    assert found[0] == ""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_two_rows_put_into_one_are_the_one_with_the_beginning(language):
    short, long = {
        "en": ("Shorter signs", "Long lines of people grow at door {} when the buses come in late"),
        "ko": ("짧은 안내판", "버스가 늦게 들어오면 {}번 문 앞에 사람들의 줄이 길어진다"),
    }[language]
    cells = ("title", "hypothesis", "action")
    rows = long_log()
    rows[30] = trial(32, **dict.fromkeys(cells, short))
    rows[31] = trial(33, **{label: long.format(at) for at, label in enumerate(cells)})
    joined = {label: f"{short}; {long.format(at)}" for at, label in enumerate(cells)}
    now = [*rows[:30], moved(rows[30], 32, **joined), *rows[32:]]

    found = ids(known(*rows), [moved(each, at + 2) for at, each in enumerate(now)])

    assert found[30] == "n30"


def test_a_text_cut_in_two_is_told_from_one_that_only_begins_alike():
    whole = {"what": "call early and late"}
    assert later_parts(whole, {1: {"what": "call early"}, 2: {"what": "and late"}}) == {2: 1}
    assert later_parts(whole, {1: {"what": "call early"}, 2: {"what": "call late"}}) == {}
    assert later_parts(whole, {1: {"what": "call early"}, 2: {"who": "and late"}}) == {}
    assert later_parts(
        {"what": "문 앞에 한 명"}, {1: {"what": "문"}, 2: {"what": "앞에 한 명"}}
    ) == {2: 1}


def test_an_old_day_tells_more_where_the_free_rows_are_of_this_week():
    rows = build_rows([entry(at + 2, when=f"d{at % 28}") for at in range(280)])
    edits = EditStatistics(rows, [{"when": "d3"}])
    before = edits.columns["when"].rarity("d3")

    edits.compare_with([{"when": "d27"}] * 30)

    assert edits.columns["when"].rarity("d3") > before
    assert edits.columns["when"].rarity("d27") < edits.columns["when"].rarity("d3")


def test_a_cell_that_the_free_rows_leave_empty_tells_more_where_it_is_filled():
    rows = build_rows([entry(at + 2, what="x", result="seen") for at in range(100)])
    edits = EditStatistics(rows, [])
    before = edits.columns["result"].filled

    edits.compare_with([{"what": "x"}] * 30)

    assert edits.columns["result"].filled > before


def test_few_free_rows_tell_nothing_about_what_is_rare():
    rows = build_rows([entry(at + 2, when=f"d{at % 28}") for at in range(280)])
    edits = EditStatistics(rows, [{"when": "d3"}])
    before = edits.columns["when"].rarity("d3")

    edits.compare_with([{"when": "d27"}] * 5)

    assert edits.columns["when"].rarity("d3") == before


def test_a_row_whose_neighbours_closed_up_was_moved_rather_than_changed_where_it_stood():
    rows = [entry(at + 2, what=f"call {at}", why=f"because {at}") for at in range(40)]
    stayed = [each for at, each in enumerate(rows) if at not in {10, 20}]
    another = entry(2, what="another", why="another reason")
    now = placed([entry(2, what="new"), *stayed[:19], another, *stayed[19:]])
    assignment = Assignment(build_known_rows(known(*rows), "log"), build_rows(now))
    for at, each in enumerate(now):
        if each.raw.cells in (cells := [row.raw.cells for row in rows]):
            assignment.assign_equal(at, cells.index(each.raw.cells))

    before = PositionEvidence(assignment)
    left = PositionEvidence(assignment, before.strange, recognised=range(1, 21))

    assert before.weight(10, 0) == before.weight(20, 0)
    assert left.weight(10, 0) > left.weight(20, 0)


def test_a_text_that_stayed_whole_has_no_later_part():
    whole = {"what": "call early"}
    assert later_parts(whole, {1: {"what": "call early"}, 2: {"what": "y"}}) == {}
