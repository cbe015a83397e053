"""`run`: does what is due now."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.runs.mail_results import print_busy, print_would_send
from loopnote.cli.output.runs.run_result import print_run
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def run(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("option.dry_run"))] = False,
    accept_store: Annotated[
        bool, typer.Option("--accept-store", help=say("option.accept_store"))
    ] = False,
    *,
    accept_clock: Annotated[
        bool, typer.Option("--accept-clock", help=say("option.accept_clock"))
    ] = False,
) -> int:
    """Do what is due now."""
    from loopnote.commands.runs.failed_runs import failures_told
    from loopnote.commands.runs.run import due_now
    from loopnote.commands.runs.run import run as run_due
    from loopnote.config.read import config_path
    from loopnote.services.run import BusyRun

    session: Session = context.obj
    if dry_run:
        for one in due_now(session.wiring):
            print_would_send(session, one.address, one.scope, period=str(one.period))
        return DONE
    session.told = not session.as_json
    with failures_told(config_path(session.config_file)), session.progress() as progress:
        session.wiring.accept_store, session.wiring.accept_clock = accept_store, accept_clock
        result = run_due(session.wiring, progress=progress)
    if isinstance(result, BusyRun):
        return print_busy(session, result)
    return print_run(session, result)


COMMAND: Callable[..., int] = run
