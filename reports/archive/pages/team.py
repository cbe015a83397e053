"""A team's page: its notes by week and month, the links to these, its numbers as charts."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from notes.messages import figures
from notes.messages.catalogue import language_named
from notes.model.deliveries import ALL_TEAMS
from notes.model.periods import Period, Week
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.metric_series import MetricSeries, metric_series_of
from reports.analysis.questions.key_number import key_line
from reports.archive.addresses import (
    edition_page,
    href,
    month_page,
    report_page,
    team_page,
    week_notes_page,
)
from reports.archive.archive_view import ArchiveLink, BarChart, TeamPage, WeekLine
from reports.archive.editions import ReportEditions, edition_name, is_week, state_of
from reports.archive.note_catalogue import NoteOutline, newest_first
from reports.archive.site import Site
from reports.page.charts import decimals_of, drawing, heights
from reports.page.formatting.metric_texts import value
from reports.page.view import Bar as ChartBar
from reports.page.view import Chart

PART = 500
"""Notes of one list: judgement; a longer one loads slowly on a phone."""

_CHART_WEEKS = 12
"""Weeks of a chart: judgement; a quarter."""
_CHARTS = 6
"""Charts of a team: three to five metrics (method §1), and one more so that a sixth is seen."""
_LETTERS = 50
"""Letters of all values above a chart's bars, 11 px high in a drawing of 360: more would touch."""
_BRACKETS = re.compile(r"^(?:\[[^\]]*\]\s*)+")
"""The brackets before a mail's subject repeat the team, whose page this is."""


@dataclass(frozen=True)
class TeamNotes:
    """A team's notes, latest first, also by week and by month, and its reports by period.

    A month is keyed by its first day.
    """

    team: str
    notes: tuple[NoteOutline, ...]
    by_week: Mapping[Week, tuple[NoteOutline, ...]]
    by_month: Mapping[date, tuple[NoteOutline, ...]]
    reports: Mapping[Period, ReportEditions]

    @cached_property
    def weeks(self) -> list[Week]:
        """Return the weeks that have notes or a report, latest first."""
        reported = {period for period in self.reports if isinstance(period, Week)}
        return sorted({*self.by_week, *reported}, reverse=True)

    @cached_property
    def months(self) -> list[Period]:
        """Return the months that have a report, latest first."""
        return sorted(
            (period for period in self.reports if not is_week(period)),
            key=lambda one: one.first,
            reverse=True,
        )

    def is_ahead(self, period: Period) -> bool:
        """Return whether the period is later than the last report's: its own may still be made."""
        reported = [one.first for one in self.reports if is_week(one) == is_week(period)]
        return bool(reported) and period.first > max(reported)

    def is_far_ahead(self, week: Week) -> bool:
        """Return whether a week has not begun when the last report was made: only a plan or
        an end lies there.
        """
        reported = [one for one in self.reports if isinstance(one, Week)]
        return bool(reported) and week > max(reported).back(-1)

    @staticmethod
    def count(notes: Iterable[NoteOutline]) -> int:
        """Return how many living notes there are, as mail and page count them: no rows of
        numbers.
        """
        return sum(one.kind == "experiment" and one.gone is None for one in notes)

    def of(self, period: Period) -> tuple[NoteOutline, ...]:
        """Return the notes of a week or month."""
        if isinstance(period, Week):
            return self.by_week.get(period, ())
        return self.by_month.get(period.first, ())

    def list_path(self, folder: str, period: Period) -> str:
        """Return the address of a period's note list; "" where there are no notes."""
        if not self.of(period):
            return ""
        if not isinstance(period, Week):
            return month_page(folder, period.first)
        report = self.reports.get(period)
        return (
            week_notes_page(folder, str(period))
            if report and report.shown.page
            else report_page(folder, str(period))
        )


def headline(subject: str) -> str:
    """Return a subject without the team and week in brackets before it.

    >>> headline("[정정] [가람 47주차] 재방문율 26%")
    '재방문율 26%'
    """
    return _BRACKETS.sub("", subject) or subject


def team_logs(
    teams: Iterable[str], notes: Iterable[NoteOutline], reports: Iterable[ReportEditions]
) -> dict[str, TeamNotes]:
    """Return the log of each team, in the order given."""
    own: dict[str, list[NoteOutline]] = {team: [] for team in teams}
    for one in notes:
        own[one.team].append(one)
    reported: dict[str, dict[Period, ReportEditions]] = {team: {} for team in own}
    for report in reports:
        if report.scope in reported:
            reported[report.scope][report.period] = report
    return {team: _log(team, newest_first(found), reported[team]) for team, found in own.items()}


def _log(team: str, notes: list[NoteOutline], reports: dict[Period, ReportEditions]) -> TeamNotes:
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
        reports,
    )


def team_page_view(site: Site, log: TeamNotes, charts: tuple[BarChart, ...] = ()) -> TeamPage:
    """Return a team's page; `charts` are its numbers (see `number_charts`)."""
    words, page = site.words, team_page(site.folders[log.team])
    weeks = [week for week in log.weeks if not log.is_far_ahead(week)]
    return TeamPage(
        frame=site.frame(page, log.team),
        language=site.spoken(log.team),
        heading=log.team,
        intro=words("archive.team.intro", n=log.count(log.notes), weeks=len(weeks)),
        remark=words("archive.team.former") if log.team in site.former else "",
        charts=charts,
        weeks=tuple(week_line(site, page, log, period=week) for week in weeks),
        months=tuple(week_line(site, page, log, period=month) for month in log.months),
        lists=month_links(site, page, log, counted=True),
        labels=site.labels("team", "numbers", "weeks", "months", "lists"),
    )


