"""Decodes Notion property values; unknown types are kept as text (pure).

Source: developers.notion.com/reference/property-value-object (read 2026-11); the shapes were
checked against recorded answers. Signed file addresses change on every read, so only the names of
files are kept.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sync.contents.pages import DateValue, PageProperty, PropertySchema, PropertyValue

Json = Mapping[str, Any]
_Read = tuple[PropertyValue, str, tuple[str, ...]]
"""Value, text, people."""

_NOTHING: _Read = (None, "", ())
"""A property without a value."""


def parse_instant(text: str) -> datetime | None:
    """Return an instant of the API, whichever of its two spellings it has.

    None where it cannot be read.

    >>> parse_instant("2026-07-04T09:08:57.778+00:00") == parse_instant("2026-07-04T09:08:57.778Z")
    True
    """
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def parse_day_or_instant(text: str | None) -> date | datetime | None:
    """Return a day for "2026-07-01" and an instant for anything longer.

    None where it cannot be read.

    >>> parse_day_or_instant("2026-07-01")
    datetime.date(2026, 7, 1)
    """
    if not text:
        return None
    if len(text) > 10:
        return parse_instant(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def plain_text(runs: Iterable[Json]) -> str:
    """Return rich text as it reads."""
    return "".join([run.get("plain_text") or "" for run in runs])


def mentioned_users(runs: Iterable[Json]) -> tuple[str, ...]:
    """Return the names of the people mentioned by @ in rich text, each once, in order."""
    names: dict[str, None] = {}
    for run in runs:
        if run.get("type") != "mention":
            continue
        mention = run.get("mention") or {}
        if mention.get("type") == "user":
            name = (
                user_name(mention.get("user") or {})
                or (run.get("plain_text") or "").lstrip("@").strip()
            )
            if name and name != "Anonymous":
                names[name] = None
    return tuple(names)


def user_name(user: Json) -> str:
    """Return what a person or group is called: the name, else the e-mail address, else ""."""
    name = user.get("name")
    if name:
        return str(name).strip()
    person = user.get("person")
    return str(person.get("email") or "") if isinstance(person, Mapping) else ""


def number_text(number: float, number_format: str = "") -> str:
    """Return a number as a person would read it, percent formats as percent.

    >>> number_text(0.5, "percent"), number_text(17.0), number_text(1200)
    ('50%', '17', '1200')
    """
    if number_format == "percent":
        return f"{number_text(round(number * 100, 10))}%"
    return str(int(number)) if float(number).is_integer() else str(number)


def _rich(runs: Any, _format: str) -> _Read:
    if not runs:
        return "", "", ()
    text = plain_text(runs)
    return text, text, mentioned_users(runs)


def _number(number: Any, number_format: str) -> _Read:
    return _NOTHING if number is None else (number, number_text(number, number_format), ())


def _option(option: Any, _format: str) -> _Read:
    if isinstance(option, list):  # an array-valued select, announced but not common
        return _options(option, _format)
    name = option.get("name") or "" if option else ""
    return (name, name, ()) if name else _NOTHING


def _options(options: Any, _format: str) -> _Read:
    names = tuple([option.get("name") or "" for option in options or ()])
    return names, ", ".join(names), ()


def _users(users: Any, _format: str) -> _Read:
    if isinstance(users, Mapping):
        users = (users,)
    names = tuple([name for name in map(_name_or_id, users or ()) if name])
    return names, ", ".join(names), names


def _name_or_id(user: Json) -> str:
    return name_or_id(user_name(user), str(user.get("id") or ""))


def name_or_id(name: str, user_id: str) -> str:
    """Return what a user is called, else "@" and the start of the id: somebody owns the page,
    whoever it is.

    A connection that may not see users gets their ids only.

    >>> name_or_id("", "d40e767c-d7af-4b18-a86d-55c61f1e39a4")
    '@d40e767c'
    """
    return name or (f"@{user_id[:8]}" if user_id else "")


def _one_user(user: Any, number_format: str) -> _Read:
    names, text, _ = _users(user or (), number_format)
    return names, text, ()


def _files(files: Any, _format: str) -> _Read:
    return _options(files, _format)


def _relation(targets: Any, _format: str) -> _Read:
    ids = tuple([str(target.get("id") or "") for target in targets or ()])
    return ids, "", ()


def _date(value: Any, _format: str) -> _Read:
    if not value:
        return _NOTHING
    start, end = value.get("start"), value.get("end")
    text = f"{start} → {end}" if end else str(start or "")
    return DateValue(parse_day_or_instant(start), parse_day_or_instant(end)), text, ()


def _time(value: Any, _format: str) -> _Read:
    return (DateValue(parse_instant(value)), str(value), ()) if value else _NOTHING


def _checkbox(value: Any, _format: str) -> _Read:
    return bool(value), "☑" if value else "☐", ()


def _string(value: Any, _format: str) -> _Read:
    return _NOTHING if value is None else (str(value), str(value), ())


def _unique_id(value: Any, _format: str) -> _Read:
    if not value or value.get("number") is None:
        return _NOTHING
    prefix = value.get("prefix")
    text = f"{prefix}-{value['number']}" if prefix else str(value["number"])
    return text, text, ()


def _verification(value: Any, number_format: str) -> _Read:
    return _string((value or {}).get("state"), number_format)


def _place(value: Any, number_format: str) -> _Read:
    if not value:
        return _NOTHING
    return _string(value.get("name") or value.get("address") or _verbatim(value), number_format)


def _nothing(_value: Any, _format: str) -> _Read:
    return _NOTHING


def _formula(value: Any, number_format: str) -> _Read:
    kind = (value or {}).get("type") or ""
    return _READERS.get(kind, _unknown)(value.get(kind), number_format) if kind else _NOTHING


def _rollup(value: Any, number_format: str) -> _Read:
    kind = (value or {}).get("type") or ""
    if kind != "array":
        return _formula(value, number_format)
    texts: list[str] = []
    people: dict[str, None] = {}
    for item in value.get("array") or ():
        inner, text, names = _READERS.get(item.get("type") or "", _unknown)(
            item.get(item.get("type")), number_format
        )
        texts.extend(inner if isinstance(inner, tuple) else [text] if text else [])
        people.update(dict.fromkeys(names))
    return tuple(texts), ", ".join(texts), tuple(people)


def _verbatim(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _unknown(value: Any, _format: str) -> _Read:
    if value is None or value in ({}, []):
        return _NOTHING
    text = value if isinstance(value, str) else _verbatim(value)
    return text, text, ()


_READERS: dict[str, Callable[[Any, str], _Read]] = {
    "title": _rich,
    "rich_text": _rich,
    "number": _number,
    "select": _option,
    "status": _option,
    "multi_select": _options,
    "date": _date,
    "people": _users,
    "created_by": _one_user,
    "last_edited_by": _one_user,
    "files": _files,
    "checkbox": _checkbox,
    "boolean": _checkbox,
    "string": _string,
    "url": _string,
    "email": _string,
    "phone_number": _string,
    "created_time": _time,
    "last_edited_time": _time,
    "relation": _relation,
    "formula": _formula,
    "rollup": _rollup,
    "unique_id": _unique_id,
    "verification": _verification,
    "place": _place,
    "button": _nothing,
    "unsupported": _nothing,
    "incomplete": _nothing,
}

CUT_AT = 25
"""Relations and people beyond this many are cut in a page object."""


def is_cut(raw: Json) -> bool:
    """Return whether the page object truncates this value, so that it must be fetched separately.

    A relation says so itself; people do not, they just end at 25 (request-limits, read 2026-11).
    Texts come whole with a hundred mentions, though the documents say 25: one that says `has_more`
    is cut all the same.
    """
    if raw.get("has_more"):
        return True
    kind = raw.get("type")
    if kind == "people":
        return len(raw.get("people") or ()) >= CUT_AT
    if kind == "rollup":
        rollup = raw.get("rollup") or {}
        return rollup.get("type") == "incomplete" or len(rollup.get("array") or ()) >= CUT_AT
    return False


def read_value(kind: str, value: Any, number_format: str) -> _Read:
    """Return a value of some type, its text and its people.

    Of a type this version does not know, its JSON text.
    """
    return _READERS.get(kind, _unknown)(value, number_format)


def decode_property(
    name: str, raw: Json, schema: PropertySchema | None, *, complete: bool = True
) -> PageProperty:
    """Return one value of a page; a type this version does not know is kept as its JSON text."""
    kind = raw.get("type") or ""
    value, text, people = read_value(kind, raw.get(kind), schema.number_format if schema else "")
    return PageProperty(
        id=raw.get("id") or name,
        name=schema.name if schema else name,
        type=kind,
        value=value,
        text=text,
        people=people,
        complete=complete,
    )


def decode_schemas(data_source: Json) -> tuple[PropertySchema, ...]:
    """Return the schema of a data source in the order in which Notion lists it."""
    return tuple(_schema(name, raw) for name, raw in (data_source.get("properties") or {}).items())


def _schema(name: str, raw: Json) -> PropertySchema:
    kind = raw.get("type") or ""
    detail = raw.get(kind) if isinstance(raw.get(kind), Mapping) else {}
    options: Sequence[Json] = (detail or {}).get("options") or ()
    return PropertySchema(
        id=raw.get("id") or name,
        name=raw.get("name") or name,
        type=kind,
        options=tuple(str(option.get("name") or "") for option in options),
        number_format=str(
            (detail or {}).get("format") or (detail or {}).get("number_format") or ""
        ),
        target=str((detail or {}).get("data_source_id") or ""),
    )
