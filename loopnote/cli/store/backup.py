"""`backup`: a complete copy of the store."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def backup(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=say("option.backup_file"), metavar="FILE")],
) -> int:
    """Write a copy of the store."""
    from loopnote.commands.store.maintenance import back_up

    session: Session = context.obj
    back_up(session.wiring, path)
    if session.as_json:
        print_json({"backup": str(path)})
    else:
        print_line(say("backup.done", path=path))
    return DONE


COMMAND: Callable[..., int] = backup
