"""A table of cells becomes notes and problems.

    Table ─► groups of records (rows) ─► passages · when · verdicts · measures · people · tags ─► Entry | Problem

Every part is read column by column, so that a cell's text is parsed once however often it stands in the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from loopnote.notes import Entry, Flow, Metric, Note, Outcome, Place, Problem, RawRow
from sync.grid import CellError, Value
from sync.reading import Skipped

from .cells.numbers import Decimal
from .cells.outcomes import Legend
from .cells.people import mentions, people_names
from .frame import Frame, verbatim
from .measures import metrics_of
from .passages import Passages, passages_of
from .rows import Grouping, group
from .tags import flows_of, tags_of
from .verdicts import outcomes_of
from .when import Clues, Span, spans_of
from .wording import Table, column_texts, is_error, role_texts, text_of

_MENTIONING = ("execution", "retrospective", "learned", "next_action", "result", "hypothesis", "goal", "note", "title")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the workbook and the configuration decide for all tables: people, marks, decimals, dates."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    legend: Legend = field(default_factory=dict)
    decimal: Decimal = ""
    clues: Clues = field(default_factory=Clues)


@dataclass(frozen=True, slots=True)
class Normalized:
    """The notes of a table, the problems, and the rows that are none."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Fields:
    """The fields of all records, before they become notes."""

    grouping: Grouping
    passages: Passages
    outcomes: Sequence[Outcome | None]
    spans: Sequence[Span]
    metrics: Sequence[tuple[Metric, ...]]
    owners: Sequence[tuple[str, ...]]
    people: Sequence[tuple[str, ...]]
    tags: Sequence[tuple[str, ...]]
    titles: Sequence[str]
    keys: Sequence[str]
    links: Sequence[tuple[str, ...]]
    flows: Sequence[Flow | None]


def normalize(table: Table, rules: Rules) -> Normalized:
    """Return the notes of a table whose columns are understood."""
    grouping = group(table)
    passages = passages_of(table, rules.legend)
    outcomes, doubts = outcomes_of(table, rules.legend, passages.reflected)
    spans, remarks = spans_of(table, rules.clues)
    metrics, flaws = metrics_of(table, rules.decimal)
    owners, people = _people(table, rules.aliases)
    fields = _Fields(
        grouping, passages, outcomes, spans, metrics, owners, people, tags_of(table),
        _titles(table), role_texts(table, "key"), _links(table), flows_of(table),
    )  # fmt: skip
    entries = tuple(_entry(table, fields, records) for records in grouping.notes)
    noted = {record for records in grouping.notes for record in records}
    said = [(record, number, code, ()) for record, number, code in (*doubts, *flaws, *_errors(table, flaws))]
    problems = _problems(table, [*remarks, *said], noted, grouping)
    return Normalized(entries, problems, _skipped(table.frame, grouping))


