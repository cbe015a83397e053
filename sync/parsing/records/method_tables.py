"""Recognises the method's own tables: metrics in long form, action log, feedback, goals.

A table is one of these where each part that it needs has a column named in the words of
`vocabulary/tables.toml` with cells of its sort, and where nothing in it is a field of a log. Weekly
plan cards are recognised in `table_analysis.table_kinds`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sync.parsing.cells.outcomes import read_verdict
from sync.parsing.cells.text import fold
from sync.parsing.columns.grades import ColumnMeaning, Meaning
from sync.parsing.columns.role_choices import is_own_name
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.profiles.column_profile import SAMPLE, Sort
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import plain_header
from sync.table_kind import TableKind

from .number_parts import are_leading_or_lagging, are_periods, number_parts
from .number_series import hold_week_numbers

_MOSTLY = 0.6
"""Share of cells of the wanted sort; judgement: a clear majority."""
_LOG_FIELDS = frozenset(
    {"hypothesis", "if", "then", "learned", "success_factors", "failure_factors", "next_action"}
)
"""What only a log has; a remark or a look back may stand beside an action."""
_LOG_NAMES = _LOG_FIELDS | {"execution", "applied_to"}
_LEAST_NAMES = 2
"""Columns named as a log names them that make a table without a number no list of numbers;
judgement: one may be a remark.
"""
_NEEDED: tuple[tuple[str, TableKind, tuple[str, ...]], ...] = (
    ("feedback", "feedback", ("giver", "receiver", "feedback_text")),
    ("metric", "metric", ("period", "metric_name", "metric_value")),
    ("action", "action", ("execution", "planned_count", "done_count")),
    ("action", "action", ("execution", "done_count", "week")),
    ("goals", "plan", ("goal", "links")),
)
"""Each of the method's tables, and the parts without which it is none (method §1)."""
_REASONS = {
    "feedback": "giver, receiver",
    "metric": "one number a row",
    "action": "planned and done",
    "goals": "goals and the goals above them",
}
"""What `columns` gives as the reason."""


@dataclass(frozen=True, slots=True)
class MethodTable:
    """One of the method's tables.

    `name` is that of its words, `roles` the meaning of each column ("" for none).
    """

    name: str
    kind: TableKind
    reason: str
    roles: tuple[str, ...]


def method_table(
    record_table: RecordTable, meanings: Sequence[Meaning], configured: str = ""
) -> MethodTable | None:
    """Return which of the method's tables this is, None for any other.

    A `configured` kind needs its words alone.
    """
    for name, kind, needed in _NEEDED:
        if configured not in ("", kind) or (configured == "plan" and name == "goals"):
            continue
        roles = _roles(record_table, meanings, name)
        if name == "metric":
            own = _with_their_cells(roles, record_table, meanings)
            roles = number_parts(own, record_table, meanings, configured=bool(configured))
            if roles != own and not configured and _tells_of_deeds(record_table, meanings):
                continue  # "항목 · 계획 수 · 실행 수" is an action log, whatever it counts
        roles = _with_the_rest(roles, meanings, name)
        if not set(needed) <= set(roles):
            continue
        if configured or _stands(record_table, meanings, roles, name=name):
            return MethodTable(name, kind, _REASONS[name], tuple(roles))
    return None


