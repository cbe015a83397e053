"""What several people do to one sheet in a week: five days, each with its share of the habits.

The days follow each other, so that a row may be reworded by one and finished by another before the
sheet is read again. Habits that the other simulators do not have: a row begun is finished in two
steps, a row written twice by two people until one of both is taken away, a row split upwards, a
row copied for the next round while the old one is closed, rows typed again from memory, a sheet
sorted once days were filled in, single rows or the whole sheet put back as they were a week ago.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bench.simulated_sheet import Row, habits
from bench.simulators.many_hands.sheet import BEGUN, LATER, TEXTS, Sheet

DAYS = 5
RATES = {
    "add": (0.01, 0.02, 0.05),
    "begin": (0.002, 0.008, 0.025),
    "go_on": (0.015, 0.04, 0.08),
    "state": (0.01, 0.03, 0.08),
    "reword": (0.005, 0.02, 0.06),
    "comment": (0.004, 0.015, 0.05),
    "rewrite": (0.0002, 0.0015, 0.012),
    "hand_over": (0.001, 0.005, 0.03),
    "other_goal": (0.0003, 0.002, 0.01),
    "next_round": (0.001, 0.004, 0.015),
    "copy_to_edit": (0.0005, 0.004, 0.02),
    "twice": (0.0002, 0.0015, 0.008),
    "split": (0.0, 0.001, 0.008),
    "merge": (0.0, 0.001, 0.008),
    "delete": (0.001, 0.004, 0.02),
    "move": (0.0005, 0.004, 0.02),
    "put_back": (0.0002, 0.001, 0.006),
    "insert_between": (0.001, 0.004, 0.015),
    "wrong_row": (0.0, 0.0005, 0.004),
}
SHEET_RATES = {
    "sort": (0.02, 0.12, 0.5),
    "days_filled_and_sorted": (0.01, 0.06, 0.3),
    "retyped": (0.0, 0.05, 0.3),
    "hide": (0.01, 0.05, 0.2),
    "undo": (0.0, 0.03, 0.15),
    "move_block": (0.01, 0.08, 0.4),
    "day_style": (0.01, 0.06, 0.3),
    "rename": (0.01, 0.1, 0.5),
    "insert_column": (0.02, 0.1, 0.4),
    "drop_column": (0.0, 0.03, 0.15),
    "move_column": (0.02, 0.1, 0.4),
    "relabel": (0.02, 0.08, 0.4),
}


def live_a_week(sheet: Sheet, intensity: str) -> None:
    """Let a week of five days pass."""
    sheet.begin_week()
    sheet.show_hidden()
    _come_back(sheet)
    _one_of_both(sheet)
    sheet.versions = [*sheet.versions[-1:], [row.like(row.truth) for row in sheet.rows]]
    rates = {name: tuple(share / DAYS for share in shares) for name, shares in RATES.items()}
    for _ in range(DAYS):
        _grow(sheet)
        sheet.follow(ROW_HABITS, rates, intensity)
    sheet.follow_now_and_then(SHEET_HABITS, SHEET_RATES, intensity)


# rows that come and grow


def _day_of_this_week(sheet: Sheet) -> timedelta:
    return timedelta(days=sheet.rng.randrange(7))


def _add(sheet: Sheet, _row: Row) -> None:
    row = sheet.full_row(sheet.today - _day_of_this_week(sheet), finished=0.1)
    sheet.place_new(row)
    sheet.touch(row, "came")


def _insert_between(sheet: Sheet, beside: Row) -> None:
    row = sheet.full_row(sheet.today - 2 * _day_of_this_week(sheet), finished=0.3)
    row.cells["goal"] = beside.cells.get("goal", row.cells["goal"])
    sheet.rows.insert(sheet.rows.index(beside) + 1, row)
    sheet.touch(row, "came")


def _begin(sheet: Sheet, _row: Row) -> None:
    row = sheet.full_row(sheet.today, finished=0.0)
    kept = sheet.rng.choice(
        (("goal",), ("title",), ("title",), ("goal", "title"), ("goal", "person"), ("hypothesis",))
    )
    row.cells = {role: row.cells[role] for role in kept}
    if sheet.rng.random() < 0.6:
        row.cells["day"] = ""
    row.stub = True
    sheet.stages[row.truth] = 2
    sheet.place_new(row)
    sheet.touch(row, "begun")


def _grow(sheet: Sheet) -> None:
    """Go on with rows that were begun: first what is planned, another day what came of it."""
    for row in sheet.rows:
        stage = sheet.stages.get(row.truth, 0)
        if not row.stub or sheet.rng.random() > 0.12 or "begun" in sheet.touched.get(row.truth, ()):
            continue
        full = sheet.full_row(row.day, finished=1.0 if stage == 1 else 0.0).cells
        wanted = LATER if stage == 1 else ("goal", "person", "state", *BEGUN)
        for role in wanted:
            if role in full and not row.cells.get(role) and sheet.rng.random() < 0.9:
                row.cells[role] = full[role]
        if stage == 1:
            row.cells["state"] = sheet.words["state"][2]
        if sheet.rng.random() < 0.8:
            row.cells.pop("day", None)
        if row.cells.get("title") and sheet.rng.random() < 0.2:
            row.cells["title"] = _reworded(sheet, row.cells["title"])
        sheet.stages[row.truth] = stage - 1
        row.stub = stage > 1
        sheet.touch(row, "begun, gone on with")


def _go_on(sheet: Sheet, row: Row) -> None:
    empty = [role for role in LATER if not row.cells.get(role)]
    if row.stub or not empty:
        return
    for role in empty if sheet.rng.random() < 0.4 else empty[:1]:
        row.cells[role] = sheet.write("filler" if sheet.rng.random() < 0.06 else role)
    row.cells["state"] = sheet.words["state"][2 if len(empty) < 3 else 1]


# cells


def _reworded(sheet: Sheet, text: str) -> str:
    words = text.split()
    at = sheet.rng.randrange(len(words))
    turn = sheet.rng.randrange(5)
    if turn == 0:
        words[at] = sheet.write("item")
    elif turn == 1 and len(words) > 2:
        del words[at]
    elif turn == 2:
        words.insert(at, sheet.write("guest"))
    elif turn == 3:
        words.append(f"({sheet.write('place')})")
    else:
        words[0] = words[0].capitalize() if words[0].islower() else f"{words[0]}도"
    return " ".join(words)


def _reword(sheet: Sheet, row: Row) -> None:
    filled = [role for role in TEXTS if row.cells.get(role)]
    for role in sheet.rng.sample(filled, min(len(filled), sheet.rng.choice((1, 1, 1, 2)))):
        row.cells[role] = _reworded(sheet, row.cells[role])


def _comment(sheet: Sheet, row: Row) -> None:
    role = sheet.rng.choice(("result", "next", "action"))
    more = f"{sheet.write('person')}: {sheet.write(role)}"
    row.cells[role] = f"{row.cells[role]}\n{more}" if row.cells.get(role) else more


def _rewrite(sheet: Sheet, row: Row) -> None:
    """Say the row anew; goal, day and person stay, now and then a text as well."""
    for role in TEXTS:
        if row.cells.get(role) and sheet.rng.random() < 0.85:
            row.cells[role] = sheet.write(role)


def _state(sheet: Sheet, row: Row) -> None:
    row.cells["state"] = sheet.write("state")


def _hand_over(sheet: Sheet, row: Row) -> None:
    row.cells["person"] = sheet.write("person")


def _other_goal(sheet: Sheet, row: Row) -> None:
    row.cells["goal"] = sheet.rng.choice(sheet.goals)
    if sheet.shape.layout == "goal":
        sheet.rows.remove(row)
        sheet.place_new(row)


def _wrong_row(sheet: Sheet, row: Row) -> None:
    """Results typed one row too high; the next day's version is not looked at."""
    at = sheet.rows.index(row)
    if at and row.cells.get("result"):
        above = sheet.rows[at - 1]
        above.cells["result"], row.cells["result"] = (
            row.cells["result"],
            above.cells.get("result", ""),
        )


