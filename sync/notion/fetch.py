"""One reading of a Notion database: what to ask for, what has changed, what is gone, and what to remember.

memory ─► rows edited since ─► changed by content? ─► body ─► Page        small databases: all rows, every time
       └► probe of the trash, now and then every id  ─► gone
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from loopnote.errors import SourceUnavailableError
from sync.pages import Page, PageSet, PropertySchema

from .details import Bodies, completed, cuttable
from .pages import PageReader, is_gone
from .query import Ask, Rows
from .state import ONE_REQUEST, SETTLED, Memory, Sight, Sightings, SourceMemory, mark_of, remembered, sweep_due
from .values import Json, plain_text, property_schemas
from .words import NotionRefusedError, no_data_source

_MOST_LOOKS = 200
"""Missing or unknown pages looked at one by one in one fetch; the rest has its turn in the next."""

_FEW = 20


@dataclass(frozen=True, slots=True)
class NotionPlan:
    """What the configuration decides.

    Which cut columns to complete, for which schemas bodies belong to the log, and after how many fetches to look at
    every id.
    """

    wanted: Callable[[PropertySchema], bool]
    bodies: Callable[[tuple[PropertySchema, ...]], bool]
    sweep_every: int


@dataclass(slots=True)
class NotionFetch:
    """The state of one reading. `server_time` gives the service's clock as of its last answer."""

    ask: Ask
    plan: NotionPlan
    memory: Memory
    ask_known: Callable[[], Collection[str]]
    now: datetime
    server_time: Callable[[], datetime | None]
    full: bool
    started: datetime | None = None
    bodies: Bodies = field(init=False)
    sources: dict[str, SourceMemory] = field(default_factory=dict)
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
        self.bodies = Bodies(self.ask, markdown=self.memory.markdown)
        self.full = self.full or not self.memory.sources
        self.sweeping = self.full or sweep_due(self.memory, every=self.plan.sweep_every, now=self.now)

    def known(self) -> Collection[str]:
        """Return the ids of the pages that the store believes alive."""
        if self._known is None:
            self._known = self.ask_known()
        return self._known

    def sets(self) -> Iterator[PageSet]:
        """Give each data source with what changed in it; at the end the fetch knows what is gone."""
        for key, memory in self._resolved().items():
            yield self._page_set(key, memory)
            if key not in self.sources:  # its pages were not read to their end
                return
        self._look_for_the_gone()
        self.ended = True

    def _resolved(self) -> dict[str, SourceMemory]:
        """Return the data sources of the database; the cached ones while nothing is due."""
        if not self.sweeping:
            return dict(self.memory.sources)
        found = data_sources(self.ask, self.memory.database)
        return {key: self._fresh(key, answer) for key, answer in found.items()}

    def _fresh(self, key: str, answer: Json) -> SourceMemory:
        schema = property_schemas(answer)
        before, bodies = self.memory.sources.get(key, SourceMemory()), self.plan.bodies(schema)
        is_cheap = before.since is None or not bodies
        if self.full or _kinds(before.schema) != _kinds(schema) or (self.sweeping and is_cheap):
            before = SourceMemory()
        return replace(before, name=plain_text(answer.get("title") or ()), schema=schema, bodies=bodies)

    def _page_set(self, key: str, memory: SourceMemory) -> PageSet:
        rows = _Peeked(Rows(self.ask, key, since=_utc(memory.since)))
        self.started = self.started or self.server_time()
        if rows.first and _strange(rows.first, memory.schema):
            answer = self.ask("GET", f"data_sources/{key}")
            memory = self._fresh(key, answer)
            if memory.since is None:
                rows = _Peeked(Rows(self.ask, key))
        pages = self._pages(key, memory, rows)
        whole = memory.since is None and not memory.sights
        return PageSet(id=key, name=memory.name, schema=memory.schema, pages=pages, whole=whole)

    def _pages(self, key: str, memory: SourceMemory, rows: Iterable[Json]) -> Iterator[Page]:
        reader = _SourceReader(self, memory, with_bodies=memory.bodies)
        for raw in rows:
            found = reader.read(raw)
            if found is not None:
                self.delivered.add(found.id)
                yield found
        whole = memory.since is None
        if whole:
            self.listed.update(reader.seen)
        elif self.sweeping:
            yield from self._swept(key, reader)
        self.whole = self.whole and (whole or self.sweeping)
        listed, ended = len(reader.seen) if whole else None, self.server_time()
        self.sources[key] = remembered(memory, reader.sightings.all(), started=self.started, ended=ended, listed=listed)

    def _swept(self, key: str, reader: "_SourceReader") -> Iterator[Page]:
        """List the ids of all rows, and read those that nobody knows: restored, or missed when they came."""
        looks = 0
        for raw in Rows(self.ask, key, columns=("title",)):
            self.listed.add(raw["id"])
            if looks < _MOST_LOOKS and self._unknown(raw):
                looks += 1
                answer = self._page(raw["id"])
                if answer is not None and not is_gone(answer):
                    yield reader.page_with_body(answer)

    def _unknown(self, raw: Json) -> bool:
        """Say whether a listed row is one that neither the store nor an earlier look knows."""
        edited = str(raw.get("last_edited_time"))
        checked = self.memory.checked.get(raw["id"]) == edited
        if raw["id"] in self.delivered or checked or raw["id"] in self.known():
            return False
        self.memory = replace(self.memory, checked={**self.memory.checked, raw["id"]: edited})
        return True

    def _look_for_the_gone(self) -> None:
        if self.full and self.whole:
            self.covers_all = self._believable(set(self.known()) - self.listed)
        elif self.whole:
            missing = set(self.known()) - self.listed
            if self._believable(missing):
                for page_id in sorted(missing)[:_MOST_LOOKS]:
                    answer = self._page(page_id)
                    if answer is None or is_gone(answer):
                        self.gone[page_id] = None
        elif self.memory.probe:
            self._probe()

    def _believable(self, missing: Collection[str]) -> bool:
        """Believe that more than half of the notes are gone only when two fetches in a row say so."""
        before, vanished = self.memory.vanished, len(missing)
        if vanished <= max(_FEW, len(self.known()) / 2):
            self.memory = replace(self.memory, vanished=0)
            return True
        self.memory = replace(self.memory, vanished=vanished)
        if before:
            return True
        self.warnings.append(f"{vanished} of {len(self.known())} notes have vanished; kept until a second look agrees")
        return False

    def _page(self, page_id: str) -> Json | None:
        try:
            return self.ask("GET", f"pages/{page_id}")
        except NotionRefusedError as error:
            if error.status == 404:
                return None
            raise

    def _probe(self) -> None:
        """Ask for the newest of the trash; some versions of the API refuse, some ignore the question."""
        for key in self.sources:
            body = {"in_trash": True, "page_size": ONE_REQUEST, "sorts": [_NEWEST_FIRST]}
            try:
                rows = self.ask("POST", f"data_sources/{key}/query", body=body)["results"]
            except NotionRefusedError as error:
                if error.status != 400:
                    raise
                self.memory = replace(self.memory, probe=False)
                return
            if any(not is_gone(row) for row in rows):
                self.memory = replace(self.memory, probe=False)
            trashed = [row["id"] for row in rows if is_gone(row)]
            self.gone.update(dict.fromkeys(page_id for page_id in trashed if page_id in self.known()))

    def remember(self) -> Memory:
        """Return the memory for the next fetch.

        Raises:
            SourceUnavailableError: the contents were not read to their end.
        """
        if not self.ended:
            raise SourceUnavailableError("the Notion database was not read to its end", code="notion.unfinished")
        return replace(
            self.memory,
            sources=self.sources,
            fetches=0 if self.sweeping else self.memory.fetches + 1,
            swept=self.now if self.sweeping else self.memory.swept,
            markdown=self.bodies.markdown,
        )


