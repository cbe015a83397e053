"""The context that all pages of one archive build share: language, teams, note names, frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from notes.messages import figures
from notes.messages.catalogue import MessageCatalogue
from notes.model.deliveries import ALL_TEAMS
from notes.model.notes import Language, Metric, Outcome
from notes.model.periods import Month, Period
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.text.quoting import KnownPeople
from reports.page.formatting.metric_texts import size, value
from reports.page.formatting.text_formatter import NameDisplay, PageOptions, TextFormatter
from reports.page.view import Tone

from .addresses import HOME, SCRIPT, SEARCH, SEVERAL, STYLE, href, note_page, team_page
from .archive_view import ArchiveLink, NavLink, NoteLine, PageFrame, StatusLabel
from .note_catalogue import Catalogue, NoteOutline

TONES: dict[Outcome, Tone] = {
    "success": "good",
    "failure": "bad",
    "inconclusive": "warn",
    "running": "quiet",
    "planned": "quiet",
    "dropped": "quiet",
}
"""The colour of an outcome; what is not decided has none."""
_FRAME_WORDS = ("skip", "menu", "trail", "close")
"""Words of every page's frame, asked of the catalogue by these names."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the menu: its message key `archive.nav.<key>`, and its address."""

    key: str
    path: str


@dataclass(frozen=True, slots=True)
class Site:
    """One archive: its language, its teams in display order, and the catalogue of notes.

    `teams` holds those of the configuration first, `former` those that only the store knows.
    `people` are by team, `names` says how they are shown, `hidden` are those whose names are not,
    longest first. `lines` are the notes as entries of a list, by id, as far as they were asked for:
    a note stands in the lists of its month and of each of its weeks, and behind reports. `asked`
    are the sources with a column whose meaning is a question: what a note of theirs lacks may
    stand there (method §1).
    """

    words: MessageCatalogue
    teams: Mapping[str, ReportTeam]
    folders: Mapping[str, str]
    catalogue: Catalogue
    people: Mapping[str, KnownPeople]
    former: frozenset[str] = frozenset()
    menu: tuple[MenuEntry, ...] = (MenuEntry("home", HOME),)
    lines: dict[str, NoteLine] = field(default_factory=dict)
    names: NameDisplay = "names"
    hidden: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()

    @property
    def language(self) -> Language:
        """Return the language of the archive's own words."""
        return self.words.language

    def zone(self, team: str) -> ZoneInfo:
        """Return the zone of a team; the first team's for what concerns all."""
        known = self.teams.get(team) or next(iter(self.teams.values()), None)
        return ZoneInfo(known.timezone if known else "UTC")

    def spoken(self, team: str) -> Language:
        """Return the language that a team writes in."""
        return self.teams[team].language if team in self.teams else self.language

    def formatter(self, team: str, source: str = "") -> TextFormatter:
        """Return the formatter of a team, and of a note of one of its sources."""
        return TextFormatter(
            self.words,
            PageOptions(names=self.names),
            people=self.hidden,
            zone=self.zone(team),
            asked=source in self.asked,
        )

    def folder(self, scope: str) -> str:
        """Return the folder of a report's scope."""
        return SEVERAL if scope == ALL_TEAMS else self.folders[scope]

    def frame(self, page: str, title: str, crumbs: Sequence[tuple[str, str]] = ()) -> PageFrame:
        """Return the frame of a page.

        `crumbs` are (text, path) from the home page down, without the page itself.
        """
        site = self.words("archive.site")
        trail = ((self.words("archive.nav.home"), HOME), *crumbs) if page != HOME else ()
        return PageFrame(
            language=self.language,
            title=title if title == site else f"{title} · {site}",
            site=site,
            top="../" * page.count("/"),
            style=href(page, STYLE),
            script=href(page, SCRIPT),
            home=href(page, HOME),
            search="" if page == SEARCH else href(page, SEARCH),
            nav=tuple(
                NavLink(
                    self.words(f"archive.nav.{one.key}"), href(page, one.path), one.path == page
                )
                for one in self.menu
            ),
            crumbs=tuple(ArchiveLink(text, href(page, path)) for text, path in trail),
            labels={name: self.words(f"archive.{name}") for name in _FRAME_WORDS}
            | {"search": self.words("archive.nav.search")},
            footer=self.words("archive.footer"),
        )

    def labels(self, section: str, *names: str) -> dict[str, str]:
        """Return the fixed words of a kind of page, by name."""
        return {name: self.words(f"archive.{section}.{name}") for name in names}

    def team_crumb(self, team: str) -> tuple[str, str]:
        """Return the crumb of a team's page."""
        return team, team_page(self.folders[team])

    def note_line(
        self, page: str, one: NoteOutline, *marks: StatusLabel, extra: str = "", team: bool = False
    ) -> NoteLine:
        """Return a note as an entry of a list; `extra` follows its facts."""
        line = self.lines.get(one.id) or self.lines.setdefault(one.id, self._line(one))
        facts = [fact for fact in (one.team if team else "", line.facts, extra) if fact]
        return NoteLine(
            ArchiveLink(line.link.text, href(page, note_page(one.id))),
            " · ".join(facts),
            line.language,
            (*line.marks, *marks),
        )

    @staticmethod
    def told_of(one: NoteOutline) -> tuple[object, ...]:
        """Return all that an entry of a list tells of a note, not yet in words."""
        return (
            *(one.id, one.team, one.kind, one.title, one.place, one.key, one.day),
            *(one.outcome, one.owners, one.gone is not None, one.metric),
        )

    def _line(self, one: NoteOutline) -> NoteLine:
        """Return a note as an entry of any list, without its address."""
        formatter = self.formatter(one.team)
        facts = (
            self.kind(one),
            formatter.names(one.owners) if one.owners else "",
            measured(formatter, one.metric),
            self.day(one.day),
        )
        shown = [StatusLabel(formatter("version.gone"), "warn")] if one.gone else []
        shown += (
            [StatusLabel(formatter(f"outcome.{one.outcome}"), TONES[one.outcome])]
            if one.outcome
            else []
        )
        return NoteLine(
            ArchiveLink(self.title(one)),
            " · ".join(fact for fact in facts if fact),
            self.spoken(one.team),
            tuple(shown),
        )

    def title(self, one: NoteOutline) -> str:
        """Return the displayed title of a note."""
        return (
            one.title
            or self.formatter(one.team).spot(one.place, one.key)
            or self.words("archive.note.untitled")
        )

    def kind(self, one: NoteOutline) -> str:
        """Return the kind of a note in words; "" for an experiment."""
        return "" if one.kind == "experiment" else self.words(f"archive.kind.{one.kind}")

    def day(self, day: date) -> str:
        """Return a day with its year."""
        return figures.full_day(day, self.language)

    def moment(self, at: datetime, team: str) -> str:
        """Return an instant in a team's zone."""
        return figures.moment(at.astimezone(self.zone(team)), self.language)

    def period(self, period: Period) -> str:
        """Return a week or month with its year."""
        if isinstance(period, Month):
            return figures.month_name(period.first, self.language)
        name = figures.period_name(period, self.language)
        return self.words("archive.week.period", period=name, year=str(period.year))


def measured(formatter: TextFormatter, metric: Metric | None) -> str:
    """Return a note's number in short, both sides where it has them; "" without a number.

    Example: 답장률 15% → 18%.
    """
    if metric is None:
        return ""
    unit, name = metric.unit, formatter.quote(metric.name, 30)
    sides = [
        value(formatter, side, unit) for side in (metric.before, metric.after) if side is not None
    ]
    if not sides and metric.change is not None:
        sides = [f"{'+' if metric.change > 0 else '−'}{size(formatter, metric.change, unit)}"]
    joint = " / " if metric.comparison else " → "
    return " ".join(part for part in (name, joint.join(sides)) if part) if sides else ""