# rows that are copied, parted and put together


def _next_round(sheet: Sheet, row: Row) -> None:
    """Close a row and copy it for another round, with today's day and nothing found yet."""
    new = row.like(sheet.next_truth())
    new.day, new.stub = sheet.today, False
    for role in LATER:
        new.cells.pop(role, None)
    new.cells["state"] = sheet.words["state"][0]
    if sheet.rng.random() < 0.4:
        new.cells["title"] = f"{new.cells.get('title', '')} (2)".strip()
    row.cells["state"] = sheet.words["state"][2]
    if not row.cells.get("result"):
        row.cells["result"] = sheet.write("result")
    _place_copy(sheet, row, new, below=0.4)
    sheet.touch(new, "next round, new")


def _place_copy(sheet: Sheet, row: Row, new: Row, *, below: float) -> None:
    """Put a copy right below its row in this share of the cases, else where new rows go."""
    if sheet.rng.random() < below:
        sheet.rows.insert(sheet.rows.index(row) + 1, new)
    else:
        sheet.place_new(new)


def _copy_to_edit(sheet: Sheet, row: Row) -> None:
    new = row.like(sheet.next_truth())
    new.stub = False
    if sheet.rng.random() < 0.6:
        new.day = sheet.today
    for role in sheet.rng.choice(
        (("title",), ("title", "hypothesis"), ("person",), ("title", "action"), ("goal", "result"))
    ):
        new.cells[role] = sheet.write(role)
    if sheet.rng.random() < 0.25:
        _go_on(sheet, row)
    _place_copy(sheet, row, new, below=0.65)
    sheet.touch(new, "copy, new")


