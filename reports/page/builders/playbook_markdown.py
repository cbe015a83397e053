"""The playbook in Markdown, to paste where the team keeps its standards."""

from collections.abc import Iterator, Sequence
from datetime import date

from notes.messages import figures
from notes.messages.catalogue import MessageCatalogue
from reports.analysis.records.section_results import Playbook, PlaybookCandidate, PlaybookEntry
from reports.page.formatting.text_formatter import DEFAULT_OPTIONS, PageOptions, TextFormatter
from reports.page.markdown import places, plain

from .playbook_page import (
    CANDIDATES,
    TeamPlaybook,
    counted,
    headline,
    how_often,
    lacking,
    rule,
    who,
)


def playbook_markdown(
    books: Sequence[TeamPlaybook],
    words: MessageCatalogue,
    *,
    day: date,
    setting: PageOptions = DEFAULT_OPTIONS,
) -> str:
    """Return the playbooks of one or more teams as of a day."""
    formatter = TextFormatter(words, setting)
    return "\n\n".join("\n".join(_book(formatter, one, day)) for one in books) + "\n"


def _book(formatter: TextFormatter, one: TeamPlaybook, day: date) -> Iterator[str]:
    book = one.book
    yield f"# {plain(formatter('playbook.page_title', team=one.team))}"
    yield ""
    yield plain(headline(formatter, book))
    yield ""
    yield plain(formatter("playbook.as_of", day=figures.full_day(day, formatter.language)))
    yield ""
    yield plain(rule(formatter, book))
    for name, entries in (("do", book.do), ("dont", book.dont)):
        if entries:
            yield f"\n## {plain(formatter(f'playbook.section.{name}'))}"
        for at, entry in enumerate(entries, 1):
            yield from _entry(formatter, at, entry)
    yield from _next(formatter, book)


def _entry(formatter: TextFormatter, at: int, one: PlaybookEntry) -> Iterator[str]:
    yield f"\n### {at}. {plain(one.what)}\n"
    yield from _line(formatter, f"{one.kind}_label", plain(one.when))
    yield from _line(formatter, "often_label", plain(how_often(formatter, one)))
    yield from _line(formatter, "who_label", plain(who(formatter, one)))
    yield from _line(formatter, "evidence_label", places(formatter.sources(*one.evidence)))


def _next(formatter: TextFormatter, book: Playbook) -> Iterator[str]:
    candidates = book.candidates[:CANDIDATES]
    if not candidates:
        if not book.do and not book.dont:
            yield f"\n{plain(counted(formatter, book))}"
        return
    yield f"\n## {plain(formatter('playbook.section.next'))}"
    yield f"\n{plain(formatter('playbook.nearest', applied=book.applied, learned=book.learned))}"
    for one in candidates:
        yield from _candidate(formatter, one, book)


def _candidate(formatter: TextFormatter, one: PlaybookCandidate, book: Playbook) -> Iterator[str]:
    yield f"\n### {plain(one.what)}\n"
    yield from _line(formatter, "lacks_label", plain(lacking(formatter, one, book)))
    yield from _line(formatter, "who_label", plain(who(formatter, one)))
    yield from _line(formatter, "evidence_label", places(formatter.sources(*one.evidence)))


def _line(formatter: TextFormatter, label: str, text: str) -> Iterator[str]:
    if text:
        yield f"- **{plain(formatter(f'playbook.{label}'))}** {text}"
