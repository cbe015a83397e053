"""Reads a report's inputs: the only module of reports/analysis that asks the store."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from notes.model.deliveries import AskedDecision, ReportKind
from notes.model.notes import Kind, SourceHealth, Step, StoredNote, StoredProblem
from notes.model.periods import Period, Week
from reports.analysis.data.doubtful_links import Rivals, contested_in, without_doubtful_times
from reports.analysis.data.period_membership import is_undated
from reports.analysis.data.written_times import first_told
from reports.analysis.learnings.similar_notes import hypothesis_of
from reports.analysis.records.inputs import ReportInputs, ReportTeam
from reports.analysis.records.removed_actions import removed_in
from reports.analysis.records.rules import ReportRules

_LEDGER = timedelta(weeks=156)
"""How far back commitments and their answers are read: judgement; three years."""
_OVER = ("success", "failure", "inconclusive", "dropped")
"""Outcomes after which an earlier hypothesis has a result to show."""


class LinkDoubt(Protocol):
    """Which other notes a note may be; best first."""

    @property
    def rivals(self) -> Sequence[str]:
        """The ids of these notes; none where it may only be a new one."""
        ...


class ReportStore(Protocol):
    """The part of `notes.store.Store` that a report needs; any method can raise StoreError."""

    def notes(
        self,
        *,
        team: str | None = None,
        kinds: Collection[Kind] | None = None,
        touching: tuple[date, date] | None = None,
        include_gone: bool = False,
        as_of: datetime | None = None,
        ids: Collection[str] | None = None,
    ) -> Iterator[StoredNote]:
        """Return stored notes, in the store's order."""
        ...

    def steps(self, ids: Collection[str]) -> dict[str, list[Step]]:
        """Return the changes of each of the notes, oldest first."""
        ...

    def doubts(self, ids: Collection[str] | None = None) -> Mapping[str, LinkDoubt]:
        """Return why it is not sure which notes they are, by id, of those where it is not."""
        ...

    def experiments(self, team: str) -> tuple[int, int]:
        """Return how many living experiments a team has, and how many of them have no day."""
        ...

    def asked(self, team: str, kind: ReportKind) -> list[AskedDecision]:
        """Return what the team's sent pages of one kind asked, the latest period first."""
        ...

    def problems(self, *, team: str | None = None) -> list[StoredProblem]:
        """Return the problems of the last reading."""
        ...

    def health(
        self, sources: Sequence[tuple[str, str]] | None = None, *, team: str | None = None
    ) -> list[SourceHealth]:
        """Return the health of the sources."""
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
    """Return the inputs of a report on the team's period.

    Args:
        store: the note store.
        team: the team, as the configuration describes it.
        period: the week or month.
        rules: the thresholds; the method's defaults where left out.
        now: the instant of reporting.
        sources: the names of the team's configured sources.
    """
    rules = rules or ReportRules()
    window = (period.first - timedelta(weeks=rules.window_weeks), period.last)
    touching = store.notes(team=team.name, touching=window, include_gone=True)
    found = list(first_told(touching, store.steps))
    found += _coming_plans(store, team, period, known={stored.id for stored in found})
    ids = [stored.id for stored in found]
    kind: ReportKind = "weekly" if isinstance(period, Week) else "monthly"
    sent = store.asked(team.name, kind)
    made = {one.period: one.made_at for one in sent}
    last_report = made.get(str(period.back())) or report_instant(period.back(), team, rules)
    every, undated = store.experiments(team.name)
    before = _before(store, team, {*ids}, period=period, rules=rules)
    earlier = tuple(_earlier(store, team, found, then=last_report))
    rivals = _rivals(store, (*found, *before))
    found, before = (_told_for_certain(store, each, rivals) for each in (found, before))
    contested = contested_in(found, rivals, period, zone=ZoneInfo(team.timezone))
    may_live_on = frozenset(note_id for named in rivals.values() for note_id in named)
    undated += sum(_is_undated(stored, ZoneInfo(team.timezone)) for stored in found)
    health = store.health(team=team.name)
    problems = store.problems(team=team.name)
    return ReportInputs(
        team=team,
        period=period,
        rules=rules,
        now=now,
        notes=tuple(stored for stored in found if stored.gone is None),
        gone=tuple(
            stored
            for stored in (*found, *before)
            if stored.gone is not None and stored.id not in may_live_on
        ),
        removed=tuple(removed_in((*found, *before), store.steps)),
        ledger=tuple(stored for stored in before if stored.gone is None),
        earlier=earlier,
        past=tuple(_past(before, found, period, rules=rules)),
        contested=contested,
        undated=undated,
        known=every,
        problems=tuple(problems),
        problems_total=len(problems),
        health=tuple(sorted(health, key=lambda one: one.source)),
        sources=tuple(sorted(sources)),
        asked=tuple(one for one in sent if one.period < str(period)),
    )


