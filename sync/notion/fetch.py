"""One fetch of a Notion database: what to ask for, what changed, what is gone, what to remember.

    memory ─► rows edited since ─► changed by content? ─► body ─► Page
           └► probe of the trash, now and then every id  ─► gone

Of a small database all rows are asked for every time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from notes.model.errors import ServiceRefusedError, SourceUnavailableError
from sync.contents.pages import BodySection, PageBatch, PageSet, PropertySchema
from sync.notion.decoding.column_cells import ColumnDecoder
from sync.notion.decoding.property_values import Json, decode_schemas, plain_text
from sync.notion.decoding.query_answers import QueryReader, QueryRow, plain_row

from .details import BodyFetcher, complete
from .memory import (
    ONE_REQUEST,
    SETTLED,
    DataSourceMemory,
    NotionMemory,
    Sightings,
    is_sweep_due,
    mark_of,
    remembered,
)
from .messages import no_data_source_error
from .row_query import NotionRequest, QueryRows

_MOST_LOOKS = 200
"""Missing or unknown pages looked at one by one in one fetch; the rest has its turn in the next."""

_FEW = 20
"""Notes that may vanish at once without a second fetch; judgement: a person deletes a page or a
dozen by hand (ADR 0111)."""


@dataclass(frozen=True, slots=True)
class NotionPlan:
    """What the configuration decides.

    Which cut columns to complete, for which schemas bodies belong to the log, and after how many
    fetches to look at every id.
    """

    wanted: Callable[[PropertySchema], bool]
    bodies: Callable[[tuple[PropertySchema, ...]], bool]
    sweep_every: int


@dataclass(slots=True)
class NotionFetch:
    """The state of one reading. `server_time` gives the service's clock as of its last answer."""

    ask: NotionRequest
    plan: NotionPlan
    memory: NotionMemory
    ask_known: Callable[[], Collection[str]]
    now: datetime
    server_time: Callable[[], datetime | None]
    full: bool
    started: datetime | None = None
    bodies: BodyFetcher = field(init=False)
    sources: dict[str, DataSourceMemory] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    delivered: set[str] = field(default_factory=set)
    whole: bool = True
    gone: dict[str, None] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    ended: bool = False
    sweeping: bool = False
    covers_all: bool = False
    _known: Collection[str] | None = None

    def __post_init__(self) -> None:
        self.bodies = BodyFetcher(self.ask, markdown=self.memory.markdown)
        self.full = self.full or not self.memory.sources
        self.sweeping = self.full or is_sweep_due(
            self.memory, every=self.plan.sweep_every, now=self.now
        )

    def known(self) -> Collection[str]:
        """Return the ids of the pages that the store believes alive."""
        if self._known is None:
            self._known = self.ask_known()
        return self._known

    def sets(self) -> Iterator[PageSet]:
        """Yield each data source with what changed in it.

        At the end the fetch knows what is gone.
        """
        for key, memory in self._resolved().items():
            yield self._page_set(key, memory)
            if key not in self.sources:  # its pages were not read to their end
                return
        self._look_for_the_gone()
        self.ended = True

    def _resolved(self) -> dict[str, DataSourceMemory]:
        """Return the data sources of the database; the cached ones while nothing is due."""
        if not self.sweeping:
            return dict(self.memory.sources)
        found = read_data_sources(self.ask, self.memory.database)
        return {key: self._fresh(key, answer) for key, answer in found.items()}

    def _fresh(self, key: str, answer: Json) -> DataSourceMemory:
        schema = decode_schemas(answer)
        before, bodies = self.memory.sources.get(key, DataSourceMemory()), self.plan.bodies(schema)
        is_cheap = before.since is None or not bodies
        if self.full or _kinds(before.schema) != _kinds(schema) or (self.sweeping and is_cheap):
            before = DataSourceMemory()
        return replace(
            before, name=plain_text(answer.get("title") or ()), schema=schema, bodies=bodies
        )

    def _page_set(self, key: str, memory: DataSourceMemory) -> PageSet:
        rows = _EnoughSeenError(self._rows(key, memory))
        self.started = self.started or self.server_time()
        if rows.first and _strange(rows.first[0], memory.schema):
            answer = self.ask("GET", f"data_sources/{key}")
            memory = self._fresh(key, answer)
            if memory.since is None:
                rows = _EnoughSeenError(self._rows(key, memory))
        batches = self._batches(key, memory, rows)
        whole = memory.since is None and not memory.sights
        return PageSet(id=key, name=memory.name, schema=memory.schema, batches=batches, whole=whole)

    def _rows(self, key: str, memory: DataSourceMemory) -> QueryRows:
        return QueryRows(self.ask, key, QueryReader(memory.schema), since=_utc(memory.since))

    def _batches(
        self, key: str, memory: DataSourceMemory, answers: "_EnoughSeenError"
    ) -> Iterator[PageBatch]:
        reader = _SourceReader(self, memory, with_bodies=memory.bodies)
        whole = memory.since is None
        for rows in answers:
            found = reader.read(rows)
            if found.ids:
                self.delivered.update(() if whole else found.ids)
                yield found
        if whole:
            seen = answers.rows.seen
            seen.difference_update(self.gone)
            self.listed = self.listed | seen if self.listed else seen  # no second set of every id
        elif self.sweeping:
            yield from self._swept(key, reader)
        self.whole = self.whole and (whole or self.sweeping)
        listed, ended = len(answers.rows.seen) if whole else None, self.server_time()
        self.sources[key] = remembered(
            memory, reader.sightings.all(), started=self.started, ended=ended, listed=listed
        )

    def _swept(self, key: str, reader: "_SourceReader") -> Iterator[PageBatch]:
        """List the ids of all rows and read those not yet known.

        Restored, or missed when they came.
        """
        looks = 0
        for row in chain.from_iterable(
            QueryRows(self.ask, key, QueryReader(None), columns=("title",))
        ):
            self.listed.add(row.id)
            if looks < _MOST_LOOKS and self._unknown(row):
                looks += 1
                found = self._page(row.id)
                if found is not None and not found.gone:
                    yield reader.with_bodies_of([found])

    def _unknown(self, row: QueryRow) -> bool:
        """Return whether a listed row is known neither to the store nor from an earlier fetch."""
        edited = str(row.last_edited_time)
        checked = self.memory.checked.get(row.id) == edited
        if row.id in self.delivered or checked or row.id in self.known():
            return False
        self.memory = replace(self.memory, checked={**self.memory.checked, row.id: edited})
        return True

    def _look_for_the_gone(self) -> None:
        if self.full and self.whole:
            self.covers_all = self._believable(set(self.known()) - self.listed)
        elif self.whole:
            missing = set(self.known()) - self.listed
            if self._believable(missing):
                for page_id in sorted(missing)[:_MOST_LOOKS]:
                    found = self._page(page_id)
                    if found is None or found.gone:
                        self.gone[page_id] = None
        elif self.memory.probe:
            self._probe()

    def _believable(self, missing: Collection[str]) -> bool:
        """Return whether so many notes can be gone; more than half only if two fetches agree."""
        before, vanished = self.memory.vanished, len(missing)
        if vanished <= max(_FEW, len(self.known()) / 2):
            self.memory = replace(self.memory, vanished=0)
            return True
        self.memory = replace(self.memory, vanished=vanished)
        if before:
            return True
        self.warnings.append(
            f"{vanished} of {len(self.known())} notes have vanished; kept until a second "
            f"look agrees"
        )
        return False

    def _page(self, page_id: str) -> QueryRow | None:
        try:
            return plain_row(self.ask("GET", f"pages/{page_id}"))
        except ServiceRefusedError as error:
            if error.status == 404:
                return None
            raise

    def _probe(self) -> None:
        """Query the newest pages of the trash.

        Some versions of the API refuse, some ignore the question.
        """
        for key in self.sources:
            body = {"in_trash": True, "page_size": ONE_REQUEST, "sorts": [_NEWEST_FIRST]}
            try:
                rows = self.ask(
                    "POST", f"data_sources/{key}/query", body=body, read=QueryReader(None).read
                ).results
            except ServiceRefusedError as error:
                if error.status != 400:
                    raise
                self.memory = replace(self.memory, probe=False)
                return
            if any(not row.gone for row in rows):
                self.memory = replace(self.memory, probe=False)
            trashed = [row.id for row in rows if row.gone]
            self.gone.update(
                dict.fromkeys(page_id for page_id in trashed if page_id in self.known())
            )

    def remember(self) -> NotionMemory:
        """Return the memory for the next fetch.

        Raises:
            SourceUnavailableError: the contents were not read to their end.
        """
        if not self.ended:
            raise SourceUnavailableError(
                "the Notion database was not read to its end", code="notion.unfinished"
            )
        return replace(
            self.memory,
            sources=self.sources,
            fetches=0 if self.sweeping else self.memory.fetches + 1,
            swept=self.now if self.sweeping else self.memory.swept,
            markdown=self.bodies.markdown,
        )


