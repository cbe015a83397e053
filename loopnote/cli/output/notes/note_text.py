"""Prints notes, their history and search hits."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from loopnote.cli.output.console import is_terminal, print_line, print_notice, print_table
from loopnote.cli.output.place_text import place_text
from loopnote.cli.output.times import local_text
from loopnote.runtime.messages.terminal import field_label, language, load_catalogue, say
from notes.model.notes import StoredNote, Version
from notes.store.note_rows.field_changes import cell_changes, value_text
from notes.store.note_rows.json_payload import note_fields
from notes.store.search.fields import searchable_texts
from reports.analysis.text.naming_texts import name_candidates


def print_notes(found: list[StoredNote], *, chosen: bool = False) -> None:
    """Write a table of notes; `chosen`: a filter was given, which may be why there is none."""
    if not found:
        print_line(say("notes.none_fits" if chosen else "notes.none"))
        return
    headings = [say(f"table.{name}") for name in ("id", "date", "outcome", "what", "owners")]
    print_table(headings, [_row(stored) for stored in found])
    if is_terminal():
        print_line(say("notes.count", count=len(found)))


def _row(stored: StoredNote) -> tuple[str, ...]:
    note = stored.note
    outcome = say(f"outcome.{note.outcome}") if note.outcome else ""
    when = note.start_date.isoformat() if note.start_date else note.week
    gone = f" ({say('notes.gone')})" if stored.gone else ""
    mark = "" if stored.sure else " ?"
    return (
        stored.id[:8] + mark,
        when,
        outcome,
        shorten(headline(stored), 60) + gone,
        ", ".join(note.owners),
    )


def headline(stored: StoredNote, *, nameless: str = "") -> str:
    """Return a note's title, else the first field that identifies it; its bare id comes last.

    `nameless` is what a note without any is called, its kind where not given.
    """
    texts = name_candidates(stored.note)
    otherwise = nameless or f"({stored.note.kind})"
    return next((" ".join(text.split()) for text in texts if text), otherwise)


def shorten(text: str, length: int) -> str:
    """Return a text cut to a length, with an ellipsis where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def print_history(stored: StoredNote, versions: list[Version], rivals: Sequence[str]) -> None:
    """Write a note and its versions, oldest first."""
    print_line(headline(stored))
    print_line(f"{stored.id} · {stored.team} · {stored.source} · {place_text(stored.note.place)}")
    if stored.note.url:
        print_line(stored.note.url)
    if not stored.sure:
        print_line(say("history.unsure"))
        if rivals:
            print_line(say("history.rivals", ids=", ".join(rivals)))
    for name, text in _present_texts(stored):
        print_line(f"  {field_label(name)}: {shorten(value_words(name, text), 300)}")
    for each in versions:
        print_line()
        print_line(
            say(
                "history.version",
                version=each.version,
                at=local_text(each.at),
                event=event_text(each),
            )
        )
        for name, before, after in each.changes:
            print_line(f"    {change_label(name)}")
            for sign, text in (("-", before), ("+", after)):
                if text:
                    print_line(f"      {sign} {shorten(value_words(name, text), 300)}")


def _present_texts(stored: StoredNote) -> Iterator[tuple[str, str]]:
    """Yield what each filled field says now, as a change would keep it; of what is more than
    fields (the numbers of a series, the lines of a card) the row as it was read.
    """
    for name, value in note_fields(stored.note).items():
        if name not in {"kind", "details"}:
            yield name, value_text(value)
    if stored.note.details:
        yield from ((name, now) for name, _, now in cell_changes((), stored.raw.cells))


def change_label(name: str) -> str:
    """Return what changed, in words; of a note that was joined or split, its id did."""
    return say("columns.sample") if name == "note" else field_label(name)


def value_words(name: str, text: str) -> str:
    """Return a field's value, as a change keeps it, on one line and in words.

    Of closed sets the word ("success"), of a metric its parts by their labels ("before 9").
    """
    flat = " ".join(text.split())
    words = load_catalogue(language())
    if name in ("outcome", "next_kind"):
        word: str = words[name].get(flat, flat)
        return word
    if name in ("metric", "more_metrics"):
        parts: dict[str, str] = words["metric_part"]
        return " · ".join(_labelled(part, parts) for part in flat.split(" · "))
    return flat


def _labelled(part: str, labels: Mapping[str, str]) -> str:
    name, _, value = part.partition(" ")
    return f"{labels[name]} {value}".strip() if name in labels else part


def event_text(version: Version) -> str:
    """Return what happened, in words."""
    return say(f"event.{version.event}")


def print_hits(found: list[StoredNote], words: Sequence[str]) -> None:
    """Write search results.

    The note's headline, where it stands, and a line of text around the first word.
    """
    for stored in found:
        note = stored.note
        outcome = say(f"outcome.{note.outcome}") if note.outcome else ""
        when = note.start_date.isoformat() if note.start_date else note.week
        print_line(
            " · ".join(
                part
                for part in (stored.id[:8], when, outcome, shorten(headline(stored), 70))
                if part
            )
        )
        line = _around(stored, words)
        if line:
            print_line(f"    {line}")


def print_hit_count(shown: int, count: int, counted: int, *, aside: bool) -> None:
    """Write how many were found, and that there are more than are shown.

    `aside` on stderr, and only the latter.
    """
    if shown < count:
        words = say(
            "search.many" if count >= counted else "search.some",
            shown=f"{shown:,}",
            count=f"{count:,}",
        )
        (print_notice if aside else print_line)(words)
    elif not aside:
        print_line(say("search.count", count=count) if count else say("search.none"))


def _around(stored: StoredNote, words: Sequence[str]) -> str:
    """Return a stretch of the text that holds a word, the word marked where a person reads it."""
    wanted = "|".join(_sought(word) for word in words)
    for text in searchable_texts(stored):
        flat = " ".join(unicodedata.normalize("NFC", text).split())
        if (
            hit := re.search(wanted, flat, re.IGNORECASE)
            if wanted and flat != headline(stored)
            else None
        ):
            start, mark = (
                max(0, hit.start() - 30),
                ("\033[1m", "\033[0m") if is_terminal() else ("", ""),
            )
            before, after = flat[start : hit.start()], flat[hit.end() : hit.start() + 70]
            return f"{'…' if start else ''}{before}{mark[0]}{hit[0]}{mark[1]}{after}"
    return ""


def _sought(word: str) -> str:
    """Return the pattern of a word as the search finds it.

    Korean anywhere, others where a word begins.
    """
    text = unicodedata.normalize("NFC", word)
    return re.escape(text) if "가" <= text[0] <= "힣" else rf"(?<![^\W가-힣_]){re.escape(text)}"