def _twice(sheet: Sheet, row: Row) -> None:
    """Two people write down the same thing; the later row may go again in another week."""
    if row.stub:
        return
    new = row.like(sheet.next_truth())
    new.cells["person"] = sheet.write("person")
    for role in TEXTS:
        if new.cells.get(role):
            new.cells[role] = (
                _reworded(sheet, new.cells[role]) if sheet.rng.random() < 0.5 else sheet.write(role)
            )
    sheet.place_new(new)
    sheet.doubled.append((row, new))
    sheet.touch(new, "twice, new")


def _one_of_both(sheet: Sheet) -> None:
    stay = []
    for first, second in sheet.doubled:
        if sheet.rng.random() < 0.6:
            stay.append((first, second))
        elif first in sheet.rows and second in sheet.rows:
            for role in LATER:
                if second.cells.get(role) and not first.cells.get(role):
                    first.cells[role] = second.cells[role]
            sheet.rows.remove(second)
    sheet.doubled = stay


def _split(sheet: Sheet, row: Row) -> None:
    """Part a row; the one with the beginning goes on, and the other may come above it."""
    new = Row(sheet.next_truth(), row.day, {})
    for role in ("goal", "person", "state"):
        if row.cells.get(role) and sheet.rng.random() < 0.85:
            new.cells[role] = row.cells[role]
    for role in TEXTS:
        words = row.cells.get(role, "").split()
        if len(words) > 3:
            cut = sheet.rng.randrange(2, len(words))
            row.cells[role], new.cells[role] = " ".join(words[:cut]), " ".join(words[cut:])
    sheet.rows.insert(sheet.rows.index(row) + (sheet.rng.random() < 0.85), new)
    sheet.touch(new, "part, new")


def _merge(sheet: Sheet, row: Row) -> None:
    """The row takes in another of its goal, most often the one below it."""
    at = sheet.rows.index(row)
    others = sheet.rows[at + 1 : at + 2]
    if sheet.rng.random() < 0.3:
        goal = row.cells.get("goal")
        near = sheet.rows[max(0, at - 20) : at + 20]
        others = [each for each in near if each is not row and each.cells.get("goal") == goal]
    if not others:
        return
    other = sheet.rng.choice(others)
    sheet.rows.remove(other)
    for role in TEXTS:
        both = [each.cells[role] for each in (row, other) if each.cells.get(role)]
        if both:
            row.cells[role] = sheet.rng.choice((" / ", "\n", ", ")).join(dict.fromkeys(both))


# rows that go, move and come back


