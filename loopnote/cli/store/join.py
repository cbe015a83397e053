"""`join`: merges two notes."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def join(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help=say("option.id"), metavar="A")],
    other: Annotated[str, typer.Argument(help=say("option.id"), metavar="B")],
) -> int:
    """Merge two notes."""
    from loopnote.commands.store.join_split import join as join_notes

    session: Session = context.obj
    kept = join_notes(session.wiring, one, other)
    if session.as_json:
        print_json({"id": kept})
    else:
        print_line(say("join.done", id=kept))
    return DONE


COMMAND: Callable[..., int] = join
