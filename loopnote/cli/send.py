"""`report`, `send`, `run` and `status`."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loopnote.alerts.steps import resend_step
from loopnote.cli.output.json_records import instant
from loopnote.cli.output.pulled import pulled_record, tell_pulled
from loopnote.cli.output.status import next_line, next_record, state_words
from loopnote.cli.output.terminal import print_json, print_line, print_notice
from loopnote.cli.output.times import local_text
from loopnote.runtime.machine import machine_zone
from loopnote.runtime.messages.errors import error_texts
from loopnote.runtime.messages.terminal import language, say
from notes.model.deliveries import written_file
from notes.model.notes import WRITTEN_IN

from . import DONE, PARTLY, UNKNOWN_DELIVERY
from .session import Session

if TYPE_CHECKING:  # these render and send, and are imported where they are used
    from loopnote.alerts.conditions import Alert
    from loopnote.delivery.send import DeliveryResult
    from loopnote.services.run import BusyRun, Notification, RunResult
    from loopnote.services.wiring import Wiring
    from notes.model.deliveries import DueMail


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
    from loopnote.commands.report import write_report

    from .option_values import language_of, period_of

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
    from loopnote.commands import send
    from loopnote.services.run import BusyRun

    from .option_values import address_of, period_of

    session: Session = context.obj
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
        return DONE if all(copy.send_result.state == "sent" for copy in copies) else PARTLY
    if dry_run:
        for one, about in send.to_send(wiring, team=team, period=period):
            _tell_would(session, one.address, one.scope, period=str(about))
        return DONE
    with session.progress() as progress:
        sent = send.send(
            wiring, team=team, period=period, resend=resend, correct=correct, progress=progress
        )
    if isinstance(sent, BusyRun):
        return _tell_busy(session, sent)
    return _tell_round(session, sent)


def _tell_busy(session: Session, busy: "BusyRun") -> int:
    if session.as_json:
        print_json(busy_record(busy))
        return DONE if busy.alert is None else PARTLY
    if busy.holder is None:
        print_line(say("run.busy"))
    else:
        since = local_text(busy.holder.since)
        process = f"{busy.holder.pid} @ {busy.holder.host}"
        key = "run.workers" if busy.holder.worker else "run.busy_since"
        print_line(say(key, since=since, process=process))
    if busy.alert is None:
        return DONE
    _tell_alerts([busy.alert])
    if busy.notification is not None:
        _tell_notification(busy.notification)
    return PARTLY


def busy_record(busy: "BusyRun") -> dict[str, Any]:
    """Return what `run --json` and `send --json` say while another process is at it."""
    holder = busy.holder
    held = (
        {"pid": holder.pid, "host": holder.host, "since": instant(holder.since)} if holder else None
    )
    return {"kind": "round", "ok": busy.alert is None, "busy": True, "holder": held}


def _tell_would(session: Session, address: str, scope: str, *, period: str) -> None:
    if session.as_json:
        print_json({"to": address, "scope": scope, "period": period})
    else:
        print_line(say("send.would", address=address, scope=scope, period=period))


def _spoken(message: str, hint: str) -> tuple[str, str]:
    return error_texts(language(), "", {}, message=message, hint=hint)


def _tell_round(session: Session, sent: "DeliveryResult") -> int:
    if session.as_json:
        for record in mail_records(sent):
            print_json(record)
    else:
        _tell_mails(sent)
    for line in sent.abandoned:
        step = resend_step(line.report, line.mailbox)
        print_notice(say("send.in_doubt", address=line.mailbox, report=line.report, step=step))
    if sent.abandoned or any(one.state == "unknown" for one in sent.delivered):
        return UNKNOWN_DELIVERY
    return DONE if sent.ok else PARTLY


def _tell_mails(sent: "DeliveryResult") -> None:
    for one in sent.delivered:
        state = state_words(one.state, one.reply)
        print_line(say("send.line", state=state, address=one.address, report=one.report))
        if one.state not in {"sent", "held"}:
            reply, hint = _spoken(one.reply, one.hint)
            print_notice(f"  {reply}" + (f" → {hint}" if hint else ""))
    for failure in sent.failures:
        message, hint = _spoken(failure.message, failure.hint)
        print_notice(say("send.not_made", report=failure.due.report, what=message))
        if hint:
            print_notice(f"  → {hint}")
    if not (sent.delivered or sent.failures):
        print_line(say("send.nothing"))


def mail_records(sent: "DeliveryResult") -> Iterator[dict[str, Any]]:
    """Yield what became of each mail, as `send --json` and `run --json` give it."""
    for one in sent.delivered:
        yield {
            "kind": "mail",
            "report": one.report,
            "to": one.address,
            "state": str(one.state),
            "outbox": written_file(one.state, one.reply) or None,
            "reply": one.reply or None,
        }
    for failure in sent.failures:
        yield {
            "kind": "failure",
            "report": failure.due.report,
            "to": failure.due.address,
            "error": failure.message,
            "next_step": failure.hint or None,
        }


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
    from loopnote.commands.failed_runs import failures_told
    from loopnote.commands.send import due_now
    from loopnote.commands.send import run as run_due
    from loopnote.config.read import config_path
    from loopnote.services.run import BusyRun

    session: Session = context.obj
    if dry_run:
        for one in due_now(session.wiring):
            _tell_would(session, one.address, one.scope, period=str(one.period))
        return DONE
    session.told = not session.as_json
    with failures_told(config_path(session.config_file)), session.progress() as progress:
        session.wiring.accept_store, session.wiring.accept_clock = accept_store, accept_clock
        result = run_due(session.wiring, progress=progress)
    if isinstance(result, BusyRun):
        return _tell_busy(session, result)
    return _tell_run(session, result)


def _tell_alerts(alerts: "Iterable[Alert]") -> None:
    from loopnote.alerts.messages import alert_block

    for alert in alerts:
        what, step = alert_block(alert, language())
        print_notice(say("run.trouble", id=alert.id, what=what))
        print_notice(f"  → {step}")


def _tell_notification(notification: "Notification") -> None:
    if notification.written:
        print_notice(say("run.operator_written", path=notification.written))
    if notification.fault:
        print_notice(say("run.operator_not_told", fault=notification.fault))


def _tell_run(session: Session, result: "RunResult") -> int:
    code = (
        _tell_round(session, result.sent) if result.sent.delivered or result.sent.failures else DONE
    )
    code = code or (DONE if result.ok and result.all_read else PARTLY)
    if session.as_json:
        print_json(round_record(result, ok=code == DONE))
        return code
    alerted = {one.subject for one in result.alerts}  # said below, with how long it has been
    for pulled in result.pulled:
        if not (pulled.ok and pulled.understood) and pulled.source not in alerted:
            tell_pulled(pulled)
    _tell_alerts(result.alerts)
    _tell_notification(result.notification)
    if result.next is not None:
        print_line(next_line(result.next, zone_of(session.wiring, result.next)))
    return code


def round_record(result: "RunResult", *, ok: bool) -> dict[str, Any]:
    """Return what a round did besides its mails, as the last line of `run --json`."""
    from loopnote.alerts.messages import alert_block

    told = [(one, *alert_block(one, WRITTEN_IN)) for one in result.alerts]
    return {
        "kind": "round",
        "ok": ok,
        "sources": [pulled_record(one) for one in result.pulled],
        "alerts": [
            {"id": one.id, "subject": one.subject, "what": what, "next_step": step}
            for one, what, step in told
        ],
        "operator_mailed": result.notification.mailed,
        "operator_not_told": result.notification.fault or None,
        "next": next_record(result.next) if result.next else None,
    }


def zone_of(wiring: "Wiring", due: "DueMail") -> str:
    """Return the time zone of whoever gets a mail; the machine's where nobody's is known."""
    from loopnote.services.subscriptions import subscriptions

    zones = [
        one.timezone
        for one in subscriptions(wiring.config)
        if (one.address, one.kind) == (due.address, due.kind)
    ]
    return zones[0] if zones else machine_zone(language())


def status(context: typer.Context) -> int:
    """Show how things stand."""
    from loopnote.cli.output.status import print_status
    from loopnote.commands.status import read_status

    session: Session = context.obj
    status = read_status(session.wiring)
    zone = zone_of(session.wiring, status.next) if status.next else ""
    print_status(status, zone=zone, as_json=session.as_json)
    return DONE


COMMANDS: dict[str, Callable[..., int]] = {
    "report": report,
    "send": send,
    "run": run,
    "status": status,
}
