"""What happens to a log kept in weekly blocks between two readings; rates by intensity.

Habits that the other simulators do not have: a block prepared ahead, last week's block copied, rows
carried over (moved, or copied with the old one closed), a journal cell that grows and is cut, cells
slipped down a column and put right, a version restored, blocks moved, marks before titles, rows put
into another language, a column split in two, a quarter taken out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bench.simulated_sheet import Row
from bench.simulators.blocks.sheet import TEXTS, WORDS, Sheet

RATES = {
    "journal": (0.04, 0.08, 0.12),
    "finish": (0.02, 0.05, 0.08),
    "count": (0.02, 0.05, 0.10),
    "carry_over": (0.002, 0.01, 0.03),
    "close_and_copy": (0.001, 0.006, 0.02),
    "mark": (0.002, 0.02, 0.06),
    "drag": (0.0005, 0.004, 0.015),
    "shorten": (0.0, 0.005, 0.03),
    "translate": (0.0, 0.003, 0.02),
    "hand_over": (0.002, 0.01, 0.03),
    "swap": (0.0005, 0.003, 0.02),
    "take_out": (0.001, 0.006, 0.02),
    "add_link": (0.002, 0.01, 0.03),
    "two_in_one": (0.0, 0.001, 0.008),
    "reuse_row": (0.0, 0.0005, 0.006),
}
SHEET_RATES = {
    "slip": (0.0, 0.05, 0.4),
    "restore": (0.0, 0.03, 0.2),
    "move_block": (0.02, 0.2, 0.8),
    "paste_twice": (0.0, 0.05, 0.3),
    "clear_quarter": (0.0, 0.03, 0.2),
    "split_column": (0.0, 0.04, 0.2),
    "day_style": (0.01, 0.08, 0.4),
    "insert_column": (0.02, 0.1, 0.4),
    "sort": (0.02, 0.1, 0.5),
    "rename_person": (0.02, 0.1, 0.5),
    "relabel": (0.02, 0.1, 0.4),
}


def live_a_week(sheet: Sheet, intensity: str) -> None:
    """Let a week pass."""
    sheet.begin_week()
    _put_right(sheet)
    _come_back(sheet)
    _fill_prepared(sheet)
    _begin_block(sheet)
    sheet.follow(ROW_HABITS, RATES, intensity)
    sheet.versions.append([row.like(row.truth) for row in sheet.rows])
    sheet.follow_now_and_then(SHEET_HABITS, SHEET_RATES, intensity)


def _newest(sheet: Sheet, count: int) -> list[Row]:
    return sheet.rows[:count] if sheet.shape.newest_first else sheet.rows[-count:]


def _put_in(sheet: Sheet, rows: list[Row]) -> None:
    sheet.rows = rows + sheet.rows if sheet.shape.newest_first else sheet.rows + rows


# blocks


def _begin_block(sheet: Sheet) -> None:
    """Copy last week's rows with journals cleared, add some, and prepare a few for who will
    fill them.
    """
    size = sheet.shape.block
    last = _newest(sheet, size)
    block = []
    for model in last:
        if sheet.rng.random() < sheet.shape.standing:
            row = model.like(sheet.next_truth())
            row.day = model.day + timedelta(days=7)
            for role in ("log", "number", "lesson"):
                row.cells.pop(role, None)
            row.cells["state"] = sheet.words["states"][0]
            block.append(row)
    while len(block) < size:
        row = sheet.new_row(sheet.today, finished=0.1)
        if sheet.rng.random() < 0.3:
            kept = sheet.rng.choice([("who",), ("who", "goal"), ("goal",), ("idea",)])
            row.cells = {role: row.cells[role] for role in kept}
        block.append(row)
    for row in block:
        sheet.touch(row, "new block")
    _put_in(sheet, block)


def _fill_prepared(sheet: Sheet) -> None:
    for row in sheet.rows:
        if not row.cells.get("state") and sheet.rng.random() < 0.7:
            full = sheet.new_row(sheet.today, finished=0.3).cells
            row.cells = full | {role: text for role, text in row.cells.items() if text}
            sheet.touch(row, "prepared row filled")


def _carry_over(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)
    row.day = sheet.today + timedelta(days=sheet.rng.randrange(5))
    row.cells["state"] = sheet.words["states"][1]
    _put_in(sheet, [row])


def _close_and_copy(sheet: Sheet, row: Row) -> None:
    new = row.like(sheet.next_truth())
    new.day = sheet.today + timedelta(days=sheet.rng.randrange(5))
    new.cells["log"] = ""
    new.cells["state"] = sheet.words["states"][0]
    row.cells["state"] = sheet.words["states"][3]
    _put_in(sheet, [new])
    sheet.touch(new, "carried copy")


# cells


def _journal(sheet: Sheet, row: Row) -> None:
    if row.cells.get("state"):
        row.cells["log"] = "\n".join(filter(None, [row.cells.get("log", ""), sheet.entry()]))


def _finish(sheet: Sheet, row: Row) -> None:
    if row.cells.get("state"):
        _journal(sheet, row)
        row.cells["state"] = sheet.words["states"][2]
        row.cells["lesson"] = row.cells.get("lesson") or sheet.write("lesson")
        row.cells["number"] = sheet.write("number")


def _count(sheet: Sheet, row: Row) -> None:
    row.cells["number"] = sheet.write("number")


def _mark(sheet: Sheet, row: Row) -> None:
    if row.cells.get("idea"):
        row.cells["idea"] = sheet.pick("marks") + row.cells["idea"]


def _drag(sheet: Sheet, row: Row) -> None:
    """Drag a cell down over the next rows."""
    at, role = sheet.rows.index(row), sheet.rng.choice(["who", "state", "goal", "day"])
    for below in sheet.rows[at + 1 : at + 1 + sheet.rng.randrange(1, 4)]:
        if role == "day":
            below.day = row.day
        else:
            below.cells[role] = row.cells.get(role, "")
        sheet.touch(below, "dragged over")


def _shorten(_sheet: Sheet, row: Row) -> None:
    """Keep the last entry of the journal, and the idea without its place."""
    if row.cells.get("log"):
        row.cells["log"] = row.cells["log"].split("\n")[-1]
    words = row.cells.get("idea", "").split()
    if len(words) > 3:
        row.cells["idea"] = " ".join(words[:3])


def _translate(sheet: Sheet, row: Row) -> None:
    """Say the row anew in the other language: only number, day and person stay."""
    other = WORDS["en" if sheet.shape.language == "ko" else "ko"]
    ours, sheet.words = sheet.words, other
    for role in TEXTS:
        if row.cells.get(role):
            row.cells[role] = sheet.write(role)
    sheet.words = ours


def _hand_over(sheet: Sheet, row: Row) -> None:
    row.cells["who"] = sheet.pick("people")
    if row.cells.get("state"):
        row.cells["state"] = sheet.pick("states")


def _add_link(sheet: Sheet, row: Row) -> None:
    role = sheet.rng.choice(TEXTS)
    if row.cells.get(role):
        row.cells[role] += f" https://example.org/d/{sheet.rng.randrange(10**6):06}"


def _two_in_one(sheet: Sheet, row: Row) -> None:
    """Put the texts of the row below at the end of this one's."""
    at = sheet.rows.index(row)
    if at + 1 < len(sheet.rows):
        other = sheet.rows.pop(at + 1)
        for role in TEXTS:
            texts = [each.cells.get(role, "") for each in (row, other)]
            row.cells[role] = " / ".join(dict.fromkeys(filter(None, texts)))


