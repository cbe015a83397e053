"""What the archive keeps in memory of every note: small enough for 20,000 notes.

survey (first pass)   ─► names of people, and what each note can be called by
catalogue (second)    ─► an outline of each note, and which note names which
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from notes.model.notes import Kind, Metric, Note, Outcome, Place, Series, StoredNote
from notes.model.periods import Week
from reports.analysis.data.period_membership import day_of, days_of
from reports.analysis.learnings.similar_notes import HypothesisRecord
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.text.naming_texts import name_candidates
from reports.analysis.text.note_references import (
    NoteMentions,
    NoteNameIndex,
    NoteNames,
    ReferenceKind,
)
from reports.analysis.text.quoting import KnownPeople, comparison_key
from reports.page.safe import shortened

_TITLE = 90
"""Columns of a note's title in a list: two lines on a phone (judgement)."""
_COMMON = 12
"""Notes above which a shared title names none of them (ADR 0606)."""


@dataclass(frozen=True, slots=True)
class NoteOutline:
    """A note as other pages name it; `title` is "" where the note has no text of its own.

    `day` is the day it stands for and `weeks` are those whose reports count it, oldest first.
    `metric` is the number that the note claims to have moved, None where it names none.
    """

    id: str
    team: str
    source: str
    kind: Kind
    title: str
    place: Place
    key: str
    day: date
    weeks: tuple[Week, ...]
    outcome: Outcome | None
    owners: tuple[str, ...]
    version: int
    first_seen: datetime
    changed: datetime
    gone: datetime | None
    sure: bool
    metric: Metric | None = None


@dataclass(frozen=True, slots=True)
class NoteReference:
    """Another note that this one names, or that names this one, and how."""

    id: str
    how: ReferenceKind


@dataclass(frozen=True, slots=True)
class SimilarNoteLink:
    """An earlier note like another one, and the reason in words; never counted."""

    id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteSigns:
    """What the survey takes of a note: who is in it, and what an experiment can be called by."""

    team: str
    people: tuple[str, ...] = ()
    is_named: bool = False
    key: str = ""
    title: str = ""
    page_id: str = ""
    url: str = ""

    @classmethod
    def of(cls, stored: StoredNote) -> "NoteSigns":
        """Return the signs of a note."""
        note = stored.note
        people = (*note.owners, *note.people)
        if note.kind != "experiment":
            return cls(stored.team, people)
        return cls(
            stored.team,
            people,
            is_named=True,
            key=note.key,
            title=note.title,
            page_id=note.place.page_id,
            url=note.url,
        )


@dataclass(slots=True)
class NoteSurvey:
    """Result of the first pass over all notes, team by team."""

    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: dict[str, dict[str, NoteSigns]] = field(default_factory=lambda: defaultdict(dict))
    _indexes: dict[str, NoteNameIndex] = field(default_factory=dict)

    def add(self, note_id: str, signs: NoteSigns) -> None:
        """Add a note by its signs; all notes come before the first `index`."""
        self.people[signs.team].update(signs.people)
        if signs.is_named:
            self.named[signs.team][note_id] = signs

    def names(self, teams: Iterable[ReportTeam]) -> dict[str, KnownPeople]:
        """Return the known people of each team's log."""
        key_people = {team.name: [person.name for person in team.key_people] for team in teams}
        return {
            name: KnownPeople.of((*self.people.get(name, ()), *key_people.get(name, ())))
            for name in {**key_people, **self.people}
        }

    def index(self, team: str) -> NoteNameIndex:
        """Return the names of a team's experiments, without titles that too many share to name
        one of them.
        """
        if team not in self._indexes:
            self._indexes[team] = _name_index(self.named[team])
        return self._indexes[team]


def _name_index(named: Mapping[str, NoteSigns]) -> NoteNameIndex:
    index = NoteNameIndex(())
    for note_id, one in named.items():
        names = NoteNames.spelled(one.key, one.title, page_id=one.page_id, url=one.url)
        index.add_names(note_id, names)
    titles = Counter(comparison_key(one.title) for one in named.values())
    for title, times in titles.items():
        if times > _COMMON:
            index.forget(title)
    return index


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The outlines of all notes by id, in stored order, and the references between them.

    References are sorted by day, then id.
    """

    notes: Mapping[str, NoteOutline]
    names: Mapping[str, tuple[NoteReference, ...]] = field(default_factory=dict)
    named_by: Mapping[str, tuple[NoteReference, ...]] = field(default_factory=dict)

    def of_team(self, team: str) -> list[NoteOutline]:
        """Return a team's notes, latest day first, ties by id."""
        return newest_first(one for one in self.notes.values() if one.team == team)


