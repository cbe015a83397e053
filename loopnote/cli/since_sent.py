"""`replay --diff`: what a report would say now against what was sent, and the notes behind it that changed since."""

from typing import TYPE_CHECKING, Any

from loopnote.weeks import Period

from . import DONE
from .show import is_terminal, put, put_json, shown
from .words import field_words, say

if TYPE_CHECKING:  # these make reports, and are imported where they are used
    from loopnote.work.comparing import Compared, NoteSince
    from reports.changed import ChangedLine, Piece

_GONE, _NEW = "red", "green"


def put_since_sent(session: Any, period: Period, team: str) -> int:
    """Write what changed since the reports about a period were sent."""
    from loopnote.work.comparing import compared

    found = False
    for one in compared(session.wiring, period, team=team):
        if session.as_json:
            put_json(_record(one))
        else:
            put_compared(one, first=not found)
        found = True
    if not found and not session.as_json:
        put(say("replay.none", period=period))
    return DONE


def put_compared(one: "Compared", *, first: bool = True) -> None:
    """Write one report: its lines that would read otherwise, then the notes."""
    if not first:
        put()
    put(say("diff.report", report=one.report, language=one.mail.language, at=f"{one.mail.date:%Y-%m-%d %H:%M} UTC"))
    if one.fault:
        put(f"  {say('diff.fault', what=one.fault)}")
    elif not one.lines:
        put(f"  {say('diff.same')}")
    section = ""
    for line in one.lines:
        if line.section != section:
            section = line.section
            put()
            put(f"  {section}")
        _put_line(line)
    if one.notes:
        put()
        put(f"  {say('diff.notes')}")
    for note in one.notes:
        _put_note(note)


def _put_line(line: "ChangedLine") -> None:
    from reports.changed import Piece, marked

    if line.before and line.after:
        old, new = marked(line.before, line.after)
    else:
        old, new = (Piece(line.before, differs=False),), (Piece(line.after, differs=False),)
    for sign, text, pieces, colour in (("-", line.before, old, _GONE), ("+", line.after, new, _NEW)):
        if text:
            _put_pieces(f"    {sign} ", pieces, colour)


def _put_pieces(margin: str, pieces: tuple["Piece", ...], colour: str) -> None:
    """Write a line; on a terminal in its colour, the words that differ emphasised."""
    if not is_terminal():
        put(margin + "".join(piece.text for piece in pieces))
        return
    from rich.console import Console
    from rich.text import Text

    parts = [(shown(piece.text), f"bold underline {colour}" if piece.differs else colour) for piece in pieces]
    Console(highlight=False).print(Text.assemble((margin, colour), *parts), soft_wrap=True)


def _put_note(note: "NoteSince") -> None:
    from .note_lines import event, headline, shortened
    from .places import where

    stored = note.stored
    put()
    put(f"    {stored.id[:8]} · {shortened(headline(stored), 70)} · {where(stored.note.place)}")
    if stored.note.url:
        put(f"    {stored.note.url}")
    for version in note.versions:
        put(f"      {version.at:%Y-%m-%d %H:%M} UTC · {event(version)}")
        for name, before, after in version.changes:
            said = [shortened(" ".join(text.split()), 120) or say("diff.empty") for text in (before, after)]
            put(f"        {field_words(name)}: {said[0]} → {said[1]}")


def _record(one: "Compared") -> dict[str, Any]:
    from .records import instant

    return {
        "report": one.report,
        "language": one.mail.language,
        "audience": one.mail.audience,
        "sent": instant(one.mail.date),
        "changed": one.changed,
        "error": one.fault or None,
        "lines": [
            {"section": line.section or None, "before": line.before or None, "after": line.after or None}
            for line in one.lines
        ],
        "notes": [_note_record(note) for note in one.notes],
    }


def _note_record(note: "NoteSince") -> dict[str, Any]:
    from .note_lines import headline
    from .records import place, version

    stored = note.stored
    return {
        "id": stored.id,
        "title": headline(stored),
        "source": stored.source,
        "source_ref": place(stored.note.place),
        "url": stored.note.url or None,
        "changes": [version(each) for each in note.versions],
    }
