"""`schedule`, `preview` and `replay`: staying up, looking ahead, and looking back at what was sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from . import DONE
from .session import Session
from .show import put, put_json
from .words import say


def schedule(
    context: typer.Context,
    every: Annotated[int, typer.Option(help=say("option.every"), metavar="SECONDS", min=1, max=3600)] = 60,
) -> int:
    """Stay running and do what is due."""
    from loopnote.schedule import Stop
    from loopnote.work.unattended import keep_running

    session: Session = context.obj
    stop = Stop()
    stop.on_signals()
    keep_running(session.wiring, stop, every_s=every, say_next=put)
    return DONE


def preview(
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    out: Annotated[Path, typer.Option(help=say("option.out"), metavar="DIR")] = Path("pages"),
) -> int:
    """Write the Friday page for the team."""
    from loopnote.work.unattended import write_preview

    session: Session = context.obj
    wiring = session.wiring
    for each in wiring.teams(team):
        written, fixes = write_preview(wiring, each.name, out=out)
        if session.as_json:
            put_json({"team": each.name, "fixes": fixes, "page": str(written.page), "mail": str(written.mail)})
            continue
        put(say("preview.written" if fixes else "preview.nothing", team=each.name, count=fixes))
        put(f"  {written.page}")
    return DONE


def replay(
    context: typer.Context,
    week: Annotated[str, typer.Argument(help=say("option.replayed"), metavar="WEEK")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    out: Annotated[Path, typer.Option(help=say("option.out"), metavar="DIR")] = Path("replay"),
    diff: Annotated[bool, typer.Option("--diff", help=say("option.diff"))] = False,
) -> int:
    """Give a sent report again, byte for byte, or what changed since."""
    from loopnote.work.unattended import replay_mails

    from .filters import period_of

    session: Session = context.obj
    wiring = session.wiring
    period = period_of(week) if week else wiring.last_week(wiring.teams(team)[0].name)
    if diff:
        from .since_sent import put_since_sent

        return put_since_sent(session, period, team)
    found = replay_mails(wiring, period, team=team, out=out)
    for one in found:
        if session.as_json:
            put_json({"report": one.report, "language": one.language, "sha256": one.digest, "mail": str(one.path)})
        else:
            put(f"{one.report}  {one.path}")
    if not found and not session.as_json:
        put(say("replay.none", period=period))
    return DONE


COMMANDS: dict[str, Callable[..., int]] = {"schedule": schedule, "preview": preview, "replay": replay}
