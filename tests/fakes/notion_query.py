"""The query engine of the fake Notion.

Filters at minute precision, sorts, positional cursors, the cap.
"""

from datetime import UTC, datetime
from typing import Any

from fakes.notion_workspace import FakeRow, Json, NotionWorkspace, minute


class RefusalError(Exception):
    def __init__(self, message: str, *, status: int = 400, code: str = "validation_error") -> None:
        super().__init__(message)
        self.status, self.code = status, code


def rows_of(world: NotionWorkspace, source: str, body: Json, *, trash: str) -> list[FakeRow]:
    """All rows that the query would give, in order.

    `trash` is what `in_trash` does: list, refuse or ignore.
    """
    rows = [row for row in world.rows.values() if row.source == source and row.shared]
    wants_trash = bool(body.get("in_trash"))
    if wants_trash and trash == "refuse":
        raise RefusalError(
            "body failed validation: body.in_trash should be not present, instead was `true`."
        )
    rows = [row for row in rows if row.trashed == (wants_trash and trash == "list")]
    if body.get("filter") is not None:
        rows = [row for row in rows if matches(row, body["filter"], depth=0)]
    elif "filter" in body:
        raise RefusalError(
            "body failed validation: body.filter should be an object or `undefined`, "
            "instead was `null`."
        )
    if not body.get("sorts"):
        world.draw.shuffle(rows)
        return rows
    for sort in reversed(body["sorts"]):
        rows.sort(key=lambda row, sort=sort: (_stamp(row, sort["timestamp"]), row.order))  # type: ignore[misc]
        if sort["direction"] == "descending":
            rows.reverse()
    return rows


def matches(row: FakeRow, condition: Json, depth: int) -> bool:
    for name, decide in (("and", all), ("or", any)):
        if name in condition:
            if depth >= 2:
                raise RefusalError(
                    "body failed validation: a third level of filters is not supported."
                )
            return decide(matches(row, inner, depth + 1) for inner in condition[name])
    if "timestamp" not in condition:
        raise RefusalError(f"Could not find property with name or id: {condition.get('property')}")
    stamp = condition["timestamp"]
    ((operator, value),) = condition[stamp].items()
    moment = datetime.fromisoformat(value)
    theirs = minute(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    ours = _stamp(row, stamp)
    return {
        "equals": ours == theirs,
        "on_or_after": ours >= theirs,
        "on_or_before": ours <= theirs,
        "after": ours > theirs,
        "before": ours < theirs,
    }[operator]


def page_of(
    rows: list[FakeRow], body: Json, *, cap: int, short: int | None
) -> tuple[list[FakeRow], str | None, bool]:
    """One page of the rows, the next cursor, and whether the cap cut the result."""
    size = body.get("page_size", 100)
    if size < 1:
        raise RefusalError(
            f"body failed validation: body.page_size should be ≥ `1` or `undefined`, "
            f"instead was `{size}`."
        )
    start = 0
    if body.get("start_cursor"):
        wanted = body["start_cursor"].rpartition(":")[2]
        places = [place for place, row in enumerate(rows) if row.id == wanted]
        if not places or not body["start_cursor"].startswith("s:"):
            raise RefusalError(f"The start_cursor provided is invalid: {body['start_cursor']}")
        start = places[0]
    capped = len(rows) > cap
    rows = rows[:cap]
    end = min(start + (size if short is None else short), start + 100, len(rows))
    return rows[start:end], (rows[end].id if end < len(rows) else None), capped


def _stamp(row: FakeRow, name: str) -> Any:
    return minute(row.created if name == "created_time" else row.edited)
