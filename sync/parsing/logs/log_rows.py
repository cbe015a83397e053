"""The notes of a log, part by part; a row that is as it was at the last reading is not parsed
again.

    part of the rows ─► row keys ─► known ─────────► UnchangedRows
                                └─► new, with the row above ─► normalize ─► notes, problems

What one row takes from others is part of its key (`table_analysis.row_keys`) or is found in the
whole table before any row is parsed. A row continues the one above it, so a row is parsed again
with the one below it.
"""

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from notes.model.notes import Problem, UnchangedRows
from sync.contents.parsed_rows import ParsedRow, ParsedRows
from sync.contents.workbook import Value
from sync.parse_result import ParseResult
from sync.parsing.columns.column_texts import RoleTable, build_role_table, role_texts
from sync.parsing.columns.grades import Meaning
from sync.parsing.fields.note_rows import carry_down, writes_owned_steps
from sync.parsing.normalize import NormalizedTable, ParseRules, normalize, remarked_again
from sync.parsing.table_analysis.alike_problems import one_a_column
from sync.parsing.table_analysis.row_keys import Labels, RowKeys
from sync.parsing.table_analysis.rows_not_read import RowsNotRead
from sync.parsing.table_analysis.sampling import is_tall, split_parts
from sync.parsing.tables.duplicates import find_duplicates
from sync.parsing.tables.record_table import RecordTable
from sync.parsing.tables.table_context import ColumnsAtHand, TableContext, types_of

_ASKED_AS_A_WHOLE = frozenset(
    {"date", "start_date", "end_date", "due", "week", "logged", "outcome", "status"}
)
"""Meanings whose whole column is asked for what its cells prove: the order of days, years, boxes.
"""
_FILLED_DOWN = ("goal", "week")
"""Fields that a row takes from the rows above it: such a row depends on more than itself."""


