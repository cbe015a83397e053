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
from reports.analysis.text.note_references import NoteMentions, NoteNameIndex, ReferenceKind
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


@dataclass(slots=True)
class NoteSurvey:
    """Result of the first pass over all notes, team by team."""

    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    index: dict[str, NoteNameIndex] = field(
        default_factory=lambda: defaultdict(lambda: NoteNameIndex(()))
    )
    titles: Counter[tuple[str, str]] = field(default_factory=Counter)

    def look(self, stored: StoredNote) -> None:
        """Add a note."""
        note = stored.note
        self.people[stored.team].update(note.owners, note.people)
        if note.kind == "experiment":
            self.index[stored.team].add(stored)
            self.titles[stored.team, comparison_key(note.title)] += 1

    def names(self, teams: Iterable[ReportTeam]) -> dict[str, KnownPeople]:
        """Return the known people of each team's log."""
        key_people = {team.name: [person.name for person in team.key_people] for team in teams}
        return {
            name: KnownPeople.of((*self.people.get(name, ()), *key_people.get(name, ())))
            for name in {**key_people, **self.people}
        }

    def forget_common_titles(self) -> None:
        """Remove titles that too many notes share to name one of them."""
        for (team, title), times in self.titles.items():
            if times > _COMMON:
                self.index[team].forget(title)


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

    def look(self, stored: StoredNote) -> None:
        """Add a note."""
        zone = self._zones.get(stored.team, ZoneInfo("UTC"))
        self._notes[stored.id] = outline_of(stored, self._people[stored.team], zone)
        if stored.note.kind == "experiment":
            if stored.gone is None:
                self.attempts.append(HypothesisRecord.of(stored, zone))
            ties = self._ties(stored)
            if ties:
                self._names[stored.id] = ties

    def _ties(self, stored: StoredNote) -> tuple[NoteReference, ...]:
        index, mentions = self._survey.index[stored.team], NoteMentions.of(stored.note)
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
    """Return the name of a line of a number table: its first number's, with its day."""
    if not isinstance(note.details, Series) or not note.details.points:
        return ()
    point = note.details.points[0]
    when = point.label or (point.day.isoformat() if point.day else "")
    return (" · ".join(part for part in (point.name, when) if part),)
