"""View models of the archive's pages: sorted, counted and worded; a template only places them.

Every text is text and is escaped by the template. An `ArchiveLink` leads to another page of the
archive, relative to the page that shows it; a `PlaceLink` (of `reports.page.view`) leaves it, and
only by an address that may be opened.
"""

from dataclasses import dataclass

from notes.model.notes import Language
from reports.page.charts import Drawing
from reports.page.view import PlaceLink, Tone


@dataclass(frozen=True, slots=True)
class ArchiveLink:
    """A link to another page of the archive.

    `href` is relative and encoded, "" where there is no such page.
    """

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry of the menu; `current`: the page shown is its target."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What surrounds every page: menu, breadcrumbs and fixed words.

    `top` is the way to the archive's folder ("../../", or "" on the home page); scripts may need
    it. `search` leads to the search page, "" on that page itself.
    """

    language: Language
    title: str
    site: str
    top: str
    style: str
    script: str
    home: str
    search: str
    nav: tuple[NavLink, ...]
    crumbs: tuple[ArchiveLink, ...]
    labels: dict[str, str]
    footer: str


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """A short coloured label: an outcome, a state."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in a list, linked to its page; `language` is that of the team's own words."""

    link: ArchiveLink
    facts: str
    language: Language
    marks: tuple[StatusLabel, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week or month in a list: its page, the report's subject, its state, its notes."""

    link: ArchiveLink
    days: str
    headline: str
    language: Language
    state: StatusLabel
    notes: ArchiveLink
    team: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars as inline SVG: `text` describes them, `spoken` reads each bar's number.

    `stressed` is the place of one bar.
    """

    id: str
    title: str
    text: str
    drawing: Drawing
    labels: tuple[str, ...]
    values: tuple[str, ...]
    spoken: str
    stressed: int


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team on the home page."""

    name: ArchiveLink
    language: Language
    facts: str
    latest: WeekLine | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page: the teams, the latest reports, and what is new."""

    frame: PageFrame
    heading: str
    intro: str
    teams: tuple[TeamCard, ...]
    weeks: tuple[WeekLine, ...]
    several: tuple[WeekLine, ...]
    news: tuple[NoteLine, ...]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team: its numbers, its weeks and months, and its notes month by month.

    `remark` marks a former team.
    """

    frame: PageFrame
    language: Language
    heading: str
    intro: str
    remark: str
    charts: tuple[BarChart, ...]
    weeks: tuple[WeekLine, ...]
    months: tuple[WeekLine, ...]
    lists: tuple[ArchiveLink, ...]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of the notes of a month or week; `remark` is about the period's report."""

    frame: PageFrame
    heading: str
    intro: str
    remark: str
    lines: tuple[NoteLine, ...]
    ways: tuple[ArchiveLink, ...]
    others: tuple[ArchiveLink, ...] = ()
    others_label: str = ""


@dataclass(frozen=True, slots=True)
class ReportBar:
    """The archive's own bar above a report as it was sent."""

    language: Language
    label: str
    ways: tuple[ArchiveLink, ...]
    texts: tuple[str, ...]
    behind: str
    notes: tuple[NoteLine, ...]
    others_label: str
    others: tuple[ArchiveLink, ...]


@dataclass(frozen=True, slots=True)
class NoteField:
    """A field of a note: its name, and its text, one paragraph a line."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberTable:
    """A table of a note's numbers; the first cell of a row is its header."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after a change."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One version of a note: when, what happened, and what changed."""

    number: str
    when: str
    event: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedNoteList:
    """A titled list of related notes: named by it, naming it, or like it."""

    title: str
    lines: tuple[NoteLine, ...]
    remark: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A report that showed a note, and whether the note changed since."""

    link: ArchiveLink
    remark: StatusLabel


@dataclass(frozen=True, slots=True)
class NotePage:
    """A note: three lines, all cells, its numbers, its history, and where it appeared.

    `language` is that of the team's own words. `lines` holds (label, text); a missing one is named
    as missing and listed in `missing` (0 to 2).
    """

    frame: PageFrame
    language: Language
    kind: str
    heading: str
    facts: str
    marks: tuple[StatusLabel, ...]
    notices: tuple[str, ...]
    rivals: tuple[NoteLine, ...]
    place: PlaceLink
    opens: str
    id: str
    lines: tuple[tuple[str, str], ...]
    missing: tuple[int, ...]
    fields: tuple[NoteField, ...]
    chart: BarChart | None
    numbers: tuple[NumberTable, ...]
    related: tuple[RelatedNoteList, ...]
    reports: tuple[Appearance, ...]
    cells: tuple[NoteField, ...]
    written: tuple[str, ...]
    history: tuple[VersionEntry, ...]
    history_remark: str
    remark: str
    labels: dict[str, str]
