"""`schedule`, `preview` and `replay`.

The scheduler, the Friday preview, and sent reports again.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli import DONE
from loopnote.cli.output.status import next_line, next_record
from loopnote.cli.output.terminal import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say

from .send import zone_of

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


def preview(
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    out: Annotated[Path, typer.Option(help=say("option.out"), metavar="DIR")] = Path("pages"),
) -> int:
    """Write the Friday page for the team."""
    from loopnote.commands.runs.schedule import write_preview

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


def replay(
    context: typer.Context,
    week: Annotated[str, typer.Argument(help=say("option.replayed"), metavar="WEEK")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    *,
    out: Annotated[Path, typer.Option(help=say("option.out"), metavar="DIR")] = Path("replay"),
    diff: Annotated[bool, typer.Option("--diff", help=say("option.diff"))] = False,
) -> int:
    """Give a sent report again, byte for byte, or what changed since."""
    from loopnote.cli.option_values import period_of
    from loopnote.commands.runs.schedule import replay_mails

    session: Session = context.obj
    wiring = session.wiring
    period = period_of(week) if week else wiring.last_week(wiring.teams(team)[0].name)
    if diff:
        from loopnote.cli.output.replay_diff import print_changes_since_sent

        return print_changes_since_sent(session, period, team)
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


COMMANDS: dict[str, Callable[..., int]] = {
    "schedule": schedule,
    "preview": preview,
    "replay": replay,
}
