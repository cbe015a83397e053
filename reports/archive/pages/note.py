"""The page of a note: three lines, all cells, its history, and related notes and reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from notes.messages import figures
from notes.model.deliveries import ALL_TEAMS
from notes.model.notes import Step, StoredNote
from reports.analysis.data.team_log import without_placeholder
from reports.analysis.records.evidence import NoteLines
from reports.archive.addresses import href, month_page, note_page, report_page
from reports.archive.archive_view import (
    Appearance,
    ArchiveLink,
    FieldChange,
    NoteField,
    NoteLine,
    NotePage,
    RelatedNoteList,
    StatusLabel,
    VersionEntry,
)
from reports.archive.editions import ReportEditions
from reports.archive.note_catalogue import NoteOutline, NoteReference, SimilarNoteLink
from reports.archive.privacy.quotes import Quotes
from reports.archive.site import TONES, Site
from reports.page.formatting.note_texts import three_lines
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.safe import clean, safe_url
from reports.page.view import PlaceLink

from .note_fields import chart_of, fields_of, numbers_of

_MOST_RELATED = 30
"""Notes in one related list: judgement; the latest of them."""
_LINE = 400
"""Columns of each of the three lines: judgement; the whole cell stands below them."""
_METRIC = ("name", "before", "after", "target", "change", "unit")
_LABELS = (
    "place",
    "id",
    "rivals",
    "three",
    "numbers",
    "fields",
    "reports",
    "history",
    "written_title",
    "cells",
)
"""Words of the page, asked of the catalogue by these names."""


@dataclass(frozen=True, slots=True)
class RelatedNotes:
    """What the rest of the archive knows of a note.

    `shown` are the reports that it stands behind, with its version then, latest first; `rivals` the
    notes that it could also be; `similar` earlier notes like it.
    """

    shown: tuple[tuple[ReportEditions, int], ...] = ()
    rivals: tuple[str, ...] = ()
    similar: tuple[SimilarNoteLink, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteInputs:
    """A note, its history (oldest step first), and related notes."""

    stored: StoredNote
    steps: Sequence[Step] = ()
    related: RelatedNotes = field(default_factory=RelatedNotes)


def page_dependencies(site: Site, one: NoteOutline, related: RelatedNotes) -> tuple[object, ...]:
    """Return as values all that a note's page shows of other pages."""
    others = [*_tied(site.catalogue.names, one.id), *_tied(site.catalogue.named_by, one.id)]
    named = [(tie.how, _shown(site, tie.id)) for tie in others]
    reports = [(report.scope, str(report.period), version) for report, version in related.shown]
    alike = [(each.reason, _shown(site, each.id)) for each in related.similar]
    rivals = [_shown(site, note_id) for note_id in related.rivals]
    return (named, reports, rivals, alike, one.source in site.asked)


def _tied(ties: Mapping[str, tuple[NoteReference, ...]], note_id: str) -> tuple[NoteReference, ...]:
    return ties.get(note_id, ())


def _shown(site: Site, note_id: str) -> tuple[object, ...]:
    one = site.catalogue.notes.get(note_id)
    return (
        (note_id,)
        if one is None
        else (one.id, one.title, one.place, one.day, one.outcome, one.gone, one.owners)
    )


def note_page_view(site: Site, inputs: NoteInputs) -> NotePage:
    """Return the page of a note."""
    stored = inputs.stored
    note, one = stored.note, site.catalogue.notes[stored.id]
    page, formatter, quotes = (
        note_page(stored.id),
        site.formatter(stored.team, stored.source),
        Quotes(site.people[stored.team]),
    )
    month = one.day.replace(day=1)
    crumbs = [
        site.team_crumb(one.team),
        (figures.month_name(month, site.language), month_page(site.folders[one.team], month)),
    ]
    lines = _lines(stored, quotes)
    fields = tuple(fields_of(formatter, note, quotes))
    history = tuple(_history(site, formatter, stored, steps=inputs.steps, quotes=quotes))
    cells = tuple(_cells(stored, quotes))
    url = safe_url(note.url)
    return NotePage(
        frame=site.frame(page, site.title(one), crumbs),
        language=site.spoken(one.team),
        kind=site.words(f"archive.kind.{note.kind}"),
        heading=site.title(one),
        facts=_facts(site, formatter, stored),
        marks=_marks(formatter, stored),
        notices=tuple(_notices(site, formatter, stored)),
        rivals=tuple(_rivals(site, page, inputs.related.rivals)),
        place=PlaceLink(formatter.spot(note.place, clean(note.key)), url),
        opens=formatter(f"archive.note.open_{'page' if note.place.page_id else 'sheet'}")
        if url
        else "",
        id=stored.id,
        lines=three_lines(formatter, lines, _LINE) if note.kind == "experiment" else (),
        missing=tuple(
            at for at, text in enumerate((lines.done, lines.factors, lines.next)) if not text
        ),
        fields=fields,
        chart=chart_of(formatter, note),
        numbers=tuple(numbers_of(formatter, note)),
        related=tuple(_related_lists(site, page, one, related=inputs.related)),
        reports=tuple(_appearances(site, page, stored, related=inputs.related)),
        cells=cells,
        written=tuple(_written(site, formatter, stored)),
        history=history,
        history_remark=formatter(
            "archive.note.history_whole" if _is_whole(inputs.steps) else "archive.note.history_cut"
        ),
        remark=formatter("archive.note.blame_left_out") if quotes.left_out else "",
        labels=site.labels("note", *_LABELS),
    )