_NEWEST_FIRST = {"timestamp": "last_edited_time", "direction": "descending"}
"""The order of a query of the trash: what went last stands in its first answer."""


@dataclass(slots=True)
class _SourceReader:
    """Reads the rows of one data source, and notes how it has seen the newest."""

    fetch: NotionFetch
    memory: DataSourceMemory
    with_bodies: bool
    sightings: Sightings = field(init=False)
    columns: ColumnDecoder = field(init=False)

    def __post_init__(self) -> None:
        self.columns = ColumnDecoder(self.memory.schema)
        self.sightings = Sightings(self.fetch.started)

    def read(self, rows: Sequence[QueryRow]) -> PageBatch:
        """Return the pages that are new or changed, or may be.

        Not those that are as they were, or in the trash.
        """
        alive = []
        for row in rows:
            if row.gone:
                self.fetch.gone[row.id] = None
            else:
                alive.append(row)
        found = self._batch(alive)
        changed = [number for number in range(len(alive)) if not self._is_kept(found, number)]
        time = self.fetch.server_time()
        for number in changed:
            edited = found.edited[number]
            self.sightings.note(
                found, number, settled=bool(time and edited and time - edited >= SETTLED)
            )
        kept = found.only(changed)
        return (
            self._bodied(kept, [alive[number] for number in changed]) if self.with_bodies else kept
        )

    def _is_kept(self, found: PageBatch, number: int) -> bool:
        """Return whether a page is as it was when it was last seen, and remember that."""
        before = self.memory.sights.get(found.ids[number])
        if (
            before is None
            or not (before.settled or not self.with_bodies)
            or before.edited != found.edited[number]
        ):
            return False
        if before.mark != mark_of(found.page(number)):
            return False
        self.sightings.keep(found.ids[number], before)
        return True

    def _batch(self, rows: Sequence[QueryRow]) -> PageBatch:
        found = self.columns.batch(rows)
        if any(column.cut for column in found.columns):
            complete(self.fetch.ask, found, self.fetch.plan.wanted)
        return found

    def with_bodies_of(self, rows: Sequence[QueryRow]) -> PageBatch:
        """Return pages with their bodies, whether these belong to the log or not."""
        found = self._batch(rows)
        return self._bodied(found, rows, keep=True)

    def _bodied(
        self, found: PageBatch, rows: Sequence[QueryRow], *, keep: bool = False
    ) -> PageBatch:
        """Return the pages with their bodies.

        Without those that went meanwhile, unless they are to be kept.
        """
        sections: dict[int, tuple[BodySection, ...]] = {}
        partly: set[int] = set()
        there = []
        for number, row in enumerate(rows):
            self.fetch.bodies.learn_names(row)
            body = self.fetch.bodies.of(row.id)
            if body is not None:
                sections[number], whole = body
                partly.update(() if whole else (number,))
            if body is not None or keep:
                there.append(number)
        return replace(found, sections=sections, partly=partly).only(there)


