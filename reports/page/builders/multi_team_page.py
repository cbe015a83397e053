"""One mail for a leader of several teams: worst news first, and what another team could use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.analysis.records.report import SharedLearning, WeeklyReport
from reports.page.formatting.text_formatter import DEFAULT_OPTIONS, PageOptions, TextFormatter
from reports.page.messages import figures
from reports.page.messages.catalogue import MessageCatalogue
from reports.page.safe import clean, safe_url, shortened
from reports.page.sections.data_quality import rules_line
from reports.page.view import (
    Block,
    DecisionBlock,
    EvidenceLinks,
    Line,
    Lines,
    PageView,
    Part,
    PlaceLink,
    Section,
)

from .weekly_page import correction, footer_links, page_view

_ONE_EACH = 3
"""Up to so many teams get one answer a question; more get their first screen and their decision."""

_SCREENS = 5
_LINES = 40
"""So many teams, the worst news, get a first screen, so many more a line and a link: no mail grows too long."""

_NEWS = (
    "wrong_way",
    "empty",
    "too_few",
    "nothing_moved",
    "signs",
    "key_number",
    "first_ever",
    "moved",
)
_FIRST = {"q1": "claim", "q2": "pair", "q3": "answer"}


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team's report and where its own page can be opened ("" without an archive)."""

    report: WeeklyReport
    url: str = ""


def sort_worst_first(teams: Sequence[TeamReport]) -> tuple[TeamReport, ...]:
    """Return the teams by their news, worst first: what moved the wrong way, nothing written, nothing moved, the rest.

    Within one kind of news the team whose commitments closed least comes first, then the name
    decides.
    """
    return tuple(sorted(teams, key=lambda team: _badness(team.report)))


def _badness(report: WeeklyReport) -> tuple[int, float, str]:
    headline = report.leader.headline
    kind = headline.kind
    if kind == "key_number" and headline.number:
        way = headline.number.direction
        kind = (
            "wrong_way"
            if way == "worse" and not headline.number.deferred
            else "moved"
            if way == "better"
            else kind
        )
    closure = report.commitments.closure
    return (_NEWS.index(kind), 1.0 if closure is None else closure, report.scope.team)


def multi_team_view(
    teams: Sequence[TeamReport],
    words: MessageCatalogue,
    *,
    setting: PageOptions = DEFAULT_OPTIONS,
    shared: Sequence[SharedLearning] = (),
) -> PageView:
    """Return one view for several teams; every part has its first screen, and its page holds the rest.

    `teams` has at least one, all about the same period; `setting.url` is where an overview can be
    opened, if anywhere.
    """
    ordered = sort_worst_first(teams)
    formatter = TextFormatter(words, setting)
    views = [
        page_view(team.report, words, setting=replace(setting, url=safe_url(team.url)))
        for team in ordered
    ]
    first = views[0]
    parts = tuple(
        _part(formatter, view, at, len(views)) for at, view in enumerate(views[:_SCREENS])
    )
    others = _others(formatter, views[_SCREENS:])
    asks = sum(1 for team in ordered if team.report.leader.decision)
    period = figures.period_name(ordered[0].report.scope.period, formatter.language)
    title = formatter("several.title", team=parts[0].team, n=len(views) - 1, period=period)
    return replace(
        first,
        title=title,
        brand=formatter("several.brand", n=len(views)),
        subject=_subject(formatter, ordered, first, asks),
        preheader=" ".join(f"{part.team}: {part.headline}" for part in parts[:3]),
        eyebrow=formatter(
            "several.eyebrow",
            period=period,
            days=figures.span(ordered[0].report.scope.period, formatter.language),
        ),
        parts=parts,
        lead=_lead(formatter, ordered),
        correction=correction(formatter),
        closing=(*others, *_closing(formatter, ordered, shared)),
        footer=(
            formatter("footer.source"),
            rules_line(formatter, ordered[0].report.rules),
            first.footer[-1],
        ),
        footer_links=footer_links(formatter),
        url=setting.url,
        url_text=formatter("page.open") if setting.url else "",
    )


