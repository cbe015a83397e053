"""The notes of one team, sorted and indexed for a report, and how to quote them.

Nothing here depends on the order in which notes arrive, nor on ids where anything else can tell
notes apart.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from notes.model.notes import Kind, Note, Place, StoredNote
from notes.model.periods import Month, Period, Week
from reports.analysis.records.evidence import Evidence, NoteLines
from reports.analysis.records.inputs import ReportInputs, ReportTeam
from reports.analysis.records.rules import ReportRules
from reports.analysis.text.application import read_application
from reports.analysis.text.naming_texts import activity_names, detail_text, texts_of
from reports.analysis.text.note_references import (
    NoteMentions,
    NoteNameIndex,
    Reference,
    references_by_note,
)
from reports.analysis.text.quoting import KnownPeople, comparison_key, without_numbers_told
from reports.analysis.text.vocabulary import is_term

from .period_membership import (
    concluded_on,
    day_of,
    days_of,
    is_in_period_span,
    looked_back_on,
    measured_on,
    start_day_of,
    week_of,
)

_UNREAD_VERDICT = "unknown_status"
"""The code of the problem of a verdict that nobody could read."""


@dataclass(frozen=True)
class TeamLog:
    """The notes of a team in and before a period, sorted; the only input of the questions.

    `notes` are the experiments of the whole window, `everything` the records of all kinds, `shared`
    what was computed from the log once, for its copies of other periods too. `open_columns` are
    those whose meaning is a question: what is missed may stand there; `unread_verdicts` the notes
    whose verdict is written in words that nobody could read. What the notes are indexed by is
    computed when it is asked for: the commitments need little of it, over all years.
    """

    team: ReportTeam
    period: Period
    rules: ReportRules
    zone: ZoneInfo
    notes: tuple[StoredNote, ...]
    names: KnownPeople
    everything: tuple[StoredNote, ...] = ()
    open_columns: int = 0
    unread_verdicts: frozenset[str] = frozenset()
    shared: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def period_notes(self) -> tuple[StoredNote, ...]:
        """Return the experiments whose activity belongs to the report's own period."""
        return tuple(one for one in self.notes if is_in_period_span(one, self.period, self.zone))

    @cached_property
    def period_note_ids(self) -> frozenset[str]:
        """Return the ids of `period_notes`."""
        return frozenset(stored.id for stored in self.period_notes)

    @cached_property
    def measured(self) -> tuple[StoredNote, ...]:
        """Return the experiments whose number belongs to the period (method §2)."""
        return _dated(self.notes, measured_on, self.period, zone=self.zone)

    @cached_property
    def measured_ids(self) -> frozenset[str]:
        """Return the ids of `measured`."""
        return frozenset(stored.id for stored in self.measured)

    @cached_property
    def concluded(self) -> tuple[StoredNote, ...]:
        """Return the experiments whose outcome belongs to the period."""
        return self.concluded_in(self.period)

    @cached_property
    def looked_back(self) -> tuple[StoredNote, ...]:
        """Return the experiments whose retrospective belongs to the period."""
        return self.looked_back_in(self.period)

    @cached_property
    def by_id(self) -> Mapping[str, StoredNote]:
        """Return the experiments by their id."""
        return {stored.id: stored for stored in self.notes}

    @cached_property
    def by_week(self) -> Mapping[Week, tuple[StoredNote, ...]]:
        """Return the experiments by each week to which they belong, in their order."""
        return _by_week(self.notes, self.zone)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[StoredNote, ...]]:
        """Return the experiments by each name of their activity, in their order."""
        return _by_name(self.notes)

    @cached_property
    def said(self) -> Mapping[str, NoteMentions]:
        """Return what each experiment says of others, by its id."""
        return {stored.id: NoteMentions.of(stored.note) for stored in self.notes}

    @cached_property
    def index(self) -> NoteNameIndex:
        """Return the names of all experiments."""
        return NoteNameIndex(self.notes)

    @cached_property
    def references_by_note(self) -> Mapping[str, tuple[Reference, ...]]:
        """Return the experiments that refer to an experiment, by its id."""
        return references_by_note(self.notes, self.said, self.index)

    @cached_property
    def others(self) -> Mapping[Kind, tuple[StoredNote, ...]]:
        """Return the records of other kinds, in order."""
        kinds: tuple[Kind, ...] = ("plan", "metric", "funnel", "action", "feedback")
        return {
            kind: tuple(one for one in self.everything if one.note.kind == kind) for kind in kinds
        }

    def of(self, period: Period) -> tuple[StoredNote, ...]:
        """Return the experiments that belong to a period, in order."""
        if isinstance(period, Week):
            return self.by_week.get(period, ())
        return tuple(
            stored for stored in self.notes if is_in_period_span(stored, period, self.zone)
        )

    def looked_back_in(self, period: Period) -> tuple[StoredNote, ...]:
        """Return the experiments whose retrospective belongs to a period, in order."""
        return tuple(
            one
            for one in _dated(self.notes, looked_back_on, period, zone=self.zone)
            if one.note.retrospective
        )

    def concluded_in(self, period: Period) -> tuple[StoredNote, ...]:
        """Return the experiments whose outcome belongs to a period, in order."""
        return tuple(
            one
            for one in _dated(self.notes, concluded_on, period, zone=self.zone)
            if one.note.outcome
        )

    def kind(self, kind: Kind) -> tuple[StoredNote, ...]:
        """Return the records of another kind, in order."""
        return self.others.get(kind, ())

    def evidence(self, stored: StoredNote) -> Evidence:
        """Return the reference to a note."""
        note = stored.note
        return Evidence(
            note_id=stored.id,
            what=self.what(note),
            url=note.url,
            place=note.place,
            source=stored.source,
            key=note.key,
        )

    def what(self, note: Note) -> str:
        """Return what the note calls itself: its title, else what was done, without blame.

        A title that is only an id ("EXP-12", "S4-6") names nothing and comes last. A hypothesis is
        a name where it names no number, which would read as a result; what was learned, felt or
        wanted is no activity: the page then names the place instead (ADR 0680).
        """
        return next((quoted for quoted in map(self.deed, activity_names(note)) if quoted), "")

    def quote(self, text: str) -> str:
        """Return a text of the log as it may be printed: without sentences about a person."""
        return self.names.without_people(text)

    def aim(self, text: str) -> str:
        """Return a goal, or the name of a number, as it may be printed: without named people."""
        return self.names.without_anybody(text)

    def deed(self, text: str) -> str:
        """Return what was done or will be done, as it may be printed.

        Who does it may be said, what they lack may not.
        """
        return self.names.without_blame(text)

    def cause(self, note: Note, *texts: str) -> str:
        """Return the first of a note's texts that names a cause, as far as it may be printed.

        What only gives the two sides of the note's own numbers names none.
        """
        sides = _sides_of(note)
        told = (without_numbers_told(text, sides) for text in texts)
        return next((quoted for quoted in map(self.names.cause_in, told) if quoted), "")

    def lines(self, note: Note) -> NoteLines:
        """Return the note as its three lines."""
        written = tuple(
            without_placeholder(text) for text in (note.success_factors, note.failure_factors)
        )
        looked_back = without_numbers_told(note.retrospective, _sides_of(note))
        causes = (self.cause(note, text) for text in written)
        factors = " / ".join(filter(None, causes)) or self.cause(note, looked_back)
        named = read_application(note.applied_to) != "none"
        applied = self.deed(note.applied_to) if named else ""
        return NoteLines(
            self.deed(note.execution) or self.deed(note.title),
            factors,
            self.deed(without_placeholder(note.next_action)) or applied,
            withheld=not factors and any((*written, without_placeholder(looked_back))),
        )

    def is_left_undecided(self, stored: StoredNote) -> bool:
        """Return whether the team's verdict leaves a trial open, or is written in words that nobody
        could read: what it says of the trial is not known then (ADR 0687).
        """
        return stored.note.outcome == "inconclusive" or stored.id in self.unread_verdicts

    def until(self, weeks: int) -> date:
        """Return the first day of a window of so many weeks that ends with the period."""
        return self.period.last - timedelta(weeks=weeks) + timedelta(days=1)