class _EnoughSeenError:
    """Answers whose first one is looked at before they are read."""

    def __init__(self, rows: QueryRows) -> None:
        self.rows = rows
        self._rows = iter(rows)
        self.first: Sequence[QueryRow] | None = next(self._rows, None)

    def __iter__(self) -> Iterator[Sequence[QueryRow]]:
        return chain(() if self.first is None else (self.first,), self._rows)


def read_data_sources(ask: NotionRequest, database: str) -> dict[str, Json]:
    """Return the data sources of a database, each as its own answer.

    `database` may be the id of a data source.

    Raises:
        ServiceRefusedError: nothing readable stands under that id.
    """
    try:
        answer = ask("GET", f"databases/{database}")
    except ServiceRefusedError as error:
        if error.status not in (400, 404) or error.code == "notion.no_data_source":
            raise
        return {database: _data_source(ask, database, error)}
    ids = [str(source["id"]) for source in answer.get("data_sources") or ()]
    if not ids:
        raise no_data_source_error()
    return {key: ask("GET", f"data_sources/{key}") for key in ids}


def _data_source(ask: NotionRequest, database: str, error: ServiceRefusedError) -> Json:
    try:
        found: Json = ask("GET", f"data_sources/{database}")
    except ServiceRefusedError as second:
        if second.status in (400, 404):
            raise error from second
        raise
    return found


def _kinds(schema: Iterable[PropertySchema]) -> set[tuple[str, str, str]]:
    return {(column.id, column.name, column.type) for column in schema}


def _strange(row: QueryRow, schema: tuple[PropertySchema, ...]) -> bool:
    """Return whether a page has a property that the schema does not know.

    What was decoded by the schema has none.
    """
    properties = row.properties
    if not isinstance(properties, dict):
        return False
    return not {
        (raw.get("id"), name, raw.get("type")) for name, raw in properties.items()
    } <= _kinds(schema)


def _utc(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") if moment else ""
