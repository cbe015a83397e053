"""The texts of rows that stand in another order than those they continue are read a few times, not once a row."""

import pytest

from sync.matching.rows.text_spill import TextSpill

ROWS = 3_000


def test_the_rows_of_a_sorted_tab_are_not_read_anew_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    today = TextSpill()
    known = TextSpill(today)
    order = [number * 1_009 % ROWS for number in range(ROWS)]  # neighbours stand far apart
    for number in range(ROWS):
        today.add({"what": str(number)})
    for other in order:
        known.add_as(other)
    read, real = [0], TextSpill._raw

    def counting(spill: TextSpill, number: int) -> object:
        read[0] += 1
        return real(spill, number)

    monkeypatch.setattr(TextSpill, "_raw", counting)
    assert [texts["what"] for texts in known] == [str(other) for other in order]
    assert read[0] <= 2 * (ROWS // 250 + 1)
