"""What happens to a register in a week; each habit is a function over the sheet.

The shares of `EDIT_SIZES` and `EDIT_KINDS` were counted in tables with ids in public repositories:
concepticon/concepticon-data (59 steps between revisions), obi-ontology/obi, and the line list of
globaldothealth/monkeypox (13 steps of five days). Of the rows edited there 80 to 89 of 100 differ
in one cell where curators correct, in the line list a third differ in three or four cells that are
filled together; two in three changed texts are reworded, one in thirty is another text; rows come
inside of the table as often as at its end. From issues in such repositories: a column sorted by
itself and put right from the version history.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bench.simulated_sheet import Row, habits
from bench.simulators.register.sheet import LATER, TEXTS, Sheet

EDIT_SIZES = (0.8, 0.12, 0.05, 0.03)
"""Shares of corrected rows of which one, two, three and four cells change."""
EDIT_KINDS = {
    "reword": 0.66,
    "append": 0.1,
    "cut": 0.07,
    "erase": 0.06,
    "partly": 0.07,
    "replace": 0.04,
}
RATES = {
    "correct": (0.01, 0.03, 0.08),
    "report": (0.02, 0.06, 0.1),
    "new": (0.008, 0.02, 0.05),
    "begin": (0.001, 0.005, 0.02),
    "state": (0.01, 0.04, 0.08),
    "close_row": (0.004, 0.012, 0.03),
    "reopen": (0.0004, 0.002, 0.01),
    "other_theme": (0.0005, 0.004, 0.02),
    "to_top": (0.0005, 0.004, 0.015),
    "again": (0.001, 0.006, 0.02),
    "duplicate": (0.0005, 0.003, 0.015),
    "in_parts": (0.0, 0.0015, 0.008),
    "together": (0.0, 0.001, 0.006),
    "anew": (0.0002, 0.002, 0.012),
    "hand_over": (0.001, 0.006, 0.03),
    "filler": (0.001, 0.005, 0.02),
    "take_out": (0.001, 0.005, 0.02),
    "slip_of_hand": (0.0, 0.0005, 0.004),
}
SHEET_RATES = {
    "sort_one_column": (0.0, 0.02, 0.15),
    "replace_everywhere": (0.02, 0.15, 0.6),
    "typed_anew": (0.0, 0.05, 0.3),
    "sort": (0.01, 0.08, 0.4),
    "sort_within_themes": (0.01, 0.08, 0.4),
    "themes_in_another_order": (0.01, 0.06, 0.3),
    "merge_themes": (0.01, 0.05, 0.2),
    "two_columns_in_one": (0.0, 0.02, 0.15),
    "day_style": (0.01, 0.06, 0.4),
    "insert_column": (0.02, 0.1, 0.4),
    "move_column": (0.02, 0.1, 0.4),
    "drop_column": (0.0, 0.04, 0.2),
    "relabel": (0.02, 0.08, 0.4),
    "hide": (0.01, 0.05, 0.2),
}


def live_a_week(sheet: Sheet, intensity: str) -> None:
    """Let a week pass: what was taken out may return, what slipped is put right, then the
    habits.
    """
    sheet.begin_week()
    for role, rows, texts in sheet.slipped:
        for row, text in zip(rows, texts, strict=True):
            row.cells[role] = text
    sheet.slipped = []
    sheet.show_hidden()
    _come_back(sheet)
    _go_on_with_begun(sheet)
    sheet.follow(ROW_HABITS, RATES, intensity)
    sheet.follow_now_and_then(SHEET_HABITS, SHEET_RATES, intensity)


# cells


def _filled(sheet: Sheet, row: Row) -> list[str]:
    shown = dict(sheet.columns)
    return [role for role in TEXTS if row.cells.get(role) and role in shown]


def _edited(sheet: Sheet, text: str, role: str) -> str:
    words = text.split()
    at = sheet.rng.randrange(len(words))
    kind = sheet.rng.choices(list(EDIT_KINDS), list(EDIT_KINDS.values()))[0]
    if kind == "append":
        return f"{text}, {sheet.write('remark')}"
    if kind == "cut":
        return " ".join(words[: max(1, len(words) * 2 // 3)])
    if kind == "erase":
        return ""
    if kind == "partly":
        return " ".join([*words[: len(words) // 3], sheet.write(role)])
    if kind == "replace":
        return sheet.write(role)
    turn = sheet.rng.randrange(4)
    if turn == 0:
        words[at] = sheet.write("way").split()[-1]
    elif turn == 1:
        words.insert(at, sheet.write("whom"))
    elif turn == 2 and len(words) > 2:
        del words[at]
    else:
        words[at] = words[at].swapcase() if words[at].isascii() else words[at] + "도"
    return " ".join(words)


def _correct(sheet: Sheet, row: Row) -> None:
    size = sheet.rng.choices((1, 2, 3, 4), EDIT_SIZES)[0]
    roles = _filled(sheet, row)
    for role in sheet.rng.sample(roles, min(size, max(0, len(roles) - (size > 2)))):
        row.cells[role] = _edited(sheet, row.cells[role], role)


def _report(sheet: Sheet, row: Row) -> None:
    """Fill what is still empty, three or four cells together as often as one."""
    if row.stub:
        return
    empty = [role for role in LATER if not row.cells.get(role)]
    for role in empty if sheet.rng.random() < 0.5 else empty[:1]:
        row.cells[role] = sheet.write(role)
    if not empty:
        row.cells["remark"] = f"{row.cells['remark']}\n{sheet.write('remark')}"
    row.cells["state"] = sheet.words["state"][1 + (len(empty) < 2)]


def _state(sheet: Sheet, row: Row) -> None:
    row.cells["state"] = sheet.write("state")


def _hand_over(sheet: Sheet, row: Row) -> None:
    row.cells["person"] = sheet.write("person")


def _filler(sheet: Sheet, row: Row) -> None:
    role = sheet.rng.choice(LATER)
    if not row.cells.get(role):
        row.cells[role] = sheet.write("filler")


def _anew(sheet: Sheet, row: Row) -> None:
    """Say the trial anew; theme, day and person stay."""
    for role in _filled(sheet, row):
        row.cells[role] = sheet.write(role)


def _slip_of_hand(sheet: Sheet, row: Row) -> None:
    """Paste the texts of the row above over this one; it is put right next week."""
    at = sheet.rows.index(row)
    if at:
        role = sheet.rng.choice(("trial", "belief", "person"))
        sheet.slipped.append((role, [row], [row.cells.get(role, "")]))
        row.cells[role] = sheet.rows[at - 1].cells.get(role, "")


# rows


def _new(sheet: Sheet, beside: Row) -> None:
    row = sheet.new_row(sheet.today - timedelta(days=sheet.rng.randrange(7)), finished=0.15)
    if sheet.rng.random() < 0.5:
        sheet.place_new(row)
    else:
        sheet.rows.insert(sheet.rows.index(beside) + 1, row)
    sheet.touch(row, "came")


def _begin(sheet: Sheet, _row: Row) -> None:
    row = sheet.new_row(sheet.today, finished=0.0)
    kept = sheet.rng.choice(
        (("trial",), ("theme", "trial"), ("theme", "person"), ("trial", "person"), ("theme",))
    )
    row.cells = {role: row.cells[role] for role in kept}
    if sheet.rng.random() < 0.5:
        row.cells["day"] = ""
    row.stub = True
    sheet.place_new(row)
    sheet.touch(row, "begun")


def _go_on_with_begun(sheet: Sheet) -> None:
    for row in (*sheet.rows, *sheet.closed):
        if row.stub and sheet.rng.random() < 0.4:
            full = sheet.new_row(row.day, finished=0.25).cells
            added = (
                list(full)
                if sheet.rng.random() < 0.6
                else sheet.rng.sample(list(full), len(full) // 2)
            )
            row.cells = {role: full[role] for role in added} | row.cells
            if sheet.rng.random() < 0.7:
                row.cells.pop("day", None)
            if sheet.rng.random() < 0.15 and row.cells.get("trial"):
                row.cells["trial"] = (
                    _edited(sheet, row.cells["trial"], "trial") or row.cells["trial"]
                )
            row.stub = False
            sheet.touch(row, "gone on with")


def _close_row(sheet: Sheet, row: Row) -> None:
    row.cells["state"] = sheet.words["state"][sheet.rng.choice((2, 2, 3))]
    if sheet.rng.random() < 0.5 and not row.cells.get("result"):
        row.cells["result"] = sheet.write("result")
    sheet.close(row)


def _reopen(sheet: Sheet, _row: Row) -> None:
    if sheet.closed:
        row = sheet.closed.pop(sheet.rng.randrange(len(sheet.closed)))
        row.cells["state"] = sheet.words["state"][1]
        sheet.place_new(row)
        sheet.touch(row, "reopened")


def _other_theme(sheet: Sheet, row: Row) -> None:
    row.cells["theme"] = sheet.rng.choice(sheet.themes)
    sheet.rows.remove(row)
    sheet.place_new(row)


def _to_top(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)
    sheet.rows.insert(0, row)


def _again(sheet: Sheet, row: Row) -> None:
    """The same trial a second time: a row of its own with today's day, nothing found yet."""
    new = row.like(sheet.next_truth())
    new.day = sheet.today
    for role in LATER:
        new.cells.pop(role, None)
    new.cells["state"] = sheet.words["state"][0]
    if sheet.rng.random() < 0.5:
        new.cells["person"] = sheet.write("person")
    sheet.place_new(new)
    sheet.touch(new, "again, new")


