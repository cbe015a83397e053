"""A note's page: three lines, everything that is written, its history, and where it was met again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loopnote.mail import ALL_TEAMS
from loopnote.notes import Step, StoredNote
from reports.evidence import NoteLines
from reports.log import meant
from reports.page.safe import clean, safe_url
from reports.page.telling.notes import three_lines
from reports.page.telling.voice import Voice
from reports.page.view import Link
from reports.page.words import figures

from .addresses import href, month_page, note_page, report_page
from .details import chart_of, fields_of, numbers_of
from .issues import Issue
from .outline import Outline, Suggestion, Tie
from .quotes import Quotes
from .site import TONES, Site
from .view import Appearance, Change, Field, Inside, Mark, Moment, NoteLine, NotePage, Shelf

_SHELF = 30
_LINE = 400
_METRIC = ("name", "before", "after", "target", "change", "unit")
_LABELS = ("place", "id", "rivals", "three", "numbers", "fields", "reports", "history", "written_title", "cells")


@dataclass(frozen=True, slots=True)
class Around:
    """What the rest of the archive knows of a note.

    `shown` are the reports whose statements it stands behind, with its version then, latest first; `rivals` the notes
    that it could also be; `similar` earlier notes like it.
    """

    shown: tuple[tuple[Issue, int], ...] = ()
    rivals: tuple[str, ...] = ()
    similar: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteInputs:
    """A note with its history (oldest step first), and what is around it."""

    stored: StoredNote
    steps: Sequence[Step] = ()
    around: Around = field(default_factory=Around)


def depends_on(site: Site, one: Outline, around: Around) -> tuple[object, ...]:
    """Return all that a note's page shows of other pages, as values."""
    others = [*_tied(site.catalogue.names, one.id), *_tied(site.catalogue.named_by, one.id)]
    named = [(tie.how, _shown(site, tie.id)) for tie in others]
    reports = [(issue.scope, str(issue.period), version) for issue, version in around.shown]
    alike = [(each.reason, _shown(site, each.id)) for each in around.similar]
    return (named, reports, [_shown(site, note_id) for note_id in around.rivals], alike)


def _tied(ties: Mapping[str, tuple[Tie, ...]], note_id: str) -> tuple[Tie, ...]:
    return ties.get(note_id, ())


def _shown(site: Site, note_id: str) -> tuple[object, ...]:
    one = site.catalogue.notes.get(note_id)
    return (note_id,) if one is None else (one.id, one.title, one.place, one.day, one.outcome, one.gone, one.owners)


def note_page_view(site: Site, inputs: NoteInputs) -> NotePage:
    """Return the page of a note."""
    stored = inputs.stored
    note, one = stored.note, site.catalogue.notes[stored.id]
    page, voice, quotes = note_page(stored.id), site.voice(stored.team), Quotes(site.people[stored.team])
    month = one.day.replace(day=1)
    crumbs = [
        site.team_crumb(one.team),
        (figures.month_name(month, site.language), month_page(site.folders[one.team], month)),
    ]
    lines = _lines(stored, quotes)
    fields = tuple(fields_of(voice, note, quotes))
    history = tuple(_history(site, voice, stored, inputs.steps, quotes))
    cells = tuple(_cells(stored, quotes))
    url = safe_url(note.url)
    return NotePage(
        site.frame(page, site.title(one), crumbs),
        site.spoken(one.team),
        site.words(f"archive.kind.{note.kind}"),
        site.title(one),
        _facts(site, voice, stored),
        _marks(voice, stored),
        tuple(_notices(site, voice, stored)),
        tuple(_rivals(site, page, inputs.around.rivals)),
        Link(voice.spot(note.place, clean(note.key)), url),
        voice(f"archive.note.open_{'page' if note.place.page_id else 'sheet'}") if url else "",
        stored.id,
        three_lines(voice, lines, _LINE) if note.kind == "experiment" else (),
        tuple(at for at, text in enumerate((lines.done, lines.factors, lines.next)) if not text),
        fields,
        chart_of(voice, note),
        tuple(numbers_of(voice, note)),
        tuple(_shelves(site, page, one, inputs.around)),
        tuple(_appearances(site, page, stored, inputs.around)),
        cells,
        tuple(_written(site, voice, stored)),
        history,
        voice("archive.note.history_whole" if _is_whole(inputs.steps) else "archive.note.history_cut"),
        voice("archive.note.blame_left_out") if quotes.left_out else "",
        site.labels("note", *_LABELS),
    )


def _lines(stored: StoredNote, quotes: Quotes) -> NoteLines:
    note = stored.note
    factors = " / ".join(filter(None, (quotes.one(note.success_factors), quotes.one(note.failure_factors))))
    return NoteLines(
        quotes.one(note.execution) or quotes.one(note.title),
        factors or quotes.one(note.retrospective),
        quotes.one(meant(note.next_action)) or quotes.one(meant(note.applied_to)),
    )


