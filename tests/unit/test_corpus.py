"""The corpus that measures the reader is whole: every key speaks of cells or pages that are
there.
"""

import pytest

from bench.corpus.logs import FIELDS, TableLog, every_log, notion_logs, table_logs


@pytest.mark.parametrize("log", table_logs(), ids=lambda log: log.name)
def test_a_log_holds_what_its_key_says(log: TableLog) -> None:
    cells = {
        tab.name: {str(value) for row in tab.rows for value in row if value is not None}
        for tab in log.tabs
    }
    for note in log.key.notes:
        here = cells[note["source_ref"]["tab"]]
        for name in ("hypothesis", "next_action"):
            for text in (note[name] or "").splitlines() if log.part != "shapes" else ():
                assert any(text in cell for cell in here), text


def test_a_note_stands_in_a_row_or_a_page_that_is_there() -> None:
    for log in table_logs():
        rows = {tab.name: len(tab.rows) for tab in log.tabs}
        for note in log.key.notes:
            place = note["source_ref"]
            assert 0 < place["row"] <= place["row_end"] <= rows[place["tab"]]
    for pages in notion_logs():
        ids = {page.id for page in pages.pages}
        assert {note["source_ref"]["page_id"] for note in pages.key.notes} == ids


def test_a_key_has_every_field_of_a_note() -> None:
    for log in every_log():
        for note in log.key.notes:
            assert set(FIELDS) <= note.keys()


def test_names_differ_and_half_of_the_ordinary_logs_are_held_out() -> None:
    logs = every_log()
    assert len({log.name for log in logs}) == len(logs) == 72
    ordinary = [log.part for log in logs if log.part != "shapes"]
    assert 0.4 < ordinary.count("held out") / len(ordinary) < 0.6
