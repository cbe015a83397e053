"""Whole commands in processes that are forked from a warm one: as from outside, without a start of
Python each.

Run as a program it reads one JSON order a line, forks a process for its command, kills it when its
time is up (SIGKILL), and answers with its exit code and what it said.
"""

import fcntl
import json
import os
import re
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from threading import Lock
from typing import Any


@dataclass(frozen=True)
class Ended:
    """What a command left behind; `code` is -9 for one that was killed."""

    code: int
    out: str
    err: str
    seconds: float


@dataclass(frozen=True)
class Order:
    """A command, where and with which environment it runs, and what it reads from its terminal.

    `life` is after how many seconds it is killed, `room` how many bytes any file may grow to; None
    for no limit. `terminal` is the path of the terminal that it runs on, "" for streams.
    """

    arguments: tuple[str, ...]
    folder: str
    environment: Mapping[str, str]
    answers: str = ""
    life: float | None = None
    room: int | None = None
    terminal: str = ""


class WarmCommands:
    """A context: `run` does one command, `do` what it is ordered, one after the other."""

    def __init__(self) -> None:
        self._free = Lock()

    def __enter__(self) -> "WarmCommands":
        from fakes.command import clean_environment

        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=clean_environment(),
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

        `life` is after how many seconds it is killed, `room` how many bytes any file may grow to:
        beyond it writing fails as on a full disk. None for no limit.
        """
        from fakes.command import clean_environment

        whole = {**clean_environment(), **environment}
        return self.do(Order(arguments, str(folder), whole, life=life, room=room))

    def do(self, order: Order) -> Ended:
        """Do what is ordered and return what it left behind; it never may show a traceback."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._free:
            self._process.stdin.write(json.dumps(asdict(order)) + "\n")
            self._process.stdin.flush()
            ended = Ended(*json.loads(self._process.stdout.readline()))
        assert "Traceback (most recent call last)" not in ended.err, ended.err
        return ended


def _fork(order: Order, said: tuple[int, int]) -> int:
    typed = tempfile.TemporaryFile()  # noqa: SIM115  the child reads it
    typed.write(order.answers.encode())
    typed.seek(0)
    pid = os.fork()
    if pid:
        typed.close()
        return pid
    code = 1
    try:
        for number, end in enumerate((typed.fileno(), *said)):
            os.dup2(end, number)
        if order.terminal:
            _take_terminal(order.terminal)
        os.chdir(order.folder)
        os.environ.clear()
        os.environ.update(order.environment)
        time.tzset()
        _open_streams()
        if order.room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order.room, order.room))
        from loopnote.cli import main

        code = main(order.arguments)
    except BaseException:  # noqa: BLE001  as Python itself at the end of a program
        import traceback

        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _take_terminal(path: str) -> None:
    """Make a terminal this process's own: without one, Ctrl-C is a key and no signal.

    Tests that were started in the background of a shell ignore that signal, and would hand this
    down.
    """
    os.setsid()
    terminal = os.open(path, os.O_RDWR)
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(terminal, number)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _open_streams() -> None:
    """Open the three streams anew, as Python does for a program that no terminal started."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(  # noqa: SIM115
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )


_PIPE = 1 << 20
"""Bytes that a command may say before somebody reads them: a pipe is no file, so a full disk leaves
it alone."""


def _serve(order: Order) -> list[Any]:
    born = time.monotonic()
    pipes = [os.pipe() for _ in range(2)]
    for _, end in pipes:
        fcntl.fcntl(end, getattr(fcntl, "F_SETPIPE_SZ", 1031), _PIPE)
    pid = _fork(order, (pipes[0][1], pipes[1][1]))
    for _, end in pipes:
        os.close(end)
    starts = [start for start, _ in pipes]
    pieces: dict[int, list[bytes]] = {start: [] for start in starts}
    code = _listen(pid, pieces, None if order.life is None else born + order.life)
    seconds = time.monotonic() - born
    for start in starts:
        os.close(start)
    said = [b"".join(pieces[start]).decode(errors="replace") for start in starts]
    return [code, *said, seconds]


_LOOK = 0.02
"""Seconds between two looks whether a command ended that a child of its own outlives; its streams
then stay open. Judgement."""


def _listen(pid: int, pieces: dict[int, list[bytes]], until: float | None) -> int:
    """Read both streams till the process has ended, and kill it at `until`; return its code."""
    with selectors.DefaultSelector() as selector:
        for start in pieces:
            os.set_blocking(start, False)
            selector.register(start, selectors.EVENT_READ)
        while True:
            left = _LOOK if until is None else min(_LOOK, max(0.0, until - time.monotonic()))
            for key, _ in selector.select(left) if selector.get_map() else ():
                if not _take(key.fd, pieces[key.fd]):
                    selector.unregister(key.fd)
            if until is not None and time.monotonic() >= until:
                os.kill(pid, signal.SIGKILL)
            silent = not selector.get_map() and until is None
            found, status = os.waitpid(pid, 0 if silent else os.WNOHANG)
            if found:
                break
            if not selector.get_map():
                time.sleep(0.001)
    for start, told in pieces.items():
        _take(start, told)  # what it said last
    return os.waitstatus_to_exitcode(status)


def _take(start: int, pieces: list[bytes]) -> bool:
    """Read what is there; return whether more may come."""
    try:
        while piece := os.read(start, _PIPE):
            pieces.append(piece)
    except BlockingIOError:
        return True
    return False


_TEAMS = """
[[teams]]
name = "ko"
language = "ko"
timezone = "Asia/Seoul"
[[teams]]
name = "en"
language = "en"
timezone = "Europe/London"
[[recipients]]
address = "sample@example.invalid"
[mail]
transport = "folder"
folder = "outbox"
from = "sample@example.invalid"
"""


def use_once() -> None:
    """Read a small log and make its page in each language, as a worker does before its first job.

    Whatever is compiled at its first use, words, patterns and templates, took each process that is
    forked from this one 0.3 to 0.9 s of CPU (28 November 2026).
    """
    from loopnote.config.read import load
    from loopnote.services.wiring import Wiring
    from loopnote.workers.warm_up import warm_up

    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "config.toml"
        configuration.write_text(_TEAMS, encoding="utf-8")
        warm_up(Wiring(load(configuration)))


def _warm_up() -> None:
    """Import all of loopnote but its command line, and what it imports late, and use it once.

    The command line words its help in the language of the terminal when it is imported.
    """
    for name in (
        "alembic",
        "httpx",
        "psycopg",
        "python_calamine",
        "typer",
        "rich.console",
        "rich.table",
        "rich.progress",
    ):
        import_module(name)
    for top in ("notes", "sync", "reports", "loopnote"):
        package = import_module(top)
        for found in walk_packages(package.__path__, f"{top}."):
            if not re.search(r"__main__|\.migrations\.(env|versions)|^loopnote\.cli\.", found.name):
                import_module(found.name)
    from loopnote.runtime.messages.terminal import language

    use_once()
    assert not language.cache_info().currsize, "the language of the terminal was asked for already"


if __name__ == "__main__":
    sys.path[:] = [one for one in sys.path if Path(one) != Path(__file__).parent]
    _warm_up()
    for line in sys.stdin:
        print(json.dumps(_serve(Order(**json.loads(line)))), flush=True)
