"""What a Notion source remembers between two fetches, and the decisions based on it. Pure.

Notion floors every time to the minute, so a row that was read within the minute of its edit may
change again without its time moving. Therefore the newest rows are asked for again with an overlap,
and compared by their content.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from sync.contents.pages import Page, PageBatch, PropertySchema
from sync.notion.decoding.property_values import parse_instant

OVERLAP = timedelta(minutes=2)
"""How far before the newest row the next fetch begins: what Notion's index shows late is not
lost."""

SETTLED = timedelta(minutes=2)
"""A body read this long after the page's minute of edit cannot have been edited in that minute
afterwards."""

COLD = timedelta(minutes=10)
"""An edit this much older than a reading's first answer was in the index by then, as were all of
its minute: what is asked for next begins behind it. Judgement, five times the usual overlap."""
ONE_REQUEST = 100
"""Rows of one answer, the API's maximum page size."""
SMALL = 90
"""Up to here one request lists everything, so nothing else is needed to see deletions."""

_FORM = 1
"""Version of the stored JSON; another one makes the next fetch read everything."""


@dataclass(frozen=True, slots=True)
class PageSighting:
    """A page as it was last seen.

    Its time, a mark of its properties, and whether its body was at rest.
    """

    edited: datetime
    mark: str
    settled: bool


