"""`schedule`: stays running and does what is due."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.output.runs.status import next_line, next_record, zone_of
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say

if TYPE_CHECKING:  # only for a signature
    from notes.model.deliveries import DueMail


def schedule(
    context: typer.Context,
    every: Annotated[
        int, typer.Option(help=say("option.every"), metavar="SECONDS", min=1, max=3600)
    ] = 60,
) -> int:
    """Stay running and do what is due."""
    from loopnote.commands.runs.failed_runs import failures_told
    from loopnote.commands.runs.schedule import keep_running
    from loopnote.config.read import config_path
    from loopnote.delivery.scheduler import StopSignal

    session: Session = context.obj
    stop = StopSignal()
    stop.on_signals()
    with failures_told(config_path(session.config_file), whole=False):
        wiring = session.wiring

    def say_next(following: "DueMail | None") -> None:
        if session.as_json:
            print_json(next_record(following))
        elif following:
            print_line(next_line(following, zone_of(wiring, following)))
        else:
            print_line(say("run.nothing_next"))

    keep_running(wiring, stop, every_s=every, say_next=say_next)
    return DONE


COMMAND: Callable[..., int] = schedule