def _duplicate(sheet: Sheet, row: Row) -> None:
    """Copy a row to write another one into it; the old one may be worked on in the same week."""
    new = row.like(sheet.next_truth())
    for role in sheet.rng.choice(
        (("trial",), ("trial", "belief"), ("belief", "done"), ("done", "result"))
    ):
        new.cells[role] = sheet.write(role)
    if sheet.rng.random() < 0.3:
        _report(sheet, row)
    at = sheet.rows.index(row) + 1 if sheet.rng.random() < 0.7 else len(sheet.rows)
    sheet.rows.insert(at, new)
    sheet.touch(new, "duplicate, new")


def _in_parts(sheet: Sheet, row: Row) -> None:
    """Divide a row: the first part stays, the rest of each text goes into a new row below."""
    new = Row(
        sheet.next_truth(),
        row.day,
        {role: row.cells[role] for role in ("theme", "person", "state") if role in row.cells},
    )
    for role in TEXTS:
        words = row.cells.get(role, "").split()
        if len(words) > 3:
            cut = sheet.rng.randrange(1, len(words))
            row.cells[role], new.cells[role] = " ".join(words[:cut]), " ".join(words[cut:])
    if not new.cells.get("trial"):
        new.cells["trial"] = sheet.write("trial")
    sheet.rows.insert(sheet.rows.index(row) + 1, new)
    sheet.touch(new, "part, new")


