"""JSON encoding of notes and their rows: compact, readable, lossless.

Only what differs from a field's default is written, so that a field added later costs the old notes
nothing. Place and link are apart from the rest: a row that merely moves down its sheet is the same
note.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, compress
from operator import attrgetter, ne
from typing import Any

import msgspec

from notes.model.comparable_text import is_reformatted
from notes.model.notes import (
    ActionItem,
    Details,
    Entry,
    Feedback,
    Metric,
    Note,
    Place,
    PlanCard,
    Point,
    Problem,
    Risk,
    Series,
)

Json = dict[str, Any]


def _default(field: Field[Any]) -> Any:
    return None if field.default is MISSING else field.default


def _shape(
    record: type[Any], *, without: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], tuple[Any, ...], Any]:
    kept = [field for field in fields(record) if field.name not in without]
    names = tuple(field.name for field in kept)
    getter = attrgetter(*names)
    return names, tuple(map(_default, kept)), getter if len(names) > 1 else lambda r: (getter(r),)


_PLACED = ("place", "url")
_RECORDS = (Metric, PlanCard, Risk, Series, Point, ActionItem, Feedback, Place, Problem)
_SHAPES = {Note: _shape(Note, without=_PLACED)} | {record: _shape(record) for record in _RECORDS}
"""Records that a payload may hold, and their members with defaults, which are not written;
place and address have columns of their own."""
_note_values = _SHAPES[Note][2]
_NESTED: Mapping[type[Any], tuple[str, ...]] = {
    Note: ("start_date", "end_date", "metric", "more_metrics", "details"),
    PlanCard: ("risks",),
    Series: ("points",),
    Point: ("day", "judge_from"),
    Problem: ("place",),
} | dict.fromkeys((Metric, Risk, ActionItem, Feedback, Place), ())
"""Fields that are not plain text, numbers and tuples of these."""
_DETAILS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (PlanCard, Series, ActionItem, Feedback)
}
"""The detail of a note by the name under which its payload keeps it."""


def _filled(record: Any) -> Json:
    """Return the fields of a record that differ from their defaults.

    Days as text, records within it as JSON objects.
    """
    names, defaults, values_of = _SHAPES[type(record)]
    values = values_of(record)
    found: Json = dict(compress(zip(names, values, strict=True), map(ne, values, defaults)))
    for name in _NESTED[type(record)]:
        if name in found:
            found[name] = _plain(found[name])
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if type(value) not in _SHAPES:
        return value
    name = type(value).__name__
    return {"is": name, **_filled(value)} if name in _DETAILS else _filled(value)


_readable = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_escaped = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def compact(value: Any) -> str:
    """Return the value as compact JSON.

    Text that no encoding can hold (half a surrogate pair) is escaped.
    """
    text = _readable(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _escaped(value)
    return text


def note_fields(note: Note) -> Json:
    """Return the non-default fields by name, in the order of `Note`, without place and link."""
    return _filled(note)


def same_meaning(one: Entry, other: Entry) -> bool:
    """Return whether two rows have the same content, ignoring position and cell arrangement.

    Columns may have been moved or renamed, and days or numbers written in another format, as long
    as no field of the note and no text differs.
    """
    return _note_values(one.note) == _note_values(other.note) and (
        one.raw.cells == other.raw.cells or _same_cells(one, other)
    )


def _same_cells(one: Entry, other: Entry) -> bool:
    """Pair the cells found on one side only: by label, else as those of a renamed column."""
    left, came = list(one.raw.cells), []
    for cell in other.raw.cells:
        if cell in left:
            left.remove(cell)
        else:
            came.append(cell)
    if len(left) != len(came):
        return False
    labels = {label for label, _ in one.raw.cells}, {label for label, _ in other.raw.cells}
    start, end = one.note.start_date, one.note.end_date

    def is_same(old: tuple[str, str], new: tuple[str, str]) -> bool:
        renamed = old[0] not in labels[1] and new[0] not in labels[0]
        return (old[0] == new[0] or renamed) and is_reformatted(old[1], new[1], start, end=end)

    for cell in came:
        pair = next((old for old in left if is_same(old, cell)), None)
        if pair is None:
            return False
        left.remove(pair)
    return True


def entry_json(entry: Entry) -> tuple[bytes, bytes, bytes]:
    """Return the note and its cells as JSON in UTF-8, and 16 bytes that differ when either does.

    A text of the note that is the text of a cell is not written again: the cell's position stands
    for it.
    """
    cells = entry.raw.cells
    fields, texts = with_positions(note_fields(entry.note), cells), _cell_map(cells)
    try:
        note, row = _in_utf8(fields), msgspec.json.encode(texts)
    except UnicodeEncodeError:
        note, row = _escaped(fields).encode(), _escaped(texts).encode()
    return note, row, digest(note, row)


def _in_utf8(fields: Json) -> bytes:
    """Return `_readable` in UTF-8.

    Msgspec gives the same in a third of the time, unless a number has an exponent.
    """
    if "details" in fields:
        return _readable(fields).encode()
    numbers = chain.from_iterable(
        metric.values() for metric in (fields.get("metric", _NO), *fields.get("more_metrics", ()))
    )
    if all(type(one) is not float or one == 0 or 1e-4 <= abs(one) < 1e16 for one in numbers):
        return msgspec.json.encode(fields)
    return _readable(fields).encode()


_NO: Json = {}
"""A note without a metric."""


def read_fields(payload: str | bytes, cells: str | bytes) -> Json:
    """Return the fields of a note, as `note_fields` gives them, from both parts of `entry_json`."""
    return with_texts(json.loads(payload), cell_pairs(json.loads(cells)))


def with_positions(fields: Json, cells: tuple[tuple[str, str], ...]) -> Json:
    """Put the positions of cells where their texts stand; changes and returns `fields`."""
    texts = [text for _, text in cells]
    position = dict(
        zip(reversed(texts), range(len(texts) - 1, -1, -1), strict=True)
    )  # the first of equal texts
    for name in _TEXTS:
        text = fields.get(name)
        if text in position:
            fields[name] = position[text]
    return fields


def with_texts(fields: Json, cells: tuple[tuple[str, str], ...]) -> Json:
    """Put the texts of cells where only their position stands; changes and returns `fields`."""
    for name in _TEXTS:
        if type(fields.get(name)) is int:
            fields[name] = cells[fields[name]][1]
    return fields


_TEXTS = tuple(
    field.name for field in fields(Note) if field.type is str and field.name not in {"url", "week"}
)
"""The text fields of a note."""


def _cell_map(cells: tuple[tuple[str, str], ...]) -> dict[str, str] | tuple[tuple[str, str], ...]:
    """Return a row's cells for JSON: an object, or a list of pairs where a label occurs twice."""
    named = dict(cells)
    return named if len(named) == len(cells) else cells


