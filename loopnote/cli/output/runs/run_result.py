"""Prints what a run did, as text or as `--json` records."""

from typing import TYPE_CHECKING, Any

from loopnote.cli.exit_codes import DONE, PARTLY
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.output.runs.status import next_line, next_record, zone_of
from loopnote.cli.session import Session
from notes.model.notes import WRITTEN_IN

from .mail_results import print_alerts, print_notification, print_sent
from .pull_results import print_pulled, pulled_record

if TYPE_CHECKING:  # these render and send, and are imported where they are used
    from loopnote.services.run import RunResult


def print_run(session: Session, result: "RunResult") -> int:
    """Print what a run did; return the exit code."""
    unmade = {one.subject for one in result.alerts if one.id == "report.failed"}
    went = result.sent.delivered or result.sent.failures
    code = print_sent(session, result.sent, alerted=unmade) if went else DONE
    code = code or (DONE if result.ok and result.all_read else PARTLY)
    if session.as_json:
        print_json(round_record(result, ok=code == DONE))
        return code
    alerted = {one.subject for one in result.alerts}  # said below, with how long it has been
    for pulled in result.pulled:
        if not (pulled.ok and pulled.understood) and pulled.source not in alerted:
            print_pulled(pulled)
    print_alerts(result.alerts)
    print_notification(result.notification)
    if result.next is not None:
        print_line(next_line(result.next, zone_of(session.wiring, result.next)))
    return code


def round_record(result: "RunResult", *, ok: bool) -> dict[str, Any]:
    """Return what a round did besides its mails, as the last line of `run --json`."""
    from loopnote.alerts.alert_texts import alert_block

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