def _reuse_row(sheet: Sheet, row: Row) -> None:
    """Write another note over a row that was given up: a new truth in the old place."""
    new = sheet.new_row(sheet.today, finished=0.1)
    sheet.rows[sheet.rows.index(row)] = new
    sheet.touch(new, "written over another")


# places


def _swap(sheet: Sheet, row: Row) -> None:
    at = sheet.rows.index(row)
    other = min(len(sheet.rows) - 1, at + sheet.rng.randrange(1, 6))
    sheet.rows[at], sheet.rows[other] = sheet.rows[other], sheet.rows[at]


def _take_out(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)
    if sheet.rng.random() < 0.4:
        sheet.away.append((sheet.rng.randrange(1, 4), row))


def _come_back(sheet: Sheet) -> None:
    stay = []
    for weeks, row in sheet.away:
        if weeks > 1:
            stay.append((weeks - 1, row))
            continue
        if sheet.rng.random() < 0.3:
            row.cells["state"] = sheet.words["states"][1]
        _put_in(sheet, [row])
        sheet.touch(row, "back")
    sheet.away = stay


# the whole sheet


def _slip(sheet: Sheet) -> None:
    """A cell is inserted in one column: what is below slips a row down, and is put right next
    week.
    """
    role = sheet.rng.choice(["who", "goal", "idea", "why", "state", "log"])
    first = sheet.rng.randrange(len(sheet.rows))
    rows = sheet.rows[first : first + sheet.rng.choice([20, 200])]
    texts = [row.cells.get(role, "") for row in rows]
    for row, text in zip(rows, ["", *texts], strict=False):
        row.cells[role] = text
        sheet.touch(row, "slipped")
    sheet.shifted.append((role, rows, texts))


