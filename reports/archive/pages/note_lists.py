"""Lists of notes by month and by week, so that every note is found without a script."""

from collections.abc import Iterator, Sequence
from datetime import date

from notes.messages import figures
from notes.model.periods import Period, Week
from reports.archive.addresses import href, month_page, report_page, week_notes_page
from reports.archive.archive_view import ArchiveLink, ListPage
from reports.archive.note_catalogue import NoteOutline
from reports.archive.site import Site

from .team import PART, TeamNotes, month_links


def month_lists(site: Site, log: TeamNotes, month: date) -> Iterator[tuple[str, ListPage]]:
    """Yield the pages of a month's notes, each with its address."""
    notes = log.by_month[month]
    parts = [notes[at : at + PART] for at in range(0, len(notes), PART)]
    name = figures.month_name(month, site.language)
    for number, part in enumerate(parts, 1):
        page = month_page(site.folders[log.team], month, number)
        several = len(parts) > 1
        facts: dict[str, str | int] = {
            "team": log.team,
            "month": name,
            "part": number,
            "parts": len(parts),
        }
        title = site.words(f"archive.list.{'month_part' if several else 'month_title'}", **facts)
        ways = tuple(_parts(site, log, month, page=page, count=len(parts))) if several else ()
        yield page, _list(site, log, page, title=title, notes=part, ways=ways)


def _parts(
    site: Site, log: TeamNotes, month: date, *, page: str, count: int
) -> Iterator[ArchiveLink]:
    for number in range(1, count + 1):
        path = month_page(site.folders[log.team], month, number)
        yield ArchiveLink(str(number), "" if path == page else href(page, path))


def period_list(site: Site, log: TeamNotes, period: Period) -> tuple[str, ListPage]:
    """Return the list of a period's notes and its address.

    The address is its own, or the report's if the report has no page.
    """
    report, notes, folder = log.reports.get(period), log.of(period), site.folders[log.team]
    own = bool(report and report.shown.page)
    page = (week_notes_page if own else report_page)(folder, str(period))
    lost = "lost" if site.names == "names" else "hidden"
    why = lost if report else "nothing_yet" if log.is_ahead(period) else "nothing"
    remark = "" if own else site.words(f"archive.week.{why}")
    key = "archive.week.notes_title" if own else "archive.week.title"
    title = site.words(key, team=log.team, period=site.period(period))
    ways = (
        [
            ArchiveLink(
                site.words("archive.week.report"), href(page, report_page(folder, str(period)))
            )
        ]
        if own
        else []
    )
    beside = neighbours(site, log, period, page=page)
    return page, _list(
        site, log, page, title=title, notes=notes, remark=remark, ways=(*ways, *beside)
    )


def neighbours(site: Site, log: TeamNotes, period: Period, *, page: str) -> Iterator[ArchiveLink]:
    """Yield the links to the week (or monthly report) before and after."""
    folder = site.folders[log.team]
    row: list[Period] = [*log.weeks] if isinstance(period, Week) else log.months
    at = row.index(period)
    if at + 1 < len(row):
        yield ArchiveLink(
            f"← {site.period(row[at + 1])}", href(page, report_page(folder, str(row[at + 1])))
        )
    if at > 0:
        yield ArchiveLink(
            f"{site.period(row[at - 1])} →", href(page, report_page(folder, str(row[at - 1])))
        )


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
