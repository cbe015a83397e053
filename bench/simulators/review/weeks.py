"""A week of the seventh simulator: what is written in rows, and what is done to the sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bench.simulated_sheet import Row, habits
from bench.simulators.review.sheet import LATER, TEXTS, WORDS, Sheet

RATES: dict[str, tuple[float, float, float]] = {
    # of the rows of the tab in work: calm, busy, chaos
    "begin": (0.008, 0.025, 0.06),
    "finish": (0.012, 0.05, 0.1),
    "half_written": (0.001, 0.006, 0.03),
    "append_outcome": (0.004, 0.02, 0.06),
    "rewrite_cell": (0.001, 0.006, 0.03),
    "rewrite_row": (0.0, 0.001, 0.008),
    "correct_day": (0.001, 0.006, 0.03),
    "hand_over": (0.001, 0.006, 0.03),
    "typing_error": (0.004, 0.015, 0.06),
    "copy_as_start": (0.001, 0.006, 0.03),
    "split": (0.0, 0.001, 0.008),
    "translate_title": (0.0, 0.003, 0.02),
    "to_done": (0.003, 0.015, 0.05),
    "back_from_done": (0.0, 0.0005, 0.002),
    "delete": (0.001, 0.004, 0.02),
    "move": (0.001, 0.004, 0.03),
    "remark": (0.003, 0.02, 0.1),
}
SHEET_RATES: dict[str, tuple[float, float, float]] = {
    # how often in a week
    "duplicate_template": (0.1, 0.5, 0.9),
    "comments_column": (0.03, 0.1, 0.4),
    "review_of_the_quarter": (0.0, 0.1, 0.3),
    "all_old_to_done": (0.0, 0.05, 0.2),
    "import_again": (0.0, 0.08, 0.3),
    "translate_block": (0.0, 0.05, 0.2),
    "replace_owner": (0.02, 0.08, 0.3),
    "clear_by_mistake": (0.02, 0.1, 0.5),
    "sort_by_owner_and_day": (0.02, 0.1, 0.35),
    "group": (0.02, 0.08, 0.25),
    "cut_at_255": (0.0, 0.03, 0.15),
    "unmerge": (0.02, 0.06, 0.2),
    "change_day_style": (0.02, 0.08, 0.2),
    "insert_column": (0.02, 0.08, 0.25),
    "move_column": (0.02, 0.08, 0.25),
    "relabel": (0.02, 0.08, 0.25),
    "drop_column": (0.01, 0.04, 0.1),
}
LONGEST = 255
"""What an old spreadsheet file keeps of a cell, in characters."""


def live_a_week(sheet: Sheet, intensity: str) -> None:
    """Let a week pass."""
    sheet.begin_week()
    _go_on(sheet)
    sheet.follow(ROW_HABITS, RATES, intensity)
    sheet.follow_now_and_then(SHEET_HABITS, SHEET_RATES, intensity)
    if sheet.shape.numbered and sheet.rng.random() < 0.8:
        sheet.renumber()


def _go_on(sheet: Sheet) -> None:
    """Finish what the week before left: half texts, emptied cells, blank copies, deleted rows."""
    for row, role, text in sheet.unfinished:
        row.cells[role] = text
        sheet.touch(row, "half_written_on")
    for row, role, text in sheet.emptied:
        row.cells[role] = row.cells.get(role) or text
        sheet.touch(row, "put_back")
    for row in sheet.blank:
        _fill_template(sheet, row)
    for at, row in sheet.deleted:
        if sheet.rng.random() < 0.4:
            sheet.rows.insert(min(at, len(sheet.rows)), row)
            sheet.touch(row, "deleted_back")
    sheet.unfinished, sheet.emptied, sheet.blank, sheet.deleted = [], [], [], []


def _fill_template(sheet: Sheet, row: Row) -> None:
    row.day = sheet.today - timedelta(days=sheet.rng.randrange(5))
    row.cells.pop("day", None)
    row.cells["person"] = sheet.write("person")
    row.cells["why"] = sheet.long_text("why")
    if sheet.rng.random() < 0.5:
        row.cells["title"] += f" {sheet.write('group')}"
    if sheet.rng.random() < 0.4:
        sheet.finish(row)
    sheet.touch(row, "template_filled")


# one row


def _begin(sheet: Sheet, _row: Row) -> None:
    row = sheet.new_row(sheet.today - timedelta(days=sheet.rng.randrange(7)))
    for role in ("why", "person", "area"):
        if sheet.rng.random() < 0.25:
            row.cells.pop(role)
    if sheet.rng.random() < 0.3:
        sheet.finish(row)
    sheet.add(row)
    sheet.touch(row, "begun")


def _finish(sheet: Sheet, row: Row) -> None:
    open_rows = [each for each in sheet.rows if not each.cells.get("outcome")]
    row = sheet.rng.choice(open_rows or [row])
    row.cells.setdefault("person", sheet.write("person"))
    row.cells.setdefault("area", sheet.rng.choice(sheet.areas))
    row.cells.setdefault("why", sheet.long_text("why"))
    sheet.finish(row)
    sheet.touch(row, "finished")


def _half_written(sheet: Sheet, row: Row) -> None:
    """What the autosave caught while somebody wrote: the rest comes the week after."""
    role = sheet.rng.choice(TEXTS)
    text = row.cells.get(role) or sheet.write(role)
    if len(text) > 3:
        row.cells[role] = text[: sheet.rng.randrange(2, len(text))]
        sheet.unfinished.append((row, role, text))


def _append_outcome(sheet: Sheet, row: Row) -> None:
    before = row.cells.get("outcome")
    more = sheet.write("retro")
    row.cells["outcome"] = f"{before}\n{more}" if before else more


def _rewrite_cell(sheet: Sheet, row: Row) -> None:
    role = sheet.rng.choice(TEXTS)
    row.cells[role] = sheet.write(role)


def _rewrite_row(sheet: Sheet, row: Row) -> None:
    for role in ("title", "why", "did"):
        if row.cells.get(role):
            row.cells[role] = sheet.write(role)


def _correct_day(sheet: Sheet, row: Row) -> None:
    row.day += timedelta(days=sheet.rng.choice((-7, -2, -1, 1, 3, 7)))


def _hand_over(sheet: Sheet, row: Row) -> None:
    row.cells["person"] = sheet.write("person")
    row.cells["state"] = sheet.write("state")


def _typing_error(sheet: Sheet, row: Row) -> None:
    role = sheet.rng.choice([role for role in TEXTS if row.cells.get(role)] or ["state"])
    text = row.cells.get(role, "")
    if len(text) > 2:
        at = sheet.rng.randrange(len(text))
        row.cells[role] = text[:at] + sheet.rng.choice(("", text[at] * 2, " ")) + text[at + 1 :]


def _copy_as_start(sheet: Sheet, row: Row) -> None:
    copy = row.like(sheet.next_truth())
    copy.day = sheet.today
    copy.cells["title"] = sheet.write("title")
    for role in LATER:
        if sheet.rng.random() < 0.7:
            copy.cells.pop(role, None)
    if sheet.rng.random() < 0.5:
        sheet.rows.insert(sheet.rows.index(row) + 1, copy)
    else:
        sheet.add(copy)
    sheet.touch(copy, "copied")


def _split(sheet: Sheet, row: Row) -> None:
    """One row becomes two: the second gets half of each text that is long enough."""
    part = row.like(sheet.next_truth())
    for role in ("why", "did", "outcome"):
        words = row.cells.get(role, "").split(" ")
        if len(words) > 3:
            half = len(words) // 2
            row.cells[role], part.cells[role] = " ".join(words[:half]), " ".join(words[half:])
    sheet.rows.insert(sheet.rows.index(row) + 1, part)
    sheet.touch(part, "split_off")


def _translate_title(sheet: Sheet, row: Row) -> None:
    row.cells["title"] = translated(row.cells.get("title", ""), sheet.shape.language)


def translated(text: str, language: str) -> str:
    """Return a text in the other language, phrase by phrase."""
    other = "en" if language == "ko" else "ko"
    for role in ("template", "thing", "group", "when"):
        for ours, theirs in zip(WORDS[language][role], WORDS[other][role], strict=True):
            text = text.replace(ours, theirs)
    return text


def _to_done(sheet: Sheet, row: Row) -> None:
    if row.cells.get("outcome") and len(sheet.rows) > 10:
        sheet.rows.remove(row)
        sheet.done.append(row)


def _back_from_done(sheet: Sheet, _row: Row) -> None:
    if sheet.done:
        row = sheet.done.pop(sheet.rng.randrange(len(sheet.done)))
        row.cells["state"] = sheet.words["state"][1]
        sheet.add(row)
        sheet.touch(row, "back_from_done")


def _delete(sheet: Sheet, row: Row) -> None:
    at = sheet.rows.index(row)
    sheet.rows.remove(row)
    sheet.deleted.append((at, row))


def _move(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)
    sheet.rows.insert(sheet.rng.randrange(len(sheet.rows) + 1), row)


def _remark(sheet: Sheet, row: Row) -> None:
    if "comment" in dict(sheet.columns):
        row.cells["comment"] = sheet.write("comment")


# the whole sheet


def _duplicate_template(sheet: Sheet) -> None:
    """Copy a blank row of a standing activity several times; it is filled the week after."""
    cells = {"title": sheet.write("template"), "area": sheet.rng.choice(sheet.areas)}
    cells["state"] = sheet.words["state"][0]
    for _ in range(sheet.rng.randrange(3, 9)):
        row = Row(sheet.next_truth(), sheet.today, dict(cells))
        row.cells["day"] = ""
        sheet.add(row)
        sheet.blank.append(row)
        sheet.touch(row, "template")


def _comments_column(sheet: Sheet) -> None:
    if "comment" not in dict(sheet.columns):
        sheet.columns.append(("comment", sheet.label("comment")))
        share = sheet.rng.choice((0.0, 0.1, 0.5))
        for row in sheet.rows:
            if sheet.rng.random() < share:
                _remark(sheet, row)


def _review_of_the_quarter(sheet: Sheet) -> None:
    """Each row that is not closed gets another next step."""
    for row in sheet.rows:
        if row.cells.get("state") != sheet.words["state"][2] or sheet.rng.random() < 0.5:
            row.cells["next"] = sheet.write("reviewed")
            if sheet.rng.random() < 0.3:
                row.cells["state"] = sheet.write("state")


def _all_old_to_done(sheet: Sheet) -> None:
    border = sheet.rng.choice(sheet.rows).day
    old = [row for row in sheet.rows if row.day < border and row.cells.get("outcome")]
    gone = set(map(id, old[: len(sheet.rows) // 3]))
    sheet.done += [row for row in sheet.rows if id(row) in gone]
    sheet.rows = [row for row in sheet.rows if id(row) not in gone]


def _import_again(sheet: Sheet) -> None:
    """The sheet goes through a file of text: days are typed anew, line breaks are lost."""
    _change_day_style(sheet)
    for row in (*sheet.rows, *sheet.done):
        row.cells = {role: " ".join(text.split()) for role, text in row.cells.items()}


def _translate_block(sheet: Sheet) -> None:
    at = sheet.rng.randrange(len(sheet.rows))
    for row in sheet.rows[at : at + sheet.rng.randrange(10, 60)]:
        _translate_title(sheet, row)
        sheet.touch(row, "translated")


def _replace_owner(sheet: Sheet) -> None:
    """Find and replace: a person is called otherwise, or somebody takes all of another's rows."""
    old = sheet.rng.choice(sheet.words["person"])
    old = sheet.renamed.get(old, old)
    new = sheet.rng.choice((f"{old} ({sheet.rng.randrange(9)})", f"{old[:1]}. Novak", "Rin"))
    sheet.renamed[old] = new
    for row in (*sheet.rows, *sheet.done):
        row.cells = {role: text.replace(old, new) for role, text in row.cells.items()}