def _people(table: Table, aliases: Mapping[str, str]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    owners = _named(table, table.columns("owners"), aliases)
    if not table.columns("owners"):
        owners = _named(table, table.columns("author"), aliases)
    for record, circumstance in enumerate(table.frame.circumstances):
        if not owners[record] and circumstance.owner:
            owners[record] = people_names(circumstance.owner, aliases)
    people = _named(table, table.columns("people", "mention"), aliases)
    _add_mentions(table, aliases, owners, people)
    return owners, people


def _named(table: Table, numbers: Sequence[int], aliases: Mapping[str, str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()] * table.size
    known: dict[Value, tuple[str, ...]] = {None: ()}
    named: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number in numbers:
        column = table.column(number)
        for record, value in enumerate(column.values):
            if value not in known:
                known[value] = people_names(text, aliases) if (text := text_of(value)) else ()
            names = column.people.get(record) or known[value]
            if not names:
                continue
            names = (*found[record], *names)
            if names not in named:
                named[names] = tuple(dict.fromkeys(aliases.get(name, name) for name in names))
            found[record] = named[names]
    return found


def _add_mentions(
    table: Table, aliases: Mapping[str, str], owners: list[tuple[str, ...]], people: list[tuple[str, ...]]
) -> None:
    for number in table.columns(*_MENTIONING):
        column = table.column(number)
        texts = [(record, value) for record, value in enumerate(column.values) if type(value) is str]
        for record, value in [one for one in texts if "@" in one[1] or one[0] in column.people]:
            named = (*column.people.get(record, ()), *mentions(value, aliases))
            fresh = [name for name in named if name not in owners[record] and name not in people[record]]
            if fresh:
                people[record] = tuple(dict.fromkeys((*people[record], *fresh)))


def _titles(table: Table) -> list[str]:
    titles = role_texts(table, "title")
    given = table.frame.titles
    return [own or (given[record] if given else "") for record, own in enumerate(titles)]


def _links(table: Table) -> list[tuple[str, ...]]:
    links: list[tuple[str, ...]] = [()] * table.size
    for number in table.columns("links"):
        for record, text in enumerate(column_texts(table, number)):
            if text:
                parts = (part.strip() for line in text.split("\n") for part in line.split(","))
                links[record] = tuple(dict.fromkeys((*links[record], *(part for part in parts if part))))
    return links


def _entry(table: Table, fields: _Fields, records: tuple[int, ...]) -> Entry:
    first = records[0]
    place = table.frame.place(first)
    note = _note(table, fields, first, place)
    if len(records) > 1:
        note = _joined(note, [_note(table, fields, record, place) for record in records[1:]])
    return Entry(RawRow(place, raw_cells(table.frame, records), place.page_id), note)


def _note(table: Table, fields: _Fields, record: int, place: Place) -> Note:
    said = fields.passages
    span = fields.spans[record]
    metrics = fields.metrics[record]
    return Note(
        kind="experiment",
        place=place,
        url=table.frame.url(place),
        key=fields.keys[record],
        title=fields.titles[record] or fields.keys[record],
        goal=fields.grouping.goals[record] or said.goal[record],
        hypothesis=said.hypothesis[record],
        execution=said.execution[record],
        retrospective=said.retrospective[record],
        outcome=fields.outcomes[record],
        start_date=span.start,
        end_date=span.end,
        week=span.week,
        owners=fields.owners[record],
        people=fields.people[record],
        metric=metrics[0] if metrics else None,
        more_metrics=metrics[1:],
        success_factors=said.success_factors[record],
        failure_factors=said.failure_factors[record],
        learned=said.learned[record],
        applied_to=said.applied_to[record],
        next_action=said.next_action[record],
        next_kind=said.next_kind[record],
        flow=fields.flows[record],
        tags=fields.tags[record],
        links=fields.links[record],
    )


def _joined(note: Note, steps: Sequence[Note]) -> Note:
    """Join the steps of one trial: texts by line breaks, first day to last, everybody's names (RULES 1.6)."""
    every = (note, *steps)
    starts = [one.start_date for one in every if one.start_date]
    ends = [day for one in every for day in (one.end_date or one.start_date,) if day]
    start = min(starts) if starts else None
    end = max(ends) if ends else None
    return Note(
        kind=note.kind,
        place=note.place,
        url=note.url,
        key=note.key,
        title=note.title,
        goal=note.goal,
        hypothesis=_lines(one.hypothesis for one in every),
        execution=_lines(one.execution for one in every),
        retrospective=_lines(one.retrospective for one in every),
        outcome=next((one.outcome for one in every if one.outcome), None),
        start_date=start,
        end_date=end if end != start or note.end_date else None,
        week=note.week,
        owners=_all(one.owners for one in every),
        people=_all(one.people for one in every),
        metric=next((one.metric for one in every if one.metric), None),
        more_metrics=note.more_metrics,
        success_factors=_lines(one.success_factors for one in every),
        failure_factors=_lines(one.failure_factors for one in every),
        learned=_lines(one.learned for one in every),
        applied_to=_lines(one.applied_to for one in every),
        next_action=_lines(one.next_action for one in every),
        next_kind=next((one.next_kind for one in every if one.next_kind), None),
        flow=note.flow,
        tags=_all(one.tags for one in every),
        links=_all(one.links for one in every),
    )


def _lines(texts: object) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))  # type: ignore[attr-defined]


def _all(names: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group_ in names for name in group_))  # type: ignore[attr-defined]


def raw_cells(frame: Frame, records: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    """Return the cells of some records verbatim, each with the name of its column, empty ones left out."""
    rows = frame.verbatim
    return tuple(filter(None, chain.from_iterable(rows[record] for record in records)))


def _errors(table: Table, known: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the cells of all other understood columns that hold an error instead of a value."""
    told = {(record, number) for record, number, code in known if code == "error_value"}
    found = []
    for number, assigned in enumerate(table.assigned):
        if not assigned.role:
            continue
        values = table.column(number).values
        wrong = [
            record
            for record, value in enumerate(values)
            if (type(value) is str and "#" in value and is_error(value)) or isinstance(value, CellError)
        ]
        found += [(record, number, "error_value") for record in wrong if (record, number) not in told]
    return found


def _problems(
    table: Table,
    remarks: Sequence[tuple[int, int, str, tuple[tuple[str, str], ...]]],
    noted: set[int],
    grouping: Grouping,
) -> tuple[Problem, ...]:
    found: dict[tuple[int, int, str], Problem] = {}
    for record, number, code, facts in remarks:
        if record in noted and (record, number, code) not in found:
            found[record, number, code] = _problem(table, record, number, code, facts)
    for record, first in grouping.copies.items():
        facts = (("row", str(first)),)
        found[record, -1, "duplicate_row"] = _problem(table, record, -1, "duplicate_row", facts)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[0][1], item[0][2]))
    return tuple(problem for _, problem in ordered)


def _problem(table: Table, record: int, number: int, code: str, facts: tuple[tuple[str, str], ...]) -> Problem:
    place = table.frame.spot(record, number) if number >= 0 else table.frame.place(record)
    value = table.column(number).values[record] if number >= 0 else None
    text = value.code if isinstance(value, CellError) else verbatim(value) if value is not None else ""
    return Problem(place, code, text[:200], facts, table.frame.url(place))


def _skipped(frame: Frame, grouping: Grouping) -> tuple[Skipped, ...]:
    return tuple(
        Skipped(frame.tab, frame.rows[record], frame.rows[record], code) for record, code in grouping.skipped.items()
    )
