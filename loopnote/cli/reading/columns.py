"""`columns`: how each tab, header and column was understood; as a list, as questions or drawn."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loopnote.cli.exit_codes import DONE, PARTLY
from loopnote.cli.output.console import print_json, print_line, print_notice
from loopnote.cli.session import Session
from loopnote.runtime.messages.errors import error_texts
from loopnote.runtime.messages.terminal import language, say

if TYPE_CHECKING:
    from notes.model.errors import LoopnoteError
    from notes.model.findings import Finding


def columns(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help=say("option.source_name"), metavar="SOURCE")] = "",
    ask: Annotated[bool, typer.Option("--ask", help=say("option.ask"))] = False,
    *,
    page: Annotated[bool, typer.Option("--page", help=say("option.page"))] = False,
    out: Annotated[Path, typer.Option(help=say("option.page_out"), metavar="DIR")] = Path(),
) -> int:
    """Show how each tab, header and column was understood."""
    if page:
        return _draw(context.obj, source, out)
    if ask:
        from .ask_columns import ask_columns

        return ask_columns(context.obj, source)
    from loopnote.cli.output.columns import print_reading
    from loopnote.commands.reading.columns import override_mistakes, read_sources
    from notes.model.errors import LoopnoteError

    session: Session = context.obj
    with session.progress() as progress:
        readings = list(read_sources(session.wiring, only=source, progress=progress))
    failed = False
    for name, reading in readings:
        if isinstance(reading, LoopnoteError):
            failed = True
            _tell_unreadable(name, reading, as_json=session.as_json)
        elif session.as_json:
            for record in columns_records(name, reading):
                print_json(record)
        else:
            this_year = session.wiring.clock().year
            print_reading(name, reading, language(), this_year=this_year)
    mistakes = [
        (settings.name, found)
        for settings in session.wiring.sources(source)
        for found in override_mistakes(
            session.wiring, settings, [one for name, one in readings if name == settings.name]
        )
    ]
    _tell_mistakes(mistakes, as_json=session.as_json)
    if not readings and not session.as_json:
        print_line(say("columns.none"))
    return PARTLY if failed or mistakes else DONE


def _draw(session: Session, source: str, out: Path) -> int:
    from loopnote.commands.reading.columns_page import draw_sources, drawing_words

    failed = False
    with session.progress() as progress:
        drawn = list(
            draw_sources(
                session.wiring, only=source, out=out, wording=drawing_words(), progress=progress
            )
        )
    for name, path in drawn:
        if not isinstance(path, Path):
            failed = True
            _tell_unreadable(name, path, as_json=session.as_json)
        elif session.as_json:
            print_json({"source": name, "page": str(path)})
        else:
            print_line(f"{name}: {path.resolve()}")
    if not drawn and not session.as_json:
        print_line(say("columns.none"))
    return PARTLY if failed else DONE


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


def _tell_unreadable(source: str, error: "LoopnoteError", *, as_json: bool) -> None:
    if as_json:
        print_json({"source": source, "error": str(error)})
        return
    message, hint = error_texts(
        language(), error.code, error.facts, message=str(error), hint=error.hint
    )
    print_notice(say("sync.failed", source=source, error=message))
    if hint:
        print_notice(f"  → {hint}")


def columns_records(source: str, reading: Any) -> Iterable[dict[str, Any]]:
    """Return how a source was understood, one record a table."""
    lines = {
        one.place.tab: dict(one.facts).get("line")
        for one in reading.problems
        if one.code == "not_understood"
    }
    for table in reading.tables:
        area = table.area
        yield {
            "source": source,
            "tab": table.tab,
            "kind": table.kind,
            "reason": table.reason,
            "area": [area.top, area.left, area.bottom, area.right] if area else None,
            "header_rows": list(table.header_rows),
            "line": lines.get(table.tab),
            "columns": [
                {
                    "column": column.letter,
                    "header": column.header,
                    "field": column.field or None,
                    "reason": column.reason,
                    "grade": column.grade,
                    "candidates": list(column.candidates),
                    "confidence": round(column.confidence, 2),
                    "samples": list(column.samples),
                }
                for column in table.columns
            ],
        }


COMMAND: Callable[..., int] = columns
