"""Decodes the rows of an answer into columns of cells.

One function a type of property, chosen once for a column.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from msgspec import UNSET

from sync.contents.pages import (
    DateValue,
    Page,
    PageBatch,
    PageCell,
    PageColumn,
    PageProperty,
    PropertySchema,
    build_batch,
    typed_cell,
)

from .property_values import (
    CUT_AT,
    decode_property,
    is_cut,
    name_or_id,
    parse_day_or_instant,
    parse_instant,
    read_value,
    user_name,
)
from .query_answers import DateRange, Json, NotionUser, QueryRow, RichTextRun, SelectOption

Read = tuple[list[PageCell], dict[int, tuple[str, ...]]]
"""The cells of a column, and its people by row."""

CAN_BE_CUT = frozenset({"title", "rich_text", "relation", "people", "rollup"})
_MOST_KEPT = 5_000
"""Parsed dates cached; judgement: more than the days of ten years."""
_NAMING = ("people", "created_by", "last_edited_by")
"""Properties whose values are people of the workspace."""


class ColumnDecoder:
    """Makes columns of the rows of one data source.

    A day that stands on many pages is made once.
    """

    def __init__(self, schema: Sequence[PropertySchema]) -> None:
        self.schema = {column.id: column for column in schema}
        self._days: dict[tuple[str | None, str | None], DateValue] = {}
        self._instants: dict[str, DateValue] = {}

    def batch(self, rows: Sequence[QueryRow]) -> PageBatch:
        """Return the rows of one answer, property by property.

        What the service cut is marked as such.
        """
        if any(row.properties is None or isinstance(row.properties, dict) for row in rows):
            return build_batch([self._page(row) for row in rows], self.schema.values())
        properties = [row.properties for row in rows]
        columns = [
            self._column(schema, list(map(attrgetter(f"p{place}"), properties)))
            for place, schema in enumerate(self.schema.values())
        ]
        titles = next(
            (column.cells for column in columns if column.schema.type == "title"), [""] * len(rows)
        )
        return PageBatch(
            ids=[row.id for row in rows],
            urls=[row.url or "" for row in rows],
            titles=[str(title or "") for title in titles],
            edited=[parse_instant(row.last_edited_time or "") for row in rows],
            columns=columns,
        )

    def _column(self, schema: PropertySchema, found: list[Any]) -> PageColumn:
        values = [None if one is UNSET else one.value for one in found]
        read = _READ.get(schema.type)
        if read is not None:
            cells, people = read(values)
        elif schema.type == "date":
            cells, people = [value and self._date(value) for value in values], {}
        elif schema.type in ("created_time", "last_edited_time"):
            cells, people = [self._instant(value) if value else None for value in values], {}
        else:
            cells, people = _any(schema, values)
        cut = _cut(schema.type, found) if schema.type in CAN_BE_CUT else set()
        return PageColumn(schema, cells, people, cut)

    def _date(self, days: DateRange) -> DateValue:
        key = (days.start, days.end)
        known = self._days.get(key)
        if known is None:
            if len(self._days) > _MOST_KEPT:
                self._days.clear()
            known = self._days[key] = DateValue(
                parse_day_or_instant(days.start), parse_day_or_instant(days.end)
            )
        return known

    def _instant(self, text: str) -> DateValue:
        known = self._instants.get(text)
        if known is None:
            if len(self._instants) > _MOST_KEPT:
                self._instants.clear()
            known = self._instants[text] = DateValue(parse_instant(text))
        return known

    def _page(self, row: QueryRow) -> Page:
        """Return a row of plain JSON.

        Its properties stand in the order of the schema, strangers last by id.
        """
        found = [self._property(name, raw) for name, raw in (row.properties or {}).items()]
        place = {key: number for number, key in enumerate(self.schema)}
        found.sort(key=lambda each: (place.get(each.id, len(place)), each.id))
        title = next((each.text for each in found if each.type == "title"), "")
        return Page(
            row.id,
            row.url or "",
            title,
            tuple(found),
            edited=parse_instant(row.last_edited_time or ""),
        )

    def _property(self, name: str, raw: Json) -> PageProperty:
        schema = self.schema.get(raw.get("id") or name)
        cut = schema is not None and schema.type in CAN_BE_CUT and is_cut(raw)
        return decode_property(name, raw, schema, complete=not cut)


def _rich(values: Sequence[list[RichTextRun] | None]) -> Read:
    cells: list[PageCell] = []
    people = {}
    for number, runs in enumerate(values):
        if not runs:
            cells.append(None)
        elif len(runs) == 1 and runs[0].mention is None:
            cells.append(runs[0].plain_text or None)
        else:
            cells.append("".join([run.plain_text or "" for run in runs]) or None)
            if names := _mentioned(runs):
                people[number] = names
    return cells, people


def _mentioned(runs: Sequence[RichTextRun]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for run in runs:
        if run.mention is not None and run.mention.type == "user":
            name = (run.mention.user and _name(run.mention.user)) or (run.plain_text or "").lstrip(
                "@"
            ).strip()
            if name and name != "Anonymous":
                names[name] = None
    return tuple(names)


def _name(user: NotionUser) -> str:
    if user.name:
        return user.name.strip()
    return (user.person and user.person.email) or ""


def _name_or_id(user: NotionUser) -> str:
    return name_or_id(_name(user), user.id)


def _as_they_are(values: Sequence[PageCell]) -> Read:
    return list(values), {}


def _ticks(values: Sequence[bool | None]) -> Read:
    return [bool(value) for value in values], {}


def _texts(values: Sequence[str | None]) -> Read:
    return [value or None for value in values], {}


def _option(values: Sequence[SelectOption | None]) -> Read:
    return [(value.name or None) if value else None for value in values], {}


def _options(values: Sequence[list[SelectOption] | None]) -> Read:
    return [
        ", ".join([one.name or "" for one in value]) or None if value else None for value in values
    ], {}


def _people(values: Sequence[list[NotionUser] | None]) -> Read:
    cells: list[PageCell] = []
    people = {}
    for number, users in enumerate(values):
        names = tuple([name for name in map(_name_or_id, users) if name]) if users else ()
        cells.append(", ".join(names) or None)
        if names:
            people[number] = names
    return cells, people


def _person(values: Sequence[NotionUser | None]) -> Read:
    return [(_name_or_id(user) or None) if user else None for user in values], {}


def _relations(values: Sequence[Any]) -> Read:
    return [tuple([target.id for target in value]) if value else () for value in values], {}


_READ: dict[str, Callable[[Sequence[Any]], Read]] = {
    "title": _rich,
    "rich_text": _rich,
    "number": _as_they_are,
    "checkbox": _ticks,
    "select": _option,
    "status": _option,
    "multi_select": _options,
    "people": _people,
    "created_by": _person,
    "last_edited_by": _person,
    "url": _texts,
    "email": _texts,
    "phone_number": _texts,
    "relation": _relations,
}
"""How each type of property is decoded (developers.notion.com/reference/property-value-object);
others are kept as text."""


def _any(schema: PropertySchema, values: Sequence[Any]) -> Read:
    """Read the rarer types, whose values are plain JSON."""
    cells: list[PageCell] = [None] * len(values)
    people: dict[int, tuple[str, ...]] = {}
    for number, value in enumerate(values):
        if value is not None:
            typed, text, names = read_value(schema.type, value, schema.number_format)
            cells[number] = typed_cell(schema.type, typed, text)
            if names:
                people[number] = names
    return cells, people


def _cut(kind: str, found: Sequence[Any]) -> set[int]:
    """Return the rows whose value is only a part of itself, as `is_cut` tells it of JSON."""
    held = [(number, one) for number, one in enumerate(found) if one is not UNSET]
    cut = {number for number, one in held if one.has_more}
    if kind == "people":
        cut.update(
            number for number, one in held if one.value is not None and len(one.value) >= CUT_AT
        )
    elif kind == "rollup":
        cut.update(number for number, one in held if is_cut({"type": kind, kind: one.value}))
    return cut


def users_of(row: QueryRow) -> Iterator[tuple[str, str]]:
    """Yield the people that a page's properties name: id and name."""
    for kind, users in _naming(row.properties):
        for user in users if isinstance(users, list) else [users] if users else ():
            if isinstance(user, NotionUser):
                yield user.id, _name(user)
            elif kind in _NAMING:
                yield str(user.get("id")), user_name(user)


def _naming(properties: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(properties, dict):
        yield from ((raw.get("type"), raw.get(raw.get("type"))) for raw in properties.values())
    elif properties is not None:
        held = (getattr(properties, name) for name in properties.__struct_fields__)
        yield from (("", one.value) for one in held if one is not UNSET)
