"""Prints what a send or run did, or who holds its lock, and returns its exit code."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from loopnote.alerts.report_commands import resend_step
from loopnote.cli.exit_codes import DONE, PARTLY, UNKNOWN_DELIVERY
from loopnote.cli.output.console import print_json, print_line, print_notice
from loopnote.cli.output.json_records import instant_text
from loopnote.cli.output.times import local_text
from loopnote.cli.session import Session
from loopnote.runtime.messages.errors import error_texts, sentence_text
from loopnote.runtime.messages.report_names import report_name, scope_name
from loopnote.runtime.messages.terminal import language, say
from notes.model.deliveries import written_file

from .status import state_words

if TYPE_CHECKING:  # these render and send, and are imported where they are used
    from loopnote.alerts.conditions import Alert
    from loopnote.delivery.send import DeliveryResult
    from loopnote.services.run import BusyRun, Notification


def print_busy(session: Session, busy: "BusyRun") -> int:
    """Print who holds the lock; return the exit code: partly, where that has been too long."""
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
    print_alerts([busy.alert])
    if busy.notification is not None:
        print_notification(busy.notification)
    return PARTLY


def busy_record(busy: "BusyRun") -> dict[str, Any]:
    """Return what `run --json` and `send --json` say while another process is at it."""
    holder = busy.holder
    held = (
        {"pid": holder.pid, "host": holder.host, "since": instant_text(holder.since)}
        if holder
        else None
    )
    return {"kind": "round", "ok": busy.alert is None, "busy": True, "holder": held}


def print_would_send(session: Session, address: str, scope: str, *, period: str) -> None:
    """Print a mail that would be sent."""
    if session.as_json:
        print_json({"to": address, "scope": scope, "period": period})
    else:
        print_line(
            say("send.would", address=address, scope=scope_name(scope, language()), period=period)
        )


def _named(report: str) -> str:
    return report_name(report, language())


def _spoken(message: str, hint: str) -> tuple[str, str]:
    return error_texts(language(), "", {}, message=message, hint=hint)


def print_sent(session: Session, sent: "DeliveryResult", *, alerted: Collection[str] = ()) -> int:
    """Print what became of each mail; return the exit code.

    `alerted` are the reports whose failure an alert says below, once is enough.
    """
    if session.as_json:
        for record in mail_records(sent):
            print_json(record)
    else:
        _print_mails(sent, alerted)
    for line in sent.abandoned:
        step = resend_step(line.report, line.mailbox)
        print_notice(
            say("send.in_doubt", address=line.mailbox, report=_named(line.report), step=step)
        )
    if sent.abandoned or any(one.state == "unknown" for one in sent.delivered):
        return UNKNOWN_DELIVERY
    return DONE if sent.ok else PARTLY


def _print_mails(sent: "DeliveryResult", alerted: Collection[str]) -> None:
    for one in sent.delivered:
        state = state_words(one.state, one.reply)
        print_line(say("send.line", state=state, address=one.address, report=_named(one.report)))
        if one.state not in {"sent", "held"}:
            reply, hint = _spoken(one.reply, one.hint)
            print_notice(f"  {reply}" + (f" → {hint}" if hint else ""))
    for failure in sent.failures:
        if failure.due.report in alerted:
            continue
        message, hint = _spoken(failure.message, failure.hint)
        print_notice(say("send.not_made", report=_named(failure.due.report), what=message))
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


def print_alerts(alerts: "Iterable[Alert]") -> None:
    """Print what somebody has to look after, each with its next step."""
    from loopnote.alerts.alert_texts import alert_block

    for alert in alerts:
        what, step = alert_block(alert, language())
        print_notice(say("run.trouble", id=alert.id, what=what))
        print_notice(f"  → {step}")


def print_notification(notification: "Notification") -> None:
    """Print where the mail to the operator was written, or why nobody was told."""
    if notification.written:
        print_notice(say("run.operator_written", path=notification.written))
    if notification.fault:
        fault = sentence_text(notification.fault, language())
        print_notice(say("run.operator_not_told", fault=fault))
