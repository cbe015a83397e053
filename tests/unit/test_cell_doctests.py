"""The examples in the docstrings of the cell grammars are true."""

import doctest
import importlib
import pkgutil

import pytest

import sync.reader.cells

MODULES = sorted(module.name for module in pkgutil.iter_modules(sync.reader.cells.__path__, "sync.reader.cells."))


@pytest.mark.parametrize("name", MODULES)
def test_the_docstrings_tell_the_truth(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
