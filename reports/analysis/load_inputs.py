"""The only place where a report touches the store.

It reads the window that the rules ask for, and no more.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from notes.model.notes import SourceHealth, StoredNote, StoredProblem
from notes.model.periods import Period
from reports.analysis.learnings.similar_notes import hypothesis_of
from reports.analysis.records.inputs import ReportInputs, ReportTeam
from reports.analysis.records.rules import ReportRules

_OVER = ("success", "failure", "inconclusive", "dropped")


class ReportStore(Protocol):
    """The part of `notes.store.Store` that a report needs; any method can raise StoreError."""

    def notes(
        self,
        *,
        team: str | None = None,
        touching: tuple[date, date] | None = None,
        include_gone: bool = False,
        as_of: datetime | None = None,
        ids: Collection[str] | None = None,
    ) -> Iterator[StoredNote]:
        """Give stored notes, in the store's order."""
        ...

    def problems(self, *, team: str | None = None) -> list[StoredProblem]:
        """Return the problems of the last reading."""
        ...

    def health(self, sources: Sequence[tuple[str, str]] | None = None) -> list[SourceHealth]:
        """Return how the sources stand."""
        ...


def load_inputs(
    store: ReportStore,
    team: ReportTeam,
    period: Period,
    *,
    rules: ReportRules | None = None,
    now: datetime,
    sources: Sequence[str] = (),
) -> ReportInputs:
    """Return what a report of the team's period is computed from.

    Args:
        store: the note store.
        team: the team, as the configuration describes it.
        period: the week or month.
        rules: the thresholds; METHOD.md's where left out.
        now: the instant of reporting.
        sources: the names of the team's configured sources.
    """
    rules = rules or ReportRules()
    window = (period.first - timedelta(weeks=rules.window_weeks), period.last)
    found = list(store.notes(team=team.name, touching=window, include_gone=True))
    ids = [stored.id for stored in found]
    last_report = report_instant(period.back(), team, rules)
    health = [one for one in store.health() if one.team == team.name]
    problems = store.problems(team=team.name)
    return ReportInputs(
        team=team,
        period=period,
        rules=rules,
        now=now,
        notes=tuple(stored for stored in found if stored.gone is None),
        gone=tuple(stored for stored in found if stored.gone is not None),
        earlier=tuple(store.notes(team=team.name, ids=ids, as_of=last_report)) if ids else (),
        past=tuple(_past(store, team, found, period, rules)),
        problems=tuple(problems),
        problems_total=len(problems),
        health=tuple(sorted(health, key=lambda one: one.source)),
        sources=tuple(sorted(sources)),
    )


def _past(
    store: ReportStore,
    team: ReportTeam,
    found: Sequence[StoredNote],
    period: Period,
    rules: ReportRules,
) -> Iterator[StoredNote]:
    """Give the experiments of the years before the window that are over.

    None where nothing in the period is new.
    """
    new = (one.note for one in found if one.note.start_date and one.note.start_date in period)
    if not any(hypothesis_of(note) or note.kind == "plan" for note in new):
        return
    known = {stored.id for stored in found}
    first = period.first - timedelta(weeks=rules.same_failure_weeks)
    older = (first, period.first - timedelta(weeks=rules.window_weeks, days=1))
    for one in store.notes(team=team.name, touching=older):
        if one.note.outcome in _OVER and one.note.kind == "experiment" and one.id not in known:
            yield one


def report_instant(period: Period, team: ReportTeam, rules: ReportRules) -> datetime:
    """Return the instant at which the report of a period is taken to have been made.

    The morning after it.
    """
    morning = period.last + timedelta(days=1)
    return datetime.combine(morning, time(rules.report_hour), ZoneInfo(team.timezone))
