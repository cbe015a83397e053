"""A week of the eighth edit simulator: what phones, forms, scripts, writing assistants and
database views do to rows.
"""

from __future__ import annotations

from datetime import timedelta

from bench.simulated_sheet import INTENSITIES, Row, habits

from .sheet import LATER, TEXTS, Sheet

_WEEKLY_NEW = (0.012, 0.03, 0.07)
"""New rows of a week as a share of the rows: calm, busy, chaos."""
_RATES = {
    "finish": (0.02, 0.05, 0.12),
    "add_one": (0.02, 0.05, 0.10),
    "move_card": (0.02, 0.05, 0.12),
    "reassign": (0.003, 0.01, 0.03),
    "mistype": (0.004, 0.02, 0.05),
    "append": (0.004, 0.015, 0.04),
    "polish": (0.0, 0.008, 0.05),
    "polish_all": (0.0, 0.002, 0.02),
    "translate": (0.0, 0.003, 0.03),
    "cut_short": (0.0, 0.004, 0.02),
    "postpone": (0.003, 0.01, 0.04),
    "rename": (0.002, 0.01, 0.03),
    "wrong_cell": (0.0003, 0.002, 0.008),
    "reverted": (0.0, 0.003, 0.02),
    "duplicate": (0.002, 0.006, 0.02),
    "next_of_series": (0.002, 0.006, 0.015),
    "variants": (0.0, 0.002, 0.01),
    "resubmit": (0.001, 0.004, 0.015),
    "combine": (0.0, 0.001, 0.008),
    "delete": (0.001, 0.004, 0.02),
    "slip": (0.0003, 0.001, 0.005),
    "drag": (0.001, 0.004, 0.015),
}
_NOW_AND_THEN = {
    "archive_old": (0.2, 0.35, 0.7),
    "unarchive": (0.05, 0.1, 0.3),
    "sort_view": (0.05, 0.2, 0.6),
    "templates": (0.1, 0.3, 0.6),
    "new_sprint": (0.02, 0.15, 0.4),
    "new_word": (0.03, 0.2, 0.6),
    "tag_titles": (0.0, 0.02, 0.15),
    "translate_column": (0.0, 0.01, 0.1),
    "move_column": (0.05, 0.2, 0.5),
    "relabel": (0.02, 0.1, 0.4),
    "insert": (0.02, 0.08, 0.25),
    "drop": (0.01, 0.04, 0.15),
    "day_format": (0.02, 0.1, 0.3),
    "hide": (0.02, 0.08, 0.2),
}


def live_a_week(sheet: Sheet, intensity: str) -> None:
    """Let everybody work on the sheet for a week."""
    sheet.begin_week()
    sheet.show_hidden()
    _bring_back(sheet)
    sheet.follow(_HABITS, _RATES, intensity)
    share = _WEEKLY_NEW[INTENSITIES.index(intensity)]
    for _ in range(int(share * len(sheet.rows) * sheet.rng.uniform(0.5, 1.5))):
        row = sheet.begin(sheet.today - timedelta(days=sheet.rng.randrange(7)))
        if sheet.rng.random() < 0.2:
            sheet.finish(row)
        if sheet.rng.random() < 0.25:
            _hurry(sheet, row)
    sheet.arrange()
    sheet.follow_now_and_then(_SOMETIMES, _NOW_AND_THEN, intensity)


def _hurry(sheet: Sheet, row: Row) -> None:
    """Leave of a new row what a thumb types: a title, and perhaps a name."""
    kept = ("title", "state", "person") if sheet.rng.random() < 0.5 else ("title", "state")
    row.cells = {role: row.cells[role] for role in kept if role in row.cells}


