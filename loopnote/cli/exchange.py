"""`export` and `import`: the store as files for people and programs, and into another loopnote."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import DONE
from .session import Session
from .show import put, put_json, tell
from .words import say

if TYPE_CHECKING:  # these open the store, and are imported where they are used
    from loopnote.work.exchanging import Exported, Imported


def export(  # noqa: PLR0913, PLR0917  one option each
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help=say("option.export_out"), metavar="FILE|DIR")] = None,
    form: Annotated[str, typer.Option("--format", help=say("option.export_format"), metavar="FORMAT")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    week: Annotated[str, typer.Option(help=say("option.export_week"), metavar="WEEK")] = "",
    everything: Annotated[bool, typer.Option("--all", help=say("option.export_all"))] = False,
    heading_language: Annotated[str, typer.Option("--language", help=say("option.export_language"))] = "",
    force: Annotated[bool, typer.Option("--force", help=say("option.force"))] = False,
) -> int:
    """Write the store as files."""
    from loopnote.exchange.record import Chosen
    from loopnote.work import exchanging

    from .filters import language_of, period_of

    session: Session = context.obj
    wanted = exchanging.format_of(form, out)
    period = period_of(week) if week else None
    touching = (period.first, period.last) if period else None
    language_of(heading_language)
    chosen = Chosen(team, touching, gone=everything or wanted == "jsonl")
    with session.progress() as progress:

        def count(done: int) -> None:
            progress(say("export.progress", count=done))

        path = out or Path(exchanging.RECORDS)
        exported = exchanging.export_lines(session.wiring, chosen, path, force=force, tell=count)
    _tell_exported(session, exported)
    return DONE


def _tell_exported(session: Session, exported: "Exported") -> None:
    counts = exported.records
    if not exported.paths:
        tell(say("export.done", path="-", notes=counts.get("note", 0), versions=counts.get("version", 0)))
    for path in exported.paths:
        if session.as_json:
            put_json({"path": str(path), "records": counts})
        else:
            put(say("export.done", path=path, notes=counts.get("note", 0), versions=counts.get("version", 0)))


def import_(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=say("option.import_file"), metavar="FILE|DIR")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("option.dry_run"))] = False,
) -> int:
    """Load an export."""
    from loopnote.work.exchanging import import_file

    session: Session = context.obj
    with session.progress() as progress:
        imported = import_file(
            session.wiring,
            path,
            keep=not dry_run,
            tell=lambda count: progress(say("export.progress", count=count)),
            indexing=lambda text: progress(say("import.indexing", count=text)),
        )
    _tell_imported(session, imported, dry_run=dry_run)
    return DONE


def _tell_imported(session: Session, imported: "Imported", *, dry_run: bool) -> None:
    taken = imported.taken
    if session.as_json:
        put_json({"dry_run": dry_run, "new": dict(taken.new), "alike": dict(taken.alike)})
    elif taken.nothing_new:
        put(say("import.nothing"))
    else:
        facts = {kind: taken.new.get(kind, 0) for kind in ("note", "version", "source", "message")}
        put(say("import.would" if dry_run else "import.done", **facts))
        if any(taken.alike.values()):
            put(say("import.alike", count=sum(taken.alike.values())))
    for name in imported.unknown:
        tell(say("import.unknown", name=name))


COMMANDS: dict[str, Callable[..., int]] = {"export": export, "import": import_}