def _rivals(store: ReportStore, notes: Sequence[StoredNote]) -> Rivals:
    """Return which other notes those may be of which it is not sure which they are."""
    doubted = [stored.id for stored in notes if not stored.sure and stored.gone is None]
    if not doubted:
        return {}
    return {note_id: doubt.rivals for note_id, doubt in store.doubts(doubted).items()}


def _told_for_certain(
    store: ReportStore, notes: list[StoredNote], rivals: Rivals
) -> list[StoredNote]:
    """Return the notes without instants that would be false if a note were one of its rivals."""
    wanted = {named for stored in notes for named in rivals.get(stored.id, ())}
    if not wanted:
        return notes
    others = {one.id: one for one in store.notes(ids=sorted(wanted), include_gone=True)}
    return [
        without_doubtful_times(
            stored, [others[named] for named in rivals.get(stored.id, ()) if named in others]
        )
        for stored in notes
    ]


def _is_undated(stored: StoredNote, zone: ZoneInfo) -> bool:
    return stored.gone is None and stored.note.kind == "experiment" and is_undated(stored, zone)


def _earlier(
    store: ReportStore, team: ReportTeam, found: Sequence[StoredNote], *, then: datetime
) -> Iterator[StoredNote]:
    """Yield the notes as the last report saw them; what never changed is as it was then."""
    changed = [stored.id for stored in found if stored.version > 1]
    past: dict[str, StoredNote] = {}
    if changed:
        asked = store.notes(team=team.name, ids=changed, as_of=then)
        past = {one.id: one for one in first_told(asked, store.steps, until=then)}
    for stored in found:
        if stored.version == 1 and stored.first_seen <= then:
            yield stored
        elif stored.id in past:
            yield past[stored.id]


def _before(
    store: ReportStore,
    team: ReportTeam,
    known: Collection[str],
    *,
    period: Period,
    rules: ReportRules,
) -> list[StoredNote]:
    """Return the experiments and actions of the years before the window (commitments never
    expire).
    """
    last = period.first - timedelta(weeks=rules.window_weeks, days=1)
    older = (period.first - _LEDGER, last)
    touching = store.notes(
        team=team.name, kinds=("experiment", "action"), touching=older, include_gone=True
    )
    return [stored for stored in first_told(touching, store.steps) if stored.id not in known]


def _coming_plans(
    store: ReportStore, team: ReportTeam, period: Period, *, known: Collection[str]
) -> list[StoredNote]:
    """Return the plan cards of the next period; nobody writes into those before it begins."""
    coming = period.back(-1)
    plans: tuple[Kind, ...] = ("plan",)
    cards = store.notes(team=team.name, kinds=plans, touching=(coming.first, coming.last))
    return [stored for stored in first_told(cards, store.steps) if stored.id not in known]


def _past(
    before: Sequence[StoredNote], found: Sequence[StoredNote], period: Period, *, rules: ReportRules
) -> Iterator[StoredNote]:
    """Yield the finished experiments from before the window; None where the period has
    nothing new.
    """
    new = (one.note for one in found if one.note.start_date and one.note.start_date in period)
    if not any(hypothesis_of(note) or note.kind == "plan" for note in new):
        return
    first = period.first - timedelta(weeks=rules.same_failure_weeks)
    for one in before:
        day = one.note.end_date or one.note.start_date
        since = day is None or day >= first
        if (
            one.gone is None
            and one.note.outcome in _OVER
            and one.note.kind == "experiment"
            and since
        ):
            yield one


def report_instant(period: Period, team: ReportTeam, rules: ReportRules) -> datetime:
    """Return the instant at which the report of a period counts as made: the morning after it."""
    morning = period.last + timedelta(days=1)
    return datetime.combine(morning, time(rules.report_hour), ZoneInfo(team.timezone))
