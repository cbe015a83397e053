"""Classifies a table: a log, another kind of record, or nothing to read.

Kinds: log, plan card, series, funnel, summary, guide, list of values, and the method's tables.
"""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.outcomes import is_mostly_verdict
from sync.parsing.cells.text import fold
from sync.parsing.columns.grades import ColumnMeaning, Meaning
from sync.parsing.columns.log_evidence import leaves_texts_open, names_a_field, shows_a_log
from sync.parsing.columns.role_choices import is_own_name
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.headers.period_headers import is_period, names_weekdays
from sync.parsing.layout.line_kinds import line_words
from sync.parsing.profiles.column_profile import SENTENCE_WORDS, cell_sort
from sync.parsing.records.number_series import are_week_numbers, names_a_period, stage_count
from sync.parsing.records.other_records import names_the_levers
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import (
    EXACT,
    KNOWN,
    SAID,
    header_meanings,
    nearest_role,
    plain_header,
)
from sync.table_kind import TableKind

from .registers import is_register, lists_things

_INSTANT = kept_pattern(r"\d{4}\D\d{1,2}\D\d{1,2}\D+\d{1,2}:\d\d")
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
_DATED = frozenset({"date", "start_date", "end_date", "due", "week", "logged"})
_DAY = frozenset({"date", "week", "logged"})
_ACTED = frozenset({"outcome", "status", "owners"})
_MOSTLY = 0.6
"""Share of cells or columns; judgement: a clear majority."""
_DISTINCT = 0.6
"""Share of different names from which a column names single trials; judgement: categories repeat
more."""
_FEW = 0.3
"""Share of sentences from which a column tells something; judgement."""
_LOG_FIELDS = 2
"""A header that names so many text fields of a log makes one of it, however short its texts are
(reading rules 1.3a)."""
_MANY_ROWS = 20
"""Rows from which a table without sentences may be raw data; judgement: shorter ones are read by
people."""
_PER_DAY = 4
"""Instants per day from which rows are readings of a machine; judgement: people write fewer."""
_THOUGHT = frozenset({"hypothesis", "learned", "retrospective"})
_REFLECTIVE = frozenset({"hypothesis", "learned", "retrospective", "execution"})
"""What lists seldom hold: a thought, a look back, and with them what was done (reading rules
1.3b)."""


@dataclass(frozen=True, slots=True)
class TableSetting:
    """What is known of a table besides its cells.

    `forced`: the configuration says what it is; `example`: it only repeats, on a guide tab, the
    header of the log that stands on another; `alone`: the file has no other tab, so that it was
    asked for by its name ("dashboard.csv"); `beside_log`: a log stands in the same workbook.
    """

    forced: bool = False
    example: bool = False
    alone: bool = False
    beside_log: bool = False


_BY_ITSELF = TableSetting()
"""No configuration: the table tells its kind by itself."""


def classify_table(
    record_table: RecordTable,
    meanings: Sequence[Meaning],
    tab_is: str,
    *,
    setting: TableSetting = _BY_ITSELF,
) -> tuple[TableKind, str]:
    """Return the kind of a table and the reason, as `columns` prints it.

    `tab_is` is what the tab's name or the configuration says; content outranks a name (reading
    rules 1.3a).
    """
    if setting.forced and tab_is in get_args(TableKind):
        return cast("TableKind", tab_is), "config"
    if setting.alone and tab_is == "summary" and _is_series(record_table, meanings):
        return _numeric_kind(record_table)
    return (
        _of_other_kind(record_table, meanings, tab_is, example=setting.example)
        or _of_no_log(record_table, meanings, beside_log=setting.beside_log)
        or ("log", _reason(meanings))
    )


