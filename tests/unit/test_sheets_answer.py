"""A long answer is read as it arrives, whole or in the smallest pieces, and never taken for
more than it is.
"""

import json
from typing import Any

import pytest

from sync.contents.row_buffer import RowBuffer
from sync.sheets.cell_decoder import decode_cells
from sync.sheets.json_stream import JsonStream

ANSWER: dict[str, Any] = {
    "properties": {"title": "글 \\ \" 🐢"},
    "sheets": [
        {
            "properties": {"sheetId": 7},
            "data": [
                {
                    "startRow": 2,
                    "rowData": [
                        {"values": [{"effectiveValue": {"stringValue": "가"}}, {}, {"note": "n"}]},
                        {},
                        {"values": [{"effectiveValue": {"numberValue": 12}},
                        {"effectiveValue": {"boolValue": False}}]},
                    ],
                    "rowMetadata": [{}, {"hiddenByUser": True}, {}],
                }
            ],
        },
        {"properties": {"sheetId": 9}, "data": [{}]},
    ],
    "last": 120,
}  # fmt: skip


def pieces(text: str, size: int) -> list[bytes]:
    data = text.encode()
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("size", [1, 2, 3, 64, 10_000])
@pytest.mark.parametrize("indent", [None, 2])
def test_cells_are_the_same_in_pieces_of_any_size(size: int, indent: int | None) -> None:
    text = json.dumps(ANSWER, ensure_ascii=False, indent=indent)
    found = decode_cells(JsonStream(pieces(text, size)), RowBuffer(), {7: 3})
    (part,) = found[7]
    assert (part.top, list(part.rows), part.hidden_rows, part.comments) == (
        2,
        [["가"], [], [12, False]],
        [2],
        {(1, 3): "n"},
    )
    assert [list(one.rows) for one in found[9]] == [[]]


def test_an_answer_that_is_cut_anywhere_is_no_answer() -> None:
    text = json.dumps(ANSWER)
    for end in range(len(text)):
        with pytest.raises(ValueError):  # noqa: PT011  any parser's own words
            decode_cells(JsonStream(pieces(text[:end], 50)), RowBuffer(), {})


@pytest.mark.parametrize(
    "text", ["[]", "3", '{"sheets": 3}', '{"error": {}}', "{}", '{"sheets": []} {}', "<html>"]
)
def test_what_is_no_answer_of_cells_is_refused(text: str) -> None:
    with pytest.raises((ValueError, AttributeError)):
        decode_cells(JsonStream(pieces(text, 3)), RowBuffer(), {})


def test_a_number_at_the_end_of_a_piece_goes_on() -> None:
    stream = JsonStream([b"12", b"34", b" "])
    assert stream.value() == 1234
    stream.end()
