"""A team's part of the archive: its weeks, its months, and its own page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from notes.model.deliveries import ALL_TEAMS
from notes.model.periods import Period, Week
from reports.archive.addresses import (
    edition_page,
    href,
    month_page,
    report_page,
    team_page,
    week_notes_page,
)
from reports.archive.catalogue import NoteOutline, newest_first
from reports.archive.editions import ReportEditions, edition_name, is_week, state_of
from reports.archive.site import Site
from reports.archive.view import ArchiveLink, BarChart, TeamPage, WeekLine
from reports.page.charts import drawing, heights
from reports.page.messages import figures
from reports.page.view import Bar as ChartBar
from reports.page.view import Chart

PART = 500
"""The most notes that one list holds."""

_CHART_WEEKS = 12
_BRACKETS = re.compile(r"^(?:\[[^\]]*\]\s*)+")


@dataclass(frozen=True, slots=True)
class TeamNotes:
    """A team's notes, latest first, also by week and by month (its first day), and its reports by period."""

    team: str
    notes: tuple[NoteOutline, ...]
    by_week: Mapping[Week, tuple[NoteOutline, ...]]
    by_month: Mapping[date, tuple[NoteOutline, ...]]
    issues: Mapping[Period, ReportEditions]

    @property
    def weeks(self) -> list[Week]:
        """The weeks that have notes or a report, latest first."""
        reported = {period for period in self.issues if isinstance(period, Week)}
        return sorted({*self.by_week, *reported}, reverse=True)

    @property
    def months(self) -> list[Period]:
        """The months that have a report, latest first."""
        return sorted(
            (period for period in self.issues if not is_week(period)),
            key=lambda one: one.first,
            reverse=True,
        )

    def is_ahead(self, period: Period) -> bool:
        """Tell whether the period is later than the last that has a report.

        Its own may yet come.
        """
        reported = [one.first for one in self.issues if is_week(one) == is_week(period)]
        return bool(reported) and period.first > max(reported)

    def of(self, period: Period) -> tuple[NoteOutline, ...]:
        """Return the notes of a week or month."""
        if isinstance(period, Week):
            return self.by_week.get(period, ())
        return self.by_month.get(period.first, ())

    def list_path(self, folder: str, period: Period) -> str:
        """Return where the list of a period's notes lies; "" where there are none."""
        if not self.of(period):
            return ""
        if not isinstance(period, Week):
            return month_page(folder, period.first)
        issue = self.issues.get(period)
        return (
            week_notes_page(folder, str(period))
            if issue and issue.shown.page
            else report_page(folder, str(period))
        )


def headline(subject: str) -> str:
    """Return a subject without the team and week in brackets before it; the list says those itself.

    >>> headline("[정정] [가람 47주차] 재방문율 26%")
    '재방문율 26%'
    """
    return _BRACKETS.sub("", subject) or subject


def team_logs(
    teams: Iterable[str], notes: Iterable[NoteOutline], issues: Iterable[ReportEditions]
) -> dict[str, TeamNotes]:
    """Return the log of each team, in the order given."""
    own: dict[str, list[NoteOutline]] = {team: [] for team in teams}
    for one in notes:
        own[one.team].append(one)
    reported: dict[str, dict[Period, ReportEditions]] = {team: {} for team in own}
    for issue in issues:
        if issue.scope in reported:
            reported[issue.scope][issue.period] = issue
    return {team: _log(team, newest_first(found), reported[team]) for team, found in own.items()}


def _log(team: str, notes: list[NoteOutline], issues: dict[Period, ReportEditions]) -> TeamNotes:
    weeks: dict[Week, list[NoteOutline]] = defaultdict(list)
    months: dict[date, list[NoteOutline]] = defaultdict(list)
    for one in notes:
        months[one.day.replace(day=1)].append(one)
        for week in one.weeks:
            weeks[week].append(one)
    return TeamNotes(
        team,
        tuple(notes),
        {week: tuple(found) for week, found in weeks.items()},
        {month: tuple(found) for month, found in months.items()},
        issues,
    )


