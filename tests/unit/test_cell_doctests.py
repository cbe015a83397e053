"""The examples in the docstrings of the cell grammars are true."""

import doctest
import importlib
import pkgutil

import pytest

import sync.parsing.cells

MODULES = sorted(
    module.name
    for module in pkgutil.iter_modules(sync.parsing.cells.__path__, "sync.parsing.cells.")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_docstrings_tell_the_truth(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
