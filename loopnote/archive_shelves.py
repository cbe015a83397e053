"""What the archive's shelves are filled with: a team's whole log, looked at once, when a shelf has to be made anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from loopnote.config.model import Config
from loopnote.notes import SourceHealth, StoredNote, StoredProblem
from loopnote.store.store import Store
from loopnote.weeks import Week
from reports.archive.addresses import href
from reports.archive.shelves.commitments import commitments_part
from reports.archive.shelves.learnings import learnings_part
from reports.archive.shelves.people import people_part
from reports.archive.shelves.playbook import playbook_part
from reports.archive.shelves.problems import problems_part
from reports.archive.shelves.shelf import Shelf, TeamInputs, shelf_page
from reports.archive.shelves.view import ShelfPage, TeamPart
from reports.archive.site import Site
from reports.archive.view import Inside
from reports.inputs import ReportInputs, Team
from reports.log import Log, build_log
from reports.membership import days_of

PARTS: dict[str, Callable[[Shelf, TeamInputs], TeamPart]] = {
    "commitments": commitments_part,
    "learnings": learnings_part,
    "people": people_part,
    "playbook": playbook_part,
    "problems": problems_part,
}
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Readings:
    """What the last readings of the sources left: the cells not understood, and what was left out of each source."""

    problems: Sequence[StoredProblem]
    health: Sequence[SourceHealth]

    @classmethod
    def of(cls, store: Store) -> "Readings":
        """Return what the store knows of the last readings."""
        return cls(store.problems(), store.health())

    @property
    def stamp(self) -> tuple[object, ...]:
        """What the shelves show of it: when a source was read last is not among it."""
        left_out = [(one.source, one.team, sorted(one.skipped.items())) for one in self.health]
        return (list(self.problems), left_out)


class Shelves:
    """The shelves of one build; a team's notes are read when the first of them is made, and let go at once."""

    def __init__(self, config: Config, store: Store, site: Site, readings: Readings) -> None:
        self._config = config
        self._store = store
        self._site = site
        self._readings = readings

    def page(self, name: str) -> ShelfPage:
        """Return a shelf's page."""
        site, path = self._site, shelf_page(name)
        title = site.words(f"archive.{name}.title")
        parts = tuple(of_team[name] for of_team in self._parts.values())
        teams = tuple(Inside(part.team, f"{href(path, path)}#team-{at}") for at, part in enumerate(parts, 1))
        return ShelfPage(
            site.frame(path, title),
            title,
            site.words(f"archive.{name}.intro"),
            parts,
            teams if len(teams) > 1 else (),
        )

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[str, TeamPart]]:
        """Every team's part of every shelf, by team and by shelf."""
        return {team: self._of_team(team) for team in self._site.folders}

    def _of_team(self, team: str) -> Mapping[str, TeamPart]:
        notes = list(self._store.notes(team=team, include_gone=True))
        about = self._site.teams.get(team) or Team(team, "UTC")
        inputs = TeamInputs(
            *self._logs(about, [stored for stored in notes if stored.gone is None]),
            [stored for stored in notes if stored.gone is not None],
            [one for one in self._readings.problems if one.team == team],
            [one for one in self._readings.health if one.team == team],
        )
        return {name: part(Shelf(self._site, name, team), inputs) for name, part in PARTS.items()}

    def _logs(self, about: Team, notes: Sequence[StoredNote]) -> tuple[Log, Log]:
        """Return the whole log of a team, and that of the window of its last week."""
        zone = self._site.zone(about.name)
        latest = max((stored.changed for stored in notes), default=_LONG_AGO)
        week = Week.containing(latest.astimezone(zone).date()) if notes else Week(2026, 1)
        inputs = ReportInputs(about, week, self._config.report.method(), latest, tuple(notes))
        first = week.first - timedelta(weeks=inputs.rules.window_weeks)
        recent = tuple(stored for stored in notes if any(first <= day <= week.last for day in days_of(stored, zone)))
        return build_log(inputs), build_log(replace(inputs, notes=recent))