def _sides_of(note: Note) -> list[tuple[float, float]]:
    """Return (before, after) of each of a note's numbers that has both."""
    numbers = filter(None, (note.metric, *note.more_metrics))
    return [
        (one.before, one.after)
        for one in numbers
        if one.before is not None and one.after is not None
    ]


def without_placeholder(text: str) -> str:
    """Return a text, "" where it is only a placeholder ("-", "없음", "TBD")."""
    return "" if is_term("placeholder", text) else text


def weeks_before(period: Period, count: int) -> tuple[Week, ...]:
    """Return so many weeks up to the period's last one, oldest first.

    For a month, the last week is the last one that ends in it.
    """
    last = Week.containing(period.last)
    if isinstance(period, Month) and last.last > period.last:
        last = last.back()
    return tuple(last.back(n) for n in range(count - 1, -1, -1))


def build_log(inputs: ReportInputs, notes: Iterable[StoredNote] | None = None) -> TeamLog:
    """Return the log of the inputs' notes, or of other notes under the same settings."""
    zone = ZoneInfo(inputs.team.timezone)
    given = tuple(inputs.notes if notes is None else notes)
    if not any(without_placeholder(stored.note.learned) for stored in given):
        given = tuple(map(_with_learning, given))
    every = sorted(given, key=_order(zone))
    people = (name for stored in every for name in (*stored.note.owners, *stored.note.people))
    return TeamLog(
        team=inputs.team,
        period=inputs.period,
        rules=inputs.rules,
        zone=zone,
        notes=tuple(stored for stored in every if stored.note.kind == "experiment"),
        names=KnownPeople.of((*people, *(person.name for person in inputs.team.key_people))),
        everything=tuple(every),
        open_columns=sum(health.open_columns for health in inputs.health),
        unread_verdicts=_unread_verdicts(inputs, every),
    )


