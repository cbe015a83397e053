"""Tells a register from a log: stock, prices, contacts, accounts, budgets, orders, features.

A register tells what there is, not what was tried (reading rules 1.3b). Its texts stand under
headers that only describe or remark ("Description", "비고"), which alone make no log; the headers
beside them say of what it is a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sync.parsing.cells.text import fold
from sync.parsing.columns.grades import ColumnMeaning, Meaning
from sync.parsing.columns.role_choices import is_own_name
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import plain_header

_MARKS = 2
"""Headers of a register from which it is one; judgement: a log has one at most (a price, a phone).
"""
_PLAINLY = 3
"""Headers of a register that outweigh one column which a log could have too."""
_UNKNOWN = 2
"""Columns that nobody knows beside a single text from which a table lists things; judgement: the
team is asked then, which costs less than notes of what is no log."""
_ALIKE = 2
"""Columns of ticks, or of numbers, under unknown headers from which a table compares things."""
_ASKED = 2
"""Questions to customers from which a form is a survey; judgement: a team's form may have one."""
_MOSTLY = 0.8
"""Share of cells; judgement: a clear majority."""
_ALWAYS = 0.95
"""Share of rows with a remark from which it is no aside; judgement: one may be forgotten."""
_LOOKED_AT = 200
"""Cells looked at per column; bounds the work."""


_WRITTEN = frozenset({"logged"})
"""Roles of days that say when a row was written: an answer to a survey has one too."""

_THOUGHT = frozenset(
    {"goal", "hypothesis", "if", "expected", "execution", "learned", "before", "metric"}
)
"""Roles that only a team's own log has, unless the question asks customers."""
_WEAK_BESIDE = (
    "answers",
    "assessed",
    "audits",
    "bugs",
    "changes",
    "contacts",
    "errands",
    "jobs",
    "lessons",
    "minutes",
    "offers",
    "press",
    "questions",
    "repairs",
    "replies",
    "requests",
    "risks",
    "syllabus",
    "visits",
)
"""Kinds of headers that tell little where one of another list stands beside them."""
_PLAIN_KINDS = (
    "assessed",
    "audits",
    "contacts",
    "errands",
    "minutes",
    "offers",
    "press",
    "questions",
    "repairs",
    "requests",
    "risks",
    "syllabus",
    "visits",
)
"""Those of which one beside the other is the whole table; so are answers that nobody owns."""


@dataclass(frozen=True, slots=True)
class _TableEvidence:
    """What a table shows beside its texts.

    `told` are the roles of its texts, `happened` the roles that say that something took place,
    `weak` the headers that only describe or remark here, `marks` how many headers only a register
    has, `unknown` how many columns nobody knows.
    """

    columns: Sequence[tuple[TableColumn, Meaning]]
    headers: set[str]
    told: set[str]
    happened: set[str]
    owned: bool
    weak: frozenset[str]

    @property
    def marks(self) -> int:
        return len(self.headers & _words("marks"))

    def shows(self, kind: str) -> bool:
        """Return whether a text of a kind of list stands beside what shows it."""
        return bool(self.headers & _texts(kind) and self.headers & _beside(kind))

    @property
    def unknown(self) -> int:
        return sum(
            1 for column, one in self.columns if column.header and not one.role and one.profile.size
        )


def is_register(
    record_table: RecordTable, meanings: Sequence[Meaning], told: set[str], *, happened: set[str]
) -> bool:
    """Return whether a table lists things instead of trials.

    `told` are the roles of its texts, `happened` the roles that say that something took place.
    """
    headers = {plain_header(column.header) for column in record_table.columns}
    beside = [_texts(kind) for kind in _WEAK_BESIDE if headers & _beside(kind)]
    if len(headers & _words("marks")) >= _MARKS:
        beside.append(_words("to_do", "work_to_do"))  # duties of a roster
    if not happened and headers & _texts("roster") and headers & _beside("roster"):
        beside.append(_texts("roster"))  # what the team's people are
    seen = _TableEvidence(
        columns=list(zip(record_table.columns, meanings, strict=True)),
        headers=headers,
        told=told,
        happened=happened,
        owned=_has_owner(meanings),
        weak=_words("weak").union(*beside),
    )
    answered = not seen.owned and not _thinks(seen.columns) and _asks_customers(record_table)
    reasons = seen.marks and _tells_reasons(seen.columns, told)
    treated = headers & _words("subjects") and headers & _words("ailments")
    if answered or reasons or treated or _serves_others(seen) or _lists_links(seen.columns, told):
        return True
    if told and told <= {"success_factors", "failure_factors"} and headers & _words("compared"):
        return not happened
    strong = [
        one
        for column, one in seen.columns
        if one.role in told
        and isinstance(one, ColumnMeaning)
        and one.grade == "certain"
        and plain_header(column.header) not in seen.weak
    ]
    return _outweighed(strong, seen) if strong else _only_describes(seen)


def _serves_others(seen: _TableEvidence) -> bool:
    """Return whether all that is told is what was done for somebody outside, or is to be done: a
    call, a ticket, a repair. What is believed, judged, decided or learned, a cause or how it is
    prevented makes a log.
    """
    known = [one for _, one in seen.columns if one.role in seen.told | {"title"}]
    own = any(
        one.role in _EXPLAINED if one.reason == _TROUBLE else one.role not in _DONE_FOR
        for one in known
    )
    own = own or bool(seen.headers & _words("decisions", "evidence") | seen.happened & _JUDGED)
    return not own and bool(seen.headers & _words("served"))


_DONE_FOR = frozenset({"execution", "next_action", "title"})
_TROUBLE = "symptom · cause · fix"
"""The frame of troubles (`families.toml`): in it, a title stands beside its cause, and a next step
prevents the next one."""
_EXPLAINED = frozenset({"title", "next_action"})
"""Roles in that frame that explain a trouble or learn from it."""


