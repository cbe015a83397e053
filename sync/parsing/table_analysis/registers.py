"""Tells a register from a log: stock, prices, contacts, accounts, budgets, orders, features.

A register tells what there is, not what was tried (reading rules 1.3b). Its texts stand under
headers that only describe or remark ("Description", "비고"), which alone make no log; the headers
beside them say of what it is a list.
"""

from collections.abc import Sequence
from functools import cache

from sync.parsing.cells.text import fold
from sync.parsing.columns.grades import ColumnMeaning, Meaning
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import plain_header

_MARKS = 2
"""Headers of a register from which it is one; judgement: a log has one at most (a price, a phone).
"""
_PLAINLY = 3
"""Headers of a register that outweigh one column which a log could have too."""
_ALIKE = 2
"""Columns of ticks, or of numbers, under unknown headers from which a table compares things."""
_ASKED = 2
"""Questions to customers from which a form is a survey; judgement: a team's form may have one."""
_MOSTLY = 0.8
"""Share of cells; judgement: a clear majority."""
_LOOKED_AT = 200
"""Cells looked at per column; bounds the work."""


_WRITTEN = frozenset({"logged"})
"""Roles of days that say when a row was written: an answer to a survey has one too."""

_THOUGHT = frozenset(
    {"goal", "hypothesis", "if", "expected", "execution", "learned", "before", "metric"}
)
"""Roles that only a team's own log has, unless the question asks customers."""
_WEAK_BESIDE = ("answers", "changes", "lessons")
"""Kinds of headers that tell little where one of another list stands beside them."""


def is_register(
    record_table: RecordTable, meanings: Sequence[Meaning], told: set[str], *, happened: set[str]
) -> bool:
    """Return whether a table lists things instead of trials.

    `told` are the roles of its texts, `happened` the roles that say that something took place.
    """
    columns = list(zip(record_table.columns, meanings, strict=True))
    headers = {plain_header(column.header) for column in record_table.columns}
    weak = _words("weak").union(
        *(_words(kind) for kind in _WEAK_BESIDE if headers & _words(f"{kind}_beside"))
    )
    strong = {
        one.role
        for column, one in columns
        if one.role in told
        and isinstance(one, ColumnMeaning)
        and one.grade == "certain"
        and plain_header(column.header) not in weak
    }
    marks = len(headers & _words("marks"))
    described = not strong and _only_describes(columns, told, happened=happened)
    answered = not _has_owner(meanings) and not _thinks(columns) and _asks_customers(record_table)
    if (
        described
        or answered
        or _lists_links(columns, told)
        or (marks and _tells_reasons(columns, told))
    ):
        return True
    if told and told <= {"success_factors", "failure_factors"} and headers & _words("compared"):
        return not happened and marks + sum(one.role == "budget" for one in meanings) > 0
    if not strong and told and headers & _words("changes_beside"):
        return not _has_owner(meanings)
    if strong:
        things = marks >= _PLAINLY and len(strong) == 1 and not happened
        return things or _only_wants(strong, marks, happened) or _tests(headers)
    if marks >= _MARKS or (marks and not happened - _WRITTEN and not _has_owner(meanings)):
        return True
    compared = max(_ticked(record_table.columns, meanings), _counted(columns))
    return compared >= _ALIKE and not happened


def lists_things(record_table: RecordTable) -> bool:
    """Return whether headers are those of a register, of a table that tells nothing in words."""
    headers = {plain_header(column.header) for column in record_table.columns}
    return len(headers & _words("marks")) >= _MARKS


def _only_wants(strong: set[str], marks: int, happened: set[str]) -> bool:
    """Return whether a list only says what its rows are for, or what is next with them.

    A trip has a purpose and a lead a next step; nothing judges or measures either.
    """
    least = _MARKS if strong == {"goal"} else _PLAINLY
    return strong <= {"goal", "next_action"} and marks >= least and not happened & _JUDGED


