"""`sync`: pulls what changed."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE, PARTLY
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.output.runs.pull_results import print_pulled, pulled_record
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def sync(
    context: typer.Context,
    source: Annotated[str, typer.Option(help=say("option.source"), metavar="NAME")] = "",
    full: Annotated[bool, typer.Option("--full", help=say("option.full"))] = False,
    *,
    accept: Annotated[bool, typer.Option("--accept", help=say("option.accept"))] = False,
) -> int:
    """Pull what changed."""
    from loopnote.commands.reading.sync import sync as sync_sources
    from notes.model.errors import ConfigError

    session: Session = context.obj
    session.told = not session.as_json
    if accept and not source:
        raise ConfigError(
            "--accept needs one source", hint="name it: loopnote sync --source NAME --accept"
        )
    with session.progress() as progress:
        results = list(
            sync_sources(session.wiring, only=source, full=full, accept=accept, progress=progress)
        )
    for pulled in results:
        if session.as_json:
            print_json(pulled_record(pulled))
        else:
            print_pulled(pulled)
    if not results and not session.as_json:
        print_line(say("sync.none"))
    return DONE if all(pulled.ok and pulled.understood for pulled in results) else PARTLY


COMMAND: Callable[..., int] = sync