def _together(sheet: Sheet, row: Row) -> None:
    """The row takes in the one below it, which goes."""
    at = sheet.rows.index(row)
    if at + 1 < len(sheet.rows):
        other = sheet.rows.pop(at + 1)
        for role in TEXTS:
            both = [each.cells[role] for each in (row, other) if each.cells.get(role)]
            row.cells[role] = " + ".join(dict.fromkeys(both))


def _take_out(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)
    if sheet.rng.random() < 0.4:
        sheet.away.append((sheet.rng.randrange(1, 5), row, sheet.rng.random() < 0.3))


def _come_back(sheet: Sheet) -> None:
    stay = []
    for weeks, row, edited in sheet.away:
        if weeks > 1:
            stay.append((weeks - 1, row, edited))
            continue
        if edited:
            _correct(sheet, row)
        sheet.place_new(row)
        sheet.touch(row, "came back")
    sheet.away = stay


# the whole sheet


def _sort_one_column(sheet: Sheet) -> None:
    """One column is sorted by itself; next week the version before is restored in it."""
    role = sheet.rng.choice(("theme", "person", "trial", "state"))
    rows = sheet.rows[: sheet.rng.choice((len(sheet.rows), 100))]
    texts = [row.cells.get(role, "") for row in rows]
    for row, text in zip(rows, sorted(texts), strict=True):
        row.cells[role] = text
    sheet.slipped.append((role, list(rows), texts))