_NEWEST_FIRST = {"timestamp": "last_edited_time", "direction": "descending"}


@dataclass(slots=True)
class _SourceReader:
    """Reads the rows of one data source, and notes which it has seen."""

    fetch: NotionFetch
    memory: SourceMemory
    with_bodies: bool
    seen: set[str] = field(default_factory=set)
    sightings: Sightings = field(init=False)
    pages: PageReader = field(init=False)
    cuttable: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.pages = PageReader(self.memory.schema)
        self.cuttable = cuttable(self.memory.schema)
        self.sightings = Sightings(self.fetch.started)

    def read(self, raw: Json) -> Page | None:
        """Return the page when it is new or changed, or may be; None when it is as it was, or in the trash."""
        if is_gone(raw):
            self.fetch.gone[raw["id"]] = None
            return None
        self.seen.add(raw["id"])
        found = self.page(raw)
        before = self.memory.sights.get(found.id)
        if before is not None and self._is_as_before(found, before):
            self.sightings.keep(found.id, before)
            return None
        time = self.fetch.server_time()
        self.sightings.note(found, settled=bool(time and found.edited and time - found.edited >= SETTLED))
        return self._bodied(found, raw) if self.with_bodies else found

    def _is_as_before(self, found: Page, before: Sight) -> bool:
        body_at_rest = before.settled or not self.with_bodies
        return body_at_rest and before.edited == found.edited and before.mark == mark_of(found)

    def page(self, raw: Json) -> Page:
        wanted = self.fetch.plan.wanted
        whole, incomplete = completed(self.fetch.ask, raw, self.pages.columns, self.cuttable, wanted)
        return self.pages.page(whole, incomplete=incomplete)

    def page_with_body(self, raw: Json) -> Page:
        found = self.page(raw)
        return self._bodied(found, raw) or found

    def _bodied(self, found: Page, raw: Json) -> Page | None:
        self.fetch.bodies.learn_names(raw)
        body = self.fetch.bodies.of(found.id)
        if body is None:
            return None
        return replace(found, sections=body[0], body_complete=body[1])


