"""`report`, `send`, `run` and `status`: from the store to the leader."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import DONE, PARTLY, UNKNOWN_DELIVERY
from .session import Session
from .show import put, put_json, tell
from .words import say

if TYPE_CHECKING:  # these render and send, and are imported where they are used
    from loopnote.mail import Due
    from loopnote.reporting import Round
    from loopnote.rounds import RoundResult


def report(
    context: typer.Context,
    week: Annotated[str, typer.Option(help=say("option.period"), metavar="WEEK")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    out: Annotated[Path, typer.Option(help=say("option.out"), metavar="DIR")] = Path("pages"),
    page_language: Annotated[str, typer.Option("--language", help=say("option.language"), metavar="LANG")] = "",
) -> int:
    """Write the page, its text and the mail."""
    from loopnote.work.reporting import write_report

    from .filters import language_of, period_of

    session: Session = context.obj
    wiring = session.wiring
    for each in wiring.teams(team):
        period = period_of(week) if week else wiring.last_week(each.name)
        written = write_report(wiring, each.name, period, out=out, language=language_of(page_language))
        if session.as_json:
            put_json({"team": each.name, "week": str(period), "page": str(written.page), "mail": str(written.mail)})
        else:
            put(say("report.written", team=each.name, period=period))
            for path in (written.page, written.text, written.mail):
                put(f"  {path}")
    return DONE


def send(  # noqa: PLR0913, PLR0917  one option each
    context: typer.Context,
    week: Annotated[str, typer.Option(help=say("option.period"), metavar="WEEK")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    to: Annotated[str, typer.Option("--to", help=say("option.to"), metavar="ADDRESS")] = "",
    resend: Annotated[str, typer.Option("--resend", help=say("option.resend"), metavar="ADDRESS")] = "",
    correct: Annotated[bool, typer.Option("--correct", help=say("option.correct"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("option.dry_run"))] = False,
) -> int:
    """Send the report of a week."""
    from loopnote.work import sending

    from .filters import address_of, period_of

    session: Session = context.obj
    wiring = session.wiring
    period = period_of(week) if week else None
    if to:
        copies = list(sending.send_copies(wiring, address_of(to), team=team, period=period))
        for copy in copies:
            put(say(f"send.copy_{copy.handover.state}", address=to, team=copy.team, reply=copy.handover.reply))
        return DONE if all(copy.handover.state == "sent" for copy in copies) else PARTLY
    if dry_run:
        for one, about in sending.to_send(wiring, team=team, period=period):
            put(say("send.would", address=one.address, scope=one.scope, period=about))
        return DONE
    with session.progress() as progress:
        sent = sending.send(wiring, team=team, period=period, resend=resend, correct=correct, progress=progress)
    if sent is None:
        put(say("run.busy"))
        return DONE
    return _tell_round(session, sent)


def _tell_round(session: Session, sent: "Round") -> int:
    for one in sent.delivered:
        if session.as_json:
            put_json({"report": one.report, "to": one.address, "state": str(one.state), "reply": one.reply or None})
        else:
            put(say("send.line", state=say(f"state.{one.state}"), address=one.address, report=one.report))
            if one.state not in {"sent", "held"}:
                tell(f"  {one.reply}" + (f" → {one.hint}" if one.hint else ""))
    for failure in sent.failures:
        tell(say("send.not_made", report=failure.due.report, what=failure.what))
        if failure.hint:
            tell(f"  → {failure.hint}")
    for line in sent.abandoned:
        tell(say("send.in_doubt", address=line.mailbox, report=line.report))
    if not (sent.delivered or sent.failures) and not session.as_json:
        put(say("send.nothing"))
    if sent.abandoned or any(one.state == "unknown" for one in sent.delivered):
        return UNKNOWN_DELIVERY
    return DONE if sent.ok else PARTLY


def run(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("option.dry_run"))] = False,
) -> int:
    """Do what is due now."""
    from loopnote.work.sending import due_now
    from loopnote.work.sending import run as run_due

    session: Session = context.obj
    if dry_run:
        for one in due_now(session.wiring):
            put(say("send.would", address=one.address, scope=one.scope, period=one.period))
        return DONE
    with session.progress() as progress:
        result = run_due(session.wiring, progress=progress)
    if result is None:
        put(say("run.busy"))
        return DONE
    return _tell_run(session, result)


def _tell_run(session: Session, result: "RoundResult") -> int:
    code = _tell_round(session, result.sent) if result.sent.delivered or result.sent.failures else DONE
    for trouble in result.troubles:
        tell(say("run.trouble", id=trouble.id, subject=trouble.subject, what=trouble.what))
        if trouble.hint:
            tell(f"  → {trouble.hint}")
    if result.told.fault:
        tell(say("run.operator_not_told", fault=result.told.fault))
    if result.next is not None and not session.as_json:
        put(next_line(result.next))
    return code or (DONE if result.ok else PARTLY)


def next_line(due: "Due") -> str:
    """Return what goes out next, in words."""
    return say("run.next", report=due.report, address=due.address, at=f"{due.at:%Y-%m-%d %H:%M} UTC")


def status(context: typer.Context) -> int:
    """Show how things stand."""
    from loopnote.work.sending import standing

    from .standing import put_status

    session: Session = context.obj
    put_status(standing(session.wiring), as_json=session.as_json)
    return DONE


COMMANDS: dict[str, Callable[..., int]] = {"report": report, "send": send, "run": run, "status": status}