def _lines(stored: StoredNote, quotes: Quotes) -> NoteLines:
    note = stored.note
    factors = " / ".join(
        filter(None, (quotes.one(note.success_factors), quotes.one(note.failure_factors)))
    )
    return NoteLines(
        quotes.one(note.execution) or quotes.one(note.title),
        factors or quotes.one(note.retrospective),
        quotes.one(without_placeholder(note.next_action))
        or quotes.one(without_placeholder(note.applied_to)),
    )


def _facts(site: Site, formatter: TextFormatter, stored: StoredNote) -> str:
    note = stored.note
    days = " – ".join(
        site.day(day) for day in dict.fromkeys((note.start_date, note.end_date)) if day
    )
    owners = formatter.names(note.owners) if note.owners else ""
    return " · ".join(part for part in (stored.team, owners, days) if part)


def _marks(formatter: TextFormatter, stored: StoredNote) -> tuple[StatusLabel, ...]:
    outcome = stored.note.outcome
    gone = (StatusLabel(formatter("version.gone"), "warn"),) if stored.gone else ()
    return (
        *((StatusLabel(formatter(f"outcome.{outcome}"), TONES[outcome]),) if outcome else ()),
        *gone,
    )


def _notices(site: Site, formatter: TextFormatter, stored: StoredNote) -> Iterator[str]:
    if stored.gone:
        yield formatter("archive.note.gone", when=site.moment(stored.gone, stored.team))
    if not stored.sure:
        yield formatter("archive.note.unsure")


def _rivals(site: Site, page: str, rivals: Sequence[str]) -> Iterator[NoteLine]:
    known = (site.catalogue.notes.get(note_id) for note_id in rivals)
    return (site.note_line(page, one) for one in known if one)


def _related_lists(
    site: Site, page: str, one: NoteOutline, *, related: RelatedNotes
) -> Iterator[RelatedNoteList]:
    words = site.words
    for title, ties in (
        (words("archive.note.names"), _tied(site.catalogue.names, one.id)),
        (words("archive.note.named_by"), _tied(site.catalogue.named_by, one.id)),
    ):
        if ties:
            how = {"link": words("archive.note.linked"), "named": words("archive.note.named")}
            lines = tuple(
                site.note_line(page, site.catalogue.notes[tie.id], extra=how[tie.how])
                for tie in ties[-_MOST_RELATED:]
            )
            rest = len(ties) - len(lines)
            yield RelatedNoteList(title, lines, more=words("archive.more", n=rest) if rest else "")
    alike = [(site.catalogue.notes.get(each.id), each.reason) for each in related.similar]
    similar = tuple(site.note_line(page, other, extra=reason) for other, reason in alike if other)
    if similar:
        yield RelatedNoteList(
            words("archive.note.similar"), similar, words("archive.note.similar_remark")
        )


def _appearances(
    site: Site, page: str, stored: StoredNote, *, related: RelatedNotes
) -> Iterator[Appearance]:
    words = site.words
    for report, version in related.shown:
        name = site.period(report.period)
        text = f"{words('archive.home.several')}, {name}" if report.scope == ALL_TEAMS else name
        later = stored.version - version
        changed = (
            words("archive.note.report_changed", n=later)
            if later
            else words("archive.note.report_then")
        )
        way = href(page, report_page(site.folder(report.scope), str(report.period)))
        yield Appearance(ArchiveLink(text, way), StatusLabel(changed, "warn" if later else "quiet"))


def _cells(stored: StoredNote, quotes: Quotes) -> Iterator[NoteField]:
    for column, text in stored.raw.cells:
        lines = quotes.lines(text)
        if lines:
            yield NoteField(clean(column), lines)


def _written(site: Site, formatter: TextFormatter, stored: StoredNote) -> Iterator[str]:
    for name, at in sorted(stored.written.items(), key=lambda each: (each[1], each[0])):
        yield formatter(
            "archive.note.written",
            field=field_name(formatter, name),
            when=site.moment(at, stored.team),
        )


def _history(
    site: Site,
    formatter: TextFormatter,
    stored: StoredNote,
    *,
    steps: Sequence[Step],
    quotes: Quotes,
) -> Iterator[VersionEntry]:
    """Yield the versions of a note, latest first."""
    for step in reversed(steps):
        changes = tuple(
            FieldChange(
                formatter.start(field_name(formatter, name)),
                quotes.one(value_words(formatter, name, before)),
                quotes.one(value_words(formatter, name, after)),
            )
            for name, before, after in step.changes
        )
        yield VersionEntry(
            str(step.version),
            site.moment(step.at, stored.team),
            formatter(f"version.{step.event}"),
            changes,
        )


def _is_whole(steps: Sequence[Step]) -> bool:
    return bool(steps) and steps[0].event == "new"


def field_name(formatter: TextFormatter, name: str) -> str:
    """Return the name of a field of a note; a column of the log keeps its own name."""
    key = f"field.{name}"
    return formatter(key) if formatter.words.has(key) else clean(name)


def value_words(formatter: TextFormatter, name: str, text: str) -> str:
    """Return a field's former value in the reader's words, where the store uses its own."""
    known = {"outcome": "outcome", "next_kind": "kind", "flow": "label"}.get(name)
    if known and formatter.words.has(f"{known}.{text}"):
        return formatter(f"{known}.{text}")
    return _metric_words(formatter, text) if name in {"metric", "more_metrics"} else text


def _metric_words(formatter: TextFormatter, text: str) -> str:
    """Return a metric of the store's changes in words.

    Example: "name 재방문율 · before 11 · after 22".
    """
    parts = (part.partition(" ") for part in text.split(" · "))
    known = {name: formatter(f"archive.note.{name}") for name in _METRIC}
    return " · ".join(f"{known[name]} {value}" for name, _, value in parts if name in known) or text
