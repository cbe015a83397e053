"""One mail for a leader of several teams: worst news first, and what another team could use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.page.safe import clean, safe_url, shortened
from reports.page.view import Ask, Block, Evidence, Line, Lines, Link, PageView, Part, Section
from reports.page.words import figures
from reports.page.words.words import Words
from reports.report import SharedLearning, WeeklyReport

from .data import rules_line
from .page import correction, footer_links, page_view
from .voice import DEFAULT_SETTING, PageSetting, Voice

_ONE_EACH = 3
"""Up to so many teams get one answer a question; more get their first screen and their decision."""

_SCREENS = 5
_LINES = 40
"""So many teams, the worst news, get a first screen, so many more a line and a link: no mail grows too long."""

_NEWS = ("wrong_way", "empty", "too_few", "nothing_moved", "signs", "key_number", "first_ever", "moved")
_FIRST = {"q1": "claim", "q2": "pair", "q3": "answer"}


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team's report and where its own page can be opened ("" without an archive)."""

    report: WeeklyReport
    url: str = ""


def worst_first(teams: Sequence[TeamReport]) -> tuple[TeamReport, ...]:
    """Return the teams by their news, worst first: what moved the wrong way, nothing written, nothing moved, the rest.

    Within one kind of news the team whose commitments closed least comes first, then the name decides.
    """
    return tuple(sorted(teams, key=lambda team: _badness(team.report)))


def _badness(report: WeeklyReport) -> tuple[int, float, str]:
    headline = report.leader.headline
    kind = headline.kind
    if kind == "key_number" and headline.number:
        way = headline.number.way
        kind = "wrong_way" if way == "worse" and not headline.number.deferred else "moved" if way == "better" else kind
    closure = report.commitments.closure
    return (_NEWS.index(kind), 1.0 if closure is None else closure, report.scope.team)


def several_view(
    teams: Sequence[TeamReport],
    words: Words,
    *,
    setting: PageSetting = DEFAULT_SETTING,
    shared: Sequence[SharedLearning] = (),
) -> PageView:
    """Return one view for several teams; every part has its first screen, and its page holds the rest.

    `teams` has at least one, all about the same period; `setting.url` is where an overview can be opened, if anywhere.
    """
    ordered = worst_first(teams)
    voice = Voice(words, setting)
    views = [page_view(team.report, words, setting=replace(setting, url=safe_url(team.url))) for team in ordered]
    first = views[0]
    parts = tuple(_part(voice, view, at, len(views)) for at, view in enumerate(views[:_SCREENS]))
    others = _others(voice, views[_SCREENS:])
    asks = sum(1 for team in ordered if team.report.leader.decision)
    period = figures.period_name(ordered[0].report.scope.period, voice.language)
    title = voice("several.title", team=parts[0].team, n=len(views) - 1, period=period)
    return replace(
        first,
        title=title,
        brand=voice("several.brand", n=len(views)),
        subject=_subject(voice, ordered, first, asks),
        preheader=" ".join(f"{part.team}: {part.headline}" for part in parts[:3]),
        eyebrow=voice(
            "several.eyebrow", period=period, days=figures.span(ordered[0].report.scope.period, voice.language)
        ),
        parts=parts,
        lead=_lead(voice, ordered),
        correction=correction(voice),
        closing=(*others, *_closing(voice, ordered, shared)),
        footer=(voice("footer.source"), rules_line(voice, ordered[0].report.rules), first.footer[-1]),
        footer_links=footer_links(voice),
        url=setting.url,
        url_text=voice("page.open") if setting.url else "",
    )


def _part(voice: Voice, view: PageView, at: int, teams: int) -> Part:
    (part,) = view.parts
    page = Link(voice("several.open", team=part.team), view.url) if view.url else None
    number = replace(part.key_number, chart=None) if part.key_number else None
    brief = _brief(voice, part.sections, full=teams <= _ONE_EACH)
    return replace(part, id=f"t{at + 1}", key_number=number, sections=(brief,), cards=(), page=page)