def _bring_back(sheet: Sheet) -> None:
    """Undo what was done by mistake last week."""
    for at, row in sorted(sheet.lost, key=lambda each: each[0]):
        sheet.rows.insert(min(at, len(sheet.rows)), row)
    sheet.lost = []
    for row, cells in sheet.before:
        row.cells = cells
        sheet.touch(row, "undone")
    sheet.before = []
    for row, role, other, text in sheet.wrong:
        row.cells.pop(role, None)
        other.cells[role] = text
        sheet.touch(row, "put right")
        sheet.touch(other, "put right")
    sheet.wrong = []


# one row


def _finish(sheet: Sheet, row: Row) -> None:
    sheet.finish(row)
    if "idea" not in row.cells:
        row.cells["idea"] = sheet.write("idea")
        row.cells.setdefault("person", sheet.write("person"))
        row.cells.setdefault("objective", sheet.write("objective"))


def _add_one(sheet: Sheet, row: Row) -> None:
    empty = [role for role in (*LATER, "channel", "person") if not row.cells.get(role)]
    if empty:
        role = sheet.rng.choice(empty)
        row.cells[role] = sheet.write(role)
        sheet.note_edit(row)


def _move_card(sheet: Sheet, row: Row) -> None:
    row.cells["state"] = sheet.write("state")
    sheet.note_edit(row)


def _reassign(sheet: Sheet, row: Row) -> None:
    row.cells["person"] = sheet.write("person")
    sheet.note_edit(row)


def _mistype(sheet: Sheet, row: Row) -> None:
    """Hit a neighbouring key, twice a key, or lose a blank, as thumbs do."""
    role = _some_text(sheet, row)
    text = row.cells[role]
    at = sheet.rng.randrange(len(text))
    typed = (text[at] * 2, "", sheet.rng.choice("aeiou ㅇㅏ.,"))
    row.cells[role] = (text[:at] + sheet.rng.choice(typed) + text[at + 1 :]).strip() or text
    sheet.note_edit(row)


def _append(sheet: Sheet, row: Row) -> None:
    role = sheet.rng.choice([each for each in ("idea", *LATER) if row.cells.get(each)] or ["idea"])
    text = row.cells.get(role, "")
    row.cells[role] = f"{text}\n{sheet.write(role)}".strip()
    sheet.note_edit(row)


def _polish(sheet: Sheet, row: Row) -> None:
    """Let a writing assistant say one text in other words."""
    role = _some_text(sheet, row)
    row.cells[role] = _polished(sheet, row.cells[role])
    sheet.note_edit(row)


def _polish_all(sheet: Sheet, row: Row) -> None:
    """Let a writing assistant say all texts in other words but the title."""
    for role in TEXTS[1:]:
        if row.cells.get(role):
            row.cells[role] = _polished(sheet, row.cells[role])
    sheet.note_edit(row)


def _polished(sheet: Sheet, text: str) -> str:
    words = text.split()
    kept = [word for word in words if sheet.rng.random() < 0.85] or words
    if len(kept) > 4 and sheet.rng.random() < 0.5:
        half = len(kept) // 2
        kept = kept[half:] + kept[:half]
    said = " ".join(sheet.words["synonyms"].get(word, word) for word in kept)
    return str(sheet.rng.choice(sheet.words["lead"]) + said + sheet.rng.choice(sheet.words["tail"]))


def _translate(sheet: Sheet, row: Row) -> None:
    for role in TEXTS:
        if row.cells.get(role):
            row.cells[role] = sheet.in_other_language(row.cells[role])
    sheet.note_edit(row)


