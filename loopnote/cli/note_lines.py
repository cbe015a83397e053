"""Notes and their history, as a person reads them on a terminal."""

import re
import unicodedata
from collections.abc import Sequence

from loopnote.notes import StoredNote, Version
from loopnote.store.findable import texts_of

from .places import where
from .show import is_terminal, put, put_table, tell
from .words import field_words, say


def put_notes(found: list[StoredNote]) -> None:
    """Write a table of notes."""
    if not found:
        put(say("notes.none"))
        return
    headings = [say(f"table.{name}") for name in ("id", "date", "outcome", "what", "owners")]
    put_table(headings, [_row(stored) for stored in found])
    if is_terminal():
        put(say("notes.count", count=len(found)))


def _row(stored: StoredNote) -> tuple[str, ...]:
    note = stored.note
    outcome = say(f"outcome.{note.outcome}") if note.outcome else ""
    when = note.start_date.isoformat() if note.start_date else note.week
    gone = f" ({say('notes.gone')})" if stored.gone else ""
    mark = "" if stored.sure else " ?"
    return stored.id[:8] + mark, when, outcome, shortened(headline(stored), 60) + gone, ", ".join(note.owners)


def headline(stored: StoredNote) -> str:
    """Return the text by which a person would recognise the note."""
    note = stored.note
    texts = (note.title, note.execution, note.hypothesis, note.goal, note.learned, note.retrospective, note.next_action)
    return next((" ".join(text.split()) for text in texts if text), f"({note.kind})")


def shortened(text: str, length: int) -> str:
    """Return a text cut to a length, with an ellipsis where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def put_history(stored: StoredNote, versions: list[Version], rivals: Sequence[str]) -> None:
    """Write a note and its versions, oldest first."""
    put(headline(stored))
    put(f"{stored.id} · {stored.team} · {stored.source} · {where(stored.note.place)}")
    if stored.note.url:
        put(stored.note.url)
    if not stored.sure:
        put(say("history.unsure"))
        if rivals:
            put(say("history.rivals", ids=", ".join(rivals)))
    for each in versions:
        put()
        put(say("history.version", version=each.version, at=each.at.strftime("%Y-%m-%d %H:%M UTC"), event=event(each)))
        for name, before, after in each.changes:
            put(f"    {field_words(name)}")
            if before:
                put(f"      - {shortened(' '.join(before.split()), 300)}")
            if after:
                put(f"      + {shortened(' '.join(after.split()), 300)}")


def event(version: Version) -> str:
    """Return what happened, in words."""
    return say(f"event.{version.event}")


def put_found(found: list[StoredNote], words: Sequence[str]) -> None:
    """Write search results: the note's headline, where it stands, and a line of text around the first word."""
    for stored in found:
        note = stored.note
        outcome = say(f"outcome.{note.outcome}") if note.outcome else ""
        when = note.start_date.isoformat() if note.start_date else note.week
        put(" · ".join(part for part in (stored.id[:8], when, outcome, shortened(headline(stored), 70)) if part))
        line = _around(stored, words)
        if line:
            put(f"    {line}")


def put_found_count(shown: int, count: int, counted: int, *, aside: bool) -> None:
    """Write how many were found, and that there are more than are shown; `aside` on stderr, and only the latter."""
    if shown < count:
        words = say("search.many" if count >= counted else "search.some", shown=f"{shown:,}", count=f"{count:,}")
        (tell if aside else put)(words)
    elif not aside:
        put(say("search.count", count=count) if count else say("search.none"))


def _around(stored: StoredNote, words: Sequence[str]) -> str:
    """Return a stretch of the text that holds a word, the word marked where a person reads it."""
    wanted = "|".join(_sought(word) for word in words)
    for text in texts_of(stored):
        flat = " ".join(unicodedata.normalize("NFC", text).split())
        if hit := re.search(wanted, flat, re.IGNORECASE) if wanted and flat != headline(stored) else None:
            start, mark = max(0, hit.start() - 30), ("\033[1m", "\033[0m") if is_terminal() else ("", "")
            before, after = flat[start : hit.start()], flat[hit.end() : hit.start() + 70]
            return f"{'…' if start else ''}{before}{mark[0]}{hit[0]}{mark[1]}{after}"
    return ""


def _sought(word: str) -> str:
    """Return the pattern of a word as the search finds it: Korean anywhere, others where a word begins."""
    text = unicodedata.normalize("NFC", word)
    return re.escape(text) if "가" <= text[0] <= "힣" else rf"(?<![^\W가-힣_]){re.escape(text)}"