def _clear_by_mistake(sheet: Sheet) -> None:
    """A range of a column is emptied and put back the week after."""
    role = sheet.rng.choice(("title", "person", "area", "did", "outcome", "next"))
    at = sheet.rng.randrange(len(sheet.rows))
    for row in sheet.rows[at : at + sheet.rng.randrange(5, 60)]:
        if row.cells.get(role):
            sheet.emptied.append((row, role, row.cells.pop(role)))
            sheet.touch(row, "cleared")


def _sort_by_owner_and_day(sheet: Sheet) -> None:
    sheet.rows.sort(key=lambda row: row.day, reverse=sheet.shape.upwards)
    sheet.rows.sort(key=lambda row: row.cells.get("person", ""))


def _group(sheet: Sheet) -> None:
    """Put the rows of a value together with a blank row between, or take the blank rows out."""
    if sheet.grouped:
        sheet.grouped = ""
        return
    sheet.grouped = sheet.rng.choice(("person", "area", "state"))
    sheet.rows.sort(key=lambda row: row.cells.get(sheet.grouped, ""))


def _cut_at_255(sheet: Sheet) -> None:
    for row in (*sheet.rows, *sheet.done):
        row.cells = {role: text[:LONGEST] for role, text in row.cells.items()}


def _unmerge(sheet: Sheet) -> None:
    """Merge the cells of equal goals, or part them and fill each."""
    sheet.merged = not sheet.merged


def _change_day_style(sheet: Sheet) -> None:
    sheet.day_style = sheet.rng.randrange(4)


def _insert_column(sheet: Sheet) -> None:
    sheet.insert_extra((0.0, 0.2, 1.0))


def _drop_column(sheet: Sheet) -> None:
    sheet.drop_one({"person", "state", "comment"})


ROW_HABITS: dict[str, Callable[[Sheet, Row], None]] = habits(globals(), RATES)
SHEET_HABITS: dict[str, Callable[[Sheet], None]] = habits(globals(), SHEET_RATES, Sheet)