def month_links(
    site: Site, page: str, log: TeamNotes, *, counted: bool = False
) -> tuple[ArchiveLink, ...]:
    """Return the links to the lists of all months, latest first.

    `counted`: with the number of notes of each.
    """
    folder = site.folders[log.team]
    found = []
    for month, notes in sorted(log.by_month.items(), reverse=True):
        name = figures.month_name(month, site.language)
        count = f" ({site.words('archive.notes', n=log.count(notes))})" if counted else ""
        found.append(ArchiveLink(name + count, href(page, month_page(folder, month))))
    return tuple(found)


def week_line(
    site: Site, page: str, log: TeamNotes, *, period: Period, team: bool = False
) -> WeekLine:
    """Return a week or month of a team as an entry of a list."""
    report, notes, folder = log.reports.get(period), log.of(period), site.folders[log.team]
    text = site.period(period)
    listed = log.list_path(folder, period)
    return WeekLine(
        link=ArchiveLink(text, href(page, report_page(folder, str(period)))),
        days=figures.span(period, site.language) if is_week(period) else "",
        headline=headline(report.shown.subject) if report else "",
        language=site.spoken(log.team),
        state=state_of(site, report, log.team, ahead=log.is_ahead(period)),
        notes=ArchiveLink(
            site.words("archive.notes", n=log.count(notes)), href(page, listed) if listed else ""
        ),
        team=log.team if team else "",
    )


def several_line(site: Site, page: str, report: ReportEditions) -> WeekLine:
    """Return a report on several teams as an entry of a list."""
    path = report_page(site.folder(ALL_TEAMS), str(report.period))
    return WeekLine(
        link=ArchiveLink(site.period(report.period), href(page, path) if report.shown.page else ""),
        days=figures.span(report.period, site.language) if is_week(report.period) else "",
        headline=headline(report.shown.subject),
        language=language_named(report.shown.language),
        state=state_of(site, report, ""),
        notes=ArchiveLink(""),
    )


def editions(site: Site, report: ReportEditions) -> list[tuple[str, str]]:
    """Return the address of the shown edition of a report, and links to the others."""
    folder, period = site.folder(report.scope), str(report.period)
    paths = [report_page(folder, period)]
    paths += [edition_page(folder, period, edition_name(one)) for one in report.editions[1:]]
    return list(zip(paths, (edition_name(one) for one in report.editions), strict=True))


def number_charts(site: Site, log: TeamLog) -> tuple[BarChart, ...]:
    """Return charts of the team's own numbers, at most six.

    The key number comes first, then leading before lagging, by rank.
    """
    key = key_line(log)
    lines = sorted(metric_series_of(log), key=lambda line: key is None or line.name != key.name)
    return tuple(
        _number_chart(site, log, line, at=at) for at, line in enumerate(lines[:_CHARTS], start=1)
    )


def _that_fit(shown: Sequence[str]) -> tuple[str, ...]:
    """Return the values printed above the bars: from the last one back, as many as fit."""
    every = max(1, math.ceil(len(shown) * max(map(len, shown), default=0) / _LETTERS))
    last = len(shown) - 1
    return tuple(one if (last - at) % every == 0 else "" for at, one in enumerate(shown))


def _number_chart(site: Site, log: TeamLog, line: MetricSeries, *, at: int) -> BarChart:
    formatter, words = site.formatter(log.team.name), site.words
    last = Week.containing(line.points[-1][0])
    weeks = [last.back(n) for n in range(_CHART_WEEKS - 1, -1, -1)]
    weeks = [week for week in weeks if week.last >= line.points[0][0]]
    values = [line.value_in(week) for week in weeks]
    target = line.known.target
    tall, goal = heights(values, goal=target)
    shown = tuple(
        "" if one is None else figures.number(one, site.language, decimals=decimals_of(values))
        for one in values
    )
    labels = tuple(str(week.number) for week in weeks)
    bars = tuple(ChartBar(label, height) for label, height in zip(labels, tall, strict=True))
    unit = figures.unit_sign(formatter.quote(line.unit, 12))
    title = formatter.quote(line.name, 40) + (f" ({unit})" if unit else "")
    text = words(
        "archive.team.number",
        week=site.period(last),
        value=value(formatter, values[-1] or 0.0, line.unit),
    )
    if target is not None:
        goal_text = value(formatter, target, line.unit)
        text = f"{text} {words('archive.team.number_target', target=goal_text)}"
    named = (
        (figures.period_name(week, site.language), one or "–")
        for week, one in zip(weeks, shown, strict=True)
    )
    spoken = ", ".join(f"{name} {one}" for name, one in named)
    chart = Chart(title, text, bars, goal)
    return BarChart(
        id=f"number-{at}",
        title=title,
        text=text,
        drawing=drawing(chart),
        labels=labels,
        values=_that_fit(shown),
        spoken=spoken,
        stressed=len(weeks) - 1,
    )
