"""A person at a terminal: types when something is shown, and sees what a terminal would show."""

import os
import pty
import re
import select
import time
from pathlib import Path
from threading import Thread

from .command import clean_environment, warm_commands
from .warm_command import Order

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")


_PATIENCE = 300
"""Seconds after which a command that nobody answers is killed. Judgement."""
_open: list["Terminal"] = []
"""The terminal of a test that failed half-way: the next one hangs it up."""


class Terminal:
    """A command of loopnote on a pseudo terminal, in a process that is forked from the warm one.

    That one does one order at a time: no other command is ordered before this one has ended.
    """

    def __init__(self, *arguments: str, folder: Path, **environment: str) -> None:
        while _open:
            _open.pop().hang_up()
        self._master, self._slave = pty.openpty()
        whole = {
            **clean_environment(), "TERM": "xterm-256color", "COLUMNS": "200", **environment,
        }  # fmt: skip
        order = Order(
            arguments, str(folder), whole, life=_PATIENCE, terminal=os.ttyname(self._slave)
        )
        self._code: list[int] = []
        self._command = Thread(target=self._do, args=(order,), daemon=True)
        self._command.start()
        self._raw = ""
        _open.append(self)

    def _do(self, order: Order) -> None:
        self._code.append(warm_commands().do(order).code)

    def hang_up(self) -> None:
        """Close the terminal: a command that is still there ends."""
        os.close(self._master)
        os.close(self._slave)
        self._command.join(_PATIENCE)

    @property
    def shown(self) -> str:
        """Everything shown so far, without what steers a terminal."""
        return _ESCAPES.sub("", self._raw)

    @property
    def raw(self) -> str:
        """Everything shown so far, as it came."""
        return self._raw

    def expect(self, text: str, *, within_s: float = 120) -> None:
        """Wait until a text is shown."""
        end = time.monotonic() + within_s
        while text not in self.shown:
            assert time.monotonic() < end, f"{text!r} was never shown:\n{self.shown}"
            if not self._read(0.5):
                assert text in self.shown, f"ended without {text!r}:\n{self.shown}"

    def type(self, text: str) -> None:
        """Type, and press Enter."""
        os.write(self._master, text.encode() + b"\r")

    def press(self, key: bytes) -> None:
        """Press one key, such as Ctrl-C."""
        os.write(self._master, key)

    def ended(self, *, within_s: float = 120) -> int:
        """Wait for the end and return the exit code."""
        end = time.monotonic() + within_s
        while self._read(0.05):
            assert time.monotonic() < end, f"it did not end:\n{self.shown}"
        _open.remove(self)
        self.hang_up()
        return self._code[0]

    def _read(self, seconds: float) -> bool:
        """Read what is there; return False once nothing more can come."""
        was_there = self._command.is_alive()
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return was_there
        got = os.read(self._master, 65536)
        self._raw += got.decode("utf-8", "replace")
        # A terminal answers when it is asked where its cursor is.
        if b"\x1b[6n" in got:
            os.write(self._master, b"\x1b[1;1R")
        return True
