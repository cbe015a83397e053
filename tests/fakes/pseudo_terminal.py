"""A person at a terminal: types when something is shown, and sees what a terminal would show."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

from .command import clean_environment

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")


_COMMAND = (
    "import fcntl, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from loopnote.cli import main; sys.exit(main())"
)
"""Makes standard input the command's own terminal first: without one, Ctrl-C is a key and no signal.

Tests that were started in the background of a shell ignore that signal, and would hand this down.
"""


class Terminal:
    """A command of loopnote on a pseudo terminal."""

    def __init__(self, *arguments: str, folder: Path, **environment: str) -> None:
        self._master, slave = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *arguments],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**clean_environment(), "TERM": "xterm-256color", "COLUMNS": "200", **environment},
        )
        os.close(slave)
        self._raw = ""

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
        while self._read(0.2) or self._process.poll() is None:
            if time.monotonic() > end:
                self._process.kill()
                raise AssertionError(f"it did not end:\n{self.shown}")
        os.close(self._master)
        return self._process.wait(timeout=60)

    def _read(self, seconds: float) -> bool:
        """Read what is there; return False once nothing more can come."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return self._process.poll() is None
        try:
            got = os.read(self._master, 65536)
        except OSError:
            return False
        self._raw += got.decode("utf-8", "replace")
        # A terminal answers when it is asked where its cursor is.
        if b"\x1b[6n" in got:
            os.write(self._master, b"\x1b[1;1R")
        return bool(got)
