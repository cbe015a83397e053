"""Pulls one source: fetch, parse, match, store.

    source.fetch → parse → match → store

One transaction per source; a failure stops only that source.

What a source covers decides what may vanish: after a whole reading, every row that was not in it is
gone; after a reading of changes, only what the service itself called gone. A reading that fails
half-way keeps nothing. Notes of a tab that is not understood any more, and most notes of a source
at once, are kept until the operator confirms it (ADR 0111).
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from shlex import quote
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

from notes.model.erased_names import NO_NAMES, NameMask, masked
from notes.model.errors import LoopnoteError, SourceUnavailableError, StoreError
from notes.model.notes import (
    NOT_READ,
    YEAR_UNKNOWN,
    Entry,
    Link,
    Place,
    Problem,
    cells_without_year,
)
from notes.store.source_update.source_line import UpdateCounts
from notes.store.source_update.update import SourceUpdate
from notes.store.store import Store
from sync.contents.pages import PageSet
from sync.contents.parsed_rows import ParsedRows, read_parsed_rows
from sync.contents.workbook import Workbook
from sync.parse_result import ParseOptions, ParseResult, TitlesOf, no_titles
from sync.source import Content, Fetch, Source

from .child_process import fault, fault_of
from .reading_fingerprint import STATE_KEY

if TYPE_CHECKING:
    from sync.matching.row_matcher import RowMatcher

log = logging.getLogger(__name__)

Progress = Callable[[str], None]

_MANY = 5
"""Fewer notes than these may well be deleted by hand at once."""


@dataclass(frozen=True, slots=True)
class SourceJob:
    """A source to pull, and what the configuration knows about reading it.

    `before` is what each column meant when all of the source was read: a few changed pages must not
    change that; `kinds` are the kinds of records that each tab gave then. `titles_of` knows the
    pages that are not among them. `fingerprint` stamps all that a reading depends on besides the
    log (see `reading_fingerprint`). `accept`: the operator says that notes which went are gone.
    `erased` takes out the names that were erased. `retired` are the team's sources that are no
    longer read, `beside` its other ones: rows of theirs may go on in this one.
    """

    source: Source
    options: ParseOptions
    keep_days: int = 42
    before: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    titles_of: TitlesOf = no_titles
    fingerprint: Mapping[str, str] = field(default_factory=dict)
    accept: bool = False
    erased: NameMask = NO_NAMES


@dataclass(frozen=True, slots=True)
class PullResult:
    """What one pull did, or why it did nothing. `counts` are rows.

    `seconds` is for people, not for decisions. `passing` says that the error may be gone next time.

    `unread` are the tabs that hold texts of which no note came, each with what to do;
    `open_columns` counts questions, `yearless` cells of dates whose year nothing says, `left_out`
    rows. `anew` says why everything was read again
    though the log may not have changed.
    """

    source: str
    team: str
    counts: UpdateCounts = field(default_factory=UpdateCounts)
    requests: int = 0
    seconds: float = 0.0
    unchanged: bool = False
    anew: Literal["", "settings", "reader"] = ""
    warnings: tuple[str, ...] = ()
    error: str = ""
    hint: str = ""
    code: str = ""
    passing: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[Problem, ...] = ()
    open_columns: int = 0
    yearless: int = 0
    left_out: int = 0

    @property
    def understood(self) -> bool:
        """Return whether a note came of everything that holds texts."""
        return not self.unread

    @property
    def ok(self) -> bool:
        """Return whether the source was read."""
        return not self.error


def pull_source(
    store: Store, job: SourceJob, *, run_id: str, now: datetime, full: bool, progress: Progress
) -> PullResult:
    """Pull one source; an explained error becomes a result, and the last good data stays."""
    name, team, started = job.source.name, job.source.team, perf_counter()
    try:
        with store.update(name, team, run_id, now=now) as update:
            update.may_continue(job.retired, job.beside)
            last, erased = store.readings(name), store.erased_names()
            job = replace(
                job,
                before=_columns_before(last),
                kinds=_kinds(last),
                titles_of=update.known.titles,
                erased=erased,
            )
            pulled = _pull(update, job, full=full, progress=progress)
    except LoopnoteError as error:
        pulled = failed(job, error)
        if not isinstance(error, StoreError):
            store.record_failure(name, team, now, error=str(error), hint=error.hint)
    except MemoryError:
        raise  # the child's limit; what is left may not suffice to tell it here
    except Exception as error:  # one source's fault stops no other (ADR 0110)
        told = fault(name, fault_of(error))
        log.exception("source fault", extra={"source": name})
        pulled = failed(job, told)
        store.record_failure(name, team, now, error=str(told), hint=told.hint)
    else:
        pulled = _with_standing(store, pulled)
    return replace(pulled, seconds=round(perf_counter() - started, 3))


def _with_standing(store: Store, pulled: PullResult) -> PullResult:
    """Return the pull with what stands after it, also where nothing new was read."""
    found = store.problems(source=pulled.source, codes=(*NOT_READ, YEAR_UNKNOWN))
    health = store.health([(pulled.source, pulled.team)])[0]
    return replace(
        pulled,
        unread=tuple(one.problem for one in found if one.problem.code in NOT_READ),
        yearless=cells_without_year(one.problem for one in found),
        open_columns=health.open_columns,
        left_out=sum(health.skipped.values()),
    )


def failed(job: SourceJob, error: LoopnoteError) -> PullResult:
    """Return the result of a source that could not be read."""
    return PullResult(
        job.source.name,
        job.source.team,
        error=str(error),
        hint=error.hint,
        code=error.code,
        passing=isinstance(error, SourceUnavailableError),
        facts=error.facts,
    )


def _pull(update: SourceUpdate, job: SourceJob, *, full: bool, progress: Progress) -> PullResult:
    source = job.source
    state = {key: value for key, value in update.state.items() if key not in _OURS}
    anew = _why_anew(update.state, job.fingerprint)
    if anew:
        update.take_new_as_unknown()
    full = full or job.accept or bool(anew)
    fetch = source.fetch(state, full=full, known=update.known.native_ids)
    unread: set[str] = set()
    parsed, unchanged = None, fetch.unchanged
    if fetch.unchanged:
        list(fetch.contents)
    else:
        parsed = _parsed_rows(update, job, anew=full)
        readings = _Readings(fetch, job, parsed)
        unread = _keep(update, readings, fetch, job=job, parsed=parsed, progress=progress)
        unchanged = readings.as_before
    outcome = fetch.outcome()
    if outcome.covers == "all" and not unchanged:
        if not job.accept:
            update.put_problems(_kept_back(update, unread))
        update.gone_except_seen()
        update.put_problems(())  # and every problem that was not met again
    elif outcome.gone:
        update.mark_gone_native(outcome.gone)
    kept = {
        **outcome.state,
        **_own_state(update, job, parsed, read=not fetch.unchanged, whole=outcome.covers == "all"),
    }
    counts = update.finish(kept, requests=fetch.requests())
    return PullResult(
        source.name,
        source.team,
        counts=counts,
        requests=fetch.requests(),
        unchanged=unchanged,
        anew=anew,
        warnings=(*outcome.warnings, *_continuations(source.name, update)),
    )


_WORKBOOK_KEY = "workbook"
"""Where the digest of the source's one workbook stands in its state."""
_OURS = frozenset({STATE_KEY, _WORKBOOK_KEY})
"""What stands in a source's state besides what it remembers itself."""


