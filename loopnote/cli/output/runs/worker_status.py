"""Prints the workers of `status`: who lives, what waits, which budgets are paused, what failed."""

from typing import TYPE_CHECKING

from loopnote.cli.output.console import print_json, print_line, print_table
from loopnote.cli.output.json_records import instant_text
from loopnote.runtime.messages.errors import sentence_text
from loopnote.runtime.messages.terminal import language, say

if TYPE_CHECKING:
    from loopnote.commands.run_state.worker_states import WorkStatus
    from notes.store.work.workers import WorkerState

_MUCH_WAIT_S = 5.0
"""A budget is shown when its next request waits so long, or a service paused it."""


def print_work(work: "WorkStatus") -> None:
    """Write the workers and what they are at; nothing where there never was one."""
    if not work.workers:
        return
    print_line(say("status.workers"))
    columns = ("host", "kinds", "version", "beat", "state")
    rows = [
        (
            f"{one.process.host} {one.process.pid}",
            " ".join(one.process.kinds),
            one.process.version,
            say("status.seconds", count=int(one.silent_s)),
            say(f"status.{_state(one)}"),
        )
        for one in work.workers
        if not one.ended
    ]
    print_table([say(f"status.{name}") for name in columns], rows)
    for count in work.queue:
        print_line(
            say(
                f"status.{count.state}",
                kind=count.kind,
                count=count.jobs,
                seconds=int(count.oldest_s),
            )
        )
    for rate in work.rates:
        if rate.paused_s:
            print_line(say("status.paused", budget=rate.key, seconds=int(rate.paused_s)))
        elif rate.wait_s >= _MUCH_WAIT_S:
            print_line(say("status.waits", budget=rate.key, seconds=int(rate.wait_s)))
    for failure in work.failures:
        told = sentence_text(failure.message, language())
        print_line(say("status.work_failed", work=failure.key, count=failure.attempts, what=told))


def print_work_records(work: "WorkStatus") -> None:
    """Write the workers and what they are at as JSON records."""
    for one in work.workers:
        print_json(
            {
                "kind": "worker",
                "worker": one.process.id,
                "host": one.process.host,
                "pid": one.process.pid,
                "version": one.process.version,
                "kinds": list(one.process.kinds),
                "concurrency": one.process.concurrency,
                "started": instant_text(one.started),
                "last_beat": instant_text(one.last_beat),
                "clock_ahead_s": round(one.skew_s, 3),
                "state": _state(one),
            }
        )
    for count in work.queue:
        print_json(
            {
                "kind": "queue",
                "jobs": count.kind,
                "state": {"todo": "waiting", "doing": "working"}.get(count.state, count.state),
                "count": count.jobs,
                "oldest_s": int(count.oldest_s),
            }
        )
    for rate in work.rates:
        record = {"key": rate.key, "wait_s": round(rate.wait_s, 1)}
        print_json({"kind": "budget", **record, "paused_s": round(rate.paused_s, 1)})
    for failure in work.failures:
        print_json(
            {
                "kind": "work_failed",
                "work": failure.key,
                "attempts": failure.attempts,
                "given_up": failure.given_up,
                "error": failure.message,
                "next_step": failure.hint or None,
            }
        )


def _state(one: "WorkerState") -> str:
    return "ended" if one.ended else "alive" if one.alive else "silent"
