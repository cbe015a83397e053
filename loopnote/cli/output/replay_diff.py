"""Prints `replay --diff`, as text or as a record for `--json`: the lines of a sent report that
would read otherwise today, and the notes that changed since.
"""

from typing import TYPE_CHECKING, Any

from loopnote.runtime.messages.report_names import report_name
from loopnote.runtime.messages.terminal import language, say

from .console import is_terminal, print_line, strip_controls
from .times import local_text

if TYPE_CHECKING:  # these make reports, and are imported where they are used
    from loopnote.commands.reporting.replay_diff import NoteChanges, ReportComparison
    from reports.analysis.text.changed_lines import ChangedLine, TextSpan

_GONE, _NEW = "red", "green"
"""Colours as in every diff: red is gone, green is new."""


def print_comparison(one: "ReportComparison", *, first: bool = True) -> None:
    """Write one report: its lines that would read otherwise, then the notes."""
    if not first:
        print_line()
    print_line(
        say(
            "diff.report",
            report=report_name(one.report, language()),
            language=one.mail.language,
            at=local_text(one.mail.date),
        )
    )
    if one.fault:
        print_line(f"  {say('diff.fault', what=one.fault)}")
    elif not one.lines:
        print_line(f"  {say('diff.same')}")
    section = ""
    for line in one.lines:
        if line.section != section:
            section = line.section
            print_line()
            print_line(f"  {section}")
        _print_line(line)
    if one.notes:
        print_line()
        print_line(f"  {say('diff.notes')}")
    for note in one.notes:
        _print_note(note)


def _print_line(line: "ChangedLine") -> None:
    from reports.analysis.text.changed_lines import TextSpan, mark_differences

    if line.before and line.after:
        old, new = mark_differences(line.before, line.after)
    else:
        old, new = (TextSpan(line.before, differs=False),), (TextSpan(line.after, differs=False),)
    for sign, text, pieces, colour in (
        ("-", line.before, old, _GONE),
        ("+", line.after, new, _NEW),
    ):
        if text:
            _print_pieces(f"    {sign} ", pieces, colour)


def _print_pieces(margin: str, pieces: tuple["TextSpan", ...], colour: str) -> None:
    """Write a line; on a terminal in its colour, the words that differ emphasised."""
    if not is_terminal():
        print_line(margin + "".join(piece.text for piece in pieces))
        return
    from rich.console import Console
    from rich.text import Text

    parts = [
        (strip_controls(piece.text), f"bold underline {colour}" if piece.differs else colour)
        for piece in pieces
    ]
    Console(highlight=False).print(Text.assemble((margin, colour), *parts), soft_wrap=True)


def _print_note(note: "NoteChanges") -> None:
    from loopnote.cli.output.notes.note_text import (
        change_label,
        event_text,
        headline,
        shorten,
        value_words,
    )

    from .place_text import place_text

    stored = note.stored
    print_line()
    print_line(
        f"    {stored.id[:8]} · {shorten(headline(stored), 70)} · {place_text(stored.note.place)}"
    )
    if stored.note.url:
        print_line(f"    {stored.note.url}")
    for version in note.versions:
        print_line(f"      {local_text(version.at)} · {event_text(version)}")
        for name, before, after in version.changes:
            said = [
                shorten(value_words(name, text), 120) or say("diff.empty")
                for text in (before, after)
            ]
            print_line(f"        {change_label(name)}: {said[0]} → {said[1]}")


def comparison_record(one: "ReportComparison") -> dict[str, Any]:
    """Return a sent report and what changed since, as `replay --diff --json` gives it."""
    from .json_records import instant_text

    return {
        "report": one.report,
        "language": one.mail.language,
        "audience": one.mail.audience,
        "sent": instant_text(one.mail.date),
        "changed": one.changed,
        "error": one.fault or None,
        "lines": [
            {
                "section": line.section or None,
                "before": line.before or None,
                "after": line.after or None,
            }
            for line in one.lines
        ],
        "notes": [_note_record(note) for note in one.notes],
    }


def _note_record(note: "NoteChanges") -> dict[str, Any]:
    from loopnote.cli.output.notes.note_text import headline

    from .json_records import place_record, version_record

    stored = note.stored
    return {
        "id": stored.id,
        "title": headline(stored),
        "source": stored.source,
        "source_ref": place_record(stored.note.place),
        "url": stored.note.url or None,
        "changes": [version_record(each) for each in note.versions],
    }
