"""Lists of notes by month and by week, so that every note is found without a script."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from notes.messages import figures
from notes.model.periods import Period, Week
from reports.archive.addresses import href, month_page, report_page, week_notes_page
from reports.archive.archive_view import ArchiveLink, ListPage
from reports.archive.note_catalogue import NoteOutline
from reports.archive.page_plan import PlannedView
from reports.archive.site import Site

from .team import PART, TeamNotes, month_links


def month_lists(site: Site, log: TeamNotes, month: date) -> Iterator[PlannedView]:
    """Yield the pages of a month's notes."""
    notes = log.by_month[month]
    parts = [notes[at : at + PART] for at in range(0, len(notes), PART)]
    for number, part in enumerate(parts, 1):
        view = partial(_month_list, site, log, month, part=part, number=number, count=len(parts))
        made_from = (number, len(parts), *_told(site, log, part))
        yield PlannedView(month_page(site.folders[log.team], month, number), made_from, view)


def _told(site: Site, log: TeamNotes, notes: Sequence[NoteOutline]) -> tuple[object, ...]:
    """Return what any list of a team's notes tells: which they are, and of which months there are
    lists.
    """
    return log.team, [*map(site.told_of, notes)], sorted(log.by_month)


def _month_list(
    site: Site,
    log: TeamNotes,
    month: date,
    *,
    part: Sequence[NoteOutline],
    number: int,
    count: int,
) -> ListPage:
    page = month_page(site.folders[log.team], month, number)
    facts: dict[str, str | int] = {
        "team": log.team,
        "month": figures.month_name(month, site.language),
        "part": number,
        "parts": count,
    }
    several = count > 1
    title = site.words(f"archive.list.{'month_part' if several else 'month_title'}", **facts)
    ways = tuple(_parts(site, log, month, page=page, count=count)) if several else ()
    return _list(site, log, page, title=title, notes=part, ways=ways)


def _parts(
    site: Site, log: TeamNotes, month: date, *, page: str, count: int
) -> Iterator[ArchiveLink]:
    for number in range(1, count + 1):
        path = month_page(site.folders[log.team], month, number)
        yield ArchiveLink(str(number), "" if path == page else href(page, path))


def period_list(site: Site, log: TeamNotes, period: Period) -> PlannedView:
    """Return the list of a period's notes.

    The address is its own, or the report's if the report has no page.
    """
    report, folder = log.reports.get(period), site.folders[log.team]
    own = bool(report and report.shown.page)
    page = (week_notes_page if own else report_page)(folder, str(period))
    lost = "lost" if site.names == "names" else "hidden"
    why = lost if report else "nothing_yet" if log.is_ahead(period) else "nothing"
    beside = [str(one) for one in beside_of(log, period)]
    return PlannedView(
        page,
        (own, why, str(period), beside, *_told(site, log, log.of(period))),
        partial(_period_list, site, log, period, page=page, remark="" if own else why),
    )


def _period_list(site: Site, log: TeamNotes, period: Period, *, page: str, remark: str) -> ListPage:
    key = "archive.week.title" if remark else "archive.week.notes_title"
    title = site.words(key, team=log.team, period=site.period(period))
    report = report_page(site.folders[log.team], str(period))
    own = () if remark else (ArchiveLink(site.words("archive.week.report"), href(page, report)),)
    return _list(
        site,
        log,
        page,
        title=title,
        notes=log.of(period),
        remark=site.words(f"archive.week.{remark}") if remark else "",
        ways=(*own, *neighbours(site, log, period, page=page)),
    )


def beside_of(log: TeamNotes, period: Period) -> tuple[Period | None, Period | None]:
    """Return the week (or monthly report) before a period and the one after, as far as there
    are.
    """
    row: list[Period] = [*log.weeks] if isinstance(period, Week) else log.months
    at = row.index(period)
    return row[at + 1] if at + 1 < len(row) else None, row[at - 1] if at > 0 else None


def neighbours(site: Site, log: TeamNotes, period: Period, *, page: str) -> Iterator[ArchiveLink]:
    """Yield the links to the week (or monthly report) before and after."""
    folder, (before, after) = site.folders[log.team], beside_of(log, period)
    if before is not None:
        yield ArchiveLink(f"← {site.period(before)}", href(page, report_page(folder, str(before))))
    if after is not None:
        yield ArchiveLink(f"{site.period(after)} →", href(page, report_page(folder, str(after))))


def _list(  # noqa: PLR0913  what a list is made of
    site: Site,
    log: TeamNotes,
    page: str,
    *,
    title: str,
    notes: Sequence[NoteOutline],
    remark: str = "",
    ways: tuple[ArchiveLink, ...] = (),
) -> ListPage:
    return ListPage(
        frame=site.frame(page, title, [site.team_crumb(log.team)]),
        heading=title,
        intro=_intro(site, log, notes),
        remark=remark,
        lines=tuple(site.note_line(page, one) for one in notes),
        ways=ways,
        others=() if remark else month_links(site, page, log),
        others_label=site.words("archive.list.other_months"),
    )


def _intro(site: Site, log: TeamNotes, notes: Sequence[NoteOutline]) -> str:
    """Return how many notes a list holds, and how many rows of other kinds and of rows that
    are gone.
    """
    if not notes:
        return site.words("archive.week.empty")
    counted = log.count(notes)
    others = len(notes) - counted
    return site.words(
        "archive.list.intro_rows" if others else "archive.list.intro", n=counted, rows=others
    )
