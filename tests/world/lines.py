"""The lines of a page or mail without what makes them a text: bullets, links to the source, rules.

A line keeps its place on the sheet: the section it stands in and the claim it belongs to.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from .logs import TABLES, TeamLog, last_day, monday_of

_PLACE = r"(?:‘[^’]+’ \d+행|“[^”]+” row \d+|(?<=fix: )“[^”]+”|(?<=고칠 곳: )‘[^’]+’)"
_TAIL = re.compile(
    rf"\s*\((?:[^()‘’“”]{{0,14}} ?)?{_PLACE}(?:, {_PLACE})*(?: (?:외 \d+건|and \d+ more))?\)\s*$"
)
_RULE = re.compile(r"[─═-]{2,}")
_LABEL = re.compile(r"^(\S+(?: \S+)?) {2,}(?=\S)")
_BULLET = re.compile(r"^(?:[-*!] |→ |\d\. )")


@dataclass(frozen=True)
class SheetLine:
    """A line's own text, where it stands, and how it began ("-", "*", "1.", "→", "")."""

    text: str
    section: int
    bullet: str
    places: str


def lines_of(text: str) -> Iterator[SheetLine]:
    """Give the lines of a sheet that say something."""
    section = 0
    for raw in text.splitlines():
        label = _LABEL.match(raw)
        line = " ".join(raw[label.end() if label else 0 :].split())
        if _RULE.fullmatch(line):
            section += 1
            continue
        if not line:
            continue
        places = ""
        while tail := _TAIL.search(line):
            places += tail[0]
            line = line[: tail.start()]
        mark = _BULLET.match(line)
        bullet = mark[0].strip() if mark else label[1] if label else ""
        line = line[mark.end() :] if mark else line
        if line.strip():
            yield SheetLine(line.strip(), section, bullet, places)


def masked(texts: Iterable[str], teams: Iterable[TeamLog], language: str) -> Iterator[str]:
    """Give the texts as a reader gets them who sees no names."""
    somebody = "한 사람" if language == "ko" else "somebody"
    people = sorted((p for team in teams for p in team.data["people"]), key=len, reverse=True)
    title = r"(?:\s(?:대표|전무|상무|이사|부장|팀장|과장|대리|소장))?(?:\s?님)?"
    names = re.compile("|".join(rf"{re.escape(person)}{title}" for person in people))
    for text in texts:
        yield text
        yield names.sub(somebody, text)


def words_of(teams: Iterable[TeamLog], only: str | None, week: str) -> Iterator[str]:
    """Give every text that the log of a team (or of all) held up to the end of a week, and the
    names of things.

    Rows that were deleted since and cells typed over are among them: a page may quote what was
    promised.
    """
    last = last_day(week) + timedelta(days=1)
    for team in teams:
        if only is not None and team.name != only:
            continue
        yield from (team.name, Path(team.log_file).stem)
        for person in team.data["people"]:
            yield from (person, f"{person} 님", f"{person}님")
        for note in team.notes:
            yield from (text for name, text in note.fields.items() if note.typed[name] <= last)
            yield from (text for day, _, text in note.fixes if day <= last)
            yield from stopped_things(note.fields.get("next", ""))
            yield from ("대조", "control") if note.counts else ()
        for name in TABLES[1:]:
            if name in team.data:
                yield from _table_words(team.data[name], last)


def stopped_things(promise: object) -> Iterator[str]:
    """Give what a promise to stop is about: the page asks of the thing, not of the promise."""
    text = str(promise)
    if text.endswith((" 그만", " 중단")):
        yield text.rpartition(" ")[0]
    if text.startswith("Stop "):
        yield text[5:6].upper() + text[6:]


def day_typed(label: str) -> date:
    """Return the day that a row's first cell names: a day, or the Monday of a week."""
    return monday_of(label) if "-W" in label else date.fromisoformat(label)


def _table_words(table: dict, last) -> Iterator[str]:
    yield Path(table["file"]).stem
    yield from table["header"]
    for one in table.get("series", ()):
        yield one["name"]
    for row in table.get("rows", ()):
        typed = table.get("typed", {}).get(row[0]) or day_typed(row[0])
        if typed <= last:
            for cell in row[1:]:
                yield str(cell)
                yield from str(cell).split("\n")
                yield str(cell).partition("께 ")[2]  # what a People lever gives
                yield str(cell).rpartition(" ")[0]  # whom it is about