@dataclass(frozen=True, slots=True, eq=False)
class _Log:
    """A table that is a log, and all that its rows are read with."""

    record_table: RecordTable
    meanings: Sequence[Meaning]
    rules: ParseRules
    table_context: TableContext
    copies: Mapping[int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class _ChosenRows:
    """The records of a part that are parsed, with their keys and what is filled down in them.

    `unchanged` are the other records, `problems` theirs.
    """

    records: Sequence[int]
    keys: Sequence[bytes] = ()
    carried: Mapping[int, Sequence[Value]] = field(default_factory=dict)
    unchanged: tuple[UnchangedRows, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_log(
    record_table: RecordTable,
    meanings: Sequence[Meaning],
    rules: ParseRules,
    *,
    parsed: ParsedRows | None = None,
) -> Iterator[ParseResult]:
    """Yield the notes of a log, then its problems; parts share a table context.

    `parsed` are the rows of the last reading, None where none may be reused.
    """
    if not _can_be_reused(record_table):
        parsed = None
    log = _opened(record_table, meanings, rules, whole=parsed is not None)
    choice = _RowChoice(log, parsed) if parsed is not None else None
    problems: list[Problem] = []
    not_read = RowsNotRead(meanings)
    for part in split_parts(record_table, meanings, joined=True):
        chosen = choice.choose(part) if choice else _ChosenRows(part)
        if not chosen.records:
            problems.extend(chosen.problems)
            yield ParseResult(unchanged=chosen.unchanged)
            continue
        rows, read = _parsed(log, chosen)
        problems.extend(sorted((*read.problems, *chosen.problems), key=_row_of))
        not_read.add(rows, read.skipped)
        yield ParseResult(
            read.entries,
            (),
            read.skipped,
            row_keys=tuple(chosen.keys[at] if at >= 0 else b"" for at in read.own if choice),
            row_remarks=tuple(read.remarks.get(at, ()) for at in read.own if choice),
            unchanged=chosen.unchanged,
        )
    if (lost := not_read.problem(record_table.tab)) is not None:
        problems.append(lost)
    if problems:
        yield ParseResult(problems=one_a_column(problems, record_table, meanings))


def _row_of(problem: Problem) -> int:
    return problem.place.row


def _can_be_reused(record_table: RecordTable) -> bool:
    """Return whether each record of a table is one row of its tab, and nothing else."""
    return (
        record_table.lines is not None
        and bool(record_table.columns)
        and bool(record_table.rows)
        and not record_table.record_columns
        and not record_table.titles
        and not record_table.page_ids
        and not record_table.spots
        and not any(column.people for column in record_table.columns)
    )


def _opened(
    record_table: RecordTable,
    meanings: Sequence[Meaning],
    rules: ParseRules,
    *,
    whole: bool,
) -> _Log:
    """Return a log with what its whole columns tell, asked before any of its parts is parsed."""
    whole = whole or is_tall(record_table)
    asked = [number for number, one in enumerate(meanings) if one.role in _ASKED_AS_A_WHOLE]
    columns = ColumnsAtHand(record_table, asked)
    copies = find_duplicates(record_table, columns.each()) if whole else None
    at_hand = columns.table() if whole else None
    table_context = TableContext(whole=at_hand)
    if at_hand is not None:
        table_context.types = types_of(at_hand, asked)
        beginning = record_table.part(range(len(record_table.rows))[:_HABIT])
        table_context.owned_steps = writes_owned_steps(
            build_role_table(beginning, meanings), rules.aliases
        )
    return _Log(record_table, meanings, rules, table_context, copies)


_HABIT = 500
"""Records whose beginning shows how a log writes steps; judgement: later ones are written alike."""


def _parsed(log: _Log, chosen: _ChosenRows) -> tuple[RecordTable, NormalizedTable]:
    """Return the chosen records as a table, and what they say."""
    rows = log.record_table.part(chosen.records)
    if log.copies is not None:
        log.table_context.copies = {
            at: log.copies[record]
            for at, record in enumerate(chosen.records)
            if record in log.copies
        }
    log.table_context.carried = chosen.carried
    with collector_at_rest():
        read = normalize(build_role_table(rows, log.meanings, log.table_context), log.rules)
    log.table_context.carried = {}
    return rows, read


class _RowChoice:
    """Chooses the records of a log that have to be parsed."""

    def __init__(self, log: _Log, parsed: ParsedRows) -> None:
        self._log, self._parsed = log, parsed
        table = build_role_table(log.record_table, log.meanings, log.table_context)
        self._keys = RowKeys(table, log.rules, parsed.basis)
        self._table = table
        roles = [one.role for one in log.meanings]
        self._read_here = [at for at, role in enumerate(roles) if role in (*_FILLED_DOWN, "key")]

    def choose(self, part: range) -> _ChosenRows:
        """Return which records of a part are parsed, and which are as they were."""
        log = self._log
        lines = log.record_table.lines_of(part)
        rows = log.record_table.part(part, only=self._read_here, lines=lines)
        table = build_role_table(rows, log.meanings, log.table_context)
        carried = carry_down(table)
        keyed = self._keys.of(part, lines, carried)
        known = [
            None if log.copies and record in log.copies else self._parsed.known.get(key)
            for record, (key, _) in zip(part, keyed, strict=True)
        ]
        chosen = _to_parse(known)
        return _ChosenRows(
            records=[part[at] for at in chosen],
            keys=[keyed[at][0] for at in chosen],
            carried={number: [values[at] for at in chosen] for number, values in carried.items()},
            unchanged=self._unchanged(part, keyed, known, table=table, parsed=chosen),
            problems=tuple(
                problem
                for at, one in enumerate(known)
                if one is not None and one.remarks and at not in chosen
                for problem in remarked_again(self._table, part[at], one.remarks)
            ),
        )

    def _unchanged(
        self,
        part: range,
        keyed: Sequence[tuple[bytes, Labels]],
        known: Sequence[ParsedRow | None],
        *,
        table: RoleTable,
        parsed: Collection[int],
    ) -> tuple[UnchangedRows, ...]:
        """Return the records of a part that are as they were, and keep them for the next
        reading.
        """
        kept = [
            (at, found) for at, found in enumerate(known) if found is not None and at not in parsed
        ]
        if not kept:
            return ()
        self._parsed.keep_all([(keyed[at][0], found) for at, found in kept])
        whole, keys = self._log.record_table, role_texts(table, "key")
        return (
            UnchangedRows(
                tab=whole.tab,
                file=whole.file,
                cell_url=whole.cell_url,
                rows=[whole.rows[part[at]] for at, _ in kept],
                digests=[found.digest for _, found in kept],
                keys=[keys[at] for at, _ in kept],
                labels=[keyed[at][1] for at, _ in kept],
                days=[found.day for _, found in kept],
            ),
        )


def _to_parse(known: Sequence[ParsedRow | None]) -> dict[int, None]:
    """Return the places of the rows that are not known, and of those just above one, in order."""
    last = len(known) - 1
    return {
        at: None
        for at, one in enumerate(known)
        if one is None or (at < last and known[at + 1] is None)
    }


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Disable the cyclic garbage collector while many small records are made.

    They hold no cycles, looking costs a third.
    """
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()
