"""The playbook in Markdown, to paste where the team keeps its standards: headings, short lists, links; nothing else."""

from collections.abc import Iterator, Sequence
from datetime import date

from reports.sections import Playbook, PlaybookCandidate, PlaybookEntry

from .markdown import places, plain
from .telling.playbook_page import CANDIDATES, TeamPlaybook, counted, headline, how_often, lacking, rule, who
from .telling.voice import DEFAULT_SETTING, PageSetting, Voice
from .words import figures
from .words.words import Words


def playbook_markdown(
    books: Sequence[TeamPlaybook], words: Words, *, day: date, setting: PageSetting = DEFAULT_SETTING
) -> str:
    """Return the playbooks of one or more teams; `day` is the one it is of."""
    voice = Voice(words, setting)
    return "\n\n".join("\n".join(_book(voice, one, day)) for one in books) + "\n"


def _book(voice: Voice, one: TeamPlaybook, day: date) -> Iterator[str]:
    book = one.book
    yield f"# {plain(voice('playbook.page_title', team=one.team))}"
    yield ""
    yield plain(f"{headline(voice, book)} {voice('playbook.as_of', day=figures.full_day(day, voice.language))}")
    yield ""
    yield plain(rule(voice, book))
    for name, entries in (("do", book.do), ("dont", book.dont)):
        if entries:
            yield f"\n## {plain(voice(f'playbook.section.{name}'))}"
        for at, entry in enumerate(entries, 1):
            yield from _entry(voice, at, entry)
    yield from _next(voice, book)


def _entry(voice: Voice, at: int, one: PlaybookEntry) -> Iterator[str]:
    yield f"\n### {at}. {plain(one.what)}\n"
    yield from _line(voice, f"{one.kind}_label", plain(one.when))
    yield from _line(voice, "often_label", plain(how_often(voice, one)))
    yield from _line(voice, "who_label", plain(who(voice, one)))
    yield from _line(voice, "evidence_label", places(voice.sources(*one.evidence)))


def _next(voice: Voice, book: Playbook) -> Iterator[str]:
    candidates = book.candidates[:CANDIDATES]
    if not candidates:
        if not book.do and not book.dont:
            yield f"\n{plain(counted(voice, book))}"
        return
    yield f"\n## {plain(voice('playbook.section.next'))}"
    yield f"\n{plain(voice('playbook.nearest', applied=book.applied, learned=book.learned))}"
    for one in candidates:
        yield from _candidate(voice, one, book)


def _candidate(voice: Voice, one: PlaybookCandidate, book: Playbook) -> Iterator[str]:
    yield f"\n### {plain(one.what)}\n"
    yield from _line(voice, "lacks_label", plain(lacking(voice, one, book)))
    yield from _line(voice, "who_label", plain(who(voice, one)))
    yield from _line(voice, "evidence_label", places(voice.sources(*one.evidence)))


def _line(voice: Voice, label: str, text: str) -> Iterator[str]:
    if text:
        yield f"- **{plain(voice(f'playbook.{label}'))}** {text}"
