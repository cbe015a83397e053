"""Whole commands in processes that are forked from a warm one: as from outside, without a start of Python each.

Run as a program it reads one JSON order a line, forks a process for each of its commands, kills
those whose time is up (SIGKILL), and answers with their exit codes and what they said.
"""

import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Order:
    """One command: its arguments, where it runs, its own environment, and when it is killed (seconds, None: never).

    `room` is how many bytes any file may grow to, None for no limit: beyond it writing fails as on a
    full disk.
    """

    arguments: tuple[str, ...]
    folder: Path
    environment: dict[str, str]
    life: float | None = None
    room: int | None = None


@dataclass(frozen=True)
class Ended:
    """What a command left behind; `code` is -9 for one that was killed."""

    code: int
    out: str
    err: str
    seconds: float


class WarmCommands:
    """A context: `run` does one command, `together` several at once."""

    def __enter__(self) -> "WarmCommands":
        from fakes.command import clean_environment

        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**clean_environment(), "PYTHONPATH": path},
        )
        return self

    def __exit__(self, *exception: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def run(
        self, *arguments: object, folder: Path, life: float | None = None, **environment: str
    ) -> Ended:
        order = Order(tuple(map(str, arguments)), folder, environment, life)
        return self.together(order)[0]

    def together(self, *orders: Order) -> list[Ended]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        told = [
            [list(one.arguments), str(one.folder), one.environment, one.life, one.room]
            for one in orders
        ]
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        ended = [Ended(*one) for one in json.loads(self._process.stdout.readline())]
        for one in ended:
            assert "Traceback (most recent call last)" not in one.err, one.err
        return ended


def _fork(order: list[Any], ends: list[int]) -> int:
    arguments, folder, environment, _, room = order
    pid = os.fork()
    if pid:
        return pid
    code = 9
    try:
        for number, end in enumerate(ends, 1):
            os.dup2(end, number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(folder)
        os.environ.update(environment)
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        from loopnote.cli import main

        code = main(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


_PIPE = 1 << 20
"""Bytes that a command may say before somebody reads them: a pipe is no file, so a full disk leaves it alone."""


def _serve(orders: list[list[Any]]) -> list[list[Any]]:
    born, pids, texts = time.monotonic(), [], []
    for order in orders:
        pipes = [os.pipe() for _ in range(2)]
        for _, end in pipes:
            fcntl.fcntl(end, getattr(fcntl, "F_SETPIPE_SZ", 1031), _PIPE)
        pids.append(_fork(order, [end for _, end in pipes]))
        for _, end in pipes:
            os.close(end)
        texts.append([start for start, _ in pipes])
    ended: dict[int, tuple[int, float]] = {}
    lives = [order[3] for order in orders]
    until = {pid: born + life for pid, life in zip(pids, lives, strict=True) if life is not None}
    while len(ended) < len(pids):
        for pid in [one for one in pids if one not in ended]:
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                ended[pid] = os.waitstatus_to_exitcode(status), time.monotonic() - born
            elif pid in until and time.monotonic() >= until[pid]:
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)
    said = [[_read(start) for start in starts] for starts in texts]
    return [[ended[pid][0], *said[number], ended[pid][1]] for number, pid in enumerate(pids)]


def _read(start: int) -> str:
    os.set_blocking(start, False)  # an orphan of a killed command may still hold the other end
    pieces = []
    with suppress(BlockingIOError):
        while piece := os.read(start, _PIPE):
            pieces.append(piece)
    os.close(start)
    return b"".join(pieces).decode(errors="replace")


def _warm_up() -> None:
    from importlib import import_module

    for name in (
        "alembic",
        "httpx",
        "psycopg",
        "python_calamine",
        "loopnote.cli.app",
        "loopnote.commands.send",
        "loopnote.commands.sync",
        "loopnote.commands.archive",
        "loopnote.commands.unattended",
        "loopnote.commands.maintenance",
        "loopnote.services.archive",
        "loopnote.services.reports",
        "loopnote.services.sources",
        "reports.delivery.smtp",
        "reports.page.render",
        "sync.files.source",
        "sync.parsing.content",
        "sync.matching.row_matcher",
    ):
        import_module(name)


if __name__ == "__main__":
    _warm_up()
    for line in sys.stdin:
        print(json.dumps(_serve(json.loads(line))), flush=True)
