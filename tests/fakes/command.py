"""Runs loopnote as a person would: a process of its own, in a folder of its own."""

import atexit
import os
import re
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fakes.warm_command import WarmCommands

_OF_A_START = re.compile(r"PYTHON|LC_|LANG$")
"""Variables that Python itself reads when it starts: a process forked from a running one is too
late."""
_PATIENCE = 300
"""Seconds; a command that takes longer hangs. Judgement."""


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


def loopnote(*arguments: object, folder: Path, answers: str = "", **environment: str) -> Ran:
    """Run a command and return its exit code and what it said; it never may show a traceback.

    Its process is forked from one that has imported everything already, where the system can.
    """
    if not hasattr(os, "fork") or any(map(_OF_A_START.match, environment)):
        return started(*arguments, folder=folder, answers=answers, **environment)
    from fakes.warm_command import Order

    whole = {**clean_environment(), **environment}
    words = tuple(map(str, arguments))
    ended = warm_commands().do(Order(words, str(folder), whole, answers, life=_PATIENCE))
    return Ran(ended.code, ended.out, ended.err)


def started(*arguments: object, folder: Path, answers: str = "", **environment: str) -> Ran:
    """Run a command like `loopnote`, from the start of its own Python on."""
    done = subprocess.run(
        [sys.executable, "-m", "loopnote", *map(str, arguments)],
        cwd=folder,
        input=answers,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=_PATIENCE,
        env={**clean_environment(), **environment},
    )
    assert "Traceback (most recent call last)" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


@cache
def warm_commands() -> "WarmCommands":
    """Return the warm process of this test process; it ends with it."""
    from fakes.warm_command import WarmCommands

    context = ExitStack()
    atexit.register(context.close)
    return context.enter_context(WarmCommands())


_OF_MAKE = {"MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS", "MAKELEVEL", "ARGS"}
"""What `make test ARGS=…` hands on: a `make demo` below it would take the same ARGS."""


def clean_environment() -> dict[str, str]:
    """Return this process's environment without what would change loopnote's behaviour,
    speaking English.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LOOPNOTE_") and name not in _OF_MAKE
    }
    root = str(Path(__file__).resolve().parents[2])
    path = kept.get("PYTHONPATH") or root
    return {**kept, "LOOPNOTE_LANG": "en", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": path}
