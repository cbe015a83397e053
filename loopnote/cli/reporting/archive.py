"""`archive`: the browsable site of all reports and notes."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def archive(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help=say("option.archive_out"), metavar="DIR")] = None,
    full: Annotated[bool, typer.Option("--full", help=say("option.archive_full"))] = False,
) -> int:
    """Build the browsable site of all reports and notes."""
    from loopnote.commands.reporting.archive import archive as build

    session: Session = context.obj
    with session.progress() as progress:
        folder, built = build(session.wiring, out=out, full=full, progress=progress)
    if built is None and session.as_json:
        print_json({"busy": True})
    elif built is None:
        print_line(say("archive.busy"))
    elif session.as_json:
        record = {
            "page": str(folder / "index.html"),
            "files": built.files,
            "written": built.written,
        }
        print_json({**record, "removed": built.removed})
    else:
        print_line(
            say("archive.done", files=built.files, written=built.written, removed=built.removed)
        )
        print_line(f"  {folder / 'index.html'}")
    return DONE


COMMAND: Callable[..., int] = archive
