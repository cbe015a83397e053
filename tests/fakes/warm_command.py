"""Whole commands in processes that are forked from a warm one: as from outside, without a start of Python each.

Run as a program it reads one JSON order a line, forks a process for its command, kills it when its
time is up (SIGKILL), and answers with its exit code and what it said.
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
class Ended:
    """What a command left behind; `code` is -9 for one that was killed."""

    code: int
    out: str
    err: str
    seconds: float


class WarmCommands:
    """A context: `run` does one command."""

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
        self,
        *arguments: str,
        folder: Path,
        life: float | None = None,
        room: int | None = None,
        **environment: str,
    ) -> Ended:
        """Do a command and return what it left behind; it never may show a traceback.

        `life` is after how many seconds it is killed, `room` how many bytes any file may grow to: beyond
        it writing fails as on a full disk. None for no limit.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = [arguments, str(folder), environment, life, room]
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        ended = Ended(*json.loads(self._process.stdout.readline()))
        assert "Traceback (most recent call last)" not in ended.err, ended.err
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


def _serve(order: list[Any]) -> list[Any]:
    born, life = time.monotonic(), order[3]
    pipes = [os.pipe() for _ in range(2)]
    for _, end in pipes:
        fcntl.fcntl(end, getattr(fcntl, "F_SETPIPE_SZ", 1031), _PIPE)
    pid = _fork(order, [end for _, end in pipes])
    for _, end in pipes:
        os.close(end)
    while not (found := os.waitpid(pid, os.WNOHANG))[0]:
        if life is not None and time.monotonic() >= born + life:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)
    seconds = time.monotonic() - born
    said = [_read(start) for start, _ in pipes]
    return [os.waitstatus_to_exitcode(found[1]), *said, seconds]


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
