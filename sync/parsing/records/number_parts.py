"""Tells the parts of a table with one number a row whose headers are its own (ADR 0193).

Periods, names that come again, a number whose header is a word for a value. The sort of a column's
cells says which words its header is read by: "숫자" over texts is the name of a number, over
numbers its value. A ledger, people's points and readings of a machine have that form as well, so
nothing is a part by its cells alone (reading rules, "Certain or open").
"""

from collections.abc import Sequence
from itertools import islice
from typing import Literal

from sync.contents.text_answers import kept_answer
from sync.contents.workbook import Value
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.text import fold
from sync.parsing.columns.grades import Meaning
from sync.parsing.columns.role_choices import is_own_name
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.profiles.column_profile import SAMPLE, SENTENCE_WORDS, ColumnProfile
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_kinds import composed_roles
from sync.parsing.vocabulary.header_phrases import plain_header

from .number_series import hold_week_numbers, read_period

_MOSTLY = 0.6
"""Share of cells of the wanted sort; judgement: a clear majority."""
_TIMES = 2
"""Periods under which a name stands, on average, before it is one that comes again."""
_CONTEXT = DateContext(year=2024)
"""Only whether a cell is a period is asked, not which: a leap year has every day."""
_DATED = ("week", "date", "logged")
_COUNTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("metric_name", ("metric_value", "reached", "counted")),
    ("item", ("metric_value", "reached")),
    ("name", ("metric_value",)),
)
"""Beside which names which number is the one that was counted, the surest names first. A person
has results and a count, only a number has a value; what is sold is counted, not reached."""
_NUMBERS = frozenset({"metric_value", "reached", "counted"})
_BESIDE = frozenset({"unit", "owners", "note", "direction", "metric_role"})
_OF_A_TRIAL = frozenset({"title", "execution", "hypothesis", "learned", "retrospective"})
"""Parts of such a table: the number, what says more of it, and texts of a trial, which make it
a log instead (ADR 0193)."""


def number_parts(
    roles: Sequence[str],
    record_table: RecordTable,
    meanings: Sequence[Meaning],
    *,
    configured: bool = False,
) -> list[str]:
    """Return the roles with the period, the name and the value that headers and cells say together.

    `roles` are the parts known by whole headers, "" for a column of none; they stay, and are all
    that is returned where the rest says no table of numbers. `configured`: a person said that it is
    one, so that the only column of names and the only one of numbers need no words.
    """
    said = _said(roles, record_table, meanings)
    named = _named(said)
    if configured and named is None:
        named = _only_ones(said, meanings)
    if named is None or "period" not in said:
        return list(roles)
    name, value = named
    known = roles[name] == "metric_name" and roles[value] == "metric_value"
    part = _part(record_table, meanings, said, name=name)
    if not (known or configured or _holds(said, record_table, meanings, name=name, part=part)):
        return list(roles)
    return [
        {name: "metric_name", value: "metric_value", part: "metric_part"}.get(place)
        or ("" if role in _NUMBERS or (role not in _KEPT and not roles[place]) else role)
        for place, role in enumerate(said)
    ]


_KEPT = frozenset({"period", "target"}) | _BESIDE
"""Parts that are read besides the name and the value; the others only say what a column is not."""


def _said(
    roles: Sequence[str], record_table: RecordTable, meanings: Sequence[Meaning]
) -> list[str]:
    """Return what each column is: its part by a whole header, else what its header says over its
    sort of cells.
    """
    period = -1 if "period" in roles else _period(roles, record_table, meanings)
    said = list(roles)
    for place, (column, one) in enumerate(zip(record_table.columns, meanings, strict=True)):
        if place == period:
            said[place] = "period"
        elif one.profile.size and said[place] in ("", "metric_value"):
            told = _told(column, one.profile)
            again = told in said and told not in _NUMBERS
            said[place] = said[place] if again or not told else told
    return said


def _period(roles: Sequence[str], record_table: RecordTable, meanings: Sequence[Meaning]) -> int:
    """Return the column of days, weeks or months, -1 where none or several may be it."""
    free = [place for place, one in enumerate(meanings) if not roles[place] and one.profile.size]
    columns = record_table.columns
    dated = [place for place in free if _holds_periods(columns[place])] or [
        place for place in free if hold_week_numbers(columns[place])
    ]
    if len(dated) > 1:
        dated = [place for place in dated if known_role(columns[place].header) in _DATED]
    return dated[0] if len(dated) == 1 else -1


def _holds_periods(column: TableColumn) -> bool:
    return are_periods(list(islice((one for one in column.values if one is not None), SAMPLE)))


