"""`preview`: the Friday page for the team."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def preview(
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    out: Annotated[Path, typer.Option(help=say("option.out"), metavar="DIR")] = Path("pages"),
) -> int:
    """Write the Friday page for the team."""
    from loopnote.commands.reporting.preview import write_preview

    session: Session = context.obj
    wiring = session.wiring
    for each in wiring.teams(team):
        written, fixes = write_preview(wiring, each.name, out=out)
        if session.as_json:
            print_json(
                {
                    "team": each.name,
                    "fixes": fixes,
                    "page": str(written.page),
                    "mail": str(written.mail),
                }
            )
            continue
        print_line(
            say("preview.written" if fixes else "preview.nothing", team=each.name, count=fixes)
        )
        print_line(f"  {written.page}")
    return DONE


COMMAND: Callable[..., int] = preview
