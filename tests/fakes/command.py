"""Runs loopnote as a person would: a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


def loopnote(*arguments: object, folder: Path, answers: str = "", **environment: str) -> Ran:
    """Run a command and return its exit code and what it said; it never may show a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "loopnote", *map(str, arguments)],
        cwd=folder,
        input=answers,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env={**clean_environment(), **environment},
    )
    assert "Traceback (most recent call last)" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def clean_environment() -> dict[str, str]:
    """Return this process's environment without what would change loopnote's behaviour, speaking English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LOOPNOTE_")}
    root = str(Path(__file__).resolve().parents[2])
    path = kept.get("PYTHONPATH") or root
    return {**kept, "LOOPNOTE_LANG": "en", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": path}