def _own_state(
    update: SourceUpdate, job: SourceJob, parsed: ParsedRows | None, *, read: bool, whole: bool
) -> dict[str, Any]:
    """Return what is kept in a source's state besides its own.

    The digest of a workbook that was read as all of the source; that of the last reading where
    nothing was `read` in this one.
    """
    kept: dict[str, Any] = {STATE_KEY: dict(job.fingerprint)} if job.fingerprint else {}
    digest = "" if read else update.state.get(_WORKBOOK_KEY, "")
    if parsed is not None and whole and len(parsed.workbooks) == 1:
        digest = parsed.workbooks[0]
    return {**kept, _WORKBOOK_KEY: digest} if digest else kept


def _why_anew(
    state: Mapping[str, Any], fingerprint: Mapping[str, str]
) -> Literal["", "settings", "reader"]:
    """Return what changed since the last reading besides the log; "" at the first reading."""
    if not state or not fingerprint:
        return ""
    before = state.get(STATE_KEY, {})
    if before.get("reader") != fingerprint["reader"]:
        return "reader"
    return "" if before.get("settings") == fingerprint["settings"] else "settings"


def _kept_back(update: SourceUpdate, unread: Collection[str]) -> list[Problem]:
    """Keep notes that went because their tab could not be understood, or most of them at once.

    Say it.
    """
    vanished = update.vanished()
    most = len(vanished) >= _MANY and len(vanished) * 2 > update.known.living_count()
    lost = [(note_id, tab) for note_id, tab in vanished if most or tab in unread]
    update.keep(note_id for note_id, _ in lost)
    counts = Counter(tab for _, tab in lost)
    return [
        Problem(Place(tab), "log_lost", tab, (("notes", str(count)),))
        for tab, count in sorted(counts.items())
    ]


