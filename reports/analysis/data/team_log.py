"""The notes of one team, sorted and indexed for a report, and how to quote them.

Nothing here depends on the order in which notes arrive, nor on ids where anything else can tell
notes apart.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from notes.model.notes import ActionItem, Feedback, Kind, Note, PlanCard, Series, StoredNote
from notes.model.periods import Month, Period, Week
from reports.analysis.records.evidence import Evidence, NoteLines
from reports.analysis.records.inputs import ReportInputs, ReportTeam
from reports.analysis.records.rules import ReportRules
from reports.analysis.text.note_references import (
    NoteMentions,
    NoteNameIndex,
    Reference,
    references_by_note,
)
from reports.analysis.text.quoting import KnownPeople, comparison_key
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

_CODE = re.compile(r"(?=\D*\d)[A-Za-z]{0,5}\d{0,4}[-_./ ]?\d{0,5}")


@dataclass(frozen=True, slots=True)
class TeamLog:
    """The notes of a team in and before a period, sorted; the only input of the questions.

    `notes` are the experiments of the whole window, `period_notes` those whose activity belongs to
    the report's own period, `measured`, `concluded` and `looked_back` those whose number, outcome
    or retrospective does (method §2); `by_week` and `by_name` index the notes by week and by
    activity. `said` and `references_by_note` hold, by note id, what a note says of others and which
    notes refer to it. `everything` are the records of all kinds. `shared` keeps what was computed
    from the log once, for its copies of other periods too.
    """

    team: ReportTeam
    period: Period
    rules: ReportRules
    zone: ZoneInfo
    notes: tuple[StoredNote, ...]
    period_notes: tuple[StoredNote, ...]
    period_note_ids: frozenset[str]
    measured: tuple[StoredNote, ...]
    measured_ids: frozenset[str]
    concluded: tuple[StoredNote, ...]
    looked_back: tuple[StoredNote, ...]
    by_id: Mapping[str, StoredNote]
    by_week: Mapping[Week, tuple[StoredNote, ...]]
    by_name: Mapping[str, tuple[StoredNote, ...]]
    said: Mapping[str, NoteMentions]
    index: NoteNameIndex
    references_by_note: Mapping[str, tuple[Reference, ...]]
    names: KnownPeople
    everything: tuple[StoredNote, ...] = ()
    others: dict[Kind, tuple[StoredNote, ...]] = field(default_factory=dict)
    shared: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

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

    def deed(self, text: str) -> str:
        """Return what was done or will be done, as it may be printed.

        Who does it may be said, what they lack may not.
        """
        return self.names.without_blame(text)

    def cause(self, *texts: str) -> str:
        """Return the first of the texts that names a cause, as far as it may be printed."""
        return next((quoted for quoted in map(self.names.cause_in, texts) if quoted), "")

    def lines(self, note: Note) -> NoteLines:
        """Return the note as its three lines."""
        written = tuple(
            without_placeholder(text) for text in (note.success_factors, note.failure_factors)
        )
        factors = " / ".join(filter(None, map(self.cause, written))) or self.cause(
            note.retrospective
        )
        applied = "" if is_term("placeholder", note.applied_to) else self.deed(note.applied_to)
        return NoteLines(
            self.deed(note.execution) or self.deed(note.title),
            factors,
            self.deed(without_placeholder(note.next_action)) or applied,
            withheld=not factors and any((*written, without_placeholder(note.retrospective))),
        )

    def until(self, weeks: int) -> date:
        """Return the first day of a window of so many weeks that ends with the period."""
        return self.period.last - timedelta(weeks=weeks) + timedelta(days=1)


def texts_of(note: Note) -> tuple[str, ...]:
    """Return the note's texts in the order in which they name it."""
    return (
        note.title,
        note.execution,
        note.hypothesis,
        note.learned,
        note.retrospective,
        note.goal,
        note.next_action,
    )


def activity_names(note: Note) -> tuple[str, ...]:
    """Return what an activity may be called, best first."""
    supposed = "" if any(sign.isdigit() for sign in note.hypothesis) else note.hypothesis
    return _named_last(note, (note.title, note.execution, supposed, _detail_text(note)))


def name_candidates(note: Note) -> tuple[str, ...]:
    """Return what a note could be called, best first; a title that is only an id comes last."""
    return _named_last(note, (*texts_of(note), _detail_text(note)))


def _named_last(note: Note, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts, the title behind all where it is only an id."""
    ids = {
        text for text in texts if _CODE.fullmatch(text.strip()) or text.strip() == note.key.strip()
    }
    return (*(text for text in texts if text not in ids), note.title)


def without_placeholder(text: str) -> str:
    """Return a text, "" where it is only a placeholder ("-", "없음", "TBD")."""
    return "" if is_term("placeholder", text) else text


def previous(period: Period) -> Period:
    """Return the period before."""
    return period.back()


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
    every = sorted(inputs.notes if notes is None else notes, key=_order(zone))
    people = (name for stored in every for name in (*stored.note.owners, *stored.note.people))
    kinds: tuple[Kind, ...] = ("plan", "metric", "funnel", "action", "feedback")
    experiments = tuple(stored for stored in every if stored.note.kind == "experiment")
    here = tuple(stored for stored in experiments if is_in_period_span(stored, inputs.period, zone))
    measured = _dated(experiments, measured_on, inputs.period, zone=zone)
    index = NoteNameIndex(experiments)
    said = {stored.id: NoteMentions.of(stored.note) for stored in experiments}
    return TeamLog(
        team=inputs.team,
        period=inputs.period,
        rules=inputs.rules,
        zone=zone,
        notes=experiments,
        period_notes=here,
        period_note_ids=frozenset(stored.id for stored in here),
        measured=measured,
        measured_ids=frozenset(stored.id for stored in measured),
        concluded=tuple(
            one
            for one in _dated(experiments, concluded_on, inputs.period, zone=zone)
            if one.note.outcome
        ),
        looked_back=tuple(
            one
            for one in _dated(experiments, looked_back_on, inputs.period, zone=zone)
            if one.note.retrospective
        ),
        by_id={stored.id: stored for stored in experiments},
        by_week=_by_week(experiments, zone),
        by_name=_by_name(experiments),
        said=said,
        index=index,
        references_by_note=references_by_note(experiments, said, index),
        names=KnownPeople.of((*people, *(person.name for person in inputs.team.key_people))),
        everything=tuple(every),
        others={
            kind: tuple(stored for stored in every if stored.note.kind == kind) for kind in kinds
        },
    )


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
        names = (*texts_of(note), "\0".join(note.owners), _detail_text(note))
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


def _detail_text(note: Note) -> str:
    details = note.details
    if isinstance(details, ActionItem | Feedback):
        return details.text
    if isinstance(details, PlanCard):
        return (
            details.key_result or details.bhag or next(iter((*details.business, *details.big3)), "")
        )
    if isinstance(details, Series):
        return details.points[0].name if details.points else ""
    return ""