def _part(formatter: TextFormatter, view: PageView, at: int, teams: int) -> Part:
    (part,) = view.parts
    page = PlaceLink(formatter("several.open", team=part.team), view.url) if view.url else None
    number = replace(part.key_number, chart=None) if part.key_number else None
    brief = _brief(formatter, part.sections, full=teams <= _ONE_EACH)
    return replace(part, id=f"t{at + 1}", key_number=number, sections=(brief,), cards=(), page=page)


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


def _brief(formatter: TextFormatter, sections: tuple[Section, ...], *, full: bool) -> Section:
    """Return what a team says beside others.

    The decision, and where there is room the first answers.
    """
    blocks: list[Block] = []
    for section in sections:
        if full and section.id in _FIRST:
            blocks += [block for block in section.blocks if block.kind == _FIRST[section.id]][:1]
            blocks += [
                block
                for block in section.blocks
                if isinstance(block, Lines) and block.tone == "bad"
            ][:1]
        blocks += [block for block in section.blocks if isinstance(block, DecisionBlock)]
    action = next((section.next for section in sections if section.next), "")
    return Section(
        "first",
        formatter("several.first"),
        tuple(blocks),
        next=action,
        next_label=formatter("action.label"),
    )


def _lead(formatter: TextFormatter, teams: Sequence[TeamReport]) -> str:
    bad = sum(1 for team in teams if _badness(team.report)[0] == 0)
    good = sum(1 for team in teams if _badness(team.report)[0] == len(_NEWS) - 1)
    key = "both" if bad and good else "bad" if bad else "good" if good else "none"
    return formatter(f"several.lead.{key}", n=len(teams), bad=bad, good=good)


def _subject(
    formatter: TextFormatter, teams: Sequence[TeamReport], first: PageView, asks: int
) -> str:
    """Return the subject of the worst news, for all: [가람팀 외 2팀 47주차] ..., 결정 요청 3건."""
    report = teams[0].report
    head = formatter(
        "several.head",
        mark=formatter("subject.correction") if formatter.setting.revision > 1 else "",
        team=shortened(report.scope.team, 20),
        n=len(teams) - 1,
        period=figures.period_name(report.scope.period, formatter.language),
    )
    number = first.parts[0].key_number
    shown = (
        f"{shortened(number.label, 24)} {number.value}{number.unit}"
        if number
        else shortened(first.parts[0].headline, 50)
    )
    return f"{head} {shown.rstrip('.')}" + (formatter("several.asks", n=asks) if asks else "")


def _closing(
    formatter: TextFormatter, teams: Sequence[TeamReport], shared: Sequence[SharedLearning]
) -> list[Section]:
    sections = []
    if shared:
        items = tuple(_shared(formatter, one) for one in shared[:3])
        rest = len(shared) - len(items)
        block = Lines(items, more_text=formatter("list.more", n=rest) if rest else "")
        action = formatter("several.share_next", other=formatter.quote(shared[0].other, 30))
        sections.append(
            Section(
                "sharing",
                formatter("several.share"),
                (block,),
                next=action,
                next_label=formatter("action.label"),
                accent="q2",
            )
        )
    lines = tuple(_data(formatter, team.report) for team in teams[:_SCREENS])
    more = formatter("several.rest", n=len(teams) - len(lines)) if len(teams) > len(lines) else ""
    sections.append(
        Section("data", formatter("data.title"), (Lines(lines, more_text=more),), quiet=True)
    )
    return sections


def _shared(formatter: TextFormatter, one: SharedLearning) -> Line:
    because = formatter(f"several.because.{one.because}", matched=formatter.quote(one.matched, 40))
    text = formatter(
        "several.shared",
        learned=formatter.quote(one.learned, 70),
        team=formatter.quote(one.team, 30),
        because=because,
    )
    maybe = "" if one.sure else f" {formatter('suggestion')}"
    return Line(
        text + maybe,
        formatter.sources(one.evidence, label=""),
        lead=formatter("several.for", other=formatter.quote(one.other, 30)),
    )


def _data(formatter: TextFormatter, report: WeeklyReport) -> Line:
    data = report.data
    used, read = (
        sum(one.rows_used for one in data.sources),
        sum(one.rows_read for one in data.sources),
    )
    text = formatter("several.data", used=used, read=read, n=data.problems_total)
    return Line(
        text,
        lead=clean(formatter.quote(report.scope.team, 30)),
        tone="warn" if data.warn else "plain",
    )