def _tells_of_deeds(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether a table is an action log, of which a header says that something was done."""
    roles = _roles(record_table, meanings, "action")
    said = any(
        role == "done_count" and _says_done(column)
        for role, column in zip(roles, record_table.columns, strict=True)
    )
    return (
        said
        and {"execution", "planned_count"} <= set(roles)
        and _stands(record_table, meanings, roles, name="action")
    )


def _stands(
    record_table: RecordTable, meanings: Sequence[Meaning], roles: Sequence[str], *, name: str
) -> bool:
    """Return whether the cells of a table are what the words of its headers say."""
    found = {role: place for place, role in enumerate(roles) if role}
    return (
        _fits(record_table, meanings, found)
        and (name != "action" or _is_counted(record_table, meanings, found))
        and not _holds_a_log(record_table, meanings, roles, name=name)
    )


def _roles(record_table: RecordTable, meanings: Sequence[Meaning], name: str) -> list[str]:
    """Return the part that each column is by its header, each part once.

    The configuration's word outranks it.
    """
    book, taken = _book(name), set[str]()
    roles = []
    for column, meaning in zip(record_table.columns, meanings, strict=True):
        role = _configured(meaning, book) or next(
            (r for r in book if r not in taken and _is(column, book[r])), ""
        )
        taken.add(role)
        roles.append(role)
    if name == "metric":
        roles = _judged_from(roles, record_table, meanings)
        roles = _told_by_the_cells(roles, meanings)
    if name == "action":
        roles = _named_as_done(roles, meanings)
    return roles


def _with_their_cells(
    roles: Sequence[str], record_table: RecordTable, meanings: Sequence[Meaning]
) -> list[str]:
    """Return the roles without those whose cells are of another sort: days under "Measured"."""
    columns = zip(roles, record_table.columns, meanings, strict=True)
    return [role if _cells_fit(role, column, one) else "" for role, column, one in columns]


def _told_by_the_cells(roles: list[str], meanings: Sequence[Meaning]) -> list[str]:
    """Return the roles of a list of numbers, its period and its names known by their cells.

    Only where value, unit and target are named and nothing else stands in the table: "Week measured
    | What | Reading | Unit | Goal". A trial has no unit of its own.
    """
    free = [
        place
        for place, (taken, one) in enumerate(zip(roles, meanings, strict=True))
        if not taken and one.profile.size
    ]
    wanted = [role for role in ("period", "metric_name") if role not in roles]
    if not {"metric_value", "unit", "target"} <= set(roles) or len(free) != len(wanted):
        return roles
    dated = [place for place in free if meanings[place].profile.share("week", "date") >= _MOSTLY]
    if len(dated) != ("period" in wanted):
        return roles
    for place in free:
        roles = _taken(roles, place, "period" if place in dated else "metric_name")
    return roles


def _named_as_done(roles: list[str], meanings: Sequence[Meaning]) -> list[str]:
    """Return the roles of an action log, what was agreed known by the words of any log."""
    told = [place for place, one in enumerate(meanings) if one.role == "execution"]
    if "execution" in roles or len(told) != 1 or roles[told[0]]:
        return roles
    return _taken(roles, told[0], "execution")


_BY_THE_REST: dict[str, tuple[str, Sort, frozenset[str]]] = {
    "feedback": ("feedback_text", "text", frozenset({"giver", "receiver"})),
    "metric": ("metric_value", "number", frozenset({"period", "metric_name", "target"})),
}
"""The part that a table's one other column of a sort can be, where these parts are named by their
headers."""


def _with_the_rest(roles: list[str], meanings: Sequence[Meaning], name: str) -> list[str]:
    """Return the roles, the one unnamed column of a needed part's sort taken for that part.

    A feed that names who gave and who got, and one column of sentences; a list of metrics with
    period and target, and one column of numbers.
    """
    if name not in _BY_THE_REST:
        return roles
    role, sort, named = _BY_THE_REST[name]
    if role in roles or not named <= set(roles):
        return roles
    free = [
        place
        for place, (taken, meaning) in enumerate(zip(roles, meanings, strict=True))
        if not taken and meaning.profile.share(sort) >= _MOSTLY
    ]
    return _taken(roles, free[0], role) if len(free) == 1 else roles


def _judged_from(
    roles: list[str], record_table: RecordTable, meanings: Sequence[Meaning]
) -> list[str]:
    """Return the roles, a column of days whose header speaks of judging taken for that."""
    if "judge_from" in roles:
        return roles
    parts = [fold(word) for word in load_words("tables")["metric"]["judge_from_part"]]
    for place, (column, meaning) in enumerate(zip(record_table.columns, meanings, strict=True)):
        speaks = any(part in fold(column.header) for part in parts)
        if not roles[place] and speaks and meaning.profile.share("date") >= _MOSTLY:
            return _taken(roles, place, "judge_from")
    return roles


def _taken(roles: list[str], place: int, role: str) -> list[str]:
    return [*roles[:place], role, *roles[place + 1 :]]


def _configured(meaning: Meaning, book: Mapping[str, frozenset[str]]) -> str:
    by_person = (
        isinstance(meaning, ColumnMeaning) and meaning.reason == "config" and meaning.role in book
    )
    return meaning.role if by_person else ""


def _is(column: TableColumn, headers: frozenset[str]) -> bool:
    return plain_header(column.header) in headers


@cache
def _book(name: str) -> dict[str, frozenset[str]]:
    return {
        role: frozenset(map(plain_header, listed))
        for role, listed in load_words("tables")[name].items()
        if not role.endswith("_part")
    }


def _fits(record_table: RecordTable, meanings: Sequence[Meaning], found: Mapping[str, int]) -> bool:
    return all(
        _cells_fit(role, record_table.columns[place], meanings[place])
        for role, place in found.items()
    )


def _is_counted(
    record_table: RecordTable, meanings: Sequence[Meaning], found: Mapping[str, int]
) -> bool:
    """Return whether what was planned can be counts, where nothing stands in that column.

    A goal that nobody wrote and results that succeeded or failed are a log's, no count of what was
    done.
    """
    planned, done = found.get("planned_count"), found["done_count"]
    if planned is None:
        return _is_ticked_off(record_table.columns[done], meanings[done], meanings[found["week"]])
    if meanings[planned].profile.size:
        return True
    if is_own_name(record_table.columns[planned].header):
        return False
    told = [value for value in record_table.columns[done].values if isinstance(value, str)]
    words = [text for text in told if len(text.strip()) > 1]  # "O" and "X" tick off
    verdicts = [verdict for text in words if (verdict := read_verdict(text)) is not None]
    judged = sum(1 for verdict in verdicts if verdict.sense in ("success", "failure"))
    return not told or judged < _MOSTLY * len(told)


def _is_ticked_off(done: TableColumn, ticks: Meaning, week: Meaning) -> bool:
    """Return whether each line of a table is work of a day or week, with a mark once it was done.

    What nobody has marked yet was planned no less (method §1: unmarked is not done).
    """
    marked = ticks.profile.share("tick", "status") >= _MOSTLY or not ticks.profile.size
    return _says_done(done) and marked and week.profile.share("date", "week") >= _MOSTLY


def _says_done(column: TableColumn) -> bool:
    """Return whether a header says of a count or a mark that something was done."""
    return plain_header(column.header) in _deeds()


@cache
def _deeds() -> frozenset[str]:
    return frozenset(map(plain_header, load_words("tables")["deeds"]["words"]))


def _cells_fit(role: str, column: TableColumn, meaning: Meaning) -> bool:
    """Return whether the cells of a needed part are of its sort.

    An empty column is of none and of any.
    """
    profile = meaning.profile
    if not profile.size:
        return True
    if role in ("metric_value", "planned_count", "done_count"):
        return profile.share("number", "tick", "change", "status") >= _MOSTLY
    if role in ("giver", "receiver"):
        return profile.share("name", "short", "unit") >= _MOSTLY
    if role in ("goal", "links", "execution", "feedback_text", "metric_name"):
        return profile.share("number", "date", "week", "tick") < _MOSTLY
    if role == "period":
        held = [value for value in column.values[:SAMPLE] if value is not None]
        return are_periods(held) or hold_week_numbers(column)
    return role != "metric_role" or are_leading_or_lagging(profile)


def _holds_a_log(
    record_table: RecordTable, meanings: Sequence[Meaning], roles: Sequence[str], *, name: str
) -> bool:
    """Return whether a column of texts, no part of the method's table, is a field of a log.

    Beside one number a row also what was done, and what is called a retrospective; a comment may
    stand there. Where no number is written yet, the names of the columns tell: a log that has just
    begun holds hardly a text.
    """
    columns = list(zip(record_table.columns, meanings, roles, strict=True))
    named = [
        column
        for column, _, role in columns
        if not role and known_role(column.header) in _LOG_NAMES
    ]
    counted = any(one.profile.size for _, one, role in columns if role == "metric_value")
    if name == "metric" and not counted and len(named) >= _LEAST_NAMES:
        return True
    others = (
        one
        for column, one, role in columns
        if not role
        and (
            one.role in _LOG_FIELDS
            or (name == "metric" and one.role == "execution")
            or (name == "metric" and one.role == "retrospective" and is_own_name(column.header))
        )
    )
    return any(one.profile.share("text", "short") >= _MOSTLY for one in others)