def digest(note: bytes, cells: bytes) -> bytes:
    """Return 16 bytes that differ when the note or a cell of its row differs."""
    return blake2b(b"%b\n%b" % (note, cells), digest_size=16).digest()


def place_json(place: Place) -> str:
    """Return the place as JSON."""
    if not (place.page_id or place.property or place.col):
        if not place.file:
            return f'{{"tab":{_quoted(place.tab)},"row":{place.row}}}'
        if place.tab and place.row:
            return f'{{"tab":{_quoted(place.tab)},"row":{place.row},"file":{_quoted(place.file)}}}'
    if place == Place(page_id=place.page_id) and _PLAIN_ID.fullmatch(place.page_id):
        return f'{{"page_id":"{place.page_id}"}}'
    return compact(_filled(place))


def places_json(tab: str, file: str, rows: Iterable[int]) -> list[str]:
    """Return the places of rows of one tab, counted from 1, as `place_json` gives each."""
    if file and not tab:
        return [place_json(Place(tab, row, file=file)) for row in rows]
    head = f'{{"tab":{_quoted(tab)},"row":'
    tail = f',"file":{_quoted(file)}}}' if file else "}"
    return [f"{head}{row}{tail}" for row in rows]


_PLAIN_ID = re.compile(r"[0-9a-zA-Z-]+")
"""A page id that JSON writes as it is: it may be put together without the encoder."""
_quoted = lru_cache(maxsize=256)(compact)


def problem_json(problem: Problem) -> str:
    """Return the problem as JSON."""
    return compact(_filled(problem))


def _metric(record: Json) -> Metric:
    made: Metric = _made(Metric, record)
    return made


def _risk(record: Json) -> Risk:
    made: Risk = _made(Risk, record)
    return made