def _replace_everywhere(sheet: Sheet) -> None:
    old = sheet.write(sheet.rng.choice(("person", "whom", "part", "state")))
    new = f"{old[:1].upper()}{old[1:]} {sheet.rng.choice(('2', '(new)', 'A'))}"
    for row in (*sheet.rows, *sheet.closed):
        row.cells = {role: text.replace(old, new) for role, text in row.cells.items()}


def _typed_anew(sheet: Sheet) -> None:
    """The sheet goes through another program: quotes, dashes, blanks and ends of lines differ."""
    change = sheet.rng.choice(
        (
            lambda text: text.replace("\n", " "),
            lambda text: text.replace(",", ";").replace(": ", " - "),
            lambda text: f"“{text}”",
            lambda text: text[:60],
            lambda text: text.replace(" ", "\u00a0", 1) + " ",
            str.title,
        )
    )
    for row in (*sheet.rows, *sheet.closed):
        for role in TEXTS:
            if row.cells.get(role):
                row.cells[role] = change(row.cells[role])


def _sort(sheet: Sheet) -> None:
    role = sheet.rng.choice(("day", "person", "state", "theme"))
    down = sheet.rng.random() < 0.3
    sheet.rows.sort(
        key=lambda row: row.day.isoformat() if role == "day" else row.cells.get(role, ""),
        reverse=down,
    )


def _sort_within_themes(sheet: Sheet) -> None:
    """Each theme's rows are put in the order of their states, the themes stay where they are."""
    order = list(dict.fromkeys(row.cells.get("theme", "") for row in sheet.rows))
    sheet.rows.sort(
        key=lambda row: (order.index(row.cells.get("theme", "")), row.cells.get("state", ""))
    )


def _themes_in_another_order(sheet: Sheet) -> None:
    order = list(dict.fromkeys(row.cells.get("theme", "") for row in sheet.rows))
    sheet.rng.shuffle(order)
    sheet.rows.sort(key=lambda row: order.index(row.cells.get("theme", "")))


def _merge_themes(sheet: Sheet) -> None:
    """The theme's cells are merged: only the first row of a run still holds it; or parted again."""
    sheet.spread_theme = not sheet.spread_theme or "theme" not in dict(sheet.columns)


def _two_columns_in_one(sheet: Sheet) -> None:
    """What was done and what came of it are put into one column."""
    roles = [role for role, _ in sheet.columns]
    if "done" in roles and "result" in roles:
        sheet.columns.pop(roles.index("done"))
        for row in (*sheet.rows, *sheet.closed):
            row.cells["result"] = " → ".join(
                filter(None, (row.cells.get("done"), row.cells.get("result")))
            )
            row.cells.pop("done", None)


def _day_style(sheet: Sheet) -> None:
    sheet.day_style = sheet.rng.randrange(4)


def _insert_column(sheet: Sheet) -> None:
    sheet.insert_extra((0.0, 0.2, 1.0))


def _drop_column(sheet: Sheet) -> None:
    sheet.drop_one({"person", "state", "remark", "belief"})


ROW_HABITS: dict[str, Callable[[Sheet, Row], None]] = habits(globals(), RATES)
SHEET_HABITS: dict[str, Callable[[Sheet], None]] = habits(globals(), SHEET_RATES, Sheet)
