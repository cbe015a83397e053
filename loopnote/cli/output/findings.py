"""Findings of `doctor`, for a person and for a program."""

import os
import sys
from collections.abc import Sequence

from loopnote.runtime.messages.errors import error_texts, sentence_text
from loopnote.runtime.messages.terminal import language
from notes.model.findings import Finding, Level

from .console import print_json, print_line, strip_controls

MARKS: dict[Level, str] = {"ok": "✓", "warning": "!", "error": "✗"}
"""One sign a level, so that it is told without colour, too."""
# Green, yellow and red of the sixteen colours that a person's own terminal theme keeps readable.
_COLOURS: dict[Level, str] = {"ok": "32", "warning": "33", "error": "31"}


def in_colour() -> bool:
    """Return whether stdout is a terminal whose user has not asked for no colour.

    Source: no-color.org (any non-empty NO_COLOR), and terminals that call themselves dumb.
    """
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout.isatty()


def print_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Write one finding after the other, each with its next step."""
    coloured = in_colour()
    for finding in findings:
        if as_json:
            print_json(finding_record(finding))
            continue
        message, hint = error_texts(
            language(), finding.code, finding.facts, message=finding.message, hint=finding.hint
        )
        subject = sentence_text(finding.subject, language())
        mark = MARKS[finding.level]
        text = strip_controls(f"{subject}: {message}  [{finding.id}]")
        print(f"{_paint(mark, finding.level) if coloured else mark} {text}")
        if hint:
            print_line(f"    → {hint}")


def finding_record(finding: Finding) -> dict[str, str | None]:
    """Return a finding as `doctor --json` gives it."""
    return {
        "id": finding.id,
        "level": finding.level,
        "subject": finding.subject,
        "what": finding.message,
        "next_step": finding.hint or None,
    }


def _paint(mark: str, level: Level) -> str:
    return f"\x1b[{_COLOURS[level]}m{mark}\x1b[0m"