class _Peeked:
    """Rows whose first one is looked at before they are read."""

    def __init__(self, rows: Iterable[Json]) -> None:
        self._rows = iter(rows)
        self.first: Json | None = next(self._rows, None)

    def __iter__(self) -> Iterator[Json]:
        return chain(() if self.first is None else (self.first,), self._rows)


def data_sources(ask: Ask, database: str) -> dict[str, Json]:
    """Return the data sources of a database, each as its own answer; `database` may be the id of a data source.

    Raises:
        NotionRefusedError: nothing readable stands under that id.
    """
    try:
        answer = ask("GET", f"databases/{database}")
    except NotionRefusedError as error:
        if error.status not in (400, 404) or error.code == "notion.no_data_source":
            raise
        return {database: _data_source(ask, database, error)}
    ids = [str(source["id"]) for source in answer.get("data_sources") or ()]
    if not ids:
        raise no_data_source()
    return {key: ask("GET", f"data_sources/{key}") for key in ids}


def _data_source(ask: Ask, database: str, error: NotionRefusedError) -> Json:
    try:
        return ask("GET", f"data_sources/{database}")
    except NotionRefusedError as second:
        if second.status in (400, 404):
            raise error from second
        raise


def _kinds(schema: Iterable[PropertySchema]) -> set[tuple[str, str, str]]:
    return {(column.id, column.name, column.type) for column in schema}


def _strange(row: Json, schema: tuple[PropertySchema, ...]) -> bool:
    properties = row.get("properties") or {}
    return not {(raw.get("id"), name, raw.get("type")) for name, raw in properties.items()} <= _kinds(schema)


def _utc(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") if moment else ""
