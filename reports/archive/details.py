"""What a note holds, field by field and number by number, in words."""

from collections.abc import Iterable, Iterator

from loopnote.notes import ActionItem, Feedback, Metric, Note, PlanCard, Point, Series
from reports.page.charts import drawing, heights
from reports.page.safe import clean
from reports.page.telling.voice import Voice
from reports.page.view import Bar, Chart
from reports.page.words import figures

from .quotes import Quotes
from .view import BarChart, Field, Numbers

_TEXTS = (
    *("goal", "hypothesis", "execution", "retrospective", "success_factors", "failure_factors"),
    *("learned", "applied_to", "next_action"),
)


def fields_of(voice: Voice, note: Note, quotes: Quotes) -> Iterator[Field]:
    """Give the filled fields of a note in the order in which a log is read; numbers stand in `numbers_of`."""
    for name in _TEXTS:
        lines = quotes.lines(getattr(note, name))
        if lines:
            label = voice(f"kind.{note.next_kind}") if name == "next_action" and note.next_kind else ""
            yield Field(_named(voice, name), (f"[{label}] {lines[0]}", *lines[1:]) if label else lines)
    if note.flow:
        yield Field(_named(voice, "flow"), (voice(f"label.{note.flow}"),))
    if note.people:
        yield Field(_named(voice, "people"), (voice.names(note.people),))
    yield from _listed(voice, note)
    yield from _details(voice, note, quotes)


def _listed(voice: Voice, note: Note) -> Iterator[Field]:
    week = (note.week,) if note.week else ()
    key = (note.key,) if note.key else ()
    named = (("note.week", week), ("note.tags", note.tags), ("note.key", key))
    for name, values in named:
        if values:
            yield Field(voice.start(voice(f"archive.{name}")), (", ".join(map(clean, values)),))
    if note.links:
        yield Field(_named(voice, "links"), tuple(map(clean, note.links)))


def _named(voice: Voice, name: str) -> str:
    return voice.start(voice(f"field.{name}"))


def _details(voice: Voice, note: Note, quotes: Quotes) -> Iterator[Field]:
    match note.details:
        case PlanCard():
            yield from _card(voice, note.details, quotes)
        case ActionItem():
            yield from _action(voice, note.details, quotes)
        case Feedback():
            yield from _feedback(voice, note.details, quotes)
        case _:
            return


def _card(voice: Voice, card: PlanCard, quotes: Quotes) -> Iterator[Field]:
    rows: tuple[tuple[str, Iterable[str]], ...] = (
        ("bhag", (card.bhag,)),
        ("key_result", (card.key_result,)),
        ("business", card.business),
        ("learning", card.learning),
        ("people", card.people),
        ("big3", card.big3),
        (
            "risks",
            (f"{risk.text} → {risk.countermeasure}" if risk.countermeasure else risk.text for risk in card.risks),
        ),
        ("other", (f"{name}: {text}" for name, text in card.other)),
    )
    for name, texts in rows:
        lines = tuple(line for text in texts for line in quotes.lines(text))
        if lines:
            yield Field(voice(f"archive.card.{name}"), lines)


def _action(voice: Voice, item: ActionItem, quotes: Quotes) -> Iterator[Field]:
    if item.text:
        yield Field(voice("archive.kind.action"), quotes.lines(item.text))
    for name, value in (("planned", item.planned), ("done", item.done)):
        if value is not None:
            yield Field(voice.start(voice(f"archive.note.{name}")), (figures.number(value, voice.language),))
    states = [voice("archive.note.unplanned")] if item.unplanned else []
    if item.finished is not None:
        states.append(voice("archive.note.finished" if item.finished else "archive.note.not_finished"))
    if states:
        yield Field(_named(voice, "outcome"), (", ".join(states),))


