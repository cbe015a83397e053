"""`send`: the reports of a period to whoever lacks them, again, corrected, or as a copy."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE, PARTLY
from loopnote.cli.output.console import print_json, print_line, print_notice
from loopnote.cli.output.runs.mail_results import print_busy, print_sent, print_would_send
from loopnote.cli.session import Session
from loopnote.runtime.messages.errors import sentence_text
from loopnote.runtime.messages.terminal import language, say
from notes.model.deliveries import written_file


def send(  # noqa: PLR0913  one option each
    context: typer.Context,
    week: Annotated[str, typer.Option(help=say("option.period"), metavar="WEEK")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    *,
    to: Annotated[str, typer.Option("--to", help=say("option.to"), metavar="ADDRESS")] = "",
    resend: Annotated[
        str, typer.Option("--resend", help=say("option.resend"), metavar="ADDRESS")
    ] = "",
    correct: Annotated[bool, typer.Option("--correct", help=say("option.correct"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("option.dry_run"))] = False,
) -> int:
    """Send the report of a week."""
    from loopnote.cli.input.option_values import address_of, period_of
    from loopnote.commands.runs import send
    from loopnote.services.run import BusyRun

    session: Session = context.obj
    session.told = not session.as_json
    wiring = session.wiring
    period = period_of(week) if week else None
    if to:
        copies = list(send.send_copies(wiring, address_of(to), team=team, period=period))
        for copy in copies:
            state, reply = copy.send_result.state, copy.send_result.reply
            written = written_file(state, reply)
            if session.as_json:
                print_json({"team": copy.team, "to": to, "state": state, "outbox": written or None})
                continue
            key = "send.copy_written" if written else f"send.copy_{state}"
            print_line(say(key, address=to, team=copy.team, reply=reply))
            if copy.send_result.hint:
                print_notice(f"  → {sentence_text(copy.send_result.hint, language())}")
        return DONE if all(copy.send_result.state == "sent" for copy in copies) else PARTLY
    if dry_run:
        for one, about in send.to_send(wiring, team=team, period=period):
            print_would_send(session, one.address, one.scope, period=str(about))
        return DONE
    with session.progress() as progress:
        sent = send.send(
            wiring, team=team, period=period, resend=resend, correct=correct, progress=progress
        )
    if isinstance(sent, BusyRun):
        return print_busy(session, sent)
    return print_sent(session, sent)


COMMAND: Callable[..., int] = send
