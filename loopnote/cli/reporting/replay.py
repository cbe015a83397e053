"""`replay`: sent reports again, byte for byte, or what changed since."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say
from notes.model.periods import Period


def replay(
    context: typer.Context,
    week: Annotated[str, typer.Argument(help=say("option.replayed"), metavar="WEEK")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    *,
    out: Annotated[Path, typer.Option(help=say("option.out"), metavar="DIR")] = Path("replay"),
    diff: Annotated[bool, typer.Option("--diff", help=say("option.diff"))] = False,
) -> int:
    """Give a sent report again, byte for byte, or what changed since."""
    from loopnote.cli.input.option_values import period_of
    from loopnote.commands.reporting.replay import replay_mails

    session: Session = context.obj
    wiring = session.wiring
    period = period_of(week) if week else wiring.last_week(wiring.teams(team)[0].name)
    if diff:
        return _tell_changes(session, period, team)
    found = replay_mails(wiring, period, team=team, out=out)
    for one in found:
        if session.as_json:
            print_json(
                {
                    "report": one.report,
                    "language": one.language,
                    "sha256": one.digest,
                    "mail": str(one.path),
                }
            )
        else:
            print_line(f"{one.report}  {one.path}")
    if not found:
        session.tell_nothing(say("replay.none", period=period))
    return DONE


def _tell_changes(session: Session, period: Period, team: str) -> int:
    from loopnote.cli.output.replay_diff import comparison_record, print_comparison
    from loopnote.commands.reporting.replay_diff import compare_reports

    found = False
    for one in compare_reports(session.wiring, period, team=team):
        if session.as_json:
            print_json(comparison_record(one))
        else:
            print_comparison(one, first=not found)
        found = True
    if not found and not session.as_json:
        print_line(say("replay.none", period=period))
    return DONE


COMMAND: Callable[..., int] = replay
