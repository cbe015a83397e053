"""Converters between a column of a table and a member of an export record.

    row of a table ── show ──► JSON value ── take ──► row of a table

A text of JSON is shown as JSON. Where writing that again would give another text than the one kept,
the kept text stands in the record's `exact` as well, so that nothing of a store is lost on the way.
"""

import binascii
import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from notes.store.note_rows.json_payload import compact

Row = Mapping[str, Any]
LARGEST = 2**31 - 1
"""The largest number of an INTEGER column in PostgreSQL."""
_PAGE_LIMIT = 64_000_000
"""Bytes of an unpacked page; a bound on what a hostile import may expand to. Judgement."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
"""An instant as the store keeps it: UTC, with six digits of a second (ADR 0470)."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
"""Control characters, which no id or name of ours holds."""


class InvalidValueError(ValueError):
    """A value that this column cannot hold; the message says why."""


class RecordField(NamedTuple):
    """One column in a record.

    Attributes:
        name: the member of the record.
        column: the column of the table.
        show: from the row to the JSON value.
        take: from the JSON value, and the record, to what the column keeps; raises MisfitError.
        write: for a column that keeps a text of JSON: from the JSON value, and the record, to that
            text, unchecked;
            the text that is kept could have been written in another way.
        missing: what stands for it in an export that was made before there was such a column.
    """

    name: str
    column: str
    show: Callable[[Row], Any]
    take: Callable[[Any, Row], Any]
    write: Callable[[Any, Row], str] | None = None
    missing: Any = ...


def text(name: str, *, one_line: bool = True, pattern: str = "") -> RecordField:
    """A text; without line breaks and other controls where it is a name."""
    wanted = re.compile(pattern) if pattern else None

    def take(value: Any, _: Row) -> str:
        if not isinstance(value, str) or "\0" in value or (one_line and _CONTROL.search(value)):
            raise InvalidValueError(
                "it is not a text" if one_line else "it is not a text that the store can hold"
            )
        if wanted and not wanted.fullmatch(value):
            raise InvalidValueError("loopnote does not write such a value")
        return _encodable(value)

    return RecordField(name, name, lambda row: row[name], take)


def _encodable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InvalidValueError("it holds half of a letter") from error
    return value


def optional(field: RecordField) -> RecordField:
    """The same column, where nothing may stand in it."""
    return field._replace(
        take=lambda value, record: None if value is None else field.take(value, record)
    )


def whole(name: str, least: int = 0) -> RecordField:
    """A whole number."""

    def take(value: Any, _: Row) -> int:
        if type(value) is not int or not least <= value <= LARGEST:
            raise InvalidValueError(f"it is not a whole number of at least {least}")
        return value

    return RecordField(name, name, lambda row: row[name], take)


def boolean(name: str) -> RecordField:
    """Yes, no, or not known."""

    def take(value: Any, _: Row) -> bool | None:
        if value is not None and not isinstance(value, bool):
            raise InvalidValueError("it is neither true nor false")
        return value

    return RecordField(name, name, lambda row: None if row[name] is None else bool(row[name]), take)


def choice(name: str, choices: tuple[str, ...]) -> RecordField:
    """One of some words."""

    def take(value: Any, _: Row) -> str:
        if not isinstance(value, str) or value not in choices:
            raise InvalidValueError(f"it is not one of {', '.join(choices)}")
        return value

    return RecordField(name, name, lambda row: row[name], take)


def instant(name: str) -> RecordField:
    """An instant, as the store writes it."""
    return RecordField(name, name, lambda row: row[name], lambda value, _: instant_from(value))


def instant_from(value: Any) -> str:
    """Return an instant's text.

    Raises:
        MisfitError: it is none.
    """
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    raise InvalidValueError("it is not an instant such as 2026-11-23T08:00:00.000000Z")


def day(name: str) -> RecordField:
    """A day, or nothing."""

    def take(value: Any, _: Row) -> str:
        try:
            date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise InvalidValueError("it is no day such as 2026-11-23") from error
        if len(value) != 10:
            raise InvalidValueError("it is no day such as 2026-11-23")
        return str(value)

    return optional(RecordField(name, name, lambda row: row[name], take))


def digest(name: str) -> RecordField:
    """Some bytes, in hexadecimal digits."""

    def take(value: Any, _: Row) -> bytes:
        try:
            return bytes.fromhex(value)
        except (TypeError, ValueError) as error:
            raise InvalidValueError("it is not hexadecimal") from error

    return RecordField(name, name, lambda row: bytes(row[name]).hex(), take)


def base64_bytes(name: str) -> RecordField:
    """Many bytes, in base64."""

    def take(value: Any, _: Row) -> bytes:
        try:
            return b64decode(value.encode("ascii"), validate=True)
        except (AttributeError, UnicodeEncodeError, binascii.Error) as error:
            raise InvalidValueError("it is not base64") from error

    return RecordField(name, name, lambda row: b64encode(row[name]).decode(), take)


def page(name: str) -> RecordField:
    """A page as the store keeps it (`notes.store.delivery.compression`), in base64."""
    plain = base64_bytes(name)

    def take(value: Any, record: Row) -> bytes:
        kept: bytes = plain.take(value, record)
        opened = zlib.decompressobj()
        try:
            shown = opened.decompress(kept, _PAGE_LIMIT)
            shown.decode()
        except (zlib.error, UnicodeDecodeError) as error:
            raise InvalidValueError("it is not a compressed page") from error
        if kept and (not opened.eof or opened.unused_data):
            raise InvalidValueError("it is not a complete compressed page")
        return kept

    return plain._replace(take=take, missing="")


def json_text(
    name: str,
    fits: Callable[[Any], bool],
    *,
    write: Callable[[Any], str] = compact,
    empty: bool = False,
) -> RecordField:
    """A text of JSON; with `empty`, an empty text is nothing."""

    def show(row: Row) -> Any:
        return None if empty and not row[name] else read_json(row[name])

    def take(value: Any, record: Row) -> str:
        if not (empty and value is None) and not fits(value):
            raise InvalidValueError("it does not hold what it should")
        return written(value, record)

    def written(value: Any, _: Row) -> str:
        return "" if empty and value is None else write(value)

    return RecordField(name, name, show, take, written)


read_json = json.JSONDecoder(parse_constant=lambda _: None).decode
"""Reads JSON that the store wrote; "NaN" becomes null, since other programs cannot read it."""


def write_spaced(value: Any) -> str:
    """Return JSON as `written` is kept."""
    return json.dumps(value)