def _facts(site: Site, voice: Voice, stored: StoredNote) -> str:
    note = stored.note
    days = " – ".join(site.day(day) for day in dict.fromkeys((note.start_date, note.end_date)) if day)
    owners = voice.names(note.owners) if note.owners else ""
    return " · ".join(part for part in (stored.team, owners, days) if part)


def _marks(voice: Voice, stored: StoredNote) -> tuple[Mark, ...]:
    outcome = stored.note.outcome
    gone = (Mark(voice("version.gone"), "warn"),) if stored.gone else ()
    return (*((Mark(voice(f"outcome.{outcome}"), TONES[outcome]),) if outcome else ()), *gone)


def _notices(site: Site, voice: Voice, stored: StoredNote) -> Iterator[str]:
    if stored.gone:
        yield voice("archive.note.gone", when=site.moment(stored.gone, stored.team))
    if not stored.sure:
        yield voice("archive.note.unsure")


def _rivals(site: Site, page: str, rivals: Sequence[str]) -> Iterator[NoteLine]:
    known = (site.catalogue.notes.get(note_id) for note_id in rivals)
    return (site.note_line(page, one) for one in known if one)


def _shelves(site: Site, page: str, one: Outline, around: Around) -> Iterator[Shelf]:
    words = site.words
    for title, ties in (
        (words("archive.note.names"), _tied(site.catalogue.names, one.id)),
        (words("archive.note.named_by"), _tied(site.catalogue.named_by, one.id)),
    ):
        if ties:
            how = {"link": words("archive.note.linked"), "named": words("archive.note.named")}
            lines = tuple(
                site.note_line(page, site.catalogue.notes[tie.id], extra=how[tie.how]) for tie in ties[-_SHELF:]
            )
            rest = len(ties) - len(lines)
            yield Shelf(title, lines, more=words("archive.more", n=rest) if rest else "")
    alike = [(site.catalogue.notes.get(each.id), each.reason) for each in around.similar]
    similar = tuple(site.note_line(page, other, extra=reason) for other, reason in alike if other)
    if similar:
        yield Shelf(words("archive.note.similar"), similar, words("archive.note.similar_remark"))


def _appearances(site: Site, page: str, stored: StoredNote, around: Around) -> Iterator[Appearance]:
    words = site.words
    for issue, version in around.shown:
        name = site.period(issue.period)
        text = f"{words('archive.home.several')}, {name}" if issue.scope == ALL_TEAMS else name
        later = stored.version - version
        changed = words("archive.note.report_changed", n=later) if later else words("archive.note.report_then")
        way = href(page, report_page(site.folder(issue.scope), str(issue.period)))
        yield Appearance(Inside(text, way), Mark(changed, "warn" if later else "quiet"))


def _cells(stored: StoredNote, quotes: Quotes) -> Iterator[Field]:
    for column, text in stored.raw.cells:
        lines = quotes.lines(text)
        if lines:
            yield Field(clean(column), lines)


def _written(site: Site, voice: Voice, stored: StoredNote) -> Iterator[str]:
    for name, at in sorted(stored.written.items(), key=lambda each: (each[1], each[0])):
        yield voice("archive.note.written", field=field_name(voice, name), when=site.moment(at, stored.team))


def _history(site: Site, voice: Voice, stored: StoredNote, steps: Sequence[Step], quotes: Quotes) -> Iterator[Moment]:
    """Give the versions of a note, the latest first."""
    for step in reversed(steps):
        changes = tuple(
            Change(
                voice.start(field_name(voice, name)),
                quotes.one(value_words(voice, name, before)),
                quotes.one(value_words(voice, name, after)),
            )
            for name, before, after in step.changes
        )
        yield Moment(str(step.version), site.moment(step.at, stored.team), voice(f"version.{step.event}"), changes)


def _is_whole(steps: Sequence[Step]) -> bool:
    return bool(steps) and steps[0].event == "new"


def field_name(voice: Voice, name: str) -> str:
    """Return what a field of a note is called; a column of the log is called what it is."""
    key = f"field.{name}"
    return voice(key) if voice.words.has(key) else clean(name)


def value_words(voice: Voice, name: str, text: str) -> str:
    """Return a field's former value in the reader's words, where the store keeps it in its own."""
    known = {"outcome": "outcome", "next_kind": "kind", "flow": "label"}.get(name)
    if known and voice.words.has(f"{known}.{text}"):
        return voice(f"{known}.{text}")
    return _metric_words(voice, text) if name == "metric" else text


def _metric_words(voice: Voice, text: str) -> str:
    """Return a metric as the store's changes write it ("name 재방문율 · before 11 · after 22") in words."""
    parts = (part.partition(" ") for part in text.split(" · "))
    known = {name: voice(f"archive.note.{name}") for name in _METRIC}
    return " · ".join(f"{known[name]} {value}" for name, _, value in parts if name in known) or text