def _cut_short(sheet: Sheet, row: Row) -> None:
    role = _some_text(sheet, row)
    words = row.cells[role].split()
    row.cells[role] = " ".join(words[: max(1, len(words) * 2 // 3)])
    sheet.note_edit(row)


def _postpone(sheet: Sheet, row: Row) -> None:
    row.day += timedelta(days=sheet.rng.choice((1, 3, 7, 14)))
    sheet.note_edit(row)


def _rename(sheet: Sheet, row: Row) -> None:
    row.cells["title"] = sheet.write("title")
    sheet.note_edit(row)


def _wrong_cell(sheet: Sheet, row: Row) -> None:
    """Write into the cell of the row below; it is put right a week later."""
    at = sheet.rows.index(row)
    role = sheet.rng.choice(LATER)
    if at + 1 < len(sheet.rows) and not row.cells.get(role):
        below = sheet.rows[at + 1]
        if not below.cells.get(role):
            text = sheet.write(role)
            below.cells[role] = text
            sheet.wrong.append((below, role, row, text))
            sheet.touch(below, "wrong_cell")


def _reverted(sheet: Sheet, row: Row) -> None:
    """Change much of a row, and take it back a week later."""
    sheet.before.append((row, dict(row.cells)))
    for role in sheet.rng.sample(TEXTS, 3):
        row.cells[role] = sheet.write(role)


def _duplicate(sheet: Sheet, row: Row) -> None:
    """Duplicate a row and change the copy: at once, or next time."""
    copy = row.like(sheet.next_truth())
    copy.day = sheet.today
    title = row.cells.get("title", "")
    copy.cells["title"] = sheet.rng.choice((f"{title} (1)", sheet.write("title"), title + " v2"))
    for role in LATER:
        if sheet.rng.random() < 0.8:
            copy.cells.pop(role, None)
    copy.cells["state"] = sheet.words["state"][0]
    if sheet.rng.random() < 0.5:
        sheet.rows.insert(sheet.rows.index(row) + 1, copy)
        sheet.note_edit(copy)
    else:
        sheet.add(copy)


def _next_of_series(sheet: Sheet, row: Row) -> None:
    """Begin this week's issue of something that comes each week from an earlier one."""
    copy = row.like(sheet.next_truth())
    copy.day, copy.cells["title"] = sheet.today, sheet.write("series")
    copy.cells["state"] = sheet.words["state"][0]
    for role in LATER:
        copy.cells.pop(role, None)
    sheet.add(copy)


def _variants(sheet: Sheet, row: Row) -> None:
    """Go on with a row as variant A, with a second one as variant B below."""
    other = row.like(sheet.next_truth())
    row.cells["title"] = row.cells.get("title", "") + " A"
    other.cells["title"] = other.cells.get("title", "") + " B"
    for role in ("work", "outcome", "lesson"):
        other.cells.pop(role, None)
    other.cells["idea"] = sheet.write("idea")
    sheet.rows.insert(sheet.rows.index(row) + 1, other)
    sheet.note_edit(other)
    sheet.note_edit(row)


def _resubmit(sheet: Sheet, row: Row) -> None:
    """Send a form again with a correction: the old answer is replaced by a row at the end."""
    sheet.rows.remove(row)
    role = _some_text(sheet, row)
    row.cells[role] = sheet.write(role)
    sheet.add(row)


def _combine(sheet: Sheet, row: Row) -> None:
    """Write what the row below says into this one and delete that."""
    at = sheet.rows.index(row)
    if at + 1 < len(sheet.rows):
        below = sheet.rows.pop(at + 1)
        for role in ("idea", *LATER):
            texts = [each.cells[role] for each in (row, below) if each.cells.get(role)]
            if texts:
                row.cells[role] = " / ".join(texts)
        sheet.note_edit(row)


def _delete(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)


def _slip(sheet: Sheet, row: Row) -> None:
    """Delete a row by mistake; it is back a week later."""
    sheet.lost.append((sheet.rows.index(row), row))
    sheet.rows.remove(row)


def _drag(sheet: Sheet, row: Row) -> None:
    sheet.rows.remove(row)
    sheet.rows.insert(sheet.rng.randrange(len(sheet.rows) + 1), row)


def _some_text(sheet: Sheet, row: Row) -> str:
    return sheet.rng.choice([role for role in TEXTS if row.cells.get(role)] or ["title"])


# the whole sheet


def _archive_old(sheet: Sheet) -> None:
    """Let a script put away what is done and old."""
    done = sheet.words["state"][2:]
    share = sheet.rng.choice((0.02, 0.1))
    old = [row for row in sheet.rows if row.cells.get("state") in done]
    put_away = sorted(old, key=lambda row: row.day)[: int(share * len(sheet.rows))]
    for row in put_away:
        sheet.touch(row, "archived")
    going = {row.truth for row in put_away}
    sheet.archive += [row for row in sheet.rows if row.truth in going]
    sheet.rows = [row for row in sheet.rows if row.truth not in going]


def _unarchive(sheet: Sheet) -> None:
    for row in sheet.rng.sample(sheet.archive, min(5, len(sheet.archive))):
        sheet.archive.remove(row)
        row.cells["state"] = sheet.words["state"][1]
        sheet.touch(row, "unarchived")
        sheet.add(row)


def _sort_view(sheet: Sheet) -> None:
    """Sort by a property, as a view does; the days of a property without one come last."""
    role = sheet.rng.choice(("day", "state", "person", "title", "priority", "channel"))
    turned = sheet.rng.random() < 0.4
    if role == "day":
        sheet.rows.sort(key=lambda row: row.day, reverse=turned)
    else:
        sheet.rows.sort(key=lambda row: row.cells.get(role, "~"), reverse=turned)


def _templates(sheet: Sheet) -> None:
    """Make some rows from the template button; a few are filled at once, others one day."""
    for number in range(sheet.rng.randrange(3, 12)):
        cells = {"title": sheet.write("placeholder"), "idea": sheet.write("prompt")}
        cells["state"] = sheet.words["state"][0]
        if number % 3 == 0:
            cells["title"], cells["person"] = sheet.write("title"), sheet.write("person")
        sheet.add(Row(sheet.next_truth(), sheet.today, cells))
    for row in sheet.rows:
        if row.cells.get("title") in sheet.words["placeholder"] and sheet.rng.random() < 0.4:
            row.cells.update({role: sheet.write(role) for role in ("title", "idea", "person")})
            sheet.note_edit(row)
            sheet.touch(row, "template filled")


def _new_sprint(sheet: Sheet) -> None:
    """Put everything open into the next sprint: another day."""
    for row in sheet.rows:
        if row.cells.get("state") in sheet.words["state"][:2] and sheet.rng.random() < 0.5:
            row.day = sheet.today
            sheet.touch(row, "sprint")


def _new_word(sheet: Sheet) -> None:
    """Call a person, a state, a channel or a thing something else everywhere."""
    kind = sheet.rng.choice(("person", "state", "channel", "noun"))
    old = sheet.write(kind)
    new = sheet.rng.choice((old.upper(), old + "*", f"{old} (2)", sheet.write("noun")))
    for row in sheet.rows:
        for role, text in row.cells.items():
            if old in text:
                row.cells[role] = text.replace(old, new)
                sheet.touch(row, "new_word")


def _tag_titles(sheet: Sheet) -> None:
    """Let an import put a key before every title."""
    for row in sheet.rows:
        if row.cells.get("title"):
            row.cells["title"] = f"[GR-{row.truth}] {row.cells['title'].split('] ')[-1]}"


def _translate_column(sheet: Sheet) -> None:
    role = sheet.rng.choice(TEXTS)
    for row in sheet.rows:
        if row.cells.get(role):
            row.cells[role] = sheet.in_other_language(row.cells[role])
            sheet.touch(row, "translated column")


def _insert(sheet: Sheet) -> None:
    sheet.insert_extra((0.0, 0.3, 0.9))


def _drop(sheet: Sheet) -> None:
    sheet.drop_one(("priority", "channel", "next", "lesson"))


def _day_format(sheet: Sheet) -> None:
    sheet.day_style = sheet.rng.randrange(4)


_HABITS = habits(globals(), _RATES, Sheet)
_SOMETIMES = habits(globals(), _NOW_AND_THEN, Sheet)
