"""A learning note as three lines, and the note cards behind the statements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from notes.messages import figures
from notes.model.notes import Note, Series, StoredNote, Version
from reports.analysis.records.evidence import Evidence, NoteLines
from reports.analysis.records.report_record import WeeklyReport
from reports.analysis.text.naming_texts import name_candidates
from reports.analysis.text.quoting import KnownPeople
from reports.page.safe import clean, safe_url
from reports.page.view import HistoryLine, NoteCard, PlaceLink, ThreeLines

from .text_formatter import TextFormatter

_HISTORY = 6
"""Latest versions on a note's card: judgement; the archive has all."""


def three_lines(formatter: TextFormatter, lines: NoteLines, width: int = 110) -> ThreeLines:
    """Return (label, text) of each of the three lines; a missing one is named as missing.

    The lines are 한 일 / 성공·실패 요인 / 다음 적용.
    """
    missing = formatter.missing
    no_factors = formatter("note.withheld") if lines.withheld else missing
    return (
        (formatter("note.done"), formatter.quote(lines.done, width) or missing),
        (
            formatter("note.factors"),
            formatter.quote(lines.factors, width) or no_factors,
        ),
        (formatter("note.next"), formatter.quote(lines.next, width) or missing),
    )


def done_line(formatter: TextFormatter, title: str, done: str, *, width: int = 90) -> str:
    """Return the first line: the note's name and what was done, without repetition."""
    title, done = clean(title), clean(done)
    if not done or done in title:
        return formatter.quote(title, width) or formatter.missing
    return formatter.quote(done if title in done else f"{title}: {done}", width)


def cards(
    formatter: TextFormatter,
    notes: Mapping[str, StoredNote],
    versions: Mapping[str, Sequence[Version]],
) -> tuple[NoteCard, ...]:
    """Return a card for every note, ordered by id, without sentences that blame a person."""
    people = KnownPeople.of(
        name for stored in notes.values() for name in (*stored.note.owners, *stored.note.people)
    )
    return tuple(
        _card(formatter, notes[note_id], versions.get(note_id, ()), people=people)
        for note_id in sorted(notes)
    )


def _card(
    formatter: TextFormatter, stored: StoredNote, history: Sequence[Version], *, people: KnownPeople
) -> NoteCard:
    note = stored.note
    quote, written = people.without_blame, (note.success_factors, note.failure_factors)
    factors = " / ".join(text for text in map(people.cause_in, written) if text)
    lines = NoteLines(
        quote(note.execution or note.title),
        factors,
        quote(note.applied_to or note.next_action),
        withheld=not factors and any(written),
    )
    told = (lines.done, lines.factors or lines.withheld, lines.next)
    missing = tuple(at for at, text in enumerate(told) if not text)
    tried = note.kind == "experiment"
    owners = formatter.names(note.owners) if note.owners else ""
    days = " – ".join(
        figures.day(day, formatter.language) for day in (note.start_date, note.end_date) if day
    )
    outcome = formatter(f"outcome.{note.outcome}") if note.outcome else ""
    return NoteCard(
        id=stored.id,
        title=formatter.quote(quote(_card_title(note)), 90) or formatter.spot(note.place),
        meta=" · ".join(part for part in (owners, days, outcome) if part),
        place=PlaceLink(formatter.spot(note.place, clean(note.key)), safe_url(note.url)),
        lines=three_lines(formatter, lines, 240) if tried else (),
        missing=missing if tried else (),
        cells_label=formatter("note.cells"),
        cells=_cells(formatter, stored, people),
        history_label=formatter("note.history"),
        history=_history(formatter, history, people),
    )


def _card_title(note: Note) -> str:
    """Return what a card is called: every number of a row of numbers, else the note's best name."""
    if isinstance(note.details, Series):
        return " · ".join(dict.fromkeys(point.name for point in note.details.points if point.name))
    return next(filter(None, name_candidates(note)), "")


def _cells(
    formatter: TextFormatter, stored: StoredNote, people: KnownPeople
) -> tuple[tuple[str, str], ...]:
    shown = ((column, people.without_people(text)) for column, text in stored.raw.cells)
    return tuple(
        (formatter.quote(column, 40), formatter.quote(text, 400)) for column, text in shown if text
    )


def _history(
    formatter: TextFormatter, history: Sequence[Version], people: KnownPeople
) -> tuple[HistoryLine, ...]:
    lines = []
    for version in history[-_HISTORY:]:
        when = figures.day(version.at.astimezone(formatter.zone).date(), formatter.language)
        lines.append(HistoryLine(when, _changes(formatter, version, people)))
    return tuple(lines)


def _changes(formatter: TextFormatter, version: Version, people: KnownPeople) -> str:
    if version.event != "changed" or not version.changes:
        return formatter(f"version.{version.event}")
    empty = formatter("version.empty")
    shown = [
        formatter(
            "version.change",
            field=_field(formatter, name),
            before=formatter.quote(people.without_blame(before), 40) or empty,
            after=formatter.quote(people.without_blame(after), 60) or empty,
        )
        for name, before, after in version.changes[:4]
    ]
    return " · ".join(shown)


def _field(formatter: TextFormatter, name: str) -> str:
    key = f"field.{name}"
    return formatter(key) if formatter.words.has(key) else name


def evidence_ids(report: WeeklyReport) -> tuple[str, ...]:
    """Return the ids of the notes whose cards a page of this report may open, sorted.

    What is only counted or listed for mending (unapplied learnings, problems, fixes) is left out:
    two hundred of them must not lengthen a page.
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
