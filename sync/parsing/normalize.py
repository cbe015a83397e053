"""Turns a table whose columns are understood into notes and problems.

    RoleTable ─► groups of records ─► texts · dates · outcomes · metrics · people · tags
    ─► Entry | Problem

Every part is read column by column, so that a cell's text is parsed once however often it stands in
the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from notes.model.notes import Entry, Flow, Metric, Note, Outcome, Place, Problem, RawRow
from notes.system.compiled_tables import kept_pattern
from sync.contents.parsed_rows import Remarks
from sync.contents.workbook import CellError, Value
from sync.parse_result import SkippedRows
from sync.parsing.cells.named_people import mentions, people_names
from sync.parsing.cells.numbers import Decimal
from sync.parsing.cells.outcomes import Legend
from sync.parsing.columns.column_texts import (
    RoleTable,
    cell_text,
    column_texts,
    is_error,
    role_texts,
)
from sync.parsing.fields.date_fields import DateEvidence, DateProblem, NoteDates, read_note_dates
from sync.parsing.fields.metric_fields import names_two_sides, read_metrics
from sync.parsing.fields.note_rows import Grouping, group_records
from sync.parsing.fields.outcome_fields import read_outcomes, unmoved
from sync.parsing.fields.tags import read_flows, read_tags
from sync.parsing.fields.texts import NoteTexts, read_texts
from sync.parsing.tables.record_table import RecordTable, verbatim

_MENTIONING = (
    "execution",
    "retrospective",
    "learned",
    "next_action",
    "result",
    "hypothesis",
    "goal",
    "note",
    "title",
)
"""Fields in whose texts people are mentioned by @."""


@dataclass(frozen=True, slots=True)
class ParseRules:
    """What the workbook and the configuration decide for all tables.

    People, marks, decimals, dates.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)
    legend: Legend = field(default_factory=dict)
    decimal: Decimal = ""
    date_evidence: DateEvidence = field(default_factory=DateEvidence)