def _only_describes(seen: _TableEvidence) -> bool:
    """Return whether a table without a field of a log lists things."""
    if _is_about_others(seen):
        return True
    kinds = _PLAIN_KINDS if seen.owned else (*_PLAIN_KINDS, "answers")
    if seen.told and any(map(seen.shows, kinds)):
        return True
    if seen.told and seen.headers & _beside("changes"):
        return not seen.owned
    if seen.marks >= _MARKS or (seen.marks and not seen.happened - _WRITTEN and not seen.owned):
        return True
    if seen.told and seen.unknown >= _UNKNOWN and _only_remarks(seen):
        return True
    return max(_ticked(seen.columns), _counted(seen.columns)) >= _ALIKE and not seen.happened


def _is_about_others(seen: _TableEvidence) -> bool:
    """Return whether all texts are what customers wrote, records of people or firms outside, the
    duties of people who stand in for each other (ADR 0181), or what the team's people are.
    """
    texts = {plain_header(column.header) for column, one in seen.columns if one.role in seen.told}
    written = texts <= _texts("answers") and bool(seen.headers & _beside("answers"))
    stood_in = not seen.happened and bool(seen.headers & _words("duties"))
    of_others = not seen.happened & _JUDGED and bool(seen.headers & _words("subjects"))
    of_team = seen.shows("roster") and not seen.happened and texts <= seen.weak
    return bool(texts) and (written or stood_in or of_others or of_team)


_JUDGED = frozenset({"outcome", "next_kind", "metric", "before"})
"""Roles that judge or measure a row."""


def lists_things(record_table: RecordTable) -> bool:
    """Return whether headers are those of a register, of a table that tells nothing in words."""
    headers = {plain_header(column.header) for column in record_table.columns}
    return len(headers & _words("marks")) >= _MARKS


def _only_wants(only: set[str], seen: _TableEvidence) -> bool:
    """Return whether a list only says what its rows are for, or what is next with them.

    A trip has a purpose and a lead a next step; nothing judges or measures either.
    """
    least = _MARKS if only == {"goal"} else _PLAINLY
    wanted = only <= {"goal", "next_action"} and seen.marks >= least
    return wanted and not seen.happened & _JUDGED


def _outweighed(strong: Sequence[ColumnMeaning], seen: _TableEvidence) -> bool:
    """Return whether fields of a log are outweighed by what stands beside them (ADR 0185).

    A field is firm where its header is a phrase of the vocabulary, and is not only like one.
    """
    firm = any(one.reason.startswith("“") for one in strong)
    if seen.marks < _MARKS and any(
        is_own_name(column.header) and one.role in _LEARNED for column, one in seen.columns
    ):
        return False
    only = {one.role for one in strong}
    if _tests_a_program(seen) or _only_wants(only, seen):
        return True
    if len(only) > 1 or (seen.owned and seen.happened and only != {"next_action"}):
        return seen.marks >= _PLAINLY and not firm
    if not seen.happened and (seen.marks >= _PLAINLY or not seen.owned):
        return seen.marks >= _MARKS or seen.unknown >= _UNKNOWN
    if only == {"next_action"} and (seen.marks >= _MARKS or seen.shows("assessed")):
        return True
    return not firm and (seen.marks >= _PLAINLY or seen.unknown > _UNKNOWN)


def _tests_a_program(seen: _TableEvidence) -> bool:
    """Return whether each row is a test of a program: how, what it should show, what it showed.

    What is believed or learned by its own name, or a deed in a team's own words, is of a trial.
    """
    tests = seen.headers & _words("tests")
    if len(tests) >= _MARKS:
        return True
    own = any(
        (one.role in _LEARNED and is_own_name(column.header))
        or (one.role == "execution" and plain_header(column.header) not in _steps())
        for column, one in seen.columns
    )
    tried = own or bool(seen.headers & _words("trials", "evidence"))
    return bool(tests) and len(seen.headers & _words("checked")) >= _MARKS and not tried


def _steps() -> frozenset[str]:
    """Return the headers under which a test is described as well as a trial."""
    return _words("common", "evidence") | _words("checked") | _words("tests")


_LEARNED = frozenset({"hypothesis", "retrospective", "learned"})
"""Fields that a list of things has under no name of the method (reading rules 1.3a)."""


def _only_remarks(seen: _TableEvidence) -> bool:
    """Return whether the texts stand only under headers that describe or remark, now and then.

    A remark on every row of a log of days is its text.
    """
    remarks = [(column, one) for column, one in seen.columns if one.role in seen.told]
    dated = any(one.role in ("date", "week") for _, one in seen.columns)
    always = dated and any(one.profile.filled >= _ALWAYS for _, one in remarks)
    return not always and all(plain_header(column.header) in seen.weak for column, _ in remarks)


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


def _ticked(columns: Sequence[tuple[TableColumn, Meaning]]) -> int:
    """Return how many columns tick things off, under headers that name no verdict."""
    return sum(
        1 for column, one in columns if not one.role and _share(column, _words("ticks")) >= _MOSTLY
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


def _texts(kind: str) -> frozenset[str]:
    """Return the headers of texts that a kind of list has."""
    return _folded("register_texts", kind, "texts")


def _beside(kind: str) -> frozenset[str]:
    """Return the headers that show that a table is this kind of list."""
    return _folded("register_texts", kind, "beside")


def _words(name: str, subject: str = "registers") -> frozenset[str]:
    return _folded(subject, name)


@cache
def _folded(subject: str, *path: str) -> frozenset[str]:
    listed: Any = load_words(subject)
    for name in path:
        listed = listed[name]
    return frozenset(map(fold, listed))
