"""What people do to a sheet in a week: each habit is a function over the sheet, its rate in
words.toml.

sheet = Sheet(SheetShape(rows=600), seed=1)
live_a_week(sheet, "busy")
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bench.simulated_sheet import INTENSITIES, Row
from bench.simulators.habits.sheet import FORMATS, TEXTS, WORDS, Sheet


def live_a_week(sheet: Sheet, intensity: str) -> None:
    """Let a week pass: what was hidden or deleted may return, then each habit takes its share."""
    sheet.begin_week()
    sheet.show_hidden()
    _unmerge(sheet)
    _bring_back(sheet)
    _finish_stubs(sheet)
    sheet.follow(ROW_HABITS, WORDS["rows"], intensity)
    for name, rates in WORDS["sheet"].items():
        rate = rates[INTENSITIES.index(intensity)] * sheet.rng.uniform(0.5, 1.5)
        if sheet.rng.random() < rate:
            SHEET_HABITS[name](sheet)


# rows that come


def _place_new(sheet: Sheet, row: Row) -> None:
    sheet.rows.insert(0 if sheet.shape.newest_first else len(sheet.rows), row)


def _append(sheet: Sheet, _row: Row) -> None:
    row = sheet.new_row(sheet.today - timedelta(days=sheet.rng.randrange(7)), finished=0.1)
    _place_new(sheet, row)
    sheet.touch(row, "appended")


def _insert(sheet: Sheet, beside: Row) -> None:
    row = sheet.new_row(sheet.today - timedelta(days=sheet.rng.randrange(14)), finished=0.2)
    sheet.rows.insert(sheet.rows.index(beside) + 1, row)
    sheet.touch(row, "inserted")


def _begin_stub(sheet: Sheet, beside: Row) -> None:
    row = sheet.new_row(sheet.today, finished=0.0)
    kept = sheet.rng.choice([("goal",), ("title",), ("goal", "title"), ("title", "owner")])
    row.cells = {role: row.cells[role] for role in (*kept, "id")}
    if sheet.rng.random() < 0.4:
        row.cells["day"] = ""
    row.stub = True
    if sheet.rng.random() < 0.8:
        _place_new(sheet, row)
    else:
        sheet.rows.insert(sheet.rows.index(beside) + 1, row)
    sheet.touch(row, "stub")


def _finish_stubs(sheet: Sheet) -> None:
    for row in sheet.rows:
        if row.stub and sheet.rng.random() < 0.6:
            full = sheet.new_row(row.day, finished=0.2).cells
            row.cells = full | {role: text for role, text in row.cells.items() if role != "day"}
            if sheet.rng.random() < 0.25 and row.cells.get("title"):
                row.cells["title"] = _reword(sheet, row.cells["title"])
            row.stub = False
            sheet.touch(row, "finished")


def _copy_and_edit(sheet: Sheet, model: Row) -> None:
    copy = model.like(sheet.next_truth())
    copy.cells["id"] = f"T-{copy.truth}"
    if sheet.rng.random() < 0.7:
        copy.day = sheet.today
    if sheet.rng.random() < 0.6:
        for role in ("retrospective", "learned", "next", "metric"):
            copy.cells.pop(role, None)
    for role in sheet.rng.choice(
        [(), ("title",), ("hypothesis",), ("title", "action"), ("owner",)]
    ):
        copy.cells[role] = sheet.write(role)
    if sheet.rng.random() < 0.35:
        _add_retrospective(sheet, model)
    if sheet.rng.random() < 0.2:
        _reword_cell(sheet, model)
    if sheet.rng.random() < 0.5:
        _place_new(sheet, copy)
    else:
        sheet.rows.insert(sheet.rows.index(model) + 1, copy)
    sheet.touch(copy, "copy")


def _split_row(sheet: Sheet, row: Row) -> None:
    """The upper row keeps the first part, a new one below takes the rest."""
    other = Row(sheet.next_truth(), row.day, {}, stub=False)
    for role in ("goal", "owner", "status", "title", "tag"):
        if role in row.cells and (role != "title" or sheet.rng.random() < 0.5):
            other.cells[role] = row.cells[role]
    for role in ("hypothesis", "action", "retrospective", "title"):
        words = row.cells.get(role, "").split()
        if len(words) > 3 and role not in other.cells:
            half = len(words) // 2 + sheet.rng.choice([-1, 0, 1])
            row.cells[role], other.cells[role] = " ".join(words[:half]), " ".join(words[half:])
    other.cells["id"] = f"T-{other.truth}"
    sheet.rows.insert(sheet.rows.index(row) + 1, other)
    sheet.touch(other, "split off")


def _merge_rows(sheet: Sheet, row: Row) -> None:
    """A row takes in the one below it; now and then they are parted again a week later."""
    at = sheet.rows.index(row)
    if at + 1 >= len(sheet.rows):
        return
    other = sheet.rows.pop(at + 1)
    was = Row(row.truth, row.day, dict(row.cells))
    for role in ("title", "action", "retrospective"):
        texts = [each.cells[role] for each in (row, other) if each.cells.get(role)]
        if texts:
            row.cells[role] = "; ".join(dict.fromkeys(texts))
    sheet.merged.append((row, was, other))


def _unmerge(sheet: Sheet) -> None:
    for row, was, other in sheet.merged:
        if row in sheet.rows and sheet.rng.random() < 0.3:
            row.cells = dict(was.cells)
            sheet.rows.insert(sheet.rows.index(row) + 1, other)
            sheet.touch(row, "unmerged")
            sheet.touch(other, "unmerged back")
    sheet.merged = []


# cells that change


def _reword(sheet: Sheet, text: str) -> str:
    words = text.split()
    at = sheet.rng.randrange(len(words))
    turn = sheet.rng.random()
    if turn < 0.4:
        words[at] = str(sheet.rng.choice(sheet.words["thing"]))
    elif turn < 0.6 and len(words) > 2:
        del words[at]
    elif turn < 0.8:
        words.append(f"({sheet.write('segment')})")
    else:
        words[at] = words[at][:-1] + sheet.rng.choice("aeiou가는을") if words[at] else words[at]
    return " ".join(words)


def _filled(sheet: Sheet, row: Row) -> list[str]:
    shown = {role for role, _ in sheet.columns}
    return [role for role in TEXTS if row.cells.get(role) and role in shown]


def _reword_cell(sheet: Sheet, row: Row) -> None:
    if roles := _filled(sheet, row):
        role = sheet.rng.choice(roles)
        row.cells[role] = _reword(sheet, row.cells[role])


def _replace_cell(sheet: Sheet, row: Row) -> None:
    if roles := _filled(sheet, row):
        role = sheet.rng.choice(roles)
        row.cells[role] = sheet.write(role)


def _rewrite_row(sheet: Sheet, row: Row) -> None:
    for role in _filled(sheet, row):
        row.cells[role] = sheet.write(role)


def _two_people(sheet: Sheet, row: Row) -> None:
    _add_retrospective(sheet, row)
    _reword_cell(sheet, row)
    row.cells["owner"] = f"{row.cells.get('owner', '')}, {sheet.write('owner')}".strip(", ")
    row.cells["status"] = sheet.write("status")


def _add_retrospective(sheet: Sheet, row: Row) -> None:
    if row.stub:
        return
    before = row.cells.get("retrospective", "")
    text = sheet.write("retrospective")
    row.cells["retrospective"] = f"{before}\n{text}" if before else text
    for role in ("learned", "next", "metric"):
        if not row.cells.get(role) and sheet.rng.random() < 0.4:
            row.cells[role] = sheet.write(role)
    if sheet.rng.random() < 0.5:
        row.cells["status"] = sheet.words["status"][2]


def _set_status(sheet: Sheet, row: Row) -> None:
    row.cells["status"] = sheet.write("status")


def _empty_cell(sheet: Sheet, row: Row) -> None:
    if len(roles := _filled(sheet, row)) > 1:
        row.cells[sheet.rng.choice(roles)] = ""


RETYPED: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace(", ", " / "),
    lambda text: text[:1].upper() + text[1:] + ".",
    lambda text: "- " + text,
    lambda text: text.replace("(", "- ").replace(")", ""),
    lambda text: text.replace(" ", "", 1),
    lambda text: text.replace("%", " %"),
)


def _retype(sheet: Sheet, row: Row) -> None:
    for role in _filled(sheet, row):
        row.cells[role] = sheet.rng.choice(RETYPED)(row.cells[role])


def _postpone(sheet: Sheet, row: Row) -> None:
    row.day += timedelta(days=sheet.rng.choice([1, 3, 7, 14]))


# rows that leave


def _delete(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)
    sheet.deleted.append((row, sheet.rng.randrange(1, 12)))


def _bring_back(sheet: Sheet) -> None:
    """A third of what was deleted is added again within three weeks, somewhere, now and then
    retyped.
    """
    stay = []
    for row, weeks in sheet.deleted:
        if weeks == 1:
            if sheet.rng.random() < 0.3:
                _retype(sheet, row)
            sheet.rows.insert(sheet.rng.choice([0, len(sheet.rows)]), row)
            sheet.touch(row, "added again")
        elif weeks < 4:
            stay.append((row, weeks - 1))
    sheet.deleted = stay


# the whole sheet


def _change_date_format(sheet: Sheet) -> None:
    sheet.format = sheet.rng.choice(FORMATS)


def _add_column(sheet: Sheet) -> None:
    role = f"extra{sheet.rng.randrange(1000)}"
    label = f"{sheet.label('extra')} {sheet.rng.randrange(10)}"
    if label in dict(sheet.columns).values():
        return
    sheet.columns.insert(sheet.rng.randrange(1, len(sheet.columns) + 1), (role, label))
    share = sheet.rng.choice([0.0, 0.3, 0.9])
    for row in sheet.rows:
        if sheet.rng.random() < share:
            row.cells[role] = sheet.write("extra")


def _drop_column(sheet: Sheet) -> None:
    sheet.drop_one({"owner", "metric", "learned", "next", "tag"})


def _rename_column(sheet: Sheet) -> None:
    at = sheet.rng.randrange(len(sheet.columns))
    role, _ = sheet.columns[at]
    label = sheet.label("extra" if role.startswith("extra") else role)
    if label not in dict(sheet.columns).values():
        sheet.columns[at] = (role, label)


def shown_day(row: Row, role: str) -> bool:
    """Return whether a cell shows the row's day."""
    return role == "day" and row.cells.get("day") != ""