def team_page_view(site: Site, log: TeamNotes) -> TeamPage:
    """Return a team's page."""
    words, page = site.words, team_page(site.folders[log.team])
    return TeamPage(
        site.frame(page, log.team),
        site.spoken(log.team),
        log.team,
        words("archive.team.intro", n=len(log.notes), weeks=len(log.weeks)),
        words("archive.team.former") if log.team in site.former else "",
        _chart(site, log),
        tuple(week_line(site, page, log, week) for week in log.weeks),
        tuple(week_line(site, page, log, month) for month in log.months),
        month_links(site, page, log, counted=True),
        site.labels("team", "weeks", "months", "lists"),
    )


def month_links(
    site: Site, page: str, log: TeamNotes, *, counted: bool = False
) -> tuple[ArchiveLink, ...]:
    """Return the ways to the lists of all months, latest first.

    `counted` with how many notes each holds.
    """
    folder = site.folders[log.team]
    found = []
    for month, notes in sorted(log.by_month.items(), reverse=True):
        name = figures.month_name(month, site.language)
        count = f" ({site.words('archive.notes', n=len(notes))})" if counted else ""
        found.append(ArchiveLink(name + count, href(page, month_page(folder, month))))
    return tuple(found)


def week_line(
    site: Site, page: str, log: TeamNotes, period: Period, *, team: bool = False
) -> WeekLine:
    """Return a week or month of a team as a list on a page shows it."""
    issue, notes, folder = log.issues.get(period), log.of(period), site.folders[log.team]
    text = site.period(period)
    listed = log.list_path(folder, period)
    return WeekLine(
        ArchiveLink(text, href(page, report_page(folder, str(period)))),
        figures.span(period, site.language) if is_week(period) else "",
        headline(issue.shown.subject) if issue else "",
        site.spoken(log.team),
        state_of(site, issue, log.team, ahead=log.is_ahead(period)),
        ArchiveLink(
            site.words("archive.notes", n=len(notes)), href(page, listed) if listed else ""
        ),
        log.team if team else "",
    )


def several_line(site: Site, page: str, issue: ReportEditions) -> WeekLine:
    """Return a report on several teams as a list on a page shows it."""
    return WeekLine(
        ArchiveLink(
            site.period(issue.period),
            href(page, report_page(site.folder(ALL_TEAMS), str(issue.period))),
        ),
        figures.span(issue.period, site.language) if is_week(issue.period) else "",
        headline(issue.shown.subject),
        "ko" if issue.shown.language == "ko" else "en",
        state_of(site, issue, ""),
        ArchiveLink(""),
    )


def editions(site: Site, issue: ReportEditions) -> list[tuple[str, str]]:
    """Return where each edition of a report lies, the one that is shown first, and what the others are called."""
    folder, period = site.folder(issue.scope), str(issue.period)
    paths = [report_page(folder, period)]
    paths += [edition_page(folder, period, edition_name(one)) for one in issue.editions[1:]]
    return list(zip(paths, (edition_name(one) for one in issue.editions), strict=True))


def _chart(site: Site, log: TeamNotes) -> BarChart | None:
    if not log.by_week:
        return None
    last = max(log.by_week)
    weeks = [last.back(n) for n in range(_CHART_WEEKS - 1, -1, -1)]
    weeks = [week for week in weeks if week >= min(log.by_week)]
    counts = [len(log.by_week.get(week, ())) for week in weeks]
    tall, _ = heights([float(count) for count in counts])
    labels = tuple(str(week.number) for week in weeks)
    bars = tuple(ChartBar(label, height) for label, height in zip(labels, tall, strict=True))
    text = site.words(
        "archive.team.chart_text", weeks=len(weeks), most=max(counts), least=min(counts)
    )
    chart = Chart(site.words("archive.team.chart"), text, bars)
    names = (figures.period_name(week, site.language) for week in weeks)
    spoken = ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
    values = tuple(map(str, counts))
    return BarChart(
        "weeks", chart.title, text, drawing(chart), labels, values, spoken, len(weeks) - 1
    )
