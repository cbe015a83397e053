"""A line of what a build of the archive leaves for the next one, which may be lost without harm."""

from typing import TypeVar

import msgspec

T = TypeVar("T")


def memory_line(value: object) -> bytes:
    """Return a value on one line, an empty one where a text cannot be written."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # half a surrogate pair in a cell
        return b""


def read_memory_line(decoder: msgspec.json.Decoder[T], line: bytes) -> T | None:
    """Return the value of a line of an earlier build, None where it cannot be read."""
    try:
        return decoder.decode(line) if line else None
    except ValueError:  # msgspec's own errors, and bytes of a damaged file that are not UTF-8
        return None