def _sort(sheet: Sheet) -> None:
    role = sheet.rng.choice([role for role, _ in sheet.columns])
    turned = sheet.rng.random() < 0.3
    sheet.rows.sort(
        key=lambda row: row.day.isoformat() if shown_day(row, role) else row.cells.get(role, ""),
        reverse=turned,
    )


def _filter(sheet: Sheet) -> None:
    """The sheet is exported while a filter is on: the rest is back a week later, where it was."""
    status = sheet.write("status")
    hidden = [(at, row) for at, row in enumerate(sheet.rows) if row.cells.get("status") != status]
    if len(hidden) < 0.7 * len(sheet.rows):
        sheet.hidden = hidden
        sheet.rows = [row for row in sheet.rows if row.cells.get("status") == status]


def _export(sheet: Sheet) -> None:
    """A file made anew: sorted by day or by goal, one text column typed again throughout."""
    if sheet.rng.random() < 0.7:
        role, typed = sheet.rng.choice(TEXTS), sheet.rng.choice(RETYPED)
        for row in sheet.rows:
            if row.cells.get(role):
                row.cells[role] = typed(row.cells[role])
    if sheet.rng.random() < 0.5:
        sheet.rows.sort(key=lambda row: (row.day, row.cells.get("goal", "")))


def _replace_word(sheet: Sheet) -> None:
    old = str(sheet.rng.choice(sheet.words["thing"]))
    new = sheet.rng.choice([old.replace(" ", ""), old + " v2", old.upper()])
    for row in sheet.rows:
        for role in _filled(sheet, row):
            row.cells[role] = row.cells[role].replace(old, new)


