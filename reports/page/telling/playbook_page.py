"""The playbook as a page: what worked for more than one, what not to do, and what comes nearest to an entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.page.safe import shortened
from reports.page.view import Answer, Block, Lines, PageView, Part, Section
from reports.page.words import figures
from reports.page.words.words import Words
from reports.sections import Playbook, PlaybookCandidate, PlaybookEntry

from .voice import DEFAULT_SETTING, PageSetting, Voice

CANDIDATES = 5
_WHAT = 200


@dataclass(frozen=True, slots=True)
class TeamPlaybook:
    """A team's playbook."""

    team: str
    book: Playbook


def playbook_view(
    books: Sequence[TeamPlaybook], words: Words, *, day: date, setting: PageSetting = DEFAULT_SETTING
) -> PageView:
    """Return the playbooks of one or more teams as a page like Monday's; `day` is the one it is of."""
    voice = Voice(words, setting)
    title = voice("playbook.page_title", team=", ".join(shortened(one.team, 40) for one in books))
    return PageView(
        language=voice.language,
        id=day.isoformat(),
        title=title,
        brand=title,
        subject=title,
        preheader="",
        eyebrow=voice("playbook.as_of", day=figures.full_day(day, voice.language)),
        parts=tuple(_part(voice, at, one) for at, one in enumerate(books)),
        lead=title if len(books) > 1 else "",
        footer=(rule(voice, books[0].book) if books else "", voice("footer.source")),
        labels=tuple(sorted(words.under("page_label").items())),
    )


def _part(voice: Voice, at: int, one: TeamPlaybook) -> Part:
    return Part(
        id=f"team-{at + 1}",
        team=shortened(one.team, 40),
        headline=headline(voice, one.book),
        key_lines=(),
        sections=tuple(sections(voice, one.book)),
    )


def headline(voice: Voice, book: Playbook) -> str:
    """Return what the playbook holds, in a line."""
    if book.do or book.dont:
        return voice("playbook.headline", do=len(book.do), dont=len(book.dont))
    return voice("playbook.empty")


def rule(voice: Voice, book: Playbook) -> str:
    """Return by which rule a learning becomes an entry."""
    return voice("playbook.rule", times=book.times, people=book.people)


def sections(voice: Voice, book: Playbook) -> list[Section]:
    """Return the sections of a playbook, those without an entry left out."""
    found: list[tuple[str, tuple[Block, ...]]] = [
        ("do", tuple(_entry(voice, one) for one in book.do)),
        ("dont", tuple(_entry(voice, one) for one in book.dont)),
        ("next", tuple(_candidate(voice, one, book) for one in book.candidates[:CANDIDATES])),
    ]
    shown = [
        Section(name, voice(f"playbook.section.{name}"), blocks, subtitle=_subtitle(voice, name, book))
        for name, blocks in found
        if blocks
    ]
    return shown or [Section("next", voice("playbook.section.next"), (Lines((), empty=counted(voice, book)),))]


def _subtitle(voice: Voice, name: str, book: Playbook) -> str:
    return voice("playbook.nearest", applied=book.applied, learned=book.learned) if name == "next" else ""


def counted(voice: Voice, book: Playbook) -> str:
    """Return how many learnings there are to begin with."""
    return voice("playbook.counted" if book.learned else "playbook.nothing", n=book.learned)


def _entry(voice: Voice, one: PlaybookEntry) -> Answer:
    when = voice.quote(one.when, _WHAT)
    return Answer(
        title=voice.quote(one.what, _WHAT),
        fact=voice(f"playbook.{one.kind}_when", when=when) if when else "",
        give_label=voice(f"playbook.{one.kind}"),
        give=how_often(voice, one),
        detail=who(voice, one),
        evidence=voice.sources(*one.evidence),
        accent="q2" if one.kind == "do" else "ink",
    )


def how_often(voice: Voice, one: PlaybookEntry) -> str:
    """Return how often, by how many and since when."""
    since = figures.full_day(one.since, voice.language) if one.since else ""
    last = figures.full_day(one.last, voice.language) if one.last and one.last != one.since else ""
    parts = [voice(f"playbook.{one.kind}_times", n=one.times, people=len(one.people))]
    parts += [voice("playbook.since", day=since)] if since else []
    parts += [voice("playbook.last", day=last)] if last else []
    return " · ".join(parts)


def who(voice: Voice, one: PlaybookEntry | PlaybookCandidate) -> str:
    """Return who learned it and who applied it."""
    parts = [voice("playbook.learned_by", who=voice.names(one.owners))] if one.owners else []
    parts += [voice("playbook.applied_by", who=voice.names(one.people))] if one.people else []
    return " · ".join(parts)


def lacking(voice: Voice, one: PlaybookCandidate, book: Playbook) -> str:
    """Return what is missing to an entry."""
    parts = [voice("playbook.lacks_times", n=book.times - one.times)] if one.times < book.times else []
    parts += [voice("playbook.lacks_people", n=book.people - len(one.people))] if len(one.people) < book.people else []
    parts += [] if one.worked else [voice("playbook.lacks_effect")]
    return " · ".join(parts)


def _candidate(voice: Voice, one: PlaybookCandidate, book: Playbook) -> Answer:
    return Answer(
        title=voice.quote(one.what, _WHAT),
        fact=voice("playbook.lacks", what=lacking(voice, one, book)),
        detail=who(voice, one),
        evidence=voice.sources(*one.evidence),
    )
