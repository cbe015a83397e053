"""Export as JSON Lines, the format that can be imported: a header, one record a line, an end.

    {"is":"loopnote-export","format":1,"whole":true,"team":null,"made_by":"loopnote 0.1.0"}
    {"is":"source","name":"trials",...}
    {"is":"note","id":"89cabda6e73e",...}
    {"is":"metric","note":"89cabda6e73e",...}       derived from the note; ignored by import
    {"is":"end","records":3,"sha256":"..."}

The end counts the lines between and gives the SHA-256 of everything before it, so that a file that
was cut off or altered is noticed. Docs: docs/how-to/export.md.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import IO, Any, NoReturn

from notes import __version__
from notes.model.errors import ExchangeError

from .metric_records import measures
from .record import FORMAT, FORMAT_VERSION, ExportSelection, NumberedRecord, Record, invalid_line

LONGEST = 256_000_000
"""Bytes that a line may have; one holds at most a mail with its page."""

_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), allow_nan=False
).encode
_escape = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


def line_of(kind: str, values: dict[str, Any]) -> bytes:
    """Return one line, with its line break."""
    value = {"is": kind, **values}
    try:
        return f"{_encode(value)}\n".encode()
    except UnicodeEncodeError:  # half a surrogate pair, which a cell may hold
        return f"{_escape(value)}\n".encode()


def encode_lines(records: Iterable[Record], chosen: ExportSelection) -> Iterator[bytes]:
    """Yield the lines of an export, the end included; the same records give the same bytes."""
    digest, count = sha256(), -1
    for line in _lines(records, chosen):
        digest.update(line)
        count += 1
        yield line
    yield line_of("end", {"records": count, "sha256": digest.hexdigest()})


def _lines(records: Iterable[Record], chosen: ExportSelection) -> Iterator[bytes]:
    head = {"format": FORMAT_VERSION, "whole": chosen.whole, "team": chosen.team or None}
    yield line_of(FORMAT, head | {"made_by": f"loopnote {__version__}"})
    for kind, values in records:
        yield line_of(kind, values)
        if kind == "note":
            for measure in measures(values):
                yield line_of("metric", measure)


def is_ours(first: bytes) -> bool:
    """Return whether a file that begins so is an export of loopnote."""
    return first.startswith(f'{{"is":"{FORMAT}"'.encode())


def decode_lines(stream: IO[bytes]) -> Iterator[NumberedRecord]:
    """Yield the records of an export; it is known to be complete only after the last one.

    Raises: ExchangeError: it is no export, of a newer format, only an excerpt, cut off, altered, or
        a line is nonsense.
    """
    first = stream.readline(10_000)
    _check_head(first)
    digest, count = sha256(first), 0
    while line := stream.readline(LONGEST):
        number = count + 2
        value = _value(line, number)
        if value["is"] == "end":
            _check_end(value, digest.hexdigest(), count, rest=stream.read(1))
            return
        digest.update(line)
        count += 1
        kind = value.pop("is")
        if kind != "metric":
            yield NumberedRecord(number, Record(kind, value))
    raise ExchangeError(
        f"the export ends in the middle, after {count} records; nothing was loaded",
        hint="copy the file again, or export once more",
    )


def _check_head(first: bytes) -> None:
    if not is_ours(first):
        raise ExchangeError(
            "this is not an export of loopnote",
            hint="give a file that `loopnote export` wrote (JSON Lines, .jsonl)",
        )
    head = _value(first, 1)
    version = head.get("format")
    if type(version) is not int or version < 1:
        raise invalid_line(1, "its format has no number")
    if version > FORMAT_VERSION:
        raise ExchangeError(
            f"this export is of format {version}, and this loopnote reads up to {FORMAT_VERSION}",
            hint="upgrade loopnote here, then import again",
        )
    if head.get("whole") is not True:
        raise ExchangeError(
            "this export is an excerpt, which cannot be loaded",
            hint="export without --week, then import that",
        )


def _value(line: bytes, number: int) -> dict[str, Any]:
    if not line.endswith(b"\n") and len(line) >= LONGEST:
        raise invalid_line(number, "it is longer than any record")
    try:
        value = _decode(line.decode())
    except UnicodeDecodeError as error:
        raise invalid_line(number, "it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        if not line.endswith(b"\n"):
            raise ExchangeError(
                f"the export ends in the middle of line {number}; nothing was loaded",
                hint="copy the file again, or export once more",
            ) from error
        raise invalid_line(number, "it is not valid JSON") from error
    if not isinstance(value, dict) or not isinstance(value.get("is"), str):
        raise invalid_line(number, "it does not say what it is")
    return value


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")


_decode: Callable[[str], Any] = json.JSONDecoder(parse_constant=_no_number).decode


def _check_end(end: dict[str, Any], digest: str, count: int, *, rest: bytes) -> None:
    if end.get("sha256") != digest or end.get("records") != count or rest:
        raise ExchangeError(
            "the export was changed after it was written: its digest does not match; "
            "nothing was loaded",
            hint="take the file as `loopnote export` wrote it, or export once more",
        )