@dataclass(frozen=True, slots=True)
class NormalizedTable:
    """The notes of a table, the problems, and the rows that are none.

    `own` gives for each entry the record that it was made of, where it was made of that one alone;
    -1 for any other. `remarks` are what was wrong with the cells of records, those of notes only.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[SkippedRows, ...]
    own: tuple[int, ...]
    remarks: Mapping[int, Remarks]


@dataclass(frozen=True, slots=True, eq=False)
class _Fields:
    """The fields of all records, before they become notes."""

    grouping: Grouping
    passages: NoteTexts
    outcomes: Sequence[Outcome | None]
    spans: Sequence[NoteDates]
    metrics: Sequence[tuple[Metric, ...]]
    owners: Sequence[tuple[str, ...]]
    people: Sequence[tuple[str, ...]]
    tags: Sequence[tuple[str, ...]]
    titles: Sequence[str]
    keys: Sequence[str]
    links: Sequence[tuple[str, ...]]
    flows: Sequence[Flow | None]


def normalize(table: RoleTable, rules: ParseRules) -> NormalizedTable:
    """Return the notes of a table whose columns are understood."""
    grouping = group_records(table, rules.aliases)
    passages = read_texts(table, rules.legend)
    metrics, flaws = read_metrics(table, rules.decimal)
    measured = [any(metric.tells_what_came for metric in found) for found in metrics]
    outcomes, doubts = read_outcomes(table, rules.legend, passages.reflected, measured=measured)
    stood = unmoved(table, rules.legend)
    metrics = [_stood_still(*one) for one in zip(metrics, outcomes, stood, strict=True)]
    metrics = [*map(_of_two_sides, metrics, passages.execution)]
    spans, remarks = read_note_dates(table, rules.date_evidence, outcomes)
    owners, people = _people(table, rules.aliases)
    fields = _Fields(
        grouping=grouping,
        passages=passages,
        outcomes=outcomes,
        spans=spans,
        metrics=metrics,
        owners=owners,
        people=people,
        tags=read_tags(table),
        flows=read_flows(table),
        titles=_titles(table),
        keys=role_texts(table, "key"),
        links=_links(table),
    )
    entries = tuple(_entry(table, fields, records) for records in grouping.notes)
    noted = {record for records in grouping.notes for record in records}
    said = [
        (record, number, code, ())
        for record, number, code in (*doubts, *flaws, *_errors(table, flaws))
    ]
    dated = [
        one
        for one in remarks
        if not (_is_bare_week(table, one) and _is_dated(fields.spans[one[0]]))
    ]
    remarked = [one for one in (*dated, *said) if one[0] in noted]
    return NormalizedTable(
        entries=entries,
        problems=_problems(table, remarked, grouping=grouping),
        skipped=_skipped(table.record_table, grouping),
        own=_own(grouping),
        remarks=_by_record(table, remarked),
    )


def _own(grouping: Grouping) -> tuple[int, ...]:
    """Return the record of each note that is one record, -1 for another.

    The first record of a table can continue nothing, so it does not tell whether it would.
    """
    return tuple(
        first if len(others) == 0 and first and not grouping.steps[first] else -1
        for first, *others in grouping.notes
    )


def _by_record(table: RoleTable, remarked: Sequence[DateProblem]) -> dict[int, Remarks]:
    """Return what was remarked on each record, by the place of the column among those with a
    meaning.
    """
    told = told_columns(table)
    found: dict[int, Remarks] = {}
    for record, number, code, facts in remarked:
        at = told.index(number) if number >= 0 else -1
        found[record] = (*found.get(record, ()), (at, code, facts))
    return found


def told_columns(table: RoleTable) -> list[int]:
    """Return the columns with a meaning, in sheet order."""
    return [number for number, found in enumerate(table.meanings) if found.role]


def remarked_again(table: RoleTable, record: int, remarks: Remarks) -> tuple[Problem, ...]:
    """Return the problems of a record from what was remarked when it was parsed."""
    told = told_columns(table) if remarks else []
    again = [(record, told[at] if at >= 0 else -1, code, facts) for at, code, facts in remarks]
    return _ordered(table, again)


def _people(
    table: RoleTable, aliases: Mapping[str, str]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    owners = _named(table, table.columns("owners"), aliases)
    if not table.columns("owners"):
        owners = _named(table, table.columns("author"), aliases)
    for record, row_context in enumerate(table.record_table.row_contexts):
        if not owners[record] and row_context.owner:
            owners[record] = people_names(row_context.owner, aliases)
    people = _named(table, table.columns("people", "mention"), aliases)
    _add_mentions(table, aliases, owners, people=people)
    return owners, people


def _named(
    table: RoleTable, numbers: Sequence[int], aliases: Mapping[str, str]
) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()] * table.size
    known: dict[Value, tuple[str, ...]] = {None: ()}
    named: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number in numbers:
        column = table.column(number)
        for record, value in enumerate(column.values):
            if value not in known:
                known[value] = people_names(text, aliases) if (text := cell_text(value)) else ()
            names = column.people.get(record) or known[value]
            if not names:
                continue
            names = (*found[record], *names)
            if names not in named:
                named[names] = tuple(dict.fromkeys(aliases.get(name, name) for name in names))
            found[record] = named[names]
    return found


def _add_mentions(
    table: RoleTable,
    aliases: Mapping[str, str],
    owners: list[tuple[str, ...]],
    *,
    people: list[tuple[str, ...]],
) -> None:
    for number in table.columns(*_MENTIONING):
        column = table.column(number)
        texts = [
            (record, value) for record, value in enumerate(column.values) if type(value) is str
        ]
        for record, value in [one for one in texts if "@" in one[1] or one[0] in column.people]:
            named = (*column.people.get(record, ()), *mentions(value, aliases))
            fresh = [
                name for name in named if name not in owners[record] and name not in people[record]
            ]
            if fresh:
                people[record] = tuple(dict.fromkeys((*people[record], *fresh)))


def _stood_still(
    metrics: tuple[Metric, ...], outcome: Outcome | None, said: bool
) -> tuple[Metric, ...]:
    """Return a record's metrics, with no change stated for those that stood still by words and
    numbers.
    """
    if not said or outcome != "inconclusive":
        return metrics
    return tuple(
        replace(one, change=0.0)
        if one.before is not None and one.before == one.after and not one.comparison
        else one
        for one in metrics
    )


def _of_two_sides(metrics: tuple[Metric, ...], execution: str) -> tuple[Metric, ...]:
    """Return a record's metrics as comparisons where its execution names two sides at one time.

    "A반 퀴즈, B반 기존 방식": what stands under before and after are then the sides.
    """
    if not metrics or not names_two_sides(execution):
        return metrics
    return tuple(
        one if one.before is None or one.after is None else replace(one, comparison=True)
        for one in metrics
    )


def _titles(table: RoleTable) -> list[str]:
    titles = role_texts(table, "title")
    given = table.record_table.titles
    return [own or (given[record] if given else "") for record, own in enumerate(titles)]


def _links(table: RoleTable) -> list[tuple[str, ...]]:
    links: list[tuple[str, ...]] = [()] * table.size
    for number in table.columns("links"):
        for record, text in enumerate(column_texts(table, number)):
            if text:
                parts = (part.strip() for line in text.split("\n") for part in line.split(","))
                links[record] = tuple(
                    dict.fromkeys((*links[record], *(part for part in parts if part)))
                )
    return links


def _entry(table: RoleTable, fields: _Fields, records: tuple[int, ...]) -> Entry:
    first = records[0]
    place = table.record_table.place(first)
    note = _note(table, fields, first, place=place)
    if len(records) > 1:
        note = _joined(note, [_note(table, fields, record, place=place) for record in records[1:]])
    return Entry(RawRow(place, raw_cells(table.record_table, records), place.page_id), note)


def _named_by(key: str) -> str:
    """Return an identifier as a note's name, "" for one that only counts rows: another tab has a
    third row as well, and the two are not one activity.

    >>> _named_by("EXP-12"), _named_by("3"), _named_by("No. 3"), _named_by("3회차")
    ('EXP-12', '', '', '')
    """
    return "" if _COUNTER.fullmatch(key.lower()) else key


_COUNTER = kept_pattern(
    r"[\W_]{0,3}(?:no|nr)?[\W_]{0,3}\d{1,6}[\W_]{0,3}(?:번|호|회|차|회차|번째)?[\W_]{0,3}"
)
"""A number that counts the rows of a table ("3", "No. 3", "3번")."""


def _note(table: RoleTable, fields: _Fields, record: int, *, place: Place) -> Note:
    said = fields.passages
    span = fields.spans[record]
    metrics = fields.metrics[record]
    return Note(
        kind="experiment",
        place=place,
        url=table.record_table.url(place),
        key=fields.keys[record],
        title=fields.titles[record] or _named_by(fields.keys[record]),
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
        needs=said.needs[record],
    )


def _joined(note: Note, steps: Sequence[Note]) -> Note:
    """Join the steps of one trial.

    Texts by line breaks, first day to last, everybody's names (reading rules 1.6).
    """
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
        needs=_lines(one.needs for one in every),
    )


def _lines(texts: object) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))  # type: ignore[attr-defined]


def _all(names: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group_ in names for name in group_))  # type: ignore[attr-defined]


def raw_cells(record_table: RecordTable, records: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    """Return the filled cells of some records verbatim, each with the name of its column."""
    rows = record_table.verbatim
    return tuple(filter(None, chain.from_iterable(rows[record] for record in records)))


def _errors(table: RoleTable, known: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the cells of all other understood columns that hold an error instead of a value."""
    told = {(record, number) for record, number, code in known if code == "error_value"}
    found = []
    for number, meanings in enumerate(table.meanings):
        if not meanings.role:
            continue
        values = table.column(number).values
        wrong = [record for record, value in enumerate(values) if is_error(value)]
        found += [
            (record, number, "error_value") for record in wrong if (record, number) not in told
        ]
    return found