_JUDGED = frozenset({"outcome", "next_kind", "metric", "before"})
"""Roles that judge or measure a row."""


def _tests(headers: set[str]) -> bool:
    """Return whether headers are those of a plan of tests of a program."""
    return len(headers & _words("tests")) >= _MARKS


def _only_describes(
    columns: Sequence[tuple[TableColumn, Meaning]], told: set[str], *, happened: set[str]
) -> bool:
    """Return whether all texts are what customers wrote, records of people or firms outside, or
    the duties of people who stand in for each other.
    """
    headers = {plain_header(column.header) for column, _ in columns}
    texts = {plain_header(column.header) for column, one in columns if one.role in told}
    if not texts:
        return False
    written = texts <= _words("answers") and bool(headers & _words("answers_beside"))
    stood_in = not happened and bool(headers & _words("duties"))
    of_others = not happened & _JUDGED and bool(headers & _words("subjects"))
    return written or stood_in or of_others


def _asks_customers(record_table: RecordTable) -> bool:
    """Return whether headers are what a survey asks people who are not of the team."""
    asked = {_asked_of_customers(column.header) for column in record_table.columns}
    return len(asked - {""}) >= _ASKED


def _thinks(columns: Sequence[tuple[TableColumn, Meaning]]) -> bool:
    """Return whether a table expects, measures or concludes anything, as no answer of a
    customer does.
    """
    return any(
        one.role in _THOUGHT and one.profile.size and not _asked_of_customers(column.header)
        for column, one in columns
    )


def _asked_of_customers(header: str) -> str:
    """Return the part of a header that a survey asks with, "" for any other."""
    folded = fold(header)
    return next((part for part in _words("survey") if part in folded), "")


def _lists_links(columns: Sequence[tuple[TableColumn, Meaning]], told: set[str]) -> bool:
    """Return whether each row is a link, and its only text says why it is worth reading.

    A hypothesis or a goal is one by its very header; a reason ("Why it is good") is none.
    """
    linked = any(
        one.role == "url" and one.profile.size and one.profile.filled >= _MOSTLY
        for _, one in columns
    )
    return linked and _tells_reasons(columns, told)


def _tells_reasons(columns: Sequence[tuple[TableColumn, Meaning]], told: set[str]) -> bool:
    """Return whether a table tells a reason, of things that nothing judges, and what is good
    or bad.
    """
    told = told - {"success_factors", "failure_factors"}
    reasons = all(
        any(column.header.casefold().endswith(word) for word in _words("reasons"))
        or column.header.casefold().startswith(_words_first("reasons_first"))
        for column, one in columns
        if one.role in told
    )
    judged = any(one.role in ("outcome", "status") for _, one in columns)
    return len(told) == 1 and told <= {"goal", "hypothesis"} and reasons and not judged


def _words_first(name: str) -> tuple[str, ...]:
    return tuple(load_words("registers")[name])


def _has_owner(meanings: Sequence[Meaning]) -> bool:
    return any(one.role in ("owners", "people") and one.profile.size for one in meanings)


def _ticked(columns: Sequence[TableColumn], meanings: Sequence[Meaning]) -> int:
    """Return how many columns tick things off, under headers that name no verdict."""
    return sum(
        1
        for column, one in zip(columns, meanings, strict=True)
        if not one.role and _share(column, _words("ticks")) >= _MOSTLY
    )


def _counted(columns: Sequence[tuple[TableColumn, Meaning]]) -> int:
    return sum(
        1
        for _, one in columns
        if not one.role and one.profile.size and one.profile.share("number") >= _MOSTLY
    )


def _share(column: TableColumn, words: frozenset[str]) -> float:
    held = [value for value in column.values[:_LOOKED_AT] if value is not None]
    return sum(1 for value in held if fold(str(value)) in words) / len(held) if held else 0.0


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(fold, load_words("registers")[name]))
