"""The texts of rows that stand in another order than those they continue are read a few
times, not once a row.
"""

from collections.abc import Sequence

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
    known.add_as(order)
    read, real = [0], TextSpill._chunk

    def counting(spill: TextSpill, number: int) -> object:
        read[0] += 1
        return real(spill, number)

    monkeypatch.setattr(TextSpill, "_chunk", counting)
    assert [texts["what"] for texts in known] == [str(other) for other in order]
    assert read[0] <= 2 * (ROWS // 250 + 1)


def a_spill_of_stored_rows(asked: list[int]) -> TextSpill:
    """Return rows whose texts a store has; `asked` gets how many each look-up was for."""

    def stored(digests: Sequence[bytes]) -> list[dict[str, str]]:
        asked.append(len(digests))
        return [{"what": str(int.from_bytes(digest, "big"))} for digest in digests]

    spill = TextSpill(stored=stored)
    spill.add_stored([number.to_bytes(16, "big") for number in range(ROWS)])
    return spill


def test_a_stored_row_is_looked_up_without_those_beside_it() -> None:
    asked: list[int] = []
    spill = a_spill_of_stored_rows(asked)

    assert [spill.texts(at)["what"] for at in (7, 1_300, 7)] == ["7", "1300", "7"]
    assert asked == [1, 1]


def test_stored_rows_that_are_asked_for_one_after_the_other_are_looked_up_together() -> None:
    asked: list[int] = []
    spill = a_spill_of_stored_rows(asked)

    assert [spill.texts(at)["what"] for at in range(ROWS)] == [str(at) for at in range(ROWS)]
    assert len(asked) <= (ROWS // 250) * 20


def test_rows_known_beforehand_are_one_question_in_whatever_order() -> None:
    asked: list[int] = []
    spill = a_spill_of_stored_rows(asked)
    known = TextSpill(spill)
    known.add_as(reversed(range(ROWS)))
    wanted = [ROWS - 1, 5, 700, 5]

    assert [texts["what"] for texts in known.of(wanted)] == ["0", "2994", "2299", "2994"]
    known.keep(wanted)
    assert asked == [3, 3]
    assert known.texts(5) == {"what": "2994"}
    assert asked == [3, 3]


def test_rows_far_apart_are_read_one_by_one_as_they_were_added() -> None:
    spill = TextSpill()
    for at in range(1200):
        spill.add({"what": f"row {at}"})
    places = (0, 1100, 300, 600, 900, 1)
    assert [spill.texts(at)["what"] for at in places] == [f"row {at}" for at in places]