def _continuations(source: str, update: SourceUpdate) -> Iterator[str]:
    for former, count in sorted(update.continued.items()):
        undo = f"loopnote undo --source {quote(source)} --from {quote(former)}"
        if former in update.known.beside:
            yield (
                f"{count} notes of {former} go on in {source}, where their rows stand too; they"
                f" count once; if that is wrong: {undo}"
            )
        else:
            yield (
                f"{count} notes of {former}, which is not in the configuration any more, go on in"
                f" {source}; if that is wrong: {undo}"
            )


def _columns_before(readings: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {
        f"{table['tab']}!{column['letter']}": column["field"]
        for table in readings
        for column in table["columns"]
    }


def _kinds(readings: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """Return the kinds of records that each tab gave."""
    kinds: dict[str, frozenset[str]] = {}
    for table in readings:
        if table.get("record_kind"):
            kinds[table["tab"]] = kinds.get(table["tab"], frozenset()) | {table["record_kind"]}
    return kinds


def _changed_kinds(
    before: Mapping[str, frozenset[str]], now: Mapping[str, frozenset[str]]
) -> tuple[Problem, ...]:
    """Return a problem for each tab read as another kind of table than last time (method §1)."""
    return tuple(
        Problem(
            Place(tab, 1),
            "kind_changed",
            tab,
            (("before", _list(before[tab])), ("now", _list(kinds))),
        )
        for tab, kinds in sorted(now.items())
        if tab in before and before[tab] != kinds
    )


def _list(kinds: Iterable[str]) -> str:
    return ", ".join(sorted(kinds))


def _is_part(content: Content) -> bool:
    return isinstance(content, PageSet) and not content.whole


def _parsed_rows(update: SourceUpdate, job: SourceJob, *, anew: bool) -> ParsedRows | None:
    """Return what rows gave at the last reading; nothing of it where all is to be parsed `anew`.

    None where rows are left out by what they say, and so have to be parsed (ADR 0514).
    """
    if not job.fingerprint or (job.beside and update.known.carried()):
        return None
    basis = " ".join(f"{name} {stamp}" for name, stamp in sorted(job.fingerprint.items()))
    if anew:
        return ParsedRows(basis)
    found = read_parsed_rows(basis, *update.known.parsed_rows())
    found.workbook = update.state.get(_WORKBOOK_KEY, "")
    return found


class _Readings:
    """What a fetch says, part by part.

    `as_before`: its only content is the workbook of the last reading, and nothing was given.
    """

    def __init__(self, fetch: Fetch, job: SourceJob, parsed: ParsedRows | None) -> None:
        self._contents = iter(fetch.contents)
        self._job, self._parsed = job, parsed
        self._now_known = replace(
            job.options, columns={**job.options.columns, **job.before}, titles_of=job.titles_of
        )
        self.as_before = False

    def __iter__(self) -> Iterator[tuple[Content, ParseResult]]:
        waiting: list[Content] = []
        while (content := waiting.pop() if waiting else next(self._contents, None)) is not None:
            for reading in self._of(content):
                if not reading.as_before:
                    yield content, reading
                elif (other := next(self._contents, None)) is None:
                    self.as_before = True
                    return
                else:
                    waiting.append(other)

    def _of(self, content: Content) -> Iterator[ParseResult]:
        from sync.parsing.logs.content import parse_content

        file = content.name if isinstance(content, Workbook) else ""
        options = self._now_known if _is_part(content) else self._job.options
        yield from parse_content(content, options, file=file, parsed=self._parsed)


def _keep(
    update: SourceUpdate,
    readings: Iterable[tuple[Content, ParseResult]],
    fetch: Fetch,
    *,
    job: SourceJob,
    parsed: ParsedRows | None,
    progress: Progress,
) -> set[str]:
    """Store what was read: pages as they arrive, rows once all of them are known.

    Returns the tabs that hold texts of which no note came.
    """
    # The reader is heavy, and a sync that finds nothing new never needs it.
    from sync.parsing.overrides import FoundNames, check_overrides

    rows: RowMatcher | None = None
    kept = 0
    names = FoundNames.empty()
    unread: set[str] = set()
    kinds: dict[str, frozenset[str]] = {}
    for content, reading in readings:
        if not _is_part(content):
            names.add(reading)  # as the configuration writes them, whoever was erased
        if job.erased:
            reading = masked(reading, job.erased)  # noqa: PLW2901  nothing of it is used otherwise
        for tab, found in _kinds(map(asdict, reading.tables)).items():
            kinds[tab] = kinds.get(tab, frozenset()) | found
        unread.update(one.place.tab for one in reading.problems if one.code == "not_understood")
        if not _is_part(content):
            update.put_readings(asdict(table) for table in reading.tables)
            update.put_skipped(_skipped_counts(reading))
        if isinstance(content, Workbook):
            rows = rows or _row_matcher(update, job, parsed)
            rows.add_result(reading)
        else:
            update.save(_page_links(update, reading.entries))
            update.put_problems(reading.problems, page_ids=_answered(content, reading))
            update.mark_gone_native(_no_notes(reading))
        kept += reading.notes
        progress(f"{job.source.name}: {kept} notes, {fetch.requests()} requests")
    check_overrides(job.options, names)
    if rows is not None:
        rows.add_result(ParseResult(problems=_changed_kinds(job.kinds, kinds)))
        rows.finish()
    return unread


def _row_matcher(update: SourceUpdate, job: SourceJob, parsed: ParsedRows | None) -> "RowMatcher":
    """Return what links rows; pages have ids of their own and never need it."""
    from sync.matching.row_matcher import RowMatcher

    return RowMatcher(
        update,
        source=job.source.name,
        keep_days=job.keep_days,
        beside=bool(job.beside),
        parsed=parsed,
    )


def _answered(content: PageSet, reading: ParseResult) -> Sequence[str]:
    """Return the pages whose problems a reading replaces.

    "" stands for those of the whole set, which hold until all pages are read again or a note comes.
    """
    return (*reading.page_ids, "") if content.whole or reading.entries else reading.page_ids


def _no_notes(reading: ParseResult) -> set[str]:
    """Return the pages that are no notes, or no longer: emptied, or made a template."""
    return set(reading.page_ids) - {entry.raw.native_id for entry in reading.entries}


def _skipped_counts(reading: ParseResult) -> Counter[str]:
    counts: Counter[str] = Counter()
    for skipped in reading.skipped:
        counts[skipped.code] += skipped.last_row - skipped.first_row + 1
    return counts


def _page_links(update: SourceUpdate, entries: Sequence[Entry]) -> list[Link]:
    """Return links by the pages' own ids."""
    known = update.known.note_ids([entry.raw.native_id for entry in entries])
    return [Link(entry, known.get(entry.raw.native_id, ""), "native") for entry in entries]