def _is_series(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether a table holds numbers by week or month and nothing else."""
    numbers = _is_numeric(record_table, meanings) and not told_fields(meanings)
    return numbers and _numeric_kind(record_table)[0] in ("metric", "funnel")


def _reason(meanings: Sequence[Meaning]) -> str:
    return ", ".join(sorted(told_fields(meanings))) or "texts"


def _of_other_kind(
    record_table: RecordTable, meanings: Sequence[Meaning], tab_is: str, *, example: bool
) -> tuple[TableKind, str] | None:
    plan = {role for column in record_table.columns for role in _near(column.header) & _PLAN}
    if (
        len(plan) >= 3
        or ("plan_bhag" in plan and len(plan) >= 2)
        or (plan and names_the_levers([column.header for column in record_table.columns]))
    ):
        return "plan", "BHAG, levers, risks"
    told = told_fields(meanings)
    if example or (
        tab_is in ("guide", "lookup", "summary")
        and not _names_a_log(record_table, meanings, tab_is)
    ):
        return tab_is, "tab name"  # type: ignore[return-value]
    roles = {found.role for found in meanings if found.role}
    if "feedback_text" in roles and roles & {"giver", "receiver"} and len(told) < _LOG_FIELDS:
        return "feedback", "giver, receiver"
    if {"planned_count", "done_count"} <= roles and told <= {"execution", "goal"}:
        return "action", "planned and done"
    return None


def _names_a_log(record_table: RecordTable, meanings: Sequence[Meaning], tab_is: str) -> bool:
    """Return whether header and rows are those of a log, whatever the tab is called."""
    told = {role for role in told_fields(meanings) if role in _certain(meanings)}
    dated = any(
        one.role in _DATED and one.profile.share("date", "week") >= _MOSTLY for one in meanings
    )
    acted = any(one.role in _ACTED and one.profile.filled >= _FEW for one in meanings)
    least = 3 if tab_is == "summary" and not acted else _LOG_FIELDS
    return not _is_definition(record_table, meanings) and (
        len(told) >= least or (len(told) >= 1 and dated)
    )


def _certain(meanings: Sequence[Meaning]) -> set[str]:
    return {
        one.role
        for one in meanings
        if isinstance(one, ColumnMeaning) and one.grade == "certain" and one.role
    }


def _names_the_method(certain: Set[str]) -> bool:
    """Return whether the headers alone make a log of it: cells as short as "goal 3" don't outvote
    them.

    Reading rules 1.3a: an exact name of a field of the method. Tables of a machine know goals,
    actions and results as well, so a thought or a look back must be among them.
    """
    return len(certain & _CORE) > _LOG_FIELDS and bool(certain & _THOUGHT)


def _of_no_log(
    record_table: RecordTable, meanings: Sequence[Meaning], *, beside_log: bool
) -> tuple[TableKind, str] | None:
    if _is_definition(record_table, meanings):
        return "guide", "definitions"
    told = told_fields(meanings)
    certain = _certain(meanings)
    compared = {"title", "before", "after"} <= certain and (
        "winner" in certain or _titles_name_trials(record_table, meanings)
    )
    numeric = _is_numeric(record_table, meanings) and not compared
    if numeric and not (told - {"goal"} - _remarks(record_table, meanings)):
        return _numeric_kind(record_table)
    if compared or (_names_the_method(certain) and len(told) < _LOG_FIELDS):
        return None
    if len(told & certain) < _LOG_FIELDS and _is_raw(record_table, meanings):
        return "summary", "raw data"
    if not told:
        return _of_names(record_table, meanings)
    return (
        _of_things(record_table, meanings, told)
        or _of_little_text(record_table, meanings, told)
        or _of_little_sign(record_table, meanings, beside_log=beside_log)
    )


def _remarks(record_table: RecordTable, meanings: Sequence[Meaning]) -> set[str]:
    """Return the look back where only a comment stands for it, which may stand beside numbers.

    Beside the time of an answer it is that of somebody who was asked.
    """
    told = any(
        one.role == "logged" or (one.role == "retrospective" and is_own_name(column.header))
        for column, one in zip(record_table.columns, meanings, strict=True)
    )
    return set() if told else {"retrospective"}


def _of_names(
    record_table: RecordTable, meanings: Sequence[Meaning]
) -> tuple[TableKind, str] | None:
    """Return what a table without any text of a log is: None where it names trials."""
    named = _names_trials(record_table, meanings) and not lists_things(record_table)
    return None if named and not leaves_texts_open(meanings) else ("lookup", "no text of a log")


def _of_little_sign(
    record_table: RecordTable, meanings: Sequence[Meaning], *, beside_log: bool
) -> tuple[TableKind, str] | None:
    """Return what a table is whose columns, any calendar aside, do not show a log (ADR 0186)."""
    columns, known = [], []
    headers = [column.header for column in record_table.columns]
    weekdays = names_weekdays(headers)
    for place, (column, one) in enumerate(zip(record_table.columns, meanings, strict=True)):
        if place not in weekdays and not is_period(headers[place]):
            columns.append(column)
            known.append(one)
    lines = record_table.row_contexts
    days = any(one.period for one in lines) or len(columns) < len(headers)
    stated = days + any(one.owner for one in lines)
    if _is_a_label(record_table) or shows_a_log(
        columns, known, beside_log=beside_log, stated=stated
    ):
        return None
    return "unknown", "no certain sign of a log"


def _of_things(
    record_table: RecordTable, meanings: Sequence[Meaning], told: set[str]
) -> tuple[TableKind, str] | None:
    of_reviews = told == {"retrospective"} and _is_of_reviews(record_table, meanings)
    if of_reviews or _is_catalogue(record_table, meanings):
        return "lookup", "descriptions"
    if is_register(record_table, meanings, told, happened=_happened(meanings)):
        return "lookup", "a list of things"
    if _judges_nothing(meanings, told) and not _is_a_label(record_table):
        return "lookup", "no text of a log"
    return None


def _judges_nothing(meanings: Sequence[Meaning], told: set[str]) -> bool:
    """Return whether the only texts judge something that stands nowhere beside them."""
    certain = _certain(meanings)
    remarks = told == {"retrospective"} and not certain & {"retrospective", "owners"}
    firm = any(one.role == "result" and one.reason.startswith("“") for one in meanings)
    judged = told in _OF_NOTHING and not firm
    return (judged or remarks) and not (_happened(meanings) or "title" in certain)


_OF_NOTHING = ({"result"}, {"success_factors"}, {"failure_factors"})
"""Texts that judge what has to be told beside them: without a day, a name or a deed no log."""


def _happened(meanings: Sequence[Meaning]) -> set[str]:
    """Return the roles that say that something took place: a day, a verdict, a measured change."""
    return _certain(meanings) & (_DATED | {"outcome", "status", "next_kind", "metric", "before"})


def _of_little_text(
    record_table: RecordTable, meanings: Sequence[Meaning], told: set[str]
) -> tuple[TableKind, str] | None:
    """Return what a table is whose few texts make no log.

    A list, a table of features, lines of an unknown header.
    """
    certain = _certain(meanings)
    roles = {found.role for found in meanings if found.role}
    if len(roles) == 1 and len(record_table.columns) <= 2 and not told & _REFLECTIVE:
        return "lookup", "a single list"
    named = any(
        is_own_name(column.header) or names_a_field(column.header, one)
        for column, one in zip(record_table.columns, meanings, strict=True)
    )
    compared = bool(certain & {"before", "after"}) and "winner" in certain
    compared = compared or {"execution", "before", "after"} <= certain
    if len(told) < _LOG_FIELDS and not (
        named or compared or _has_sentences(meanings, told) or certain & (_DATED | _ACTED)
    ):
        return "lookup", "no sentences"
    many = len(record_table.rows) >= _MANY_ROWS
    known = certain & (told | _DATED | (_ACTED - {"owners"} if many else _ACTED))
    if not (known or compared or _is_a_label(record_table)):
        return "unknown", "no known column"
    return None


def _is_a_label(record_table: RecordTable) -> bool:
    """Return whether a table is only a label or two with their texts, as they stand below a
    form.
    """
    return len(record_table.record_columns) == 1 and len(record_table.columns) <= _FEW_LABELS


_FEW_LABELS = 2
"""Labels below a form, each with its text: one or two; more are a card of a log. Judgement."""
_FEW_COLUMNS = 3
"""Columns up to which a table may list the fields of a log with what each is for; judgement."""
_LISTED = _CORE | _DATED | _ACTED | {"metric", "before", "after", "target", "people", "tags"}
_LOOKED_AT = 30
"""Cells looked at for names of fields; judgement: the method has about twenty."""


def _names_trials(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether a table names trials that something else confirms.

    A verdict, a person, a day; a first and last day where a header names trials (a league and a
    course have them as well). Ticks under a header that is only like one ("Pro") are no verdicts.
    Sideways, lines that nobody knows are the stages of a plan below its head.
    """
    columns = list(zip(record_table.columns, meanings, strict=True))
    unknown = sum(
        1
        for column, one in columns
        if column.header and not one.role and one.profile.share("key") < _MOSTLY
    )
    named = any(
        one.role == "title"
        and one.profile.distinct >= _DISTINCT
        and (
            unknown < _UNKNOWN or (_names_a_trial(column, one) and not record_table.record_columns)
        )
        for column, one in columns
    )
    judged = any(
        one.role == "outcome"
        and (one.profile.share("status") >= _FEW or nearest_role(column.header) == "outcome")
        for column, one in columns
    )
    tried = _titles_name_trials(record_table, meanings)
    known = _certain(meanings) & (_DATED | _ACTED if tried else _DAY | _ACTED)
    return named and bool(known if judged else known - {"outcome"})


def _titles_name_trials(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether a header says that its names are those of trials ("실험", "Test")."""
    return any(
        one.role == "title" and _names_a_trial(column, one)
        for column, one in zip(record_table.columns, meanings, strict=True)
    )


def _names_a_trial(column: TableColumn, one: Meaning) -> bool:
    """Return whether a header names trials by a phrase of the vocabulary.

    Not things of any kind ("Item", "희망 주제"), nor what is only like a trial ("시험 범위").
    """
    words = plain_header(column.header).split()
    things = {fold(word) for word in load_words("registers")["things"]}
    named = bool(words) and words[-1] not in things and one.reason.startswith("“")
    return bool(column.type) or named


_UNKNOWN = 2
"""Columns that nobody knows beside the names of things, as `registers._UNKNOWN`; ids aside."""


def _has_sentences(meanings: Sequence[Meaning], told: set[str]) -> bool:
    return any(one.role in told and one.profile.words >= SENTENCE_WORDS for one in meanings)


def _is_raw(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether many rows hold numbers, codes and repeated words only (reading rules 1.3b)."""
    held = [one.profile for one in meanings if one.profile.size]
    plain = [
        one
        for one in held
        if one.share("number", "key", "date") >= _MOSTLY or one.distinct <= 1 - _DISTINCT
    ]
    told = any(one.share("text") >= _FEW and one.words >= SENTENCE_WORDS for one in held)
    return len(record_table.rows) >= _MANY_ROWS and len(plain) >= _MOSTLY * len(held) and not told


def _is_catalogue(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether many rows only describe things: no day, no verdict, no text but a
    description.
    """
    if len(record_table.rows) < _MANY_ROWS:
        return False
    describing = line_words("describing")
    texts = [
        column
        for column, one in zip(record_table.columns, meanings, strict=True)
        if one.role in _CORE and one.profile.size
    ]
    happened = any(
        one.role in _DATED | {"outcome", "status", "next_kind"} and one.profile.filled >= _FEW
        for one in meanings
    )
    named = any(plain_header(column.header) in describing for column in texts)
    return (
        named
        and not happened
        and all(
            plain_header(column.header) in describing or _names_things(column.header)
            for column in texts
        )
    )


def _is_of_reviews(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether the rows are what customers wrote: a review with its stars, nobody's task."""
    words = load_words("lines")["reviews"]
    headers = {plain_header(column.header) for column in record_table.columns}
    owned = any(one.role == "owners" for one in meanings if one.profile.size)
    return not owned and bool(headers & set(words["texts"])) and bool(headers & set(words["stars"]))


def _names_things(header: str) -> bool:
    """Return whether a header only names things ("title", "이름"), whose long names look like
    texts.
    """
    return nearest_role(header) == "title"


def _near(header: str) -> set[str]:
    return {meaning.role for meaning in header_meanings(header) if meaning.score >= SAID}


def told_fields(meanings: Sequence[Meaning]) -> set[str]:
    """Return the text fields of a log that the table holds."""
    return {
        found.role
        for found in meanings
        if found.role in _CORE
        and found.profile.size
        and found.profile.share("text", "short", "name", "change") >= 0.4
    }


def _is_definition(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    """Return whether a table only explains words.

    A name and a meaning, without a day, a person or a field of a log.
    """
    if len(record_table.columns) > _MOST_OF_DEFINITIONS:
        return False
    known = line_words("definition")
    headers = [fold(column.header).strip(" *:") for column in record_table.columns]
    if any(map(_lists_fields, record_table.columns[:_FEW_COLUMNS])):
        return len(headers) <= _FEW_COLUMNS
    if len(headers) < 2 or not any(header in known for header in headers[1:]):
        return False
    if any(one.role in _DATED | {"owners", "people"} for one in meanings):
        return False
    return not any(
        _is_field(column.header)
        for column in record_table.columns
        if fold(column.header) not in known
    )


_MOST_OF_DEFINITIONS = 4
"""Columns of a table that explains words: the word, its meaning, an example, a remark; judgement.
"""


def _lists_fields(column: TableColumn) -> bool:
    """Return whether a column's header and all its cells are names of different fields of a log.

    "worked" under "Result" is the verdict of a log of one row.
    """
    names = [column.header, *(value for value in column.values[:_LOOKED_AT] if value is not None)]
    roles = {nearest_role(name, EXACT) for name in names if isinstance(name, str)}
    verdicts = any(
        isinstance(name, str) and nearest_role(name, EXACT) == "outcome" and is_mostly_verdict(name)
        for name in names[1:]
    )
    return not verdicts and len(names) > 1 and len(roles & _LISTED) == len(names)


def _is_field(header: str) -> bool:
    return nearest_role(header, KNOWN) in _CORE


def _is_numeric(record_table: RecordTable, meanings: Sequence[Meaning]) -> bool:
    beside = _beside_numbers() if _periods(_own_headers(record_table)) else frozenset[str]()
    held = [
        found.profile
        for column, found in zip(record_table.columns, meanings, strict=True)
        if found.profile.size and plain_header(column.header) not in beside
    ]
    numbers = [found for found in held if found.share("number") >= 0.6]
    return len(held) >= 2 and len(numbers) * 2 >= len(held) and len(held) - len(numbers) <= 2


def _own_headers(record_table: RecordTable) -> list[str]:
    """Return the headers behind the first that name no field but a period: those of a table that
    runs sideways ("Week 40").
    """
    headers = [one.header for one in record_table.columns[1:]]
    return [one for one in headers if names_a_period(one) or not known_role(one)]


@cache
def _beside_numbers() -> frozenset[str]:
    """Return the headers of what a table says of each of its numbers: its unit, its role."""
    book = load_words("tables")["metric"]
    parts = ("unit", "metric_role", "rank", "judge_from", "owners", "direction", "note")
    return frozenset(plain_header(word) for part in parts for word in book[part])


def _numeric_kind(record_table: RecordTable) -> tuple[TableKind, str]:
    if _is_by_the_minute(record_table):
        return "summary", "raw data"
    headers = [column.header for column in record_table.columns]
    first = (
        [value for value in record_table.columns[0].values if isinstance(value, str)]
        if record_table.columns
        else []
    )
    if stage_count(headers) >= 3 or stage_count(first) >= 3 or _is_funnel_tab(record_table.tab):
        return "funnel", "stages"
    down = _periods(
        [value for column in record_table.columns[:1] for value in column.values]
    ) or are_week_numbers(record_table.columns[0])
    if down and _stand_for_parts(record_table):
        return "unknown", "several rows a period"
    if down or _periods(_own_headers(record_table)):
        return "metric", "numbers by period"
    return "summary", "counts"


def _stand_for_parts(record_table: RecordTable) -> bool:
    """Return whether most periods stand on several rows, each of another thing: a column of texts,
    or of as many marks as there are rows ("1호기", "2호기").

    Numbers of several things in one column ("Vendor", "설비"): one series of them would be false.
    People are kept apart by their names.
    """
    periods = record_table.columns[0].values if record_table.columns else []
    rows = Counter(str(value) for value in periods if value is not None)
    if sum(1 for count in rows.values() if count > 1) * 2 <= len(rows):
        return False
    most = max(rows.values())
    others = [one for one in record_table.columns[1:] if known_role(one.header) != "owners"]
    return any(_are_texts(column) or _are_marks(column, periods, most) for column in others)


def _are_marks(column: TableColumn, periods: Sequence[Value], most: int) -> bool:
    """Return whether a column holds so many values, each once a period."""
    different = len(set(map(str, column.values)))
    return different == most and len(set(zip(periods, column.values, strict=True))) == len(periods)


_COUNTS = frozenset({"number", "date", "week", "tick", "change"})
"""Sorts of cells that are no text."""


def _are_texts(column: TableColumn) -> bool:
    held = [value for value in column.values if value is not None]
    texts = [value for value in held if cell_sort(value) not in _COUNTS]
    return len(texts) >= _MOSTLY * len(column.values)


def _is_by_the_minute(record_table: RecordTable) -> bool:
    """Return whether the rows are readings of a machine: instants, many a day."""
    first = [
        value for column in record_table.columns[:1] for value in column.values if value is not None
    ]
    instants = [text for text in map(str, first) if _INSTANT.match(text)]
    days = {text[:10] for text in instants}
    return len(instants) >= _MOSTLY * max(len(first), _MANY_ROWS) and len(
        instants
    ) >= _PER_DAY * len(days)


def _is_funnel_tab(tab: str) -> bool:
    return any(fold(word) in fold(tab) for word in load_words("records")["funnel_tabs"])


def _periods(values: Sequence[Value]) -> bool:
    held = [value for value in values if value is not None]
    return bool(held) and sum(map(names_a_period, held)) * 3 >= len(held) * 2
