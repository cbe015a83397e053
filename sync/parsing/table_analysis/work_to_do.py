"""Recognises tables of planned work that are no log: schedules, checklists, lists of things to do.

They say what is to be done and whether it is, never what was expected or came of it (reading rules
1.3b). A backlog under or beside a log is read with it (1.1); a table with any text beside its tasks
is a log.
"""

from collections.abc import Sequence
from functools import cache

from sync.parsing.cells.text import fold
from sync.parsing.columns.grades import Meaning
from sync.parsing.tables.record_table import RecordTable
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import plain_header

from .table_kinds import told_fields

_TASKS = frozenset({"execution", "next_action", "next_start", "goal", "title"})
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
"""Share of sentences from which a column tells something; judgement."""


def is_of_log(meanings: Sequence[Meaning]) -> bool:
    """Return whether a table tells two fields of a log, so that a plan beside it belongs to it."""
    return len(told_fields(meanings)) > 1


def kind_of_work_to_do(record_table: RecordTable, meanings: Sequence[Meaning]) -> str:
    """Return what a table of work is, "" where it is a log."""
    told = told_fields(meanings)
    if len(told) > 1 or not told <= _TASKS or _tells_more(record_table, meanings):
        return ""
    roles = {one.role for one in meanings if one.profile.size}
    headers = {plain_header(column.header) for column in record_table.columns}
    if headers & _words("schedule") and {"start_date", "end_date"} <= roles:
        return "a schedule"
    if _is_dated(record_table, meanings):
        return ""
    if "done_check" in roles and "due" not in roles:
        return "a checklist"
    if headers & _words("to_do") and (not roles & _DONE_BY or roles & {"score", "done_check"}):
        return "a list of things to do"
    return ""


def _tells_more(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether anything says how a task went: a verdict, a number, a text beside it."""
    measured = any(one.role in _MEASURED and one.profile.size for one in meanings)
    return measured or any(
        one.profile.share("text") >= _FEW
        for column, one in zip(record_table.columns, meanings, strict=True)
        if one.role in _TOLD or (not one.role and column.header)
    )


def _is_dated(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether the rows say when something was done, or a line above them does."""
    days = any(
        one.role in _DAYS and one.profile.share("date", "week") >= _MOSTLY for one in meanings
    )
    return days or any(context.period for context in record_table.row_contexts)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(fold, load_words("work_to_do")[name]))
