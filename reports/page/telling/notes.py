"""A learning note as exactly three lines, and the cards behind the statements: cells, place and history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from loopnote.notes import StoredNote, Version
from reports.evidence import Evidence, NoteLines
from reports.page.safe import clean, safe_url
from reports.page.view import HistoryLine, Link, NoteCard
from reports.page.words import figures
from reports.report import WeeklyReport
from reports.wording import Names

from .voice import Voice

Three = tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
_HISTORY = 6


def three_lines(voice: Voice, lines: NoteLines, width: int = 110) -> Three:
    """Return (label, text) for 한 일 / 성공·실패 요인 / 다음 적용; a missing one is named as missing."""
    missing = voice("note.missing")
    return (
        (voice("note.done"), voice.quote(lines.done, width) or missing),
        (voice("note.factors"), voice.quote(lines.factors, width) or missing),
        (voice("note.next"), voice.quote(lines.next, width) or missing),
    )


def done_line(voice: Voice, title: str, done: str, width: int = 90) -> str:
    """Return the first line: the note's name and what was done, each said once."""
    title, done = clean(title), clean(done)
    if not done or done in title:
        return voice.quote(title, width) or voice("note.missing")
    return voice.quote(done if title in done else f"{title}: {done}", width)


def cards(
    voice: Voice, notes: Mapping[str, StoredNote], versions: Mapping[str, Sequence[Version]]
) -> tuple[NoteCard, ...]:
    """Return a card for every note, ordered by id; sentences that blame a person stay in the log itself."""
    people = Names.of(name for stored in notes.values() for name in (*stored.note.owners, *stored.note.people))
    return tuple(_card(voice, notes[note_id], versions.get(note_id, ()), people) for note_id in sorted(notes))


def _card(voice: Voice, stored: StoredNote, history: Sequence[Version], people: Names) -> NoteCard:
    note = stored.note
    quote = people.without_blame
    factors = " / ".join(text for text in (quote(note.success_factors), quote(note.failure_factors)) if text)
    lines = NoteLines(quote(note.execution or note.title), factors, quote(note.applied_to or note.next_action))
    missing = tuple(at for at, text in enumerate((lines.done, lines.factors, lines.next)) if not text)
    owners = voice.names(note.owners) if note.owners else ""
    days = " – ".join(figures.day(day, voice.language) for day in (note.start_date, note.end_date) if day)
    outcome = voice(f"outcome.{note.outcome}") if note.outcome else ""
    return NoteCard(
        stored.id,
        voice.quote(quote(note.title or note.execution or note.goal), 90) or voice.spot(note.place),
        " · ".join(part for part in (owners, days, outcome) if part),
        Link(voice.spot(note.place, clean(note.key)), safe_url(note.url)),
        three_lines(voice, lines, 240),
        missing,
        voice("note.cells"),
        _cells(voice, stored, people),
        voice("note.history"),
        _history(voice, history, people),
    )


def _cells(voice: Voice, stored: StoredNote, people: Names) -> tuple[tuple[str, str], ...]:
    shown = ((column, people.without_blame(text)) for column, text in stored.raw.cells)
    return tuple((voice.quote(column, 40), voice.quote(text, 400)) for column, text in shown if text)


def _history(voice: Voice, history: Sequence[Version], people: Names) -> tuple[HistoryLine, ...]:
    lines = []
    for version in history[-_HISTORY:]:
        when = figures.day(version.at.astimezone(voice.zone).date(), voice.language)
        lines.append(HistoryLine(when, _changes(voice, version, people)))
    return tuple(lines)


def _changes(voice: Voice, version: Version, people: Names) -> str:
    if version.event != "changed" or not version.changes:
        return voice(f"version.{version.event}")
    empty = voice("version.empty")
    shown = [
        voice(
            "version.change",
            field=_field(voice, name),
            before=voice.quote(people.without_blame(before), 40) or empty,
            after=voice.quote(people.without_blame(after), 60) or empty,
        )
        for name, before, after in version.changes[:4]
    ]
    return " · ".join(shown)


def _field(voice: Voice, name: str) -> str:
    key = f"field.{name}"
    return voice(key) if voice.words.has(key) else name


def evidence_ids(report: WeeklyReport) -> tuple[str, ...]:
    """Return the ids of the notes whose cards a page of this report may open, sorted.

    What is only counted or listed for mending (unapplied learnings, problems, fixes) is left out: two hundred of them
    must not lengthen a page.
    """
    parts = (
        report.leader,
        report.business,
        report.learning.pairs,
        report.learning.suggestions,
        report.learning.same_failure,
        report.people,
        report.signals,
        report.traps,
        report.commitments,
        report.rhythm,
        report.funnels,
        report.next,
        report.milestones,
        report.actions,
    )
    return tuple(sorted({evidence.note_id for evidence in _walk(parts) if evidence.note_id}))


def _walk(value: object) -> Iterator[Evidence]:
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _walk(one)
    elif is_dataclass(value):
        for one_field in fields(value):
            yield from _walk(getattr(value, one_field.name))
