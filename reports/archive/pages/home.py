"""The home page: teams, latest reports, and new or changed notes."""

from collections.abc import Iterable, Mapping

from notes.model.deliveries import ALL_TEAMS
from reports.archive.addresses import HOME, href, team_page
from reports.archive.archive_view import ArchiveLink, HomePage, NoteLine, TeamCard
from reports.archive.editions import ReportEditions
from reports.archive.note_catalogue import NoteOutline
from reports.archive.site import Site

from .team import TeamNotes, several_line, week_line

_WEEKS = 12
"""Reports listed on the home page: judgement; a quarter of weeks."""
_NEWS = 20
"""New or changed notes listed on the home page: judgement."""


def home_page(
    site: Site, logs: Mapping[str, TeamNotes], reports: Iterable[ReportEditions]
) -> HomePage:
    """Return the home page; `issues` are ordered latest first."""
    words, made = site.words, list(reports)
    total = sum(log.count(log.notes) for log in logs.values())
    several = [one for one in made if one.scope == ALL_TEAMS][:_WEEKS]
    single = [one for one in made if one.scope in logs][:_WEEKS]
    return HomePage(
        frame=site.frame(HOME, words("archive.site")),
        heading=words("archive.home.title"),
        intro=words("archive.home.intro", n=total, teams=len(logs))
        if site.catalogue.notes
        else words("archive.home.empty"),
        teams=tuple(_card(site, log) for log in logs.values()),
        weeks=tuple(
            week_line(site, HOME, logs[one.scope], period=one.period, team=True) for one in single
        ),
        several=tuple(several_line(site, HOME, one) for one in several),
        news=_news(site, site.catalogue.notes.values()),
        labels=site.labels("home", "teams", "weeks", "several", "news"),
    )


def _card(site: Site, log: TeamNotes) -> TeamCard:
    latest = next(iter(log.reports), None)
    return TeamCard(
        ArchiveLink(log.team, href(HOME, team_page(site.folders[log.team]))),
        site.spoken(log.team),
        site.words("archive.home.team_facts", n=log.count(log.notes), reports=len(log.reports)),
        week_line(site, HOME, log, period=latest) if latest else None,
    )


def _news(site: Site, notes: Iterable[NoteOutline]) -> tuple[NoteLine, ...]:
    latest = sorted(notes, key=lambda one: (one.gone or one.changed, one.id), reverse=True)[:_NEWS]
    return tuple(
        site.note_line(HOME, one, extra=_event(site, one), team=len(site.folders) > 1)
        for one in latest
    )


def _event(site: Site, one: NoteOutline) -> str:
    at = one.gone or one.changed
    event = "gone" if one.gone else "new" if one.version == 1 else "changed"
    return f"{site.words(f'version.{event}')} {site.moment(at, one.team)}"