def _unread_verdicts(inputs: ReportInputs, notes: Iterable[StoredNote]) -> frozenset[str]:
    """Return the ids of the notes beside whose row a verdict stands that nobody could read.

    What their team says of it is not known: such a note is neither credited with a number nor to be
    stopped (method §1, ADR 0687).
    """
    places = {
        _row_of(one.source, one.problem.place)
        for one in inputs.problems
        if one.problem.code == _UNREAD_VERDICT
    }
    return frozenset(
        stored.id
        for stored in notes
        if stored.note.outcome is None and _row_of(stored.source, stored.note.place) in places
    )


def _row_of(source: str, place: Place) -> tuple[str, str, str, int, str]:
    return source, place.file, place.tab, place.row, place.page_id


def _with_learning(stored: StoredNote) -> StoredNote:
    """Return a note whose application has something that was applied.

    Where no note of a log says what was learned, what was put to use stands in the looking
    back: "none learned" beside the place where it was used would be false (method §3). Where others
    say it in a place of their own, nothing else is taken for it (ADR 0687).
    """
    note = stored.note
    if without_placeholder(note.learned) or read_application(note.applied_to) == "none":
        return stored
    learned = without_placeholder(note.retrospective)
    return replace(stored, note=replace(note, learned=learned)) if learned else stored


def _dated(
    notes: Iterable[StoredNote],
    day: Callable[[StoredNote, ZoneInfo], date | None],
    period: Period,
    *,
    zone: ZoneInfo,
) -> tuple[StoredNote, ...]:
    """Return the notes of which a statement's day is in a period, in order."""
    return tuple(
        stored for stored in notes if (at := day(stored, zone)) is not None and at in period
    )


def _by_week(notes: Iterable[StoredNote], zone: ZoneInfo) -> dict[Week, tuple[StoredNote, ...]]:
    """Return the notes by each week to which they belong, in their order."""
    weeks: dict[Week, list[StoredNote]] = defaultdict(list)
    for stored in notes:
        for week in {Week.containing(day) for day in days_of(stored, zone)}:
            weeks[week].append(stored)
    return {week: tuple(several) for week, several in weeks.items()}


def activity_keys(note: Note) -> set[str]:
    """Return the comparison keys of an activity: its title and its execution."""
    return {comparison_key(note.title), comparison_key(note.execution)} - {""}


def _by_name(notes: Iterable[StoredNote]) -> dict[str, tuple[StoredNote, ...]]:
    """Return the notes by each name of their activity, in their order."""
    found: dict[str, list[StoredNote]] = defaultdict(list)
    for stored in notes:
        for name in activity_keys(stored.note):
            found[name].append(stored)
    return {name: tuple(several) for name, several in found.items()}


def is_same_text(first: str, second: str) -> bool:
    """Return whether two texts are equal but for case, spaces and punctuation, and not empty."""
    letters = comparison_key(first)
    return bool(letters) and letters == comparison_key(second)


def is_in_period(stored: StoredNote, period: Period, zone: ZoneInfo) -> bool:
    """Return whether a record with its own week or day (a plan, an action) is in the period."""
    week = week_of(stored.note)
    if week is not None and isinstance(period, Week):
        return week == period
    return is_in_period_span(stored, period, zone)


def _order(zone: ZoneInfo) -> Callable[[StoredNote], tuple[object, ...]]:
    def key(stored: StoredNote) -> tuple[object, ...]:
        note = stored.note
        names = (*texts_of(note), "\0".join(note.owners), detail_text(note))
        return (
            day_of(stored, zone),
            start_day_of(stored, zone),
            *names,
            stored.source,
            note.key,
            repr(note.details),
            stored.id,
        )

    return key
