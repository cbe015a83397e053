"""The mail for a leader of several teams: worst news first, shared learnings (method §12)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from notes.messages import figures
from notes.messages.catalogue import MessageCatalogue
from notes.model.periods import Week
from reports.analysis.records.report_record import Headline, SharedLearning, WeeklyReport
from reports.page.formatting.text_formatter import DEFAULT_OPTIONS, PageOptions, TextFormatter
from reports.page.safe import safe_url, shortened
from reports.page.sections.data_quality import data_warning, rules_line
from reports.page.view import EvidenceLinks, Line, Lines, PageView, Part, PlaceLink, Section

from .several_within_length import within_length
from .weekly_page import (
    PREHEADER,
    correction,
    footer_links,
    page_view,
    people_of,
    subject_number,
)

_SCREENS = 3
"""Teams that get a first screen, the worst news first: judgement, so that the mail takes 60
seconds.
"""
_LINES = 40
"""Further teams that get a line and a link: judgement."""

_NEWS = (
    "wrong_way", "number", "funnel", "unread", "undated", "unsure", "empty", "too_few",
    "nothing_moved", "signs", "key_number", "first_ever", "moved",
)  # fmt: skip
"""Kinds of headline, the worst first; a team that could not be read is not a quiet team."""


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team's report, and the url of its own page ("" without an archive)."""

    report: WeeklyReport
    url: str = ""


def sort_worst_first(teams: Sequence[TeamReport]) -> tuple[TeamReport, ...]:
    """Return the teams by their news, the worst first: worse, unread, empty, … (`_NEWS`).

    Of two numbers that got worse the one that lost the greater share comes first; then the lowest
    closure rate, then the name decides.
    """
    return tuple(sorted(teams, key=lambda team: _badness(team.report)))


def _badness(report: WeeklyReport) -> tuple[int, float, bool, float, str]:
    headline = report.leader.headline
    kind = headline.kind
    if kind in {"key_number", "number"} and headline.number:
        way = headline.number.direction
        worse = way == "worse" and not headline.number.deferred
        kind = "wrong_way" if worse else "moved" if way == "better" else "key_number"
    closure = report.commitments.closure
    lost = _share_lost(headline) if kind == "wrong_way" else 0.0
    well = not _got_worse(report)
    return (_NEWS.index(kind), -lost, well, 1.0 if closure is None else closure, report.scope.team)


def _share_lost(headline: Headline) -> float:
    """Return the share of its earlier value by which a headline's number got worse."""
    told = headline.number or headline.activity_move
    before = headline.number.previous if headline.number else None
    before = headline.activity_move.before if headline.activity_move else before
    return abs((told.change or 0.0) / before) if told and before else 0.0


def multi_team_view(
    teams: Sequence[TeamReport],
    words: MessageCatalogue,
    *,
    setting: PageOptions = DEFAULT_OPTIONS,
    shared: Sequence[SharedLearning] = (),
) -> PageView:
    """Return one view of several teams, each with its first screen.

    `teams` has at least one, all about the same period; `setting.url` is where an overview can be
    opened, if anywhere.
    """
    ordered = sort_worst_first(teams)
    formatter = _formatter(ordered, words, setting)
    views = [
        page_view(team.report, words, setting=replace(setting, url=safe_url(team.url)))
        for team in ordered
    ]
    first = views[0]
    shown = enumerate(zip(ordered[:_SCREENS], views, strict=False))
    closing = (
        *_others(formatter, views[_SCREENS:]),
        *_closing(formatter, ordered, shared),
    )
    parts = tuple(_part(formatter, view, at, report=team.report) for at, (team, view) in shown)
    asks = sum(1 for team in ordered if team.report.leader.decision)
    period = figures.period_name(ordered[0].report.scope.period, formatter.language)
    whole = replace(
        first,
        title=formatter("several.title", team=parts[0].team, n=len(views) - 1, period=period),
        brand=formatter("several.brand", n=len(views)),
        subject=_subject(formatter, ordered, first, asks=asks),
        preheader=shortened(
            " ".join(f"{part.team}: {part.headline}" for part in parts[:3]), PREHEADER
        ),
        eyebrow=formatter(
            "several.eyebrow",
            period=period,
            days=figures.span(ordered[0].report.scope.period, formatter.language),
        ),
        parts=parts,
        lead=_lead(formatter, ordered),
        correction=correction(formatter),
        closing=closing,
        footer=(
            formatter("footer.source"),
            rules_line(formatter, ordered[0].report.rules),
            first.footer[-1],
        ),
        mail_footer=first.mail_footer,
        footer_links=footer_links(formatter),
        url=setting.url,
        url_text=formatter("page.open") if setting.url else "",
    )
    return within_length(whole, formatter.start(formatter("several.page")))


