"""How things stand, for a person and for a program."""

from datetime import datetime
from typing import TYPE_CHECKING

from .records import instant
from .reporting import next_line
from .show import put, put_json, put_table
from .words import say

if TYPE_CHECKING:
    from loopnote.work.sending import Standing


def put_status(status: "Standing", *, as_json: bool) -> None:
    """Write sources, runs and deliveries; as JSON one record each, told apart by `kind`."""
    if as_json:
        _put_json(status)
        return
    put(say("status.sources"))
    rows = [
        (
            one.source,
            one.team,
            ago(status.now, one.last_success),
            str(one.rows_used),
            str(one.problems),
            one.error or say("status.well"),
        )
        for one in status.health
    ]
    put_table([say(f"status.{name}") for name in ("source", "team", "read", "rows", "problems", "state")], rows)
    put(say("status.deliveries"))
    put_table(
        [say(f"status.{name}") for name in ("report", "to", "state", "when")],
        [
            (one.report, one.mailbox, say(f"state.{one.state}"), ago(status.now, one.changed))
            for one in status.deliveries
        ],
    )
    put(say("status.runs"))
    put_table(
        [say(f"status.{name}") for name in ("when", "command", "state")],
        [(ago(status.now, run.started), run.command, run_state(run.ok)) for run in status.runs],
    )
    for alarm in status.alarms:
        put(say("status.trouble", id=alarm.id, subject=alarm.subject, since=ago(status.now, alarm.since)))
    if status.next:
        put(next_line(status.next))


def run_state(ok: bool | None) -> str:
    """Return how a run ended, in words."""
    return say("status.unfinished") if ok is None else say("status.well") if ok else say("status.failed")


def _put_json(status: "Standing") -> None:
    for one in status.health:
        put_json(
            {
                "kind": "source",
                "source": one.source,
                "team": one.team,
                "last_attempt": instant(one.last_attempt),
                "last_success": instant(one.last_success),
                "last_change": instant(one.last_change),
                "rows": one.rows_used,
                "problems": one.problems,
                "failures": one.failures_in_a_row,
                "error": one.error or None,
            }
        )
    for line in status.deliveries:
        put_json(
            {
                "kind": "delivery",
                "report": line.report,
                "to": line.mailbox,
                "state": line.state,
                "attempts": line.attempts,
                "at": instant(line.changed),
                "reply": line.reply or None,
            }
        )
    for run in status.runs:
        put_json(
            {
                "kind": "run",
                "run": run.id,
                "command": run.command,
                "started": instant(run.started),
                "ended": instant(run.ended),
                "ok": run.ok,
                "error": run.error or None,
            }
        )
    for alarm in status.alarms:
        put_json({"kind": "trouble", "id": alarm.id, "subject": alarm.subject, "since": instant(alarm.since)})
    if status.next:
        put_json(
            {"kind": "next", "report": status.next.report, "to": status.next.address, "at": instant(status.next.at)}
        )


def ago(now: datetime, then: datetime | None) -> str:
    """Return how long ago something was, in the largest unit that says it well."""
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