def _point(record: Json) -> Point:
    made: Point = _made(Point, record)
    return made


def _details(record: Json) -> Details:
    kind = _DETAILS[record.pop("is")]
    made: Details = _made(kind, record)
    return made


def _each(read: Callable[[Any], Any]) -> Callable[[list[Any]], tuple[Any, ...]]:
    return lambda values: tuple(map(read, values))


_texts: Callable[[Any], tuple[Any, ...]] = tuple
_READ: Mapping[type[Any], Mapping[str, Callable[[Any], Any]]] = {
    Note: {
        "start_date": date.fromisoformat,
        "end_date": date.fromisoformat,
        "owners": _texts,
        "people": _texts,
        "tags": _texts,
        "links": _texts,
        "metric": _metric,
        "more_metrics": _each(_metric),
        "details": _details,
    },
    Metric: {"before_counts": _texts, "after_counts": _texts},
    PlanCard: {
        "business": _texts,
        "learning": _texts,
        "people": _texts,
        "risks": _each(_risk),
        "big3": _texts,
        "other": _each(_texts),
    },
    Series: {"points": _each(_point)},
    Point: {"day": date.fromisoformat, "judge_from": date.fromisoformat},
    Problem: {"place": lambda record: Place(**record), "facts": _each(_texts)},
}
"""How members come back that JSON has no type for."""
_NOTHING: Mapping[str, Callable[[Any], Any]] = {}
_KNOWN = {record: {field.name for field in fields(record)} for record in _SHAPES}
"""What a payload of a newer version holds beyond these is left alone; a record without an entry
has plain members only."""


def _made(record: type[Any], found: Json) -> Any:
    for name, read in _READ.get(record, _NOTHING).items():
        if name in found:
            found[name] = read(found[name])
    try:
        return record(**found)
    except TypeError:
        known = _KNOWN[record]
        return record(**{name: value for name, value in found.items() if name in known})


def note_from(found: Json, place: Place, url: str) -> Note:
    """Return the note of its fields, as read from JSON; takes `found` over."""
    found["place"] = place
    found["url"] = url
    note: Note = _made(Note, found)
    return note


def read_place(text: str) -> Place:
    """Return the place of its JSON."""
    try:
        return _place_of(text)
    except msgspec.DecodeError:  # half a surrogate pair, which only the standard library takes
        return Place(**json.loads(text))


def read_places(texts: Sequence[str]) -> list[Place]:
    """Return the places of their JSON, decoded together."""
    joined = f"[{','.join(texts)}]"
    try:
        return _places_of(joined)
    except msgspec.DecodeError:  # as in `read_place`
        return [Place(**place) for place in json.loads(joined)]


_place_of = msgspec.json.Decoder(Place).decode
_places_of = msgspec.json.Decoder(list[Place]).decode


def read_json(text: str) -> Any:
    """Return what JSON says, as `json.loads` gives it, for less."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:  # half a surrogate pair, or a number that no float holds
        return json.loads(text)


def read_cells(text: str | bytes) -> tuple[tuple[str, str], ...]:
    """Return the cells of their JSON."""
    return cell_pairs(json.loads(text))


def count_cells(texts: Sequence[str]) -> Counter[tuple[str, str]]:
    """Return how many rows hold each cell (label, text), of the JSON of their cells.

    Decoded and counted together: where most cells differ, one call a cell would cost more than
    reading them.
    """
    joined = f"[{','.join(texts)}]"
    try:
        rows = _rows_of(joined)
    except msgspec.DecodeError:  # half a surrogate pair, which only the standard library takes
        rows = json.loads(joined)
    return Counter(
        chain.from_iterable(
            row.items() if isinstance(row, dict) else set(cell_pairs(row)) for row in rows
        )
    )


_rows_of = msgspec.json.Decoder(list[dict[str, str] | list[list[str]]]).decode


def cell_pairs(found: dict[str, str] | list[list[str]]) -> tuple[tuple[str, str], ...]:
    """Return cells as (label, text), from either form that was written."""
    return (
        tuple(found.items())
        if isinstance(found, dict)
        else tuple((label, value) for label, value in found)
    )


def read_problem(text: str) -> Problem:
    """Return the problem of its JSON."""
    problem: Problem = _made(Problem, json.loads(text))
    return problem
