"""The content of a note in words: its fields and its number tables."""

from collections.abc import Iterable, Iterator

from notes.messages import figures
from notes.model.notes import ActionItem, Feedback, Metric, Note, PlanCard, Point, Series
from reports.archive.archive_view import BarChart, NoteField, NumberTable
from reports.archive.privacy.quotes import Quotes
from reports.page.charts import drawing, heights
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.safe import clean
from reports.page.view import Bar, Chart

_TEXTS = (
    *("goal", "hypothesis", "execution", "retrospective", "success_factors", "failure_factors"),
    *("learned", "applied_to", "next_action", "needs"),
)
"""The text fields of a note in the order of the method (§1)."""


def fields_of(formatter: TextFormatter, note: Note, quotes: Quotes) -> Iterator[NoteField]:
    """Yield the filled fields of a note in reading order; numbers are in `numbers_of`."""
    for name in _TEXTS:
        lines = quotes.lines(getattr(note, name))
        if lines:
            label = (
                formatter(f"kind.{note.next_kind}")
                if name == "next_action" and note.next_kind
                else ""
            )
            yield NoteField(
                _named(formatter, name), (f"[{label}] {lines[0]}", *lines[1:]) if label else lines
            )
    if note.flow:
        yield NoteField(_named(formatter, "flow"), (formatter(f"label.{note.flow}"),))
    if note.people:
        yield NoteField(_named(formatter, "people"), (formatter.names(note.people),))
    yield from _listed(formatter, note)
    yield from _details(formatter, note, quotes)


def _listed(formatter: TextFormatter, note: Note) -> Iterator[NoteField]:
    week = (note.week,) if note.week else ()
    key = (note.key,) if note.key else ()
    named = (("note.week", week), ("note.tags", note.tags), ("note.key", key))
    for name, values in named:
        if values:
            yield NoteField(
                formatter.start(formatter(f"archive.{name}")), (", ".join(map(clean, values)),)
            )
    if note.links:
        yield NoteField(_named(formatter, "links"), tuple(map(clean, note.links)))


def _named(formatter: TextFormatter, name: str) -> str:
    return formatter.start(formatter(f"field.{name}"))


def _details(formatter: TextFormatter, note: Note, quotes: Quotes) -> Iterator[NoteField]:
    match note.details:
        case PlanCard():
            yield from _card(formatter, note.details, quotes)
        case ActionItem():
            yield from _action(formatter, note.details, quotes)
        case Feedback():
            yield from _feedback(formatter, note.details, quotes)
        case _:
            return


def _card(formatter: TextFormatter, card: PlanCard, quotes: Quotes) -> Iterator[NoteField]:
    rows: tuple[tuple[str, Iterable[str]], ...] = (
        ("bhag", (card.bhag,)),
        ("key_result", (card.key_result,)),
        ("business", card.business),
        ("learning", card.learning),
        ("people", card.people),
        ("big3", card.big3),
        (
            "risks",
            (
                f"{risk.text} → {risk.countermeasure}" if risk.countermeasure else risk.text
                for risk in card.risks
            ),
        ),
        ("other", (f"{name}: {text}" for name, text in card.other)),
    )
    for name, texts in rows:
        lines = tuple(line for text in texts for line in quotes.lines(text))
        if lines:
            yield NoteField(formatter(f"archive.card.{name}"), lines)


def _action(formatter: TextFormatter, item: ActionItem, quotes: Quotes) -> Iterator[NoteField]:
    if item.text:
        yield NoteField(formatter("archive.kind.action"), quotes.lines(item.text))
    for name, value in (("planned", item.planned), ("done", item.done)):
        if value is not None:
            yield NoteField(
                formatter.start(formatter(f"archive.note.{name}")),
                (figures.number(value, formatter.language),),
            )
    states = [formatter("archive.note.unplanned")] if item.unplanned else []
    if item.finished is not None:
        states.append(
            formatter("archive.note.finished" if item.finished else "archive.note.not_finished")
        )
    if states:
        yield NoteField(_named(formatter, "outcome"), (", ".join(states),))


