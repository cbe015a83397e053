"""No pattern that searches a text grows faster than the text: one cell of one sign took half a
minute.

The parsers of cells are tried in test_parsers_are_linear.py; here every pattern of a module is,
wherever notes are analysed, written and sent.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import notes
import reports
from bench.linear import RATIO, least_ratio

SIZE = 8_000
PIECES = (
    " ",
    "\n",
    "0",
    "9",
    "1,",
    "1.",
    "a",
    "a ",
    "a.",
    "a@",
    "가",
    "가 ",
    "일",
    "_",
    "-",
    "'",
    "(",
    "K)",
    "1→",
    "/ ",
)
WHOLE = {
    "notes.export_formats.formula_guard._BREAK",
    "notes.export_formats.formula_guard._NUMBER",
    "notes.model.send_times._TIME",
    "reports.analysis.text.naming_texts._CODE",
    "reports.analysis.questions.expectations._GOAL_EN",
    "reports.page.safe._ADDRESS",
}
"""Patterns that are only matched from the start of a text, where a failure is not tried again
further on."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every text pattern that a module holds, by its full name."""
    for package in (notes, reports):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("migrations.env") or ".versions." in module.name:
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{module.name}.{name}", value


PATTERNS = {name: pattern for name, pattern in patterns() if name not in WHOLE}


def test_the_patterns_that_are_matched_whole_are_still_there():
    assert set(dict(patterns())) >= WHOLE


@pytest.mark.slow
@pytest.mark.parametrize("name", PATTERNS)
def test_twice_the_text_takes_a_search_twice_the_time(name):
    def search(text: str) -> None:
        for _ in PATTERNS[name].finditer(text):
            pass

    for piece in PIECES:
        half, whole = (piece * (length // len(piece)) + "x" for length in (SIZE // 2, SIZE))
        ratio = least_ratio(search, half, whole)
        assert ratio <= RATIO, f"{ratio:.1f} times as long with many {piece!r}"