def _rename_goal(sheet: Sheet) -> None:
    at = sheet.rng.randrange(len(sheet.goals))
    old, new = sheet.goals[at], sheet.write("goal")
    sheet.goals[at] = new
    for row in sheet.rows:
        if row.cells.get("goal") == old:
            row.cells["goal"] = new


RowHabit = Callable[[Sheet, Row], None]
ROW_HABITS: dict[str, RowHabit] = {
    "append": _append,
    "insert": _insert,
    "begin_stub": _begin_stub,
    "add_retrospective": _add_retrospective,
    "set_status": _set_status,
    "reword_cell": _reword_cell,
    "replace_cell": _replace_cell,
    "rewrite_row": _rewrite_row,
    "copy_and_edit": _copy_and_edit,
    "split_row": _split_row,
    "merge_rows": _merge_rows,
    "two_people": _two_people,
    "retype": _retype,
    "postpone": _postpone,
    "delete": _delete,
    "empty_cell": _empty_cell,
}
SHEET_HABITS: dict[str, Callable[[Sheet], None]] = {
    "change_date_format": _change_date_format,
    "add_column": _add_column,
    "drop_column": _drop_column,
    "move_column": Sheet.move_column,
    "rename_column": _rename_column,
    "sort": _sort,
    "filter": _filter,
    "export": _export,
    "replace_word": _replace_word,
    "rename_goal": _rename_goal,
}