def _feedback(voice: Voice, feedback: Feedback, quotes: Quotes) -> Iterator[Field]:
    if feedback.text:
        label = f"archive.note.tone_{feedback.tone}" if feedback.tone else "archive.kind.feedback"
        yield Field(voice.start(voice(label)), quotes.lines(feedback.text))
    for name in ("giver", "receiver"):
        person = getattr(feedback, name)
        if person:
            yield Field(voice.start(voice(f"archive.note.{name}")), (voice.name(person),))


def numbers_of(voice: Voice, note: Note) -> Iterator[Numbers]:
    """Give the tables of a note's numbers: what it claims to have moved, and its points where it is a table's row."""
    metrics = [one for one in (note.metric, *note.more_metrics) if one is not None]
    if metrics:
        head = tuple(voice(f"archive.note.{name}") for name in ("name", "before", "after", "target", "change"))
        rows = tuple(_metric_row(voice, one) for one in metrics)
        remarks = dict.fromkeys(remark for one in metrics for remark in _remarks(voice, one))
        yield Numbers(voice("archive.note.numbers"), head, rows, tuple(remarks))
    if isinstance(note.details, Series):
        yield _series(voice, note.details.points)


def _metric_row(voice: Voice, one: Metric) -> tuple[str, ...]:
    change = _amount(voice, one.change, one.unit)
    if one.change is None and one.before is not None and one.after is not None:
        sign = "▲ " if one.after > one.before else "▼ " if one.after < one.before else ""
        change = sign + figures.difference(one.after - one.before, one.unit, voice.language)
    sides = (_side(voice, one.before, one.before_counts, one.unit), _side(voice, one.after, one.after_counts, one.unit))
    return (clean(one.name) or voice("move.unnamed"), *sides, _amount(voice, one.target, one.unit), change)


def _side(voice: Voice, value: float | None, counts: tuple[int, int] | None, unit: str) -> str:
    shown = _amount(voice, value, unit)
    if counts:
        shown += f" ({voice('archive.note.counts', hits=counts[0], total=counts[1])})"
    return shown.strip()


def _amount(voice: Voice, value: float | None, unit: str) -> str:
    return "" if value is None else figures.quantity(value, clean(unit), voice.language)


def _remarks(voice: Voice, one: Metric) -> Iterator[str]:
    yield voice(f"archive.note.from_{one.evidence}")
    if one.comparison:
        yield voice("archive.note.compared")


def _series(voice: Voice, points: Iterable[Point]) -> Numbers:
    rows = []
    for point in points:
        day = figures.full_day(point.day, voice.language) if point.day else ""
        person = voice.name(point.member) if point.member else ""
        value, target = (_amount(voice, number, point.unit) for number in (point.value, point.target))
        rows.append((clean(point.name), clean(point.label) or day, value, target, person))
    head = ("name", "when", "value", "target", "person")
    filled = [at for at in range(len(head)) if at == 0 or any(row[at] for row in rows)]
    return Numbers(
        voice("archive.note.numbers"),
        tuple(voice(f"archive.note.{head[at]}") for at in filled),
        tuple(tuple(row[at] for at in filled) for row in rows),
    )


def chart_of(voice: Voice, note: Note) -> BarChart | None:
    """Return before, after and goal as bars, where the log gives at least two of them."""
    one = note.metric
    if one is None:
        return None
    sides = [("before", one.before), ("after", one.after), ("target", one.target)]
    known = [(voice(f"archive.note.{name}"), value) for name, value in sides if value is not None and value >= 0]
    if len(known) < 2:
        return None
    tall, _ = heights([value for _, value in known])
    labels, values = zip(*((label, _amount(voice, value, one.unit)) for label, value in known), strict=True)
    bars = tuple(Bar(label, height) for label, height in zip(labels, tall, strict=True))
    title = clean(one.name) or voice("move.unnamed")
    said = ", ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))
    return BarChart("metric", title, said, drawing(Chart(title, said, bars), width=240), labels, values, said, 1)
