"""Rows that wait for the end of an update come back in order, from memory or from a file."""

from pathlib import Path

import pytest

from notes.model.errors import StoreError
from notes.system.spill_list import SpillList


def test_items_come_back_in_order_and_the_later_of_two_wins() -> None:
    waiting: SpillList[str] = SpillList()
    for key, item in (("a", "first"), ("b", "second"), ("a", "third")):
        waiting.add(key, item)

    assert (len(waiting), list(waiting.parts())) == (2, [["second", "third"]])


def test_many_items_go_to_a_file_and_come_back() -> None:
    waiting: SpillList[int] = SpillList(most=3)
    for number in range(10):
        waiting.add(number, number)
    waiting.add(0, 99)
    waiting.add(None, 100)
    waiting.add(None, 100)

    assert len(waiting) == 12
    assert [item for part in waiting.parts() for item in part] == [*range(1, 10), 99, 100, 100]
    assert [item for part in waiting.parts() for item in part] == [*range(1, 10), 99, 100, 100]


def test_a_disk_that_takes_no_more_is_told(tmp_path: Path) -> None:
    waiting: SpillList[int] = SpillList(most=1, folder=tmp_path / "missing")

    with pytest.raises(StoreError, match="nothing was saved"):
        waiting.add(1, 1)