def _others(voice: Voice, views: Sequence[PageView]) -> tuple[Section, ...]:
    """Return the teams beyond the first screens, a line each."""
    if not views:
        return ()
    items = tuple(_line(voice, view) for view in views[:_LINES])
    rest = voice("several.rest", n=len(views) - _LINES) if len(views) > _LINES else ""
    return (Section("teams", voice("several.others", n=len(views)), (Lines(items, more_text=rest),)),)


def _line(voice: Voice, view: PageView) -> Line:
    (part,) = view.parts
    opened = Evidence(links=(Link(voice("several.page"), view.url),)) if view.url else None
    return Line(shortened(part.headline, 90), opened, lead=part.team)


def _brief(voice: Voice, sections: tuple[Section, ...], *, full: bool) -> Section:
    """Return what a team says beside others: the decision, and where there is room the first answers."""
    blocks: list[Block] = []
    for section in sections:
        if full and section.id in _FIRST:
            blocks += [block for block in section.blocks if block.kind == _FIRST[section.id]][:1]
            blocks += [block for block in section.blocks if isinstance(block, Lines) and block.tone == "bad"][:1]
        blocks += [block for block in section.blocks if isinstance(block, Ask)]
    action = next((section.next for section in sections if section.next), "")
    return Section("first", voice("several.first"), tuple(blocks), next=action, next_label=voice("action.label"))


def _lead(voice: Voice, teams: Sequence[TeamReport]) -> str:
    bad = sum(1 for team in teams if _badness(team.report)[0] == 0)
    good = sum(1 for team in teams if _badness(team.report)[0] == len(_NEWS) - 1)
    key = "both" if bad and good else "bad" if bad else "good" if good else "none"
    return voice(f"several.lead.{key}", n=len(teams), bad=bad, good=good)


def _subject(voice: Voice, teams: Sequence[TeamReport], first: PageView, asks: int) -> str:
    """Return the subject of the worst news, for all: [가람팀 외 2팀 47주차] ..., 결정 요청 3건."""
    report = teams[0].report
    head = voice(
        "several.head",
        mark=voice("subject.correction") if voice.setting.revision > 1 else "",
        team=shortened(report.scope.team, 20),
        n=len(teams) - 1,
        period=figures.period_name(report.scope.period, voice.language),
    )
    number = first.parts[0].key_number
    shown = (
        f"{shortened(number.label, 24)} {number.value}{number.unit}"
        if number
        else shortened(first.parts[0].headline, 50)
    )
    return f"{head} {shown.rstrip('.')}" + (voice("several.asks", n=asks) if asks else "")


def _closing(voice: Voice, teams: Sequence[TeamReport], shared: Sequence[SharedLearning]) -> list[Section]:
    sections = []
    if shared:
        items = tuple(_shared(voice, one) for one in shared[:3])
        rest = len(shared) - len(items)
        block = Lines(items, more_text=voice("list.more", n=rest) if rest else "")
        action = voice("several.share_next", other=voice.quote(shared[0].other, 30))
        sections.append(
            Section(
                "sharing", voice("several.share"), (block,), next=action, next_label=voice("action.label"), accent="q2"
            )
        )
    lines = tuple(_data(voice, team.report) for team in teams[:_SCREENS])
    more = voice("several.rest", n=len(teams) - len(lines)) if len(teams) > len(lines) else ""
    sections.append(Section("data", voice("data.title"), (Lines(lines, more_text=more),), quiet=True))
    return sections


def _shared(voice: Voice, one: SharedLearning) -> Line:
    because = voice(f"several.because.{one.because}", matched=voice.quote(one.matched, 40))
    text = voice(
        "several.shared", learned=voice.quote(one.learned, 70), team=voice.quote(one.team, 30), because=because
    )
    maybe = "" if one.sure else f" {voice('suggestion')}"
    return Line(
        text + maybe, voice.sources(one.evidence, label=""), lead=voice("several.for", other=voice.quote(one.other, 30))
    )


def _data(voice: Voice, report: WeeklyReport) -> Line:
    data = report.data
    used, read = sum(one.rows_used for one in data.sources), sum(one.rows_read for one in data.sources)
    text = voice("several.data", used=used, read=read, n=data.problems_total)
    return Line(text, lead=clean(voice.quote(report.scope.team, 30)), tone="warn" if data.warn else "plain")
