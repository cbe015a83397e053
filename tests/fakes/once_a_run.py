"""What is made once a test run, however many test processes it has."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from notes.system.file_lock import file_lock

_LOOK = 0.1
"""Seconds between two looks whether another process has made it. Judgement."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that `make` filled, in this process or in another of the same run.

    Whoever wants to change it takes a copy. Where `make` fails, the next process tries anew.
    """
    base = factory.getbasetemp()
    of_the_run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, ready = of_the_run / name, of_the_run / f"{name}.ready"
    while not ready.exists():
        with file_lock(of_the_run / f"{name}.lock") as mine:
            if mine and not ready.exists():
                folder.mkdir(exist_ok=True)
                make(folder)
                ready.touch()
        if not ready.exists():
            time.sleep(_LOOK)
    return folder