@dataclass(frozen=True, slots=True)
class DataSourceMemory:
    """The memory of one data source.

    `since` None: the next fetch lists everything. `sights` are the pages that the next request
    returns again. `bodies` says whether the pages' bodies belong to the log, as decided from the
    schema.
    """

    name: str = ""
    schema: tuple[PropertySchema, ...] = ()
    bodies: bool = True
    since: datetime | None = None
    newest: datetime | None = None
    sights: Mapping[str, PageSighting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotionMemory:
    """A database. `bodies` is how the configuration wants them read; another choice starts anew.

    `checked` are pages that a sweep found without a note, with the time when they were looked at.

    `probe` and `markdown` are False where Notion refused them; `vanished` counts rows that were
    missing without being believed.
    """

    database: str = ""
    bodies: str = ""
    sources: Mapping[str, DataSourceMemory] = field(default_factory=dict)
    fetches: int = 0
    swept: datetime | None = None
    probe: bool = True
    markdown: bool = True
    vanished: int = 0
    checked: Mapping[str, str] = field(default_factory=dict)


def mark_of(page: Page) -> str:
    """Return a short mark of a page's properties.

    Equal for equal content, whatever Notion signs or orders anew.
    """
    return blake2b(repr((page.title, page.properties)).encode(), digest_size=9).hexdigest()


@dataclass(slots=True)
class Sightings:
    """Gathers what the next request may bring again: the newest pages, and all of a small database.

    A mark costs more than reading the page did; so it is made late, for the few that are still
    wanted then.
    """

    started: datetime | None
    newest: datetime | None = None
    _fresh: dict[str, tuple[datetime, PageBatch, int, bool]] = field(default_factory=dict)
    _marked: dict[str, PageSighting] = field(default_factory=dict)

    def note(self, batch: PageBatch, number: int, *, settled: bool) -> None:
        """Remember a page as it is now.

        `settled` when its body cannot have changed in its minute since.
        """
        edited = batch.edited[number]
        if edited is None:
            return
        if self.newest is None or edited > self.newest:
            self.newest = edited
        self._fresh[batch.ids[number]] = (edited, batch, number, settled)
        if len(self._fresh) > 2 * ONE_REQUEST:
            self._thin_out()

    def keep(self, page_id: str, sight: PageSighting) -> None:
        """Remember a page that is as it was."""
        self.newest = max(sight.edited, self.newest or sight.edited)
        self._marked[page_id] = sight

    def all(self) -> dict[str, PageSighting]:
        """Return all that are still wanted."""
        self._mark()
        return self._marked

    def _thin_out(self) -> None:
        newest = self.newest
        if newest is None:
            return
        floor = min(newest, self.started or newest) - OVERLAP
        self._marked = {key: sight for key, sight in self._marked.items() if sight.edited >= floor}
        self._fresh = {key: kept for key, kept in self._fresh.items() if kept[0] >= floor}
        if len(self._fresh) > ONE_REQUEST:
            self._mark()

    def _mark(self) -> None:
        for key, (edited, batch, number, settled) in self._fresh.items():
            self._marked[key] = PageSighting(edited, mark_of(batch.page(number)), settled)
        self._fresh = {}


def next_start(
    sights: Mapping[str, PageSighting],
    newest: datetime | None,
    started: datetime | None,
    *,
    ended: datetime | None,
) -> datetime | None:
    """Return from which time of edit on the next fetch has to ask; None for everything.

    `newest` is the newest time of edit ever seen; `started` and `ended` are the service's own
    clock, None where it shows none. A clock that the data contradict is not believed.
    """
    if newest is None:
        return None
    trusted = ended is not None and newest <= ended + SETTLED
    upper = min(newest, _minute(started)) if trusted and started else newest
    if trusted and started and upper < started - COLD:
        return upper + timedelta(minutes=1)
    for overlap in (OVERLAP, OVERLAP / 2, timedelta()):
        if sum(sight.edited >= upper - overlap for sight in sights.values()) <= ONE_REQUEST:
            return upper - overlap
    return upper


def remembered(
    memory: DataSourceMemory,
    sights: Mapping[str, PageSighting],
    *,
    started: datetime | None,
    ended: datetime | None,
    listed: int | None,
) -> DataSourceMemory:
    """Return what to keep after a data source was read to its end.

    `listed` is how many pages it has; None when only those that changed were listed.
    """
    newest = max((sight.edited for sight in sights.values()), default=memory.newest)
    if memory.newest and newest:
        newest = max(newest, memory.newest)
    if listed is not None and listed <= SMALL:
        return replace(memory, since=None, newest=newest, sights=dict(sights))
    since = next_start(sights, newest, started, ended=ended)
    if since and memory.since:  # what was once found cold stays cold
        since = max(since, memory.since)
    kept = {page: sight for page, sight in sights.items() if since is None or sight.edited >= since}
    return replace(memory, since=since, newest=newest, sights=kept)


def is_sweep_due(memory: NotionMemory, *, every: int, now: datetime) -> bool:
    """Return whether all ids must be listed again.

    After so many fetches, or on another day.
    """
    return (
        memory.fetches >= every or memory.swept is None or now - memory.swept >= timedelta(hours=20)
    )


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def to_json(memory: NotionMemory) -> dict[str, Any]:
    """Return the memory as JSON values."""
    return {
        "form": _FORM,
        "database": memory.database,
        "bodies": memory.bodies,
        "sources": {key: _source_json(source) for key, source in memory.sources.items()},
        "fetches": memory.fetches,
        "swept": _text(memory.swept),
        "probe": memory.probe,
        "markdown": memory.markdown,
        "vanished": memory.vanished,
        "checked": dict(memory.checked),
    }


def from_json(state: Mapping[str, Any], database: str, bodies: str) -> NotionMemory:
    """Return the memory that was kept.

    An empty one where it is of another form, database or choice of bodies.
    """
    if (state.get("form"), state.get("database"), state.get("bodies")) != (_FORM, database, bodies):
        return NotionMemory(database=database, bodies=bodies)
    return NotionMemory(
        database=database,
        bodies=bodies,
        sources={key: _source(value) for key, value in state["sources"].items()},
        fetches=state["fetches"],
        swept=parse_instant(state["swept"]),
        probe=state["probe"],
        markdown=state["markdown"],
        vanished=state["vanished"],
        checked=state["checked"],
    )


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _source_json(source: DataSourceMemory) -> dict[str, Any]:
    return {
        "name": source.name,
        "bodies": source.bodies,
        "schema": [[c.id, c.name, c.type, list(c.options), c.number_format] for c in source.schema],
        "since": _text(source.since),
        "newest": _text(source.newest),
        "sights": {page: [_text(s.edited), s.mark, s.settled] for page, s in source.sights.items()},
    }


def _source(value: Mapping[str, Any]) -> DataSourceMemory:
    sights = {
        page: PageSighting(datetime.fromisoformat(s[0]), s[1], s[2])
        for page, s in value["sights"].items()
    }
    return DataSourceMemory(
        name=value["name"],
        bodies=value["bodies"],
        schema=tuple(PropertySchema(c[0], c[1], c[2], tuple(c[3]), c[4]) for c in value["schema"]),
        since=parse_instant(value["since"]),
        newest=parse_instant(value["newest"]),
        sights=sights,
    )
