"""`sync` and `columns`: what is read, and how it was understood."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loopnote.cli.output.terminal import print_json, print_line, print_notice, print_table
from loopnote.runtime.messages.errors import error_texts
from loopnote.runtime.messages.terminal import language, say

from . import DONE, PARTLY
from .session import Session

if TYPE_CHECKING:
    from notes.model.findings import Finding
    from sync.pull import PullResult


def sync(
    context: typer.Context,
    source: Annotated[str, typer.Option(help=say("option.source"), metavar="NAME")] = "",
    full: Annotated[bool, typer.Option("--full", help=say("option.full"))] = False,
) -> int:
    """Pull what changed."""
    from loopnote.commands.sync import sync as sync_sources

    session: Session = context.obj
    with session.progress() as progress:
        results = list(sync_sources(session.wiring, only=source, full=full, progress=progress))
    for pulled in results:
        if session.as_json:
            print_json(pulled_record(pulled))
        else:
            _tell_pulled(pulled)
    if not results and not session.as_json:
        print_line(say("sync.none"))
    return DONE if all(pulled.ok for pulled in results) else PARTLY


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
        "seconds": pulled.seconds,
        "ok": pulled.ok,
        "error": pulled.error or None,
        "read_anew": pulled.anew or None,
        "warnings": list(pulled.warnings),
    }


def _tell_pulled(pulled: "PullResult") -> None:
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
                problems=counts.problems,
                requests=pulled.requests,
                seconds=f"{pulled.seconds:.1f}",
            )
        )
    if pulled.anew:
        print_line(say(f"sync.anew_{pulled.anew}"))
    for warning in pulled.warnings:
        print_notice(f"  ! {warning}")
    if counts.problems:
        print_line(say("sync.see_problems", source=pulled.source))


def columns(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help=say("option.source_name"), metavar="SOURCE")] = "",
) -> int:
    """Show how each tab, header and column was understood."""
    from loopnote.commands.sync import override_mistakes, read_sources

    session: Session = context.obj
    with session.progress() as progress:
        readings = list(read_sources(session.wiring, only=source, progress=progress))
    mistakes = [
        (settings.name, found)
        for settings in session.wiring.sources(source)
        for found in override_mistakes(
            session.wiring, settings, [one for name, one in readings if name == settings.name]
        )
    ]
    _tell_mistakes(mistakes, as_json=session.as_json)
    if session.as_json:
        for name, reading in readings:
            for record in columns_records(name, reading):
                print_json(record)
        return PARTLY if mistakes else DONE
    from loopnote.cli.output.columns import print_reading

    for name, reading in readings:
        print_reading(name, reading, language())
    if not readings:
        print_line(say("columns.none"))
    return PARTLY if mistakes else DONE


def _tell_mistakes(mistakes: "Sequence[tuple[str, Finding]]", *, as_json: bool) -> None:
    """Say what the configuration names that is not there."""
    for name, found in mistakes:
        if as_json:
            print_json({"source": name, "error": found.message, "next_step": found.hint})
            continue
        message, hint = error_texts(
            language(), found.code, found.facts, message=found.message, hint=found.hint
        )
        print_notice(f"✗ {name}: {message}")
        print_notice(f"  → {hint}")


def columns_records(source: str, reading: Any) -> Iterable[dict[str, Any]]:
    """Return how a source was understood, one record a table."""
    for table in reading.tables:
        area = table.area
        yield {
            "source": source,
            "tab": table.tab,
            "kind": table.kind,
            "reason": table.reason,
            "area": [area.top, area.left, area.bottom, area.right] if area else None,
            "header_rows": list(table.header_rows),
            "columns": [
                {
                    "column": column.letter,
                    "header": column.header,
                    "field": column.field or None,
                    "reason": column.reason,
                    "confidence": round(column.confidence, 2),
                    "samples": list(column.samples),
                }
                for column in table.columns
            ],
        }


def problems(
    context: typer.Context,
    source: Annotated[str, typer.Option(help=say("option.source"), metavar="NAME")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
) -> int:
    """List what could not be understood."""
    from loopnote.cli.output.json_records import problem
    from loopnote.cli.output.places import place_text
    from notes.model.problems import reason_of

    session: Session = context.obj
    with session.wiring.store() as store:
        found = store.problems(team=team or None, source=source or None)
    if session.as_json:
        for stored in found:
            print_json(problem(stored, session.wiring.language_of(stored.team)))
        return DONE
    if not found:
        print_line(say("problems.none"))
        return DONE
    rows = [
        (stored.source, place_text(stored.problem.place), reason_of(stored.problem, language()))
        for stored in found
    ]
    print_table((say("table.source"), say("table.place"), say("table.reason")), rows)
    return DONE


COMMANDS: dict[str, Callable[..., int]] = {"sync": sync, "columns": columns, "problems": problems}
