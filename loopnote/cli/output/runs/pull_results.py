"""Text of what one pull of a source did, and its `--json` record."""

from typing import TYPE_CHECKING, Any

from loopnote.alerts.report_commands import quoted
from loopnote.cli.output.console import print_line, print_notice
from loopnote.runtime.messages.errors import error_texts, sentence_text
from loopnote.runtime.messages.terminal import language, say
from notes.messages.problems import reason_of

if TYPE_CHECKING:  # pulling loads the readers, and is imported where it is done
    from sync.pulls.pull import PullResult


def pulled_record(pulled: "PullResult") -> dict[str, Any]:
    """Return what one pull did as `sync --json` gives it."""
    counts = pulled.counts
    return {
        "source": pulled.source,
        "team": pulled.team,
        "requests": pulled.requests,
        "read": counts.read,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "gone": counts.gone,
        "problems": counts.problems,
        "left_out": pulled.left_out,
        "understood": pulled.understood,
        "unread": [problem.value for problem in pulled.unread],
        "open_columns": pulled.open_columns,
        "yearless": pulled.yearless,
        "seconds": pulled.seconds,
        "ok": pulled.ok,
        "error": pulled.error or None,
        "read_anew": pulled.anew or None,
        "warnings": list(pulled.warnings),
    }


def print_pulled(pulled: "PullResult") -> None:
    """Write what one pull did, or why it did nothing and what to do about it."""
    counts = pulled.counts
    if not pulled.ok:
        message, hint = error_texts(
            language(), pulled.code, pulled.facts, message=pulled.error, hint=pulled.hint
        )
        print_notice(say("sync.failed", source=pulled.source, error=message))
        if hint:
            print_notice(f"  → {hint}")
        return
    if pulled.unchanged:
        print_line(say("sync.unchanged", source=pulled.source, requests=pulled.requests))
    else:
        print_line(
            say(
                "sync.done",
                source=pulled.source,
                read=counts.read,
                new=counts.new,
                changed=counts.changed,
                unchanged=counts.unchanged,
                gone=counts.gone,
                back=counts.back,
                moved=counts.moved,
                problems=counts.problems,
                requests=pulled.requests,
                seconds=f"{pulled.seconds:.1f}",
            )
        )
    if pulled.anew:
        print_line(say(f"sync.anew_{pulled.anew}"))
    for warning in pulled.warnings:
        print_notice(f"  ! {sentence_text(warning, language())}")
    for problem in pulled.unread:
        print_notice(f"  ! {reason_of(problem, language())}")
        if problem.code == "log_lost":
            print_notice(f"  → {say('sync.accept', source=quoted(pulled.source))}")
    found = {
        "open_columns": pulled.open_columns,
        "yearless": pulled.yearless,
        "see_problems": counts.problems,
    }
    for key, count in found.items():
        if count:
            print_line(say(f"sync.{key}", source=quoted(pulled.source), count=count))