def _put_right(sheet: Sheet) -> None:
    for role, rows, texts in sheet.shifted:
        for row, text in zip(rows, texts, strict=True):
            row.cells[role] = text
            sheet.touch(row, "put right")
    sheet.shifted = []
    sheet.rows = [row for row in sheet.rows if row not in sheet.doubled]
    sheet.doubled = []


def _restore(sheet: Sheet) -> None:
    """Go back to the version of two weeks ago."""
    if len(sheet.versions) > 2:
        sheet.rows = [row.like(row.truth) for row in sheet.versions[-3]]
        sheet.away, sheet.shifted = [], []


def _move_block(sheet: Sheet) -> None:
    size = sheet.rng.randrange(5, max(6, len(sheet.rows) // 30))
    at = sheet.rng.randrange(len(sheet.rows) - size)
    block, rest = sheet.rows[at : at + size], sheet.rows[:at] + sheet.rows[at + size :]
    to = sheet.rng.randrange(len(rest))
    sheet.rows = rest[:to] + block + rest[to:]


def _paste_twice(sheet: Sheet) -> None:
    at, size = sheet.rng.randrange(len(sheet.rows)), sheet.rng.randrange(2, 15)
    block = [row.like(sheet.next_truth()) for row in sheet.rows[at : at + size]]
    sheet.rows[at + size : at + size] = block
    sheet.doubled += block


def _clear_quarter(sheet: Sheet) -> None:
    """Take the oldest tenth out."""
    keep = len(sheet.rows) - len(sheet.rows) // 10
    sheet.rows = sheet.rows[:keep] if sheet.shape.newest_first else sheet.rows[-keep:]


def _split_column(sheet: Sheet) -> None:
    """The idea becomes two columns: the verb, and what is done."""
    if "verb" in dict(sheet.columns):
        return
    at = next(at for at, (role, _) in enumerate(sheet.columns) if role == "idea")
    sheet.columns.insert(at, ("verb", f"{sheet.label('idea')} (1)"))
    for row in sheet.rows:
        verb, colon, rest = row.cells.get("idea", "").partition(": ")
        if colon:
            row.cells["verb"], row.cells["idea"] = verb, rest


def _day_style(sheet: Sheet) -> None:
    sheet.day_style = sheet.rng.randrange(4)


def _insert_column(sheet: Sheet) -> None:
    label = sheet.label("extra")
    if label not in dict(sheet.columns).values():
        role = f"extra{len(sheet.columns)}"
        sheet.columns.insert(sheet.rng.randrange(len(sheet.columns)), (role, label))
        for row in sheet.rows:
            if sheet.rng.random() < 0.3:
                row.cells[role] = sheet.pick("extra")


def _sort(sheet: Sheet) -> None:
    role = sheet.rng.choice(["day", "who", "goal", "state"])
    sheet.rows.sort(
        key=lambda row: row.day.isoformat() if role == "day" else row.cells.get(role, ""),
        reverse=role == "day" and sheet.shape.newest_first,
    )


def _rename_person(sheet: Sheet) -> None:
    old = sheet.pick("people")
    for row in sheet.rows:
        if row.cells.get("who") == old:
            row.cells["who"] = f"{old} (HQ)"


ROW_HABITS: dict[str, Callable[[Sheet, Row], None]] = {
    "journal": _journal,
    "finish": _finish,
    "count": _count,
    "carry_over": _carry_over,
    "close_and_copy": _close_and_copy,
    "mark": _mark,
    "drag": _drag,
    "shorten": _shorten,
    "translate": _translate,
    "hand_over": _hand_over,
    "swap": _swap,
    "take_out": _take_out,
    "add_link": _add_link,
    "two_in_one": _two_in_one,
    "reuse_row": _reuse_row,
}
SHEET_HABITS: dict[str, Callable[[Sheet], None]] = {
    "slip": _slip,
    "restore": _restore,
    "move_block": _move_block,
    "paste_twice": _paste_twice,
    "clear_quarter": _clear_quarter,
    "split_column": _split_column,
    "day_style": _day_style,
    "insert_column": _insert_column,
    "sort": _sort,
    "rename_person": _rename_person,
    "relabel": Sheet.relabel,
}
