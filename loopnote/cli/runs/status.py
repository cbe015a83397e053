"""`status`: how things stand."""

from collections.abc import Callable

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.runs.status import zone_of
from loopnote.cli.session import Session


def status(context: typer.Context) -> int:
    """Show how things stand."""
    from loopnote.cli.output.runs.status import print_status
    from loopnote.commands.runs.status import read_status

    session: Session = context.obj
    status = read_status(session.wiring)
    zone = zone_of(session.wiring, status.next) if status.next else ""
    print_status(status, zone=zone, as_json=session.as_json)
    return DONE


COMMAND: Callable[..., int] = status
