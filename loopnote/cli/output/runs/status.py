"""Prints `status`: sources, runs and deliveries, as text or as `--json` records."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loopnote.cli.output.console import print_json, print_line, print_table
from loopnote.cli.output.json_records import instant_text
from loopnote.cli.output.runs.worker_status import print_work, print_work_records
from loopnote.cli.output.times import local_text
from loopnote.runtime.machine import machine_zone
from loopnote.runtime.messages.errors import sentence_text
from loopnote.runtime.messages.report_names import report_name
from loopnote.runtime.messages.terminal import language, say
from notes.model.deliveries import written_file
from notes.model.notes import WRITTEN_IN

if TYPE_CHECKING:
    from loopnote.commands.runs.status import StatusReport
    from loopnote.services.wiring import Wiring
    from notes.model.deliveries import DueMail


def next_line(due: "DueMail", zone: str) -> str:
    """Return what goes out next, in words, with its time in a zone by the zone's name."""
    return say(
        "run.next",
        report=report_name(due.report, language()),
        address=due.address,
        at=local_text(due.at, zone),
    )


def zone_of(wiring: "Wiring", due: "DueMail") -> str:
    """Return the time zone of whoever gets a mail; the machine's where nobody's is known."""
    from loopnote.services.subscriptions import subscriptions

    zones = [
        one.timezone
        for one in subscriptions(wiring.config)
        if (one.address, one.kind) == (due.address, due.kind)
    ]
    return zones[0] if zones else machine_zone(language())


def next_record(due: "DueMail | None") -> dict[str, str | None]:
    """Return what goes out next as `status --json` gives it; its values are null where
    nothing does.
    """
    return {
        "kind": "next",
        "report": due.report if due else None,
        "to": due.address if due else None,
        "at": instant_text(due.at) if due else None,
    }


def state_words(state: str, reply: str) -> str:
    """Return what became of a mail; one in a folder was written, and nobody has got it."""
    written = written_file(state, reply)
    if not written:
        return say(f"state.{state}")
    path = Path(written)
    return say("state.written", path=f"{path.parent.name}/{path.name}")


def print_status(status: "StatusReport", *, zone: str, as_json: bool) -> None:
    """Write sources, runs and deliveries; as JSON one record each, told apart by `kind`.

    `zone` is where the next mail is read.
    """
    if as_json:
        _print_json(status)
        print_work_records(status.work)
        return
    print_line(say("status.sources"))
    rows = [
        (
            one.source,
            one.team,
            elapsed_text(status.now, one.last_success),
            str(one.rows_used),
            str(one.problems),
            sentence_text(one.error, language())
            or (
                say("status.unread", tabs=", ".join(one.unread))
                if one.unread
                else say("status.well")
            ),
        )
        for one in status.health
    ]
    print_table(
        [say(f"status.{name}") for name in ("source", "team", "read", "rows", "problems", "state")],
        rows,
    )
    print_line(say("status.deliveries"))
    print_table(
        [say(f"status.{name}") for name in ("report", "to", "state", "when")],
        [
            (
                report_name(one.report, language()),
                one.mailbox,
                state_words(one.state, one.reply),
                elapsed_text(status.now, one.changed),
            )
            for one in status.deliveries
        ],
    )
    print_line(say("status.runs"))
    print_table(
        [say(f"status.{name}") for name in ("when", "command", "state")],
        [
            (elapsed_text(status.now, run.started), run.command, run_state(run.ok))
            for run in status.runs
        ],
    )
    print_work(status.work)
    _print_troubles(status)
    if status.next:
        print_line(next_line(status.next, zone))


def _print_troubles(status: "StatusReport") -> None:
    from loopnote.alerts.alert_texts import alarm_block

    for alarm in status.alarms:
        what, step = alarm_block(alarm, language())
        since = elapsed_text(status.now, alarm.since)
        print_line(say("status.trouble", id=alarm.id, what=what, since=since))
        print_line(f"  → {step}")


def run_state(ok: bool | None) -> str:
    """Return how a run ended, in words."""
    return (
        say("status.unfinished")
        if ok is None
        else say("status.well")
        if ok
        else say("status.failed")
    )


def _print_json(status: "StatusReport") -> None:
    for one in status.health:
        print_json(
            {
                "kind": "source",
                "source": one.source,
                "team": one.team,
                "last_attempt": instant_text(one.last_attempt),
                "last_success": instant_text(one.last_success),
                "last_change": instant_text(one.last_change),
                "rows": one.rows_used,
                "problems": one.problems,
                "failures": one.failures_in_a_row,
                "understood": not one.unread,
                "unread": list(one.unread),
                "unread_since": instant_text(one.unread_since),
                "open_columns": one.open_columns,
                "error": one.error or None,
            }
        )
    for line in status.deliveries:
        print_json(
            {
                "kind": "delivery",
                "report": line.report,
                "to": line.mailbox,
                "state": line.state,
                "attempts": line.attempts,
                "at": instant_text(line.changed),
                "reply": line.reply or None,
            }
        )
    for run in status.runs:
        print_json(
            {
                "kind": "run",
                "run": run.id,
                "command": run.command,
                "started": instant_text(run.started),
                "ended": instant_text(run.ended),
                "ok": run.ok,
                "error": run.error or None,
            }
        )
    from loopnote.alerts.alert_texts import alarm_block

    for alarm in status.alarms:
        what, step = alarm_block(alarm, WRITTEN_IN)
        print_json(
            {
                "kind": "trouble",
                "id": alarm.id,
                "subject": alarm.subject,
                "since": instant_text(alarm.since),
                "what": what,
                "next_step": step,
            }
        )
    if status.next:
        print_json(next_record(status.next))


def elapsed_text(now: datetime, then: datetime | None) -> str:
    """Return how long ago something was, in minutes, hours or days."""
    if then is None:
        return say("ago.never")
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return say("ago.now")
    if minutes < 90:
        return say("ago.minutes", count=minutes)
    if minutes < 48 * 60:
        return say("ago.hours", count=minutes // 60)
    return say("ago.days", count=minutes // 1440)