def are_periods(values: Sequence[Value]) -> bool:
    """Return whether most of some cells are days, weeks or months."""
    return sum(map(_is_period, values)) >= _MOSTLY * len(values)


def _is_period(value: Value) -> bool:
    return _names_period(value) if isinstance(value, str) else bool(read_period(value, _CONTEXT))


@kept_answer("period")
def _names_period(text: str) -> bool:
    return bool(read_period(text, _CONTEXT))


def _told(column: TableColumn, profile: ColumnProfile) -> str:
    """Return what a header says over its sort of cells, "" for anything unknown."""
    header, known = plain_header(column.header), known_role(column.header)
    if profile.share("number") >= _MOSTLY:
        return next(iter(composed_roles(header, "numbers")), "target" if known == "target" else "")
    if profile.share("number", "date", "week", "tick", "change") >= _MOSTLY:
        return ""
    if known in ("metric_name", "metric"):
        return "metric_name"
    if are_leading_or_lagging(profile):
        return "metric_role"
    return next(iter(composed_roles(header, "names")), known if known in _BESIDE else "")


def are_leading_or_lagging(profile: ColumnProfile) -> bool:
    """Return whether the cells of a column say which numbers lead and which follow."""
    return any(map(leading_or_lagging, profile.samples))


def leading_or_lagging(text: str) -> Literal["leading", "lagging"] | None:
    """Return whether a metric leads or follows, None where the cell says neither."""
    said, book = fold(text), load_words("records")
    if any(word in said for word in book["leading"]):
        return "leading"
    return "lagging" if any(word in said for word in book["lagging"]) else None


def _named(said: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns of the name and of the number that was counted, None where headers do
    not say one of each.
    """
    for kind, numbers in _COUNTED:
        if kind in said:
            values = [place for place, role in enumerate(said) if role in numbers]
            return (said.index(kind), values[0]) if len(values) == 1 else None
    return None


def _only_ones(said: Sequence[str], meanings: Sequence[Meaning]) -> tuple[int, int] | None:
    """Return the only column of names and the only one of numbers, None where there is none or
    another.
    """
    free = [at for at, one in enumerate(meanings) if one.profile.size and said[at] not in _KEPT]
    numbers = [at for at in free if meanings[at].profile.share("number") >= _MOSTLY]
    names = [at for at in free if at not in numbers]
    numbers = [at for at in numbers if said[at] in _NUMBERS] or numbers
    names = [at for at in names if said[at] in dict(_COUNTED)] or names
    return (names[0], numbers[0]) if len(names) == len(numbers) == 1 else None


def _part(
    record_table: RecordTable, meanings: Sequence[Meaning], said: Sequence[str], *, name: int
) -> int:
    """Return the column that tells apart what a name counts, -1 where the name alone does.

    "별점" of two branches in one week is two numbers.
    """
    columns = record_table.columns
    period, own = columns[said.index("period")].values, columns[name].values
    if len(set(zip(period, own, strict=True))) == len(own):
        return -1
    for place, one in enumerate(meanings):
        free = said[place] in ("", "item", "name") and place != name
        if free and one.profile.share("short", "name", "unit") >= _MOSTLY:
            told = set(zip(period, own, columns[place].values, strict=True))
            if len(told) == len(own):
                return place
    return -1


def _holds(
    said: Sequence[str],
    record_table: RecordTable,
    meanings: Sequence[Meaning],
    *,
    name: int,
    part: int,
) -> bool:
    """Return whether nothing else stands in the table than one number a row and what is said of it.

    Names of no kind have to come again, and no number may be left of which nothing is known: a
    budget, a price.
    """
    columns = record_table.columns
    period = columns[said.index("period")].values
    parts = columns[part].values if part >= 0 else [None] * len(period)
    names = columns[name].values
    once = len(set(zip(period, names, parts, strict=True))) == len(period)
    if not once or any(map(_tells_of_a_trial, columns, meanings, said)):
        return False
    if said[name] == "metric_name":
        return True
    again = len(names) >= _TIMES * len(set(names)) and len(set(period)) >= _TIMES
    unknown = [
        place
        for place, one in enumerate(meanings)
        if not said[place] and one.profile.share("number") >= _MOSTLY
    ]
    return again and not unknown


def _tells_of_a_trial(column: TableColumn, one: Meaning, said: str) -> bool:
    """Return whether a column names or tells what somebody did; remarks do not."""
    if said or not one.profile.size or one.profile.share("number", "date", "week") >= _MOSTLY:
        return False
    if one.role in _OF_A_TRIAL and is_own_name(column.header):
        return True
    remarks = one.role in ("note", "retrospective")
    return not remarks and (one.role in _OF_A_TRIAL or one.profile.words >= SENTENCE_WORDS)
