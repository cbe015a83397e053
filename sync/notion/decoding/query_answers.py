"""Decodes query answers by their schema, at a tenth of the cost of plain JSON.

The schema is known before the rows are asked for, so each property has its own record, made by
msgspec in C, and what no property needs (colours, annotations, addresses of pictures) is never
built. An answer that is anything else than the schema says (a new property, a changed type, a form
that Notion has added) is read as plain JSON instead, value by value, by
`sync.notion.decoding.property_values`; a test holds the two readings against each other.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import msgspec
from msgspec import UNSET, Struct, UnsetType

from sync.contents.pages import PropertySchema

Json = Mapping[str, Any]


class UserDetails(Struct, gc=False):
    """What Notion tells of a person beyond the name."""

    email: str | None = None


class NotionUser(Struct, gc=False):
    """A person, a bot or a group; the name is missing where the integration may not see it."""

    id: str = ""
    name: str | None = None
    person: UserDetails | None = None


class Mention(Struct, gc=False):
    """What an @ stands for."""

    type: str = ""
    user: NotionUser | None = None


class RichTextRun(Struct, gc=False):
    """A stretch of rich text."""

    plain_text: str | None = None
    mention: Mention | None = None


class SelectOption(Struct, gc=False):
    """One choice of a select, a status or a multi-select."""

    name: str | None = None


class DateRange(Struct, gc=False):
    """A date as it is written."""

    start: str | None = None
    end: str | None = None


class RelationTarget(Struct, gc=False):
    """A page that a relation names."""

    id: str = ""


class QueryRow(Struct, gc=False):
    """A page of an answer.

    `properties` is a record with `p0`, `p1` … in the order of the schema, or plain JSON.
    """

    id: str
    object: str = ""
    created_time: str | None = None
    last_edited_time: str | None = None
    url: str | None = None
    in_trash: bool | None = None
    archived: bool | None = None
    is_archived: bool | None = None
    properties: Any = None

    @property
    def gone(self) -> bool:
        """Return whether the page is in the trash or archived."""
        return bool(self.in_trash or self.archived or self.is_archived)


class RequestStatus(Struct, gc=False):
    """Whether the answer holds all that the query found."""

    type: str = ""


class QueryAnswer(Struct, gc=False):
    """One answer to a query."""

    object: str
    results: list[QueryRow]
    has_more: bool | None = None
    next_cursor: str | None = None
    request_status: RequestStatus | None = None


_VALUES: Final[Mapping[str, Any]] = {
    "title": list[RichTextRun] | None,
    "rich_text": list[RichTextRun] | None,
    "number": int | float | None,
    "select": SelectOption | None,
    "status": SelectOption | None,
    "multi_select": list[SelectOption] | None,
    "people": list[NotionUser] | None,
    "created_by": NotionUser | None,
    "last_edited_by": NotionUser | None,
    "date": DateRange | None,
    "checkbox": bool | None,
    "url": str | None,
    "email": str | None,
    "phone_number": str | None,
    "created_time": str | None,
    "last_edited_time": str | None,
    "relation": list[RelationTarget] | None,
}
"""The type that msgspec expects of each property; what an answer has beyond it is not decoded."""


class QueryReader:
    """Decodes the answers to the queries of one data source.

    `schema` None where only the ids matter.
    """

    def __init__(self, schema: Sequence[PropertySchema] | None) -> None:
        self.schema = schema
        self._ids = [column.id for column in schema or ()]
        self._decoder = msgspec.json.Decoder(_answer(schema) if schema is not None else _BARE)

    def read(self, data: bytes) -> QueryAnswer:
        """Return the answer.

        Raises:
            ValueError: it is no JSON, or no list.
        """
        try:
            found: QueryAnswer = self._decoder.decode(data)
        except ValueError:
            return plain_answer(json.loads(data))
        return found if self._is_expected(found) else plain_answer(json.loads(data))

    def _is_expected(self, answer: QueryAnswer) -> bool:
        """Return whether the properties have the ids that the schema gives to their names."""
        if answer.object != "list":
            return False
        first = answer.results[0].properties if answer.results else None
        if not self._ids or first is None or isinstance(first, dict):
            return True
        held = [getattr(first, f"p{place}") for place in range(len(self._ids))]
        return all(one is UNSET or one.id == key for one, key in zip(held, self._ids, strict=True))


def _answer(schema: Sequence[PropertySchema]) -> type[QueryAnswer]:
    fields = [
        (f"p{place}", _property(column.type) | UnsetType, UNSET)
        for place, column in enumerate(schema)
    ]
    names = {f"p{place}": column.name for place, column in enumerate(schema)}
    try:
        return _answer_of(
            msgspec.defstruct(
                "Properties", fields, rename=names, forbid_unknown_fields=True, gc=False
            )
        )
    except ValueError:  # a name that msgspec cannot look for, such as one with a quotation mark
        return _answer_of(Any)


def _answer_of(properties: Any) -> type[QueryAnswer]:
    row: Any = msgspec.defstruct(
        "QueryRow", [("properties", properties, None)], bases=(QueryRow,), gc=False
    )
    made: Any = msgspec.defstruct(
        "QueryAnswer", [("results", list[row])], bases=(QueryAnswer,), gc=False
    )
    return cast("type[QueryAnswer]", made)


def _property(kind: str) -> Any:
    fields: list[Any] = [
        ("id", str),
        ("value", _VALUES.get(kind, Any)),
        ("has_more", bool | None, None),
    ]
    return msgspec.defstruct("Property", fields, rename={"value": kind or "type"}, gc=False)


def plain_answer(found: Any) -> QueryAnswer:
    """Return an answer that was read as JSON.

    Raises:
        ValueError: it is no list.
    """
    if (
        not isinstance(found, dict)
        or found.get("object") != "list"
        or not isinstance(found.get("results"), list)
    ):
        raise ValueError("no list")
    status = found.get("request_status") or {}
    return QueryAnswer(
        object="list",
        results=[plain_row(raw) for raw in found["results"]],
        has_more=bool(found.get("has_more")),
        next_cursor=found.get("next_cursor"),
        request_status=RequestStatus(status.get("type") or ""),
    )


def plain_row(raw: Json) -> QueryRow:
    """Return one object of the API as a row whose properties are plain JSON."""
    return QueryRow(
        id=str(raw.get("id") or ""),
        object=str(raw.get("object") or ""),
        created_time=raw.get("created_time"),
        last_edited_time=raw.get("last_edited_time"),
        url=raw.get("url"),
        in_trash=raw.get("in_trash"),
        archived=raw.get("archived"),
        is_archived=raw.get("is_archived"),
        properties=raw.get("properties"),
    )


_BARE = _answer_of(msgspec.Raw)
"""Decodes an answer of unknown schema: its pages stay bytes."""