def _problems(
    table: RoleTable, remarks: Sequence[DateProblem], *, grouping: Grouping
) -> tuple[Problem, ...]:
    copies = [
        (record, -1, "duplicate_row", (("row", str(first)),))
        for record, first in grouping.copies.items()
    ]
    return _ordered(table, [*remarks, *copies])


def _ordered(table: RoleTable, remarks: Sequence[DateProblem]) -> tuple[Problem, ...]:
    """Return one problem for each cell and code, in the order of the cells."""
    found: dict[tuple[int, int, str], tuple[tuple[str, str], ...]] = {}
    for record, number, code, facts in remarks:
        found.setdefault((record, number, code), facts)
    return tuple(
        _problem(table, record, number, code=code, facts=found[record, number, code])
        for record, number, code in sorted(found)
    )


def _is_bare_week(table: RoleTable, remark: DateProblem) -> bool:
    """Return whether a week could not be read, or only its year is missing.

    Where the row has its date, nothing is lost by that.
    """
    _, number, code, _ = remark
    lost = code in ("year_unknown", "unreadable_date")
    return lost and number >= 0 and table.meanings[number].role == "week"


def _is_dated(span: NoteDates) -> bool:
    return bool(span.start or span.end or span.week)


def _problem(
    table: RoleTable, record: int, number: int, *, code: str, facts: tuple[tuple[str, str], ...]
) -> Problem:
    place = (
        table.record_table.spot(record, number) if number >= 0 else table.record_table.place(record)
    )
    value = table.column(number).values[record] if number >= 0 else None
    if isinstance(value, CellError) and value.missing and code == "error_value":
        code = "formula_without_value"
    text = (
        value.code if isinstance(value, CellError) else verbatim(value) if value is not None else ""
    )
    return Problem(place, code, text[:200], facts, table.record_table.url(place))


def _skipped(record_table: RecordTable, grouping: Grouping) -> tuple[SkippedRows, ...]:
    return tuple(
        SkippedRows(record_table.tab, record_table.rows[record], record_table.rows[record], code)
        for record, code in grouping.skipped.items()
    )
