"""The examples in docstrings are true, in every module that has some."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def with_examples() -> list[str]:
    """Return the names of the modules in whose source an example stands."""
    files = [
        file
        for top in ("notes", "sync", "reports", "loopnote")
        for file in (ROOT / top).rglob("*.py")
    ]
    return sorted(
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for file in files
        if ">>> " in file.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("name", with_examples())
def test_the_docstrings_tell_the_truth(name: str) -> None:
    ran = doctest.testmod(importlib.import_module(name))
    assert ran.failed == 0
    assert ran.attempted
