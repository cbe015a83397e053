"""The page of a report as it was sent, below the archive's own bar."""

import re
from collections.abc import Iterable, Sequence

from notes.model.deliveries import ALL_TEAMS, SentReport
from notes.model.report_keys import Audience
from reports.archive.addresses import HOME, href, team_page
from reports.archive.archive_view import ArchiveLink, NoteLine, ReportBar, StatusLabel
from reports.archive.editions import ReportEditions, names_of, state_of
from reports.archive.site import Site

from .note_lists import beside_of, neighbours
from .team import TeamNotes, editions

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_BEHIND = 200
"""Notes listed behind one report: judgement; a report on several teams can have hundreds."""


def told_by_bar(
    site: Site, report: ReportEditions, at: int, *, log: TeamNotes | None
) -> tuple[object, ...]:
    """Return all that `sent_bar` tells, not yet in words."""
    outlines = [
        (version, one and (one.version, *site.told_of(one)))
        for note_id, version in report.editions[at].notes
        for one in (site.catalogue.notes.get(note_id),)
    ]
    around: tuple[object, ...] = ()
    if log is not None:
        period = report.period
        listed = log.list_path(site.folders[log.team], period)
        beside = [str(one) for one in beside_of(log, period)]
        around = (log.team, listed, len(log.of(period)), beside)
    return (at, str(report.period), report.editions, outlines, *around)


def sent_bar(site: Site, report: ReportEditions, at: int, *, log: TeamNotes | None) -> ReportBar:
    """Return the bar above one edition of a report; `log` is its team's, None for several teams."""
    words, shown, places = site.words, report.editions[at], editions(site, report)
    page = places[at][0]
    changed = sum(1 for one in shown.notes if _changed(site, one))
    texts = [words("archive.bar.as_sent")]
    if shown.revision > 1:
        texts.append(words("archive.bar.revision", n=shown.revision))
    texts.append(
        state_of(
            site, ReportEditions(report.scope, report.period, (shown,)), log.team if log else ""
        ).text
    )
    behind = words("archive.bar.behind", n=len(shown.notes))
    fresh = words("archive.bar.changed", n=changed) if changed else words("archive.bar.unchanged")
    return ReportBar(
        language=site.language,
        label=words("archive.bar.label"),
        ways=tuple(_ways(site, page, report, log=log)),
        texts=tuple(texts),
        behind=f"{behind} · {fresh}" if shown.notes else "",
        notes=tuple(_behind(site, page, shown.notes)),
        others_label=words("archive.bar.others"),
        others=tuple(
            ArchiveLink(_edition(site, one), href(page, path))
            for (path, _), one in zip(places, report.editions, strict=True)
            if one is not shown and one.page
        ),
    )


def _ways(
    site: Site, page: str, report: ReportEditions, *, log: TeamNotes | None
) -> Iterable[ArchiveLink]:
    yield ArchiveLink(site.words("archive.site"), href(page, HOME))
    if log is None:
        return
    yield ArchiveLink(log.team, href(page, team_page(site.folders[log.team])))
    path = log.list_path(site.folders[log.team], report.period)
    if path:
        yield ArchiveLink(
            site.words("archive.bar.notes", n=len(log.of(report.period))), href(page, path)
        )
    yield from neighbours(site, log, report.period, page=page)


def _edition(site: Site, one: SentReport) -> str:
    words = site.words
    key = f"archive.language.{one.language}"
    language = words(key) if words.has(key) else one.language
    name = words(
        "archive.bar.edition",
        language=language,
        names=words(f"archive.names.{names_of(one)}"),
        revision=one.revision,
    )
    teams = ", ".join(Audience.parse(one.audience).teams)
    return f"{name} ({teams})" if teams and one.scope == ALL_TEAMS else name


def _changed(site: Site, one: tuple[str, int]) -> bool:
    outline = site.catalogue.notes.get(one[0])
    return outline is None or outline.version != one[1]


def _behind(site: Site, page: str, notes: Sequence[tuple[str, int]]) -> Iterable[NoteLine]:
    """Yield the notes behind a report, those that changed since first."""
    words = site.words
    for note_id, version in sorted(notes, key=lambda one: (not _changed(site, one), one[0]))[
        :_BEHIND
    ]:
        outline = site.catalogue.notes.get(note_id)
        if outline is None:
            yield NoteLine(
                ArchiveLink(note_id),
                "",
                site.language,
                (StatusLabel(words("archive.bar.mark_lost"), "warn"),),
            )
            continue
        changed = outline.version != version and not outline.gone
        marks = (StatusLabel(words("archive.bar.mark_changed"), "warn"),) if changed else ()
        yield site.note_line(page, outline, *marks)


def with_bar(html: str, bar: str, style: str, *, base_url: str, up: str) -> str:
    """Return a report's page with the archive's bar, and its links to the archive made relative.

    Args:
        html: the page as it was sent.
        bar: the line, as HTML.
        style: its style; the page allows its own and nothing else.
        base_url: the address at which the archive is served, "" without one.
        up: the way from the page to the archive's folder ("../").
    """
    if base_url:
        html = html.replace(f'href="{base_url}/', f'href="{up}')
    styled = f"<style>\n{style}</style>\n"
    head, body = html.find("</head>"), _BODY.search(html)
    if head < 0 or body is None:
        return html + styled + bar
    return html[:head] + styled + html[head : body.end()] + "\n" + bar + html[body.end() :]