def newest_first(outlines: Iterable[NoteOutline]) -> list[NoteOutline]:
    """Return notes by their day, latest first, then by id."""
    return sorted(outlines, key=lambda one: (-one.day.toordinal(), one.id))


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """What the catalogue takes of a note.

    `ties` are the notes that it names, `attempt` the hypothesis of a living experiment.
    """

    outline: NoteOutline
    ties: tuple[NoteReference, ...] = ()
    attempt: HypothesisRecord | None = None


class CatalogueBuilder:
    """Builds the catalogue in the second pass; `attempts` are the living notes' hypotheses."""

    def __init__(
        self, survey: NoteSurvey, names: Mapping[str, KnownPeople], zones: Mapping[str, ZoneInfo]
    ) -> None:
        self._survey = survey
        self._people = names
        self._zones = zones
        self.attempts: list[HypothesisRecord] = []
        self._notes: dict[str, NoteOutline] = {}
        self._names: dict[str, tuple[NoteReference, ...]] = {}

    def record(self, stored: StoredNote) -> NoteRecord:
        """Return what the catalogue takes of a note."""
        zone = self._zones.get(stored.team, ZoneInfo("UTC"))
        outline = outline_of(stored, self._people[stored.team], zone)
        if stored.note.kind != "experiment":
            return NoteRecord(outline)
        attempt = HypothesisRecord.of(stored, zone) if stored.gone is None else None
        return NoteRecord(outline, self._ties(stored), attempt)

    def add(self, record: NoteRecord) -> None:
        """Add a note by its record; notes must come in stored order."""
        self._notes[record.outline.id] = record.outline
        if record.attempt is not None:
            self.attempts.append(record.attempt)
        if record.ties:
            self._names[record.outline.id] = record.ties

    def _ties(self, stored: StoredNote) -> tuple[NoteReference, ...]:
        index, mentions = self._survey.index(stored.team), NoteMentions.of(stored.note)
        linked = set(index.linked(mentions)) - {stored.id}
        named = set(index.named(mentions)) - {stored.id} - linked
        return (
            *(NoteReference(one, "link") for one in sorted(linked)),
            *(NoteReference(one, "named") for one in sorted(named)),
        )

    def catalogue(self) -> Catalogue:
        """Return the finished catalogue."""
        back: dict[str, list[NoteReference]] = defaultdict(list)
        for note_id, ties in self._names.items():
            for tie in ties:
                back[tie.id].append(NoteReference(note_id, tie.how))
        return Catalogue(
            self._notes,
            {note_id: self._in_order(ties) for note_id, ties in self._names.items()},
            {note_id: self._in_order(ties) for note_id, ties in back.items()},
        )

    def _in_order(self, ties: Sequence[NoteReference]) -> tuple[NoteReference, ...]:
        known = (tie for tie in ties if tie.id in self._notes)
        return tuple(sorted(known, key=lambda tie: (self._notes[tie.id].day, tie.id)))


def outline_of(stored: StoredNote, people: KnownPeople, zone: ZoneInfo) -> NoteOutline:
    """Return the outline of a note; its title leaves out sentences that blame a person."""
    note = stored.note
    return NoteOutline(
        id=stored.id,
        team=stored.team,
        source=stored.source,
        kind=note.kind,
        title=title_of(note, people),
        place=note.place,
        key=note.key,
        day=day_of(stored, zone),
        weeks=_weeks(stored, zone),
        outcome=note.outcome,
        owners=note.owners,
        version=stored.version,
        first_seen=stored.first_seen,
        changed=stored.changed,
        gone=stored.gone,
        sure=stored.sure,
        metric=note.metric,
    )


def _weeks(stored: StoredNote, zone: ZoneInfo) -> tuple[Week, ...]:
    """Return the weeks whose reports count the note: none unless it is a living experiment."""
    if stored.gone is not None or stored.note.kind != "experiment":
        return ()
    return tuple(sorted({Week.containing(day) for day in days_of(stored, zone)}))


def title_of(note: Note, people: KnownPeople) -> str:
    """Return what the note calls itself, on one line, shortened; "" where it has no text."""
    for text in (*_point(note), *name_candidates(note), note.key):
        quoted = people.without_blame(text)
        if quoted:
            return shortened(quoted, _TITLE)
    return ""


def _point(note: Note) -> tuple[str, ...]:
    """Return the name of a line of a number table: its first number's, with its day or week where
    it is of one alone.
    """
    if not isinstance(note.details, Series) or not note.details.points:
        return ()
    point = note.details.points[0]
    one = len({other.day for other in note.details.points}) == 1
    when = (point.label or (point.day.isoformat() if point.day else "")) if one else ""
    return (" · ".join(part for part in (point.name, when) if part),)
