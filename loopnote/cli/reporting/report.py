"""`report`: writes the page, its text and the mail of a period, and sends nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def report(
    context: typer.Context,
    week: Annotated[str, typer.Option(help=say("option.period"), metavar="WEEK")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    *,
    out: Annotated[Path, typer.Option(help=say("option.out"), metavar="DIR")] = Path("pages"),
    page_language: Annotated[
        str, typer.Option("--language", help=say("option.language"), metavar="LANG")
    ] = "",
) -> int:
    """Write the page, its text and the mail."""
    from loopnote.cli.input.option_values import language_of, period_of
    from loopnote.commands.reporting.report import write_report

    session: Session = context.obj
    wiring = session.wiring
    for each in wiring.teams(team):
        period = period_of(week) if week else wiring.last_week(each.name)
        written = write_report(
            wiring, each.name, period, out=out, language=language_of(page_language)
        )
        if session.as_json:
            print_json(
                {
                    "team": each.name,
                    "week": str(period),
                    "page": str(written.page),
                    "mail": str(written.mail),
                }
            )
        else:
            print_line(say("report.written", team=each.name, period=period))
            for path in (written.page, written.text, written.mail):
                print_line(f"  {path}")
    return DONE


COMMAND: Callable[..., int] = report
