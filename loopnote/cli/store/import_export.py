"""`import`: loads an export into this store."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line, print_notice
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say

if TYPE_CHECKING:  # these open the store, and are imported where they are used
    from loopnote.commands.store.import_export import ImportResult


def import_(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=say("option.import_file"), metavar="FILE|DIR")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("option.dry_run"))] = False,
) -> int:
    """Load an export."""
    from loopnote.commands.store.import_export import import_file

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


def _tell_imported(session: Session, imported: "ImportResult", *, dry_run: bool) -> None:
    taken = imported.taken
    if session.as_json:
        print_json({"dry_run": dry_run, "new": dict(taken.new), "alike": dict(taken.alike)})
    elif taken.nothing_new:
        print_line(say("import.nothing"))
    else:
        facts = {kind: taken.new.get(kind, 0) for kind in ("note", "version", "source", "message")}
        print_line(say("import.would" if dry_run else "import.done", **facts))
        if any(taken.alike.values()):
            print_line(say("import.alike", count=sum(taken.alike.values())))
    for name in imported.unknown:
        print_notice(say("import.unknown", name=name))


COMMAND: Callable[..., int] = import_