def _delete(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)
    if sheet.rng.random() < 0.35:
        sheet.trash.append((sheet.rng.randrange(1, 5), row, sheet.rng.random() < 0.4))


def _come_back(sheet: Sheet) -> None:
    """Put rows in again, some of them typed from memory."""
    stay = []
    for weeks, row, from_memory in sheet.trash:
        if weeks > 1:
            stay.append((weeks - 1, row, from_memory))
            continue
        if from_memory:
            for role in TEXTS:
                if row.cells.get(role) and sheet.rng.random() < 0.4:
                    row.cells[role] = _reworded(sheet, row.cells[role])
        sheet.place_new(row)
        sheet.touch(row, "came back")
    sheet.trash = stay


def _move(sheet: Sheet, row: Row) -> None:
    """Cut a row and paste it elsewhere, mostly nearby."""
    at = sheet.rows.index(row)
    sheet.rows.remove(row)
    step = sheet.rng.randrange(-30, 30) if sheet.rng.random() < 0.6 else len(sheet.rows)
    sheet.rows.insert(max(0, min(len(sheet.rows), at + step)), row)


def _put_back(sheet: Sheet, row: Row) -> None:
    """Put a row back as it was a week ago."""
    for old in sheet.versions[0] if sheet.versions else ():
        if old.truth == row.truth:
            row.cells = dict(old.cells)


def _undo(sheet: Sheet) -> None:
    """Put the whole sheet back as it was at the beginning of this week or the last."""
    sheet.rows = [row.like(row.truth) for row in sheet.rng.choice(sheet.versions)]
    sheet.doubled, sheet.trash, sheet.hidden = [], [], []


# the whole sheet


def _sort(sheet: Sheet) -> None:
    role = sheet.rng.choice(("day", "day", "person", "state", "goal"))
    down = sheet.rng.random() < 0.4
    if role == "day":
        sheet.rows.sort(
            key=lambda row: "" if row.cells.get("day") == "" else row.day.isoformat(), reverse=down
        )
    else:
        sheet.rows.sort(key=lambda row: row.cells.get(role, ""), reverse=down)


def _days_filled_and_sorted(sheet: Sheet) -> None:
    for row in sheet.rows:
        row.cells.pop("day", None)
    sheet.rows.sort(key=lambda row: row.day)


def _retyped(sheet: Sheet) -> None:
    """The sheet goes through another program: signs, blanks and lengths differ."""
    change = sheet.rng.choice(
        (
            lambda text: " ".join(text.split()),
            lambda text: text.replace(",", " ·").replace(":", " -"),
            lambda text: f'"{text}"',
            lambda text: text[:40],
            str.lower,
            lambda text: text.replace("%", " percent").replace("(", "[").replace(")", "]"),
        )
    )
    for row in sheet.rows:
        row.cells |= {role: change(row.cells[role]) for role in TEXTS if row.cells.get(role)}


def _move_block(sheet: Sheet) -> None:
    at = sheet.rng.randrange(len(sheet.rows))
    size = sheet.rng.randrange(5, 120)
    block = sheet.rows[at : at + size]
    del sheet.rows[at : at + size]
    there = sheet.rng.choice((0, len(sheet.rows), sheet.rng.randrange(len(sheet.rows) + 1)))
    sheet.rows[there:there] = block


def _day_style(sheet: Sheet) -> None:
    sheet.day_style = sheet.rng.randrange(4)


def _rename(sheet: Sheet) -> None:
    old = sheet.write(sheet.rng.choice(("person", "goal", "item", "state")))
    new = f"{old} {sheet.rng.choice(('B', '2', '(new)'))}"
    for row in sheet.rows:
        row.cells = {role: text.replace(old, new) for role, text in row.cells.items()}


def _insert_column(sheet: Sheet) -> None:
    sheet.insert_extra((0.0, 0.1, 1.0))


def _drop_column(sheet: Sheet) -> None:
    sheet.drop_one({"person", "state", "next"})


ROW_HABITS: dict[str, Callable[[Sheet, Row], None]] = habits(globals(), RATES)
SHEET_HABITS: dict[str, Callable[[Sheet], None]] = habits(globals(), SHEET_RATES, Sheet)
