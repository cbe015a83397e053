"""Lines that differ between a sent report and the report computed now.

Not compared: the state of the data and the list of addresses, which belong to the day, the lines
below the text (when it was made, by which rules), and the row of a cited cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_LIKE = 0.5
"""Likeness from which one line counts as the other's change: judgement; half of its letters."""
_FOOT = "--"
"""The line that begins the foot of a text (RFC 3676 has "-- "); it is not compared."""


@dataclass(frozen=True, slots=True)
class IgnoredText:
    """What of a text is not compared: sections by heading, and patterns masked in lines."""

    headings: frozenset[str] = frozenset()
    row: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that differs; `before` is "" for a new one, `after` for a removed one."""

    section: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A piece of a line, and whether it differs from the other line."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class _Line:
    section: str
    text: str
    key: str


def changed_lines(sent: str, now: str, quiet: IgnoredText) -> tuple[ChangedLine, ...]:
    """Return the lines that differ, in reading order; empty if the report would say the same."""
    before, after = list(_lines(sent, quiet)), list(_lines(now, quiet))
    matcher = SequenceMatcher(
        None, [line.key for line in before], [line.key for line in after], autojunk=False
    )
    found: list[ChangedLine] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            found += _paired(before[first:last], after[start:end])
    return tuple(found)


def _paired(before: Sequence[_Line], after: Sequence[_Line]) -> Iterator[ChangedLine]:
    """Yield each old line with the line that it most likely became, in order."""
    start = 0
    for old in before:
        likely = max(
            range(start, len(after)), key=lambda at: (_likeness(old, after[at]), -at), default=None
        )
        if likely is None or _likeness(old, after[likely]) < _LIKE:
            yield ChangedLine(old.section, old.text, "")
            continue
        for new in after[start:likely]:
            yield ChangedLine(new.section, "", new.text)
        yield ChangedLine(after[likely].section, old.text, after[likely].text)
        start = likely + 1
    for new in after[start:]:
        yield ChangedLine(new.section, "", new.text)


def _likeness(one: _Line, other: _Line) -> float:
    """Return how alike two lines are (0..1.5); lines with the same label get a bonus."""
    labels = {
        line.key.partition("  ")[0] if "  " in line.key else line.text for line in (one, other)
    }
    return SequenceMatcher(None, one.key, other.key, autojunk=False).ratio() + (
        _LIKE if len(labels) == 1 else 0
    )


def _lines(text: str, quiet: IgnoredText) -> Iterator[_Line]:
    """Yield the compared lines, each with the heading of its section."""
    part = section = opened = ""
    silent = False
    for line in text.replace("\r\n", "\n").split("\n"):
        said = line.strip()
        if said == _FOOT:
            return
        if said and not said.strip("─═"):
            opened, silent = said[0], False
        elif said and opened:
            part, section = (said, "") if opened == "═" else (part, said)
            opened, silent = "", said in quiet.headings
        elif said and not silent:
            yield _Line(
                " · ".join(filter(None, (part, section))), line.rstrip(), _masked(said, quiet)
            )


def _masked(line: str, quiet: IgnoredText) -> str:
    return quiet.row.sub("…", line) if quiet.row else line


def mark_differences(before: str, after: str) -> tuple[tuple[TextSpan, ...], tuple[TextSpan, ...]]:
    """Return both lines in pieces, with the differing words marked.

    >>> [piece.text for piece in mark_differences("3 of 5 done", "4 of 5 done")[1] if piece.differs]
    ['4']
    """
    one, other = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    old: list[TextSpan] = []
    new: list[TextSpan] = []
    for kind, first, last, start, end in SequenceMatcher(
        None, one, other, autojunk=False
    ).get_opcodes():
        differs = kind != "equal"
        if first < last:
            old.append(TextSpan("".join(one[first:last]), differs))
        if start < end:
            new.append(TextSpan("".join(other[start:end]), differs))
    return tuple(old), tuple(new)
