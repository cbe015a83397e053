"""The state of the data (method §11): how each source stands, cells not understood."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from notes.messages.problems import one_a_property
from notes.model.notes import SourceHealth, StoredNote, StoredProblem, cells_of
from notes.model.periods import Period
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report_record import DataQuality, ProblemLine, SourceQuality

from .period_membership import is_of, own_days, written_day
from .team_log import TeamLog

_LOST = "log_lost"
"""The problem of a tab whose notes went at once: what stands in it now nobody knows."""
_NOT_READ = ("not_understood", _LOST)
"""Problems of a whole tab: texts of which no note came, and notes that went at once."""
_READ_ALL_THE_SAME = (
    "weekday_mismatch",
    "end_before_start",
    "week_date_conflict",
    "duplicate_row",
    "dangling_relation",
    "kind_changed",
    "guessed_encoding",
    "long_value",
)
"""Problems of cells that are kept and used: "could not be read" would be false of them."""
_NO_DAY = ("year_unknown", "unreadable_date", "impossible_date", "ambiguous_date")
"""Problems that leave a cell with a day without one: the note is of a week that nobody knows."""
_FAILED = ("partial", "never")
"""States in which a source gave nothing new; what was read and not understood is told to the leader
too."""


def assess_data_quality(inputs: ReportInputs, log: TeamLog) -> DataQuality:
    """Return how far the page can be relied on.

    `now` matters only while the period still runs.
    """
    until = read_until(inputs, log.zone)
    known = {health.source: health for health in inputs.health}
    names = sorted({*known, *inputs.sources})
    healths = [known.get(name) or SourceHealth(name, inputs.team.name) for name in names]
    lost = {problem.source for problem in inputs.problems if problem.problem.code in _NOT_READ}
    sources = tuple(_source(health, until, lost=health.source in lost) for health in healths)
    successes = [source.last_success for source in sources if source.last_success is not None]
    return DataQuality(
        sources=sources,
        problems=tuple(
            _line(problem)
            for problem in one_a_property(_ordered(inputs, log))[: log.rules.list_size]
        ),
        problems_total=max(inputs.problems_total, len(inputs.problems)),
        cells_total=sum(cells_of(one.problem) for one in inputs.problems),
        problems_kept=sum(one.problem.code in _READ_ALL_THE_SAME for one in inputs.problems),
        warn=any(source.state != "fresh" for source in sources),
        all_failed=bool(sources) and all(source.state in _FAILED for source in sources),
        oldest_success=min(successes, default=None),
        unsure=sum(not stored.sure for stored in log.period_notes),
        unread=tuple(source.source for source in sources if _is_unread(source, inputs, log)),
        tables_lost=any(problem.problem.code == _LOST for problem in inputs.problems),
        open_columns=sum(health.open_columns for health in healths),
        cut_short=any(_is_cut_short(source, inputs, log) for source in sources),
        undatable=_undatable(inputs, log),
    )


def _undatable(inputs: ReportInputs, log: TeamLog) -> int:
    """Return how many notes may be of the period for all that is known: their days were not read.

    Not those whose verdict was written before it began.
    """
    sources = {one.source for one in inputs.problems if one.problem.code in _NO_DAY}
    return sum(
        one.source in sources and not any(own_days(one.note)) and not _was_over(one, log)
        for one in log.notes
    )


def _was_over(stored: StoredNote, log: TeamLog) -> bool:
    """Return whether a verdict on a note stood in the log before the period."""
    if stored.note.outcome in {None, "running", "planned"}:
        return False
    day = written_day(stored, "outcome", log.zone)
    return day is not None and day < log.period.first


def _is_cut_short(source: SourceQuality, inputs: ReportInputs, log: TeamLog) -> bool:
    """Return whether days of the period were never read: what stands there is unknown.

    What was read on the last day counts as read to the end: the page says the day of its data.
    """
    last_day = end_of(inputs.period, log.zone) - timedelta(days=1)
    late = source.last_success is not None and source.last_success < last_day
    return late and source.state in {"partial", "stale"}


def _is_unread(source: SourceQuality, inputs: ReportInputs, log: TeamLog) -> bool:
    """Return whether nothing is known of the period from a source: its zeros count nothing (§1).

    That is so where the source was never read or understood, was last read before the period, or
    fails since the middle of it and had no record of it by then.
    """
    if source.state in {"never", "not_understood"} or source.last_success is None:
        return True
    if source.last_success < datetime.combine(inputs.period.first, time.min, log.zone):
        return True
    fails = source.state == "partial" and source.last_success < end_of(inputs.period, log.zone)
    fails = fails or source.state == "partly_understood"
    return fails and not any(
        one.source == source.source and is_of(one, inputs.period, log.zone)
        for one in log.everything
    )


def end_of(period: Period, zone: ZoneInfo) -> datetime:
    """Return the instant at which a period ends in a zone."""
    return datetime.combine(period.last + timedelta(days=1), time.min, zone)


def read_until(inputs: ReportInputs, zone: ZoneInfo) -> datetime:
    """Return the instant after which a source must have been read.

    The period's end; while the period runs, `stale_hours` before now.
    """
    over = end_of(inputs.period, zone)
    if inputs.now >= over:
        return over
    hours = timedelta(hours=inputs.rules.stale_hours)
    return inputs.now - hours if inputs.now.year > 1 else inputs.now


def _source(health: SourceHealth, until: datetime, *, lost: bool) -> SourceQuality:
    state = SourceQuality(
        source=health.source,
        state="fresh",
        last_success=health.last_success,
        last_attempt=health.last_attempt,
        error=health.error,
        hint=health.hint,
        rows_read=health.rows_read,
        rows_used=health.rows_used,
        problems=health.problems,
        skipped=tuple(sorted(health.skipped.items(), key=lambda item: (-item[1], item[0]))),
    )
    lost = lost or bool(health.unread)
    if lost and health.last_success is not None and not (health.error or health.failures_in_a_row):
        name: Literal["not_understood", "partly_understood"] = (
            "partly_understood" if health.rows_used else "not_understood"
        )
        since, tabs = health.unread_since, health.unread
        return replace(state, state=name, unread_since=since, unread_tabs=tabs)
    return _with_state(state, failed=bool(health.error or health.failures_in_a_row), until=until)


def _with_state(source: SourceQuality, *, failed: bool, until: datetime) -> SourceQuality:
    if source.last_success is None:
        return replace(source, state="never")
    if failed:
        return replace(source, state="partial")
    return replace(source, state="stale") if source.last_success < until else source


def _ordered(inputs: ReportInputs, log: TeamLog) -> list[StoredProblem]:
    """Return the problems, those in rows of the period first, then by place."""
    rows = {
        (stored.source, stored.note.place.tab, stored.note.place.row, stored.note.place.page_id)
        for stored in log.period_notes
    }

    def key(stored: StoredProblem) -> tuple[object, ...]:
        place = stored.problem.place
        ours = (stored.source, place.tab, place.row, place.page_id) in rows
        return (
            not ours,
            stored.source,
            place.tab,
            place.row,
            place.col,
            place.page_id,
            place.property,
            stored.problem.code,
        )

    return sorted(inputs.problems, key=key)


def _line(stored: StoredProblem) -> ProblemLine:
    problem = stored.problem
    evidence = Evidence("", "", problem.url, problem.place, stored.source)
    return ProblemLine(stored.source, problem.code, problem.value, problem.facts, evidence)
