"""Processes that are born, do a round, and are killed at any moment.

Run as a program it reads one JSON order a line, forks that many processes, kills those whose time
is up (SIGKILL), and answers with their exit codes. Forking a warm process makes hundreds of kills a
matter of seconds.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMES = ("ann", "ben", "cho", "dan")


class ProcessKiller:
    """A context: `round` lets processes do a round at an instant, each killed after its
    seconds (None: lives).
    """

    def __init__(self, url: str, port: int) -> None:
        self._order = {"url": url, "port": port}

    def __enter__(self) -> "ProcessKiller":
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def round(self, now: datetime, *lives: float | None) -> Sequence[int]:
        order = {**self._order, "now": now.isoformat(), "lives": lives}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def _child(order: dict, number: int) -> int:
    from fakes.run_fixture import Clock, run_context, subscription

    from loopnote.services.run import run_once
    from notes.store.store import Store
    from notes.store.tables.run_lock import run_lock
    from reports.delivery.smtp import SmtpTransport
    from reports.delivery.smtp_connection import MailSettings

    settings = MailSettings(
        "127.0.0.1", "loop@example.org", order["port"], "none", command_s=5, body_s=5
    )
    with Store.open(order["url"]) as store, run_lock(store.database) as held:
        if not held:
            return 0
        now = datetime.fromisoformat(order["now"])
        run_id = store.begin_run("run", now + timedelta(microseconds=number))
        home = run_context(
            store, SmtpTransport(settings), Clock(now), *map(subscription, NAMES), run_id=run_id
        )
        ok = run_once(home).ok
    return 0 if ok else 1


def _fork(order: dict, number: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 9
    try:
        code = _child(order, number)
    except BaseException:  # noqa: BLE001  a child never returns
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def _serve(order: dict) -> list[int]:
    pids = [_fork(order, number) for number in range(len(order["lives"]))]
    born = time.monotonic()
    for life, pid in sorted(
        (life, pid) for life, pid in zip(order["lives"], pids, strict=True) if life is not None
    ):
        time.sleep(max(0.0, born + life - time.monotonic()))
        os.kill(pid, signal.SIGKILL)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]


def _warm_up() -> None:
    import alembic
    import fakes.run_fixture
    import psycopg

    import loopnote.services.run
    import reports.delivery.smtp

    _ = (alembic, fakes.run_fixture, psycopg, loopnote.services.run, reports.delivery.smtp)


if __name__ == "__main__":
    _warm_up()
    for line in sys.stdin:
        print(json.dumps(_serve(json.loads(line))), flush=True)