def _feedback(formatter: TextFormatter, feedback: Feedback, quotes: Quotes) -> Iterator[NoteField]:
    if feedback.text:
        label = f"archive.note.tone_{feedback.tone}" if feedback.tone else "archive.kind.feedback"
        yield NoteField(formatter.start(formatter(label)), quotes.lines(feedback.text))
    for name in ("giver", "receiver"):
        person = getattr(feedback, name)
        if person:
            yield NoteField(
                formatter.start(formatter(f"archive.note.{name}")), (formatter.name(person),)
            )


def numbers_of(formatter: TextFormatter, note: Note) -> Iterator[NumberTable]:
    """Yield a note's number tables: what it claims to have moved, and the points of a series."""
    metrics = [one for one in (note.metric, *note.more_metrics) if one is not None]
    if metrics:
        head = tuple(
            formatter(f"archive.note.{name}")
            for name in ("name", "before", "after", "target", "change")
        )
        rows = tuple(_metric_row(formatter, one) for one in metrics)
        remarks = dict.fromkeys(remark for one in metrics for remark in _remarks(formatter, one))
        yield NumberTable(formatter("archive.note.numbers"), head, rows, tuple(remarks))
    if isinstance(note.details, Series):
        yield _series(formatter, note.details.points)


def _metric_row(formatter: TextFormatter, one: Metric) -> tuple[str, ...]:
    change = _amount(formatter, one.change, one.unit)
    if not one.change and one.before is not None and one.after is not None:
        sign = "▲ " if one.after > one.before else "▼ " if one.after < one.before else ""
        change = sign + figures.difference(one.after - one.before, one.unit, formatter.language)
    sides = (
        _side(formatter, one.before, one.before_counts, unit=one.unit),
        _side(formatter, one.after, one.after_counts, unit=one.unit),
    )
    return (
        clean(one.name) or formatter("move.unnamed"),
        *sides,
        _amount(formatter, one.target, one.unit),
        change,
    )


def _side(
    formatter: TextFormatter, value: float | None, counts: tuple[int, int] | None, *, unit: str
) -> str:
    shown = _amount(formatter, value, unit)
    if counts:
        shown += f" ({formatter('archive.note.counts', hits=counts[0], total=counts[1])})"
    return shown.strip()


def _amount(formatter: TextFormatter, value: float | None, unit: str) -> str:
    return "" if value is None else figures.quantity(value, clean(unit), formatter.language)


def _remarks(formatter: TextFormatter, one: Metric) -> Iterator[str]:
    yield formatter(f"archive.note.from_{one.evidence}")
    if one.comparison:
        yield formatter("archive.note.compared")


def _series(formatter: TextFormatter, points: Iterable[Point]) -> NumberTable:
    rows = []
    for point in points:
        day = figures.full_day(point.day, formatter.language) if point.day else ""
        person = formatter.name(point.member) if point.member else ""
        value, target = (
            _amount(formatter, number, point.unit) for number in (point.value, point.target)
        )
        rows.append((clean(point.name), clean(point.label) or day, value, target, person))
    head = ("name", "when", "value", "target", "person")
    filled = [at for at in range(len(head)) if at == 0 or any(row[at] for row in rows)]
    return NumberTable(
        formatter("archive.note.numbers"),
        tuple(formatter(f"archive.note.{head[at]}") for at in filled),
        tuple(tuple(row[at] for at in filled) for row in rows),
    )


def chart_of(formatter: TextFormatter, note: Note) -> BarChart | None:
    """Return before, after and target as bars; None where the log gives fewer than two."""
    one = note.metric
    if one is None:
        return None
    sides = [("before", one.before), ("after", one.after), ("target", one.target)]
    known = [
        (formatter(f"archive.note.{name}"), value)
        for name, value in sides
        if value is not None and value >= 0
    ]
    if len(known) < 2:
        return None
    tall, _ = heights([value for _, value in known])
    labels, values = zip(
        *((label, _amount(formatter, value, one.unit)) for label, value in known), strict=True
    )
    bars = tuple(Bar(label, height) for label, height in zip(labels, tall, strict=True))
    title = clean(one.name) or formatter("move.unnamed")
    said = ", ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))
    return BarChart(
        id="metric",
        title=title,
        text=said,
        drawing=drawing(Chart(title, said, bars), width=240),
        labels=labels,
        values=values,
        spoken=said,
        stressed=1,
    )
