"""The playbook as a page: what worked, what not to do, and the candidates (method §12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notes.messages import figures
from notes.messages.catalogue import MessageCatalogue
from reports.analysis.records.section_results import Playbook, PlaybookCandidate, PlaybookEntry
from reports.page.formatting.text_formatter import DEFAULT_OPTIONS, PageOptions, TextFormatter
from reports.page.safe import shortened
from reports.page.view import Block, Lines, PageView, Part, PersonBlock, Section

CANDIDATES = 5
"""Candidates listed: judgement."""
_WHAT = 200
"""Columns of a quoted learning: judgement; about three lines on a phone."""


@dataclass(frozen=True, slots=True)
class TeamPlaybook:
    """A team's playbook."""

    team: str
    book: Playbook


def playbook_view(
    books: Sequence[TeamPlaybook],
    words: MessageCatalogue,
    *,
    day: date,
    setting: PageOptions = DEFAULT_OPTIONS,
) -> PageView:
    """Return the playbooks of one or more teams, as of a day, as a page."""
    formatter = TextFormatter(words, setting)
    title = formatter(
        "playbook.page_title", team=", ".join(shortened(one.team, 40) for one in books)
    )
    return PageView(
        language=formatter.language,
        id=day.isoformat(),
        title=title,
        brand=title,
        subject=title,
        preheader="",
        eyebrow=formatter("playbook.as_of", day=figures.full_day(day, formatter.language)),
        parts=tuple(_part(formatter, at, one) for at, one in enumerate(books)),
        lead=title if len(books) > 1 else "",
        footer=(rule(formatter, books[0].book) if books else "", formatter("footer.source")),
        labels=tuple(sorted(words.under("page_label").items())),
    )


def _part(formatter: TextFormatter, at: int, one: TeamPlaybook) -> Part:
    return Part(
        id=f"team-{at + 1}",
        team=shortened(one.team, 40),
        headline=headline(formatter, one.book),
        key_lines=(),
        sections=tuple(sections(formatter, one.book)),
    )


def headline(formatter: TextFormatter, book: Playbook) -> str:
    """Return in one line what the playbook holds."""
    if book.do or book.dont:
        return formatter("playbook.headline", do=len(book.do), dont=len(book.dont))
    return formatter("playbook.empty")


def rule(formatter: TextFormatter, book: Playbook) -> str:
    """Return the rule by which a learning becomes an entry."""
    return formatter("playbook.rule", times=book.times, people=book.people)


def sections(formatter: TextFormatter, book: Playbook) -> list[Section]:
    """Return the sections of a playbook that have entries."""
    found: list[tuple[str, tuple[Block, ...]]] = [
        ("do", tuple(_entry(formatter, one) for one in book.do)),
        ("dont", tuple(_entry(formatter, one) for one in book.dont)),
        ("next", tuple(_candidate(formatter, one, book) for one in book.candidates[:CANDIDATES])),
    ]
    shown = [
        Section(
            name,
            formatter(f"playbook.section.{name}"),
            blocks,
            subtitle=_subtitle(formatter, name, book),
        )
        for name, blocks in found
        if blocks
    ]
    return shown or [
        Section(
            "next", formatter("playbook.section.next"), (Lines((), empty=counted(formatter, book)),)
        )
    ]


def _subtitle(formatter: TextFormatter, name: str, book: Playbook) -> str:
    return (
        formatter("playbook.nearest", applied=book.applied, learned=book.learned)
        if name == "next"
        else ""
    )


def counted(formatter: TextFormatter, book: Playbook) -> str:
    """Return how many learnings there are."""
    return formatter("playbook.counted" if book.learned else "playbook.nothing", n=book.learned)


def _entry(formatter: TextFormatter, one: PlaybookEntry) -> PersonBlock:
    when = formatter.quote(one.when, _WHAT)
    return PersonBlock(
        title=formatter.quote(one.what, _WHAT),
        fact=formatter(f"playbook.{one.kind}_when", when=when) if when else "",
        give_label=formatter(f"playbook.{one.kind}"),
        give=how_often(formatter, one),
        detail=who(formatter, one),
        evidence=formatter.sources(*one.evidence),
        accent="q2" if one.kind == "do" else "ink",
    )


def how_often(formatter: TextFormatter, one: PlaybookEntry) -> str:
    """Return how often, by how many people and since when."""
    since = figures.full_day(one.since, formatter.language) if one.since else ""
    last = (
        figures.full_day(one.last, formatter.language) if one.last and one.last != one.since else ""
    )
    parts = [formatter(f"playbook.{one.kind}_times", n=one.times, people=len(one.people))]
    parts += [formatter("playbook.since", day=since)] if since else []
    parts += [formatter("playbook.last", day=last)] if last else []
    return " · ".join(parts)


def who(formatter: TextFormatter, one: PlaybookEntry | PlaybookCandidate) -> str:
    """Return who learned it and who applied it."""
    parts = (
        [formatter("playbook.learned_by", who=formatter.names(one.owners))] if one.owners else []
    )
    parts += (
        [formatter("playbook.applied_by", who=formatter.names(one.people))] if one.people else []
    )
    return " · ".join(parts)


def lacking(formatter: TextFormatter, one: PlaybookCandidate, book: Playbook) -> str:
    """Return what is missing to an entry."""
    parts = (
        [formatter("playbook.lacks_times", n=book.times - one.times)]
        if one.times < book.times
        else []
    )
    parts += (
        [formatter("playbook.lacks_people", n=book.people - len(one.people))]
        if len(one.people) < book.people
        else []
    )
    parts += [] if one.worked else [formatter("playbook.lacks_effect")]
    return " · ".join(parts)


def _candidate(formatter: TextFormatter, one: PlaybookCandidate, book: Playbook) -> PersonBlock:
    return PersonBlock(
        title=formatter.quote(one.what, _WHAT),
        fact=formatter("playbook.lacks", what=lacking(formatter, one, book)),
        detail=who(formatter, one),
        evidence=formatter.sources(*one.evidence),
    )