def _formatter(
    teams: Sequence[TeamReport], words: MessageCatalogue, setting: PageOptions
) -> TextFormatter:
    """Return the formatter of what stands between the teams; it knows the people of all."""
    people = {name for team in teams for name in people_of(team.report, {})}
    scope = teams[0].report.scope
    return TextFormatter(
        words,
        setting,
        people=tuple(sorted(people, key=lambda name: (-len(name), name))),
        monthly=not isinstance(scope.period, Week),
        zone=ZoneInfo(scope.timezone),
    )


def _part(formatter: TextFormatter, view: PageView, at: int, *, report: WeeklyReport) -> Part:
    """Return a team's first screen; the worst news keeps the weeks of its number as bars."""
    (part,) = view.parts
    page = PlaceLink(formatter("several.open", team=part.team), view.url) if view.url else None
    number = replace(part.key_number, chart=None) if part.key_number and at else part.key_number
    lines = (
        () if report.leader.headline.kind == "empty" else part.key_lines
    )  # the headline says that nothing is there
    kept = replace(
        part,
        id=f"t{at + 1}",
        key_number=number,
        key_lines=lines,
        sections=(),
        brief=(),
        left_out="",
        cards=(),
    )
    return replace(kept, page=page)


def _others(formatter: TextFormatter, views: Sequence[PageView]) -> tuple[Section, ...]:
    """Return the teams beyond the first screens, a line each."""
    if not views:
        return ()
    items = tuple(_line(formatter, view) for view in views[:_LINES])
    rest = formatter("several.rest", n=len(views) - _LINES) if len(views) > _LINES else ""
    return (
        Section(
            "teams", formatter("several.others", n=len(views)), (Lines(items, more_text=rest),)
        ),
    )


def _line(formatter: TextFormatter, view: PageView) -> Line:
    (part,) = view.parts
    opened = (
        EvidenceLinks(links=(PlaceLink(formatter("several.page"), view.url),)) if view.url else None
    )
    return Line(shortened(part.headline, 90), opened, lead=part.team)


def _lead(formatter: TextFormatter, teams: Sequence[TeamReport]) -> str:
    ranks = [_NEWS[_badness(team.report)[0]] for team in teams]
    unread, empty = (ranks.count(kind) for kind in ("unread", "empty"))
    known = [team.report for team in teams if team.report.leader.headline.kind != "unread"]
    bad, good = sum(map(_got_worse, known)), sum(map(_got_better, known))
    none = "none" if all(_stood_still(team.report) for team in teams) else "open"
    key = "both" if bad and good else "bad" if bad else "good" if good else none
    if unread == len(teams):
        return formatter("several.lead.unread", n=unread)
    whole = f"{key}_all" if (bad or good) == len(teams) else key
    text = formatter(f"several.lead.{whole}", n=len(teams), bad=bad, good=good)
    unsaid = sum(map(_is_unsaid, known)) if bad or good else 0
    also = (("also_unread", unread), ("also_empty", empty), ("also_unsaid", unsaid))
    told = [formatter(f"several.lead.{key}", n=n) for key, n in also if n]
    return " ".join((text, *told))


