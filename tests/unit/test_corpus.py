"""The corpus that measures the reader is whole.

Every log is laid out, and its key speaks of cells that are there.
"""

import pytest

from bench.corpus.layouts import build
from bench.corpus.logs import LOGS
from bench.corpus.notion import notion_logs


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name)
def test_a_log_holds_what_its_key_says(log):
    built = build(log)
    cells = {
        tab.name: {str(value) for row in tab.rows for value in row if value is not None}
        for tab in built.tabs
    }
    for note in built.notes:
        place = note["source_ref"]
        for name in ("hypothesis", "execution", "next_action"):
            text = note[name]
            assert text is None or any(text in cell for cell in cells[place["tab"]])


def test_names_differ_and_half_of_the_logs_are_held_out():
    names = [log.name for log in LOGS] + [name for name, *_ in notion_logs()]
    assert len(set(names)) == len(names) >= 40
    assert 0.4 < sum(log.held_out for log in LOGS) / len(LOGS) < 0.6
