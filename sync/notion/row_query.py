"""Reads all rows of a data source, across truncated, capped or reordered answers.

Rows come in the order of their creation, which no edit changes; so an edit during paging moves
nobody. Notion gives at most 10,000 rows to one query and says so; the rest is asked for by creation
time, where the last window ended.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from notes.model.errors import ServiceRefusedError, SourceUnavailableError
from sync.notion.decoding.property_values import Json
from sync.notion.decoding.query_answers import QueryAnswer, QueryReader, QueryRow

PAGE_SIZE = 100
"""Rows per request: the API's maximum (Notion API, "Pagination")."""
_RESTARTS = 5
"""Times a query begins anew after its cursor was lost; judgement: more means that the database
is being rebuilt."""


class NotionRequest(Protocol):
    """The one request function: it paces, retries, and gives the answer's JSON.

    Raises:
        SourceUnavailableError: no answer within the patience of this reading.
        ServiceRefusedError: an answer that asking again would not change.
    """

    def __call__(
        self,
        method: str,
        path: str,
        *,
        query: Sequence[tuple[str, str]] = (),
        body: Json | None = None,
        read: Callable[[bytes], Any] | None = None,
    ) -> Any:
        """Return the answer to one request as JSON, or as `read` reads it."""
        ...


@dataclass(slots=True)
class QueryRows:
    """The rows of one data source, an answer at a time, each id once, oldest creation first.

    Read once.

    `reader` decodes the answers; `since` (an ISO instant) limits them to rows edited from then on;
    `columns` limits their properties, by id.
    """

    ask: NotionRequest
    data_source: str
    reader: QueryReader
    since: str = ""
    columns: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)
    created: str = ""
    restarts: int = 0

    def __iter__(self) -> Iterator[list[QueryRow]]:
        while True:
            before = len(self.seen)
            ended = yield from self._query(self.created)
            if ended == "done":
                return
            if ended == "capped" and len(self.seen) == before:
                raise _incomplete(
                    "more rows were created within one minute than Notion gives to a query"
                )
            self.restarts += ended == "broken"
            if self.restarts > _RESTARTS:
                raise _incomplete("its place in the rows was lost again and again")

    def _query(self, created_from: str) -> Generator[list[QueryRow], None, str]:
        cursor, cursors, capped = "", {""}, False
        while True:
            answer = self._page(created_from, cursor)
            if answer is None:
                return "broken"
            capped = capped or (
                answer.request_status is not None and answer.request_status.type == "incomplete"
            )
            if fresh := self._fresh(answer.results):
                yield fresh
            if not answer.has_more:
                return "capped" if capped else "done"
            cursor = answer.next_cursor or ""
            if cursor in cursors:
                return "broken"
            cursors.add(cursor)

    def _page(self, created_from: str, cursor: str) -> QueryAnswer | None:
        try:
            answer: QueryAnswer = self.ask(
                "POST",
                f"data_sources/{self.data_source}/query",
                query=[("filter_properties", column) for column in self.columns],
                body=self._body(created_from, cursor),
                read=self.reader.read,
            )
        except ServiceRefusedError as error:
            if cursor and error.status == 400:
                return None
            raise
        return answer

    def _body(self, created_from: str, cursor: str) -> dict[str, Any]:
        body: dict[str, Any] = {
            "page_size": PAGE_SIZE,
            "sorts": [{"timestamp": "created_time", "direction": "ascending"}],
        }
        limits = [
            {"timestamp": stamp, stamp: {"on_or_after": moment}}
            for stamp, moment in (("last_edited_time", self.since), ("created_time", created_from))
            if moment
        ]
        if limits:
            body["filter"] = limits[0] if len(limits) == 1 else {"and": limits}
        if cursor:
            body["start_cursor"] = cursor
        return body

    def _fresh(self, results: Sequence[QueryRow]) -> list[QueryRow]:
        fresh = []
        for row in results:
            if row.object == "page" and row.id not in self.seen:
                self.seen.add(row.id)
                fresh.append(row)
        self.created = max([self.created, *(row.created_time or "" for row in fresh)])
        return fresh


def list_results(ask: NotionRequest, path: str) -> Iterator[Json]:
    """Yield the items of a list that is asked for by GET, in order."""
    cursor, cursors = "", {""}
    while True:
        query = [("page_size", str(PAGE_SIZE)), *([("start_cursor", cursor)] if cursor else [])]
        answer = ask("GET", path, query=query)
        yield from answer["results"]
        cursor = str(answer.get("next_cursor") or "")
        if not answer.get("has_more"):
            return
        if cursor in cursors:
            raise _incomplete("its place in a list was lost")
        cursors.add(cursor)


def _incomplete(reason: str) -> SourceUnavailableError:
    return SourceUnavailableError(
        f"Notion gave only a part of the database: {reason}",
        hint="nothing was changed; run again, or split the database",
        code="notion.incomplete",
    )