def _got_worse(report: WeeklyReport) -> bool:
    """Return whether any judged number of the team got worse, whatever its key number did."""
    business = report.business
    funnel = report.leader.headline.kind == "funnel"
    return funnel or bool(business.wrong_way or business.series_worse)


def _got_better(report: WeeklyReport) -> bool:
    """Return whether any number of the team, of a series or a note, got better."""
    return bool(report.business.kept or report.business.series_better)


def _is_unsaid(report: WeeklyReport) -> bool:
    """Return whether nobody can say how a team's numbers moved: its key number has no value of the
    period, or not all was read and understood; unknown is not unmoved (method §1).
    """
    if report.leader.headline.kind == "empty" or _got_worse(report) or _got_better(report):
        return False
    return bool(report.leader.key_missing) or not report.data.is_whole


def _stood_still(report: WeeklyReport) -> bool:
    """Return whether no number of the team moved: all was read, and none changed either way."""
    business = report.business
    return report.data.is_whole and not (business.may_have_moved or business.series_changed)


def _subject(
    formatter: TextFormatter, teams: Sequence[TeamReport], first: PageView, *, asks: int
) -> str:
    """Return the subject of the worst news: [가람팀 외 2팀 47주차] ..., 결정 요청 3건."""
    report = teams[0].report
    head = formatter(
        "several.head",
        mark=formatter("subject.correction") if formatter.setting.revision > 1 else "",
        team=shortened(report.scope.team, 20),
        n=len(teams) - 1,
        period=figures.period_name(report.scope.period, formatter.language),
    )
    shown = subject_number(formatter, report) or shortened(first.parts[0].headline, 50)
    return f"{head} {shown.rstrip('.')}" + (formatter("several.asks", n=asks) if asks else "")


def _closing(
    formatter: TextFormatter, teams: Sequence[TeamReport], shared: Sequence[SharedLearning]
) -> list[Section]:
    sections = []
    if shared:
        items = tuple(_shared(formatter, one) for one in shared[:2])
        rest = len(shared) - len(items)
        block = Lines(items, more_text=formatter("list.more", n=rest) if rest else "")
        sections.append(Section("sharing", formatter("several.share"), (block,), accent="q2"))
    ailing = [
        team.report
        for at, team in enumerate(teams)
        if team.report.data.problems_total or (at >= _SCREENS and team.report.data.warn)
    ]
    if ailing:
        lines = tuple(_data(formatter, report) for report in ailing[:_SCREENS])
        more = (
            formatter("several.rest", n=len(ailing) - len(lines))
            if len(ailing) > len(lines)
            else ""
        )
        sections.append(
            Section("data", formatter("data.title"), (Lines(lines, more_text=more),), quiet=True)
        )
    return sections


def _shared(formatter: TextFormatter, one: SharedLearning) -> Line:
    because = formatter(f"several.because.{one.because}", matched=formatter.quote(one.matched, 40))
    text = formatter(
        "several.shared",
        learned=formatter.quote(one.learned, 70),
        team=formatter.plain(one.team, 30),
        because=because,
    )
    maybe = "" if one.sure else f" {formatter('suggestion')}"
    return Line(
        text + maybe,
        formatter.sources(one.evidence, label=""),
        lead=formatter("several.for", other=formatter.plain(one.other, 30)),
    )


def _data(formatter: TextFormatter, report: WeeklyReport) -> Line:
    """Return what is wrong with a team's data; a first screen says by itself that it is old."""
    data = report.data
    used, read = (
        sum(one.rows_used for one in data.sources),
        sum(one.rows_read for one in data.sources),
    )
    text = (
        formatter(
            "several.data_look" if data.problems_kept else "several.data",
            used=used,
            read=read,
            n=data.places_total,
        )
        if data.problems_total
        else data_warning(formatter, data)
    )
    return Line(text, lead=formatter.plain(report.scope.team, 30))
