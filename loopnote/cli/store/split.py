"""`split`: gives a note's present row an id of its own."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def split(
    context: typer.Context,
    note_id: Annotated[str, typer.Argument(help=say("option.id"), metavar="ID")],
    version: Annotated[int, typer.Option(help=say("option.split_version"), metavar="N")] = 0,
) -> int:
    """Split a note: its present row becomes a note of its own."""
    from loopnote.commands.store.join_split import split as split_note

    session: Session = context.obj
    new = split_note(session.wiring, note_id, version=version or None)
    if session.as_json:
        print_json({"id": new})
    else:
        print_line(say("split.done", id=new))
    return DONE


COMMAND: Callable[..., int] = split
