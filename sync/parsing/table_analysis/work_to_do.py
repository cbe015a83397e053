"""Recognises tables of planned work that are no log: plans, schedules, checklists, things to do.

They say what is to be done and whether it is, never what was expected or came of it (reading rules
1.3b). A backlog under or beside a log is read with it (1.1); a table with any text beside its tasks
is a log.
"""

from collections.abc import Sequence
from functools import cache

from sync.parsing.cells.outcomes import read_status
from sync.parsing.cells.text import fold
from sync.parsing.columns.grades import ColumnMeaning, Meaning
from sync.parsing.columns.log_evidence import names_a_field
from sync.parsing.profiles.column_profile import SENTENCE_WORDS
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import plain_header

from .table_kinds import told_fields

_TASKS = frozenset({"execution", "next_action", "next_start", "goal", "title"})
_TO_COME = frozenset({"execution", "next_action", "next_start"})
"""Texts of which two together still only say what is to be done, and how."""
_DAYS = frozenset({"date", "start_date", "end_date", "week", "logged", "edited"})
_TOLD = frozenset({"note", "problem", "feedback_text"})
"""Texts that make no log alone, but may tell beside a task how it went."""
_MEASURED = frozenset(
    {"metric", "before", "after", "target", "outcome", "planned_count", "next_kind"}
)
_DONE_BY = frozenset({"owners", "author"})
_MOSTLY = 0.6
"""Share of cells; judgement: a clear majority."""
_FEW = 0.3
"""Share of sentences or cells from which a column tells something; judgement."""


def is_of_log(meanings: Sequence[Meaning]) -> bool:
    """Return whether a table tells two fields of a log, so that a plan beside it belongs to it."""
    return len(told_fields(meanings)) > 1


def kind_of_work_to_do(
    record_table: RecordTable, meanings: Sequence[Meaning], *, backlog: bool
) -> str:
    """Return what a table of work is, "" where it is a log.

    `backlog`: its tab, or a line above it, calls it a list of future work, which then may be
    ideas for trials, but no plan in stages.
    """
    if _is_plan(record_table, meanings):
        return "a plan"
    planned = any(map(_waits, record_table.columns, meanings))
    told = told_fields([one for one in meanings if not _is_aside(one, planned=planned)])
    several = len(told) > 1 and not told <= _TO_COME
    if backlog or several or not told <= _TASKS or _tells_more(record_table, meanings):
        return ""
    return _kind_of_tasks(record_table, meanings)


def _waits(column: TableColumn, meaning: Meaning) -> bool:
    """Return whether a column says of every task that it is not begun ("Not started", "예정")."""
    cells = column.values[:_LOOKED_AT] if meaning.role == "status" else ()
    said = [read_status(str(value)) for value in cells if value is not None]
    return bool(said) and all(one is not None and one.sense == "planned" for one in said)


_LOOKED_AT = 200
"""Cells looked at for what is begun; bounds the work: a plan has no more tasks."""


def _is_aside(meaning: Meaning, *, planned: bool) -> bool:
    """Return whether a column only sounds like a text: two words beside each task, notes on a few
    of them, or on work of which nothing is begun.
    """
    likely = isinstance(meaning, ColumnMeaning) and meaning.grade == "likely"
    little = meaning.profile.words < SENTENCE_WORDS or meaning.profile.filled < _FEW
    return likely and (planned or little)


def _kind_of_tasks(record_table: RecordTable, meanings: Sequence[Meaning]) -> str:
    """Return what a table is that tells nothing but its tasks."""
    roles = {one.role for one in meanings if one.profile.size}
    headers = {plain_header(column.header) for column in record_table.columns}
    if headers & _words("schedule") and {"start_date", "end_date"} <= roles:
        return "a schedule"
    if _is_dated(record_table, meanings):
        return ""
    if "done_check" in roles and "due" not in roles:
        return "a checklist"
    ticked = roles & {"score", "done_check"} or any(map(_ticks, meanings))
    if headers & _words("to_do") and (ticked or not roles & _DONE_BY):
        return "a list of things to do"
    return ""


def _is_plan(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether a table only says what is to be done in stages, and what each is to deliver.

    A roadmap, the phases of a project, a plan of tests: beside their headers nothing looks back,
    judges or measures, and no header is one of a log alone.
    """
    columns = list(zip(record_table.columns, meanings, strict=True))
    staged = _words("plan")
    beside = [one for one in columns if plain_header(one[0].header) not in staged]
    if len(columns) - len(beside) < _STAGED:
        return False
    own = any(names_a_field(column.header, one) for column, one in beside)
    looks_back = {one.role for _, one in beside if one.profile.size} & _LOOKED_BACK
    return not (own or looks_back or _says_how_it_went(beside))


_STAGED = 2
"""Headers of a plan from which a table is one; judgement: a log may have a phase or a theme."""
_LOOKED_BACK = frozenset(
    {"result", "retrospective", "success_factors", "failure_factors", "learned", "hypothesis", "if"}
)
"""Fields that planned work does not have: with one of them it is a log."""


def _ticks(meaning: Meaning) -> bool:
    """Return whether a column that nobody knows ticks things off ("Booked?" over yes and no)."""
    return not meaning.role and meaning.profile.share("tick") >= _MOSTLY


def _tells_more(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether anything says how a task went: a verdict, a number, a text beside it."""
    return _says_how_it_went(list(zip(record_table.columns, meanings, strict=True)))


def _says_how_it_went(columns: Sequence[tuple[TableColumn, Meaning]]) -> bool:
    measured = any(one.role in _MEASURED and one.profile.size for _, one in columns)
    return measured or any(
        one.profile.share("text") >= _FEW
        for column, one in columns
        if one.role in _TOLD or (not one.role and column.header)
    )


def _is_dated(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether the rows say when something was done, or a line above them does."""
    days = any(
        one.role in _DAYS
        and one.profile.filled >= _FEW
        and one.profile.share("date", "week") >= _MOSTLY
        for one in meanings
    )
    return days or any(context.period for context in record_table.row_contexts)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(fold, load_words("work_to_do")[name]))
