"""What kind of table stands there.

A log, a plan card, a series, a funnel, a summary, a guide, a list of values.
"""

from collections.abc import Sequence

from sync.parse_result import TableKind
from sync.parsing.cells.dates import DateContext
from sync.parsing.cells.text import fold
from sync.parsing.columns.grades import Meaning
from sync.parsing.layout.header_rows import KNOWN
from sync.parsing.records.number_series import read_period, stage_count
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import header_meanings
from sync.workbook import Value

from .record_table import RecordTable

_CORE = frozenset(
    {
        "goal",
        "hypothesis",
        "if",
        "then",
        "expected",
        "execution",
        "result",
        "retrospective",
        "success_factors",
        "failure_factors",
        "learned",
        "next_action",
        "next_keep",
        "next_stop",
        "next_start",
    }
)
_PLAN = frozenset(
    {
        "plan_bhag",
        "plan_key_result",
        "plan_business",
        "plan_learning",
        "plan_people",
        "plan_risk",
        "plan_big3",
    }
)
_REFLECTIVE = frozenset({"hypothesis", "learned", "retrospective", "execution"})


def classify_table(
    record_table: RecordTable, meanings: Sequence[Meaning], tab_is: str
) -> tuple[TableKind, str]:
    """Return the kind of a table and the reason, as `columns` prints it."""
    return (
        _of_other_kind(record_table, meanings, tab_is)
        or _of_no_log(record_table, meanings)
        or ("log", _reason(meanings))
    )


def _reason(meanings: Sequence[Meaning]) -> str:
    return ", ".join(sorted(_told(meanings))) or "texts"


def _of_other_kind(
    record_table: RecordTable, meanings: Sequence[Meaning], tab_is: str
) -> tuple[TableKind, str] | None:
    plan = {role for column in record_table.columns for role in _near(column.header) & _PLAN}
    if len(plan) >= 3 or ("plan_bhag" in plan and len(plan) >= 2):
        return "plan", "BHAG, levers, risks"
    told = _told(meanings)
    if tab_is in ("guide", "lookup") or (tab_is == "summary" and len(told) < 3):
        return tab_is, "tab name"  # type: ignore[return-value]
    roles = {found.role for found in meanings if found.role}
    if "feedback_text" in roles and roles & {"giver", "receiver"}:
        return "feedback", "giver, receiver"
    if {"planned_count", "done_count"} <= roles and told <= {"execution", "goal"}:
        return "action", "planned and done"
    return None


def _of_no_log(
    record_table: RecordTable, meanings: Sequence[Meaning]
) -> tuple[TableKind, str] | None:
    if _is_definition(record_table):
        return "guide", "definitions"
    told = _told(meanings)
    if _is_numeric(meanings) and not (told - {"goal"}):
        return _numeric_kind(record_table)
    roles = {found.role for found in meanings if found.role}
    if not told and (len(roles) <= 2 or not roles & {"title", "outcome"}):
        return "lookup", "no text of a log"
    if len(roles) == 1 and len(record_table.columns) <= 2 and not told & _REFLECTIVE:
        return "lookup", "a single list"
    return None


def _near(header: str) -> set[str]:
    return {meaning.role for meaning in header_meanings(header) if meaning.score >= 0.75}


def _told(meanings: Sequence[Meaning]) -> set[str]:
    """Return the text fields of a log that the table holds."""
    return {
        found.role
        for found in meanings
        if found.role in _CORE
        and found.profile.size
        and found.profile.share("text", "short", "name", "change") >= 0.4
    }


def _is_definition(record_table: RecordTable) -> bool:
    known = {fold(word) for word in load_words("lines")["definition"]["words"]}
    headers = [fold(column.header).strip(" *:") for column in record_table.columns]
    return (
        2 <= len(headers) <= 4
        and any(header in known for header in headers[1:])
        and not any(
            header_meanings(column.header)[:1]
            and header_meanings(column.header)[0].score >= KNOWN
            and header_meanings(column.header)[0].role in _CORE
            and fold(column.header) not in known
            for column in record_table.columns
        )
    )


def _is_numeric(meanings: Sequence[Meaning]) -> bool:
    held = [found.profile for found in meanings if found.profile.size]
    numbers = [found for found in held if found.share("number", "key") >= 0.6]
    return len(held) >= 2 and len(numbers) * 2 >= len(held) and len(held) - len(numbers) <= 2


def _numeric_kind(record_table: RecordTable) -> tuple[TableKind, str]:
    headers = [column.header for column in record_table.columns]
    first = (
        [value for value in record_table.columns[0].values if isinstance(value, str)]
        if record_table.columns
        else []
    )
    if stage_count(headers) >= 3 or stage_count(first) >= 3 or _is_funnel_tab(record_table.tab):
        return "funnel", "stages"
    if _periods(
        [value for column in record_table.columns[:1] for value in column.values]
    ) or _periods(headers[1:]):
        return "metric", "numbers by period"
    return "summary", "counts"


def _is_funnel_tab(tab: str) -> bool:
    return any(fold(word) in fold(tab) for word in load_words("records")["funnel_tabs"])


def _periods(values: Sequence[Value]) -> bool:
    held = [value for value in values if value is not None]
    context = DateContext(year=2024)
    return (
        bool(held) and sum(1 for value in held if read_period(value, context)) * 3 >= len(held) * 2
    )
