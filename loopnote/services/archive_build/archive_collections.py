"""Builds the archive's collection pages (learnings, commitments, people, playbook, problems).

A team's whole log is read once, when something changed that its parts are made from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from loopnote.config.model import Config
from notes.model.notes import SourceHealth, StoredNote, StoredProblem
from notes.model.periods import Week
from notes.store.store import Store
from reports.analysis.data.period_membership import days_of
from reports.analysis.data.team_log import TeamLog, build_log
from reports.analysis.data.written_times import first_told
from reports.analysis.records.inputs import ReportInputs, ReportTeam
from reports.analysis.records.removed_actions import removed_in
from reports.archive.addresses import href
from reports.archive.archive_view import ArchiveLink, BarChart
from reports.archive.collections.builder import CollectionBuilder, CollectionInputs, collection_page
from reports.archive.collections.collection_view import CollectionPage, TeamCollection
from reports.archive.collections.commitments import commitments_part
from reports.archive.collections.kept_parts import KeptParts, kept_line, read_kept
from reports.archive.collections.learnings import learnings_part
from reports.archive.collections.people import people_part
from reports.archive.collections.playbook import playbook_part
from reports.archive.collections.problems import problems_part
from reports.archive.page_plan import fingerprint
from reports.archive.pages.team import number_charts
from reports.archive.site import Site

PARTS: dict[str, Callable[[CollectionBuilder, CollectionInputs], TeamCollection]] = {
    "commitments": commitments_part,
    "learnings": learnings_part,
    "people": people_part,
    "playbook": playbook_part,
    "problems": problems_part,
}
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for a time that is not known: sorts before all others."""


@dataclass(frozen=True, slots=True)
class SourceReadings:
    """The results of the last readings of the sources.

    The cells not understood, and what was left out of each source.
    """

    problems: Sequence[StoredProblem]
    health: Sequence[SourceHealth]

    @classmethod
    def of(cls, store: Store) -> "SourceReadings":
        """Return what the store knows of the last readings."""
        return cls(store.problems(), store.health())

    def of_team(self, team: str) -> "SourceReadings":
        """Return the results of a team's sources."""
        return SourceReadings(
            [one for one in self.problems if one.team == team],
            [one for one in self.health if one.team == team],
        )

    @property
    def stamp(self) -> tuple[object, ...]:
        """A fingerprint of what the pages show; not of when a source was last read."""
        left_out = [(one.source, one.team, sorted(one.skipped.items())) for one in self.health]
        return (list(self.problems), left_out, sorted(self.asked))

    @property
    def asked(self) -> frozenset[str]:
        """The sources with a column whose meaning is a question."""
        return frozenset(one.source for one in self.health if one.open_columns)


@dataclass(frozen=True, slots=True)
class CollectionSources:
    """What collection pages are made from, beside the notes themselves.

    `fingerprints` are those of the notes by id, `edition` stands for all other inputs, `before` is
    the `memory` of the last build.
    """

    readings: SourceReadings
    edition: str
    fingerprints: Mapping[str, str]
    before: bytes


class CollectionPages:
    """The collection pages of one build.

    A team's notes are read when its first page is built, and released afterwards; not at all where
    the last build's parts were made from the same notes and readings.
    """

    def __init__(
        self, config: Config, store: Store, site: Site, *, sources: CollectionSources
    ) -> None:
        self._config = config
        self._store = store
        self._site = site
        self._readings = sources.readings
        self._edition = sources.edition
        self._fingerprints = sources.fingerprints
        self._before = read_kept(sources.before)

    def charts(self, team: str) -> tuple[BarChart, ...]:
        """Return the numbers of a team over the weeks, as its page shows them."""
        return self._parts[team].charts

    def memory(self) -> bytes:
        """Return what the next build can take over; it holds names."""
        return kept_line(self._parts)

    def page(self, name: str) -> CollectionPage:
        """Return the page of a collection."""
        site, path = self._site, collection_page(name)
        title = site.words(f"archive.{name}.title")
        parts = tuple(of_team.parts[name] for of_team in self._parts.values())
        teams = tuple(
            ArchiveLink(part.team, f"{href(path, path)}#team-{at}")
            for at, part in enumerate(parts, 1)
        )
        return CollectionPage(
            site.frame(path, title),
            title,
            site.words(f"archive.{name}.intro"),
            parts,
            teams if len(teams) > 1 else (),
        )

    @cached_property
    def _parts(self) -> Mapping[str, KeptParts]:
        """Every team's part of every collection, by team and by collection."""
        return {team: self._of_team(team) for team in self._site.folders}

    def _of_team(self, team: str) -> KeptParts:
        made_from = self._made_from(team)
        kept = self._before.get(team)
        if kept is not None and kept.made_from == made_from and kept.parts.keys() == PARTS.keys():
            return kept
        return self._made(team, made_from)

    def _made_from(self, team: str) -> str:
        """Return a fingerprint of what the parts of a team are made from.

        Its notes and readings, and the notes of the sources in which cells were not understood.
        """
        problems = [one for one in self._readings.problems if one.team == team]
        sources = {one.source for one in problems}
        notes = [
            (one.id, self._fingerprints.get(one.id, ""))
            for one in self._site.catalogue.notes.values()
            if one.team == team or one.source in sources
        ]
        return fingerprint(self._edition, notes, self._readings.of_team(team).stamp)

    def _made(self, team: str, made_from: str) -> KeptParts:
        notes = list(first_told(self._store.notes(team=team, include_gone=True), self._store.steps))
        about = self._site.teams.get(team) or ReportTeam(team, "UTC")
        readings = self._readings.of_team(team)
        inputs = CollectionInputs(
            *self._logs(about, [stored for stored in notes if stored.gone is None]),
            [stored for stored in notes if stored.gone is not None],
            readings.problems,
            readings.health,
            list(removed_in(notes, self._store.steps)),
        )
        parts = {
            name: part(CollectionBuilder(self._site, name, team), inputs)
            for name, part in PARTS.items()
        }
        return KeptParts(made_from, parts, number_charts(self._site, inputs.log))

    def _logs(self, about: ReportTeam, notes: Sequence[StoredNote]) -> tuple[TeamLog, TeamLog]:
        """Return the whole log of a team, and that of the window of its last week."""
        zone = self._site.zone(about.name)
        latest = max((stored.changed for stored in notes), default=_LONG_AGO)
        week = Week.containing(latest.astimezone(zone).date()) if notes else Week(2026, 1)
        inputs = ReportInputs(about, week, self._config.report.method(), latest, tuple(notes))
        first = week.first - timedelta(weeks=inputs.rules.window_weeks)
        recent = tuple(
            stored
            for stored in notes
            if any(first <= day <= week.last for day in days_of(stored, zone))
        )
        return build_log(inputs), build_log(replace(inputs, notes=recent))
