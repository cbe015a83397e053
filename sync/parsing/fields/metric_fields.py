"""Reads the metrics of each record.

Sources: cells of its own (before, after, target), or from a text such as "11% → 22%".
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from notes.model.notes import Metric
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import CellFormat, Value
from sync.parsing.cells.changes import WrittenChange, read_changes
from sync.parsing.cells.labels import split_labels
from sync.parsing.cells.numbers import Decimal, WrittenNumber, header_unit, read_number
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import RoleTable, cell_text, is_error, join_texts
from sync.parsing.columns.grades import ColumnMeaning
from sync.parsing.columns.number_sides import sides_of
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import EXACT, nearest_role, whole

_NAME_HEAD = 120
"""Signs of a metric's name in which its unit is looked for."""
_UNIT_IN_HEADER = kept_pattern(r"[(\[]\s*([^()\[\]\d]{1,10}?)\s*[)\]]")
_NUMBERING = kept_pattern(r"^\s*(?:[\u2460-\u24ff\u2776-\u2793]|\(?\d{1,2}[.)])\s*")
_HOLDING_LABELS = frozenset({"", "execution", "note"})
"""Meanings of columns whose cells may tell a whole trial under labels ("목표: … 결과: …")."""
Flaw = tuple[int, int, str]
"""A problem before it has an address: record, column, code."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of one metric: its parts, by column number (-1: none)."""

    name: int = -1
    before: int = -1
    after: int = -1
    target: int = -1
    change: int = -1
    unit: int = -1


def read_metrics(table: RoleTable, decimal: Decimal) -> tuple[list[tuple[Metric, ...]], list[Flaw]]:
    """Return the metrics of each record, the primary one first, and what could not be read."""
    found, flaws = _told(table, decimal)
    for number in table.columns("result", "retrospective"):
        if isinstance(one := table.meanings[number], ColumnMeaning) and one.grade == "likely":
            continue
        _from_sentences(table, number, decimal, found=found)
    for number, one in enumerate(table.meanings):
        if one.role in _HOLDING_LABELS:
            _from_labels(table, number, decimal, found=found)
    _name_and_direction(table, found)
    return [tuple(metrics) for metrics in found], flaws


def _told(table: RoleTable, decimal: Decimal) -> tuple[list[list[Metric]], list[Flaw]]:
    """Return the metrics that stand in cells of their own."""
    flaws: list[Flaw] = []
    found: list[list[Metric]] = [[] for _ in range(table.size)]
    for columns in _sets(table):
        _from_cells(table, columns, decimal, found=found, flaws=flaws)
    for number in table.columns("metric"):
        _from_texts(table, number, decimal, found=found, flaws=flaws)
    return found, flaws


def _sets(table: RoleTable) -> list[_Columns]:
    """Group the number columns into metrics.

    Each `before` starts one (reading rules 9.1: the first is the primary one).
    """
    befores, afters = table.columns("before"), table.columns("after")
    targets, changes = table.columns("target"), table.columns("change")
    names, units = table.columns("metric_name"), table.columns("unit")
    count = max(len(befores), len(afters))
    if not count:
        if table.columns("metric") or not (targets or changes):
            return []
        count = 1
    lists = (names, befores, afters, targets, changes, units)
    return [
        _Columns(*(numbers[place] if place < len(numbers) else -1 for numbers in lists))
        for place in range(count)
    ]


def _from_cells(
    table: RoleTable,
    columns: _Columns,
    decimal: Decimal,
    *,
    found: list[list[Metric]],
    flaws: list[Flaw],
) -> None:
    parts = {name: getattr(columns, name) for name in ("before", "after", "target", "change")}
    readers = {
        name: _numbers(table, number, decimal, ends=name != "before", flaws=flaws)
        for name, number in parts.items()
        if number >= 0
    }
    names = _cells(table, columns.name)
    units = _cells(table, columns.unit)
    header_name, unit_of_header = _named_by_header(table, columns)
    comparison = _is_comparison(table, columns)
    sides = [_cells(table, number) for number in (columns.before, columns.after) if number >= 0]
    for record in range(table.size):
        numbers = {name: read[record] for name, read in readers.items()}
        own_name = cell_text(names[record])
        name = own_name or header_name
        if not own_name and not any(numbers.values()):
            continue
        in_cells = _named_in_cells([side[record] for side in sides], decimal)
        if in_cells and (not name or (not own_name and _is_another(in_cells, name))):
            name = in_cells
        held = [number for number in numbers.values() if number]
        # A change may be in points of a number in percent: it does not tell the number's unit.
        stated = [
            number.unit
            for part, number in numbers.items()
            if number and number.unit and part != "change"
        ]
        unit = (
            cell_text(units[record]) or next(iter(stated), "") or _unit_in(name) or unit_of_header
        )
        unit = unit or next((number.unit for number in held if number.unit), "")
        name = _UNIT_IN_HEADER.sub("", name).strip() if _unit_in(name) else name
        found[record].append(
            Metric(
                name=name,
                before=_value(numbers.get("before")),
                after=_value(numbers.get("after")),
                before_counts=_counts(numbers.get("before")),
                after_counts=_counts(numbers.get("after")),
                target=_value(numbers.get("target")),
                change=_value(numbers.get("change")),
                unit=unit,
                comparison=comparison or any(_is_side(cell_text(side[record])) for side in sides),
            )
        )


def _named_in_cells(cells: Sequence[Value], decimal: Decimal) -> str:
    """Return the name that one side or both write before the number ("오픈율 8%")."""
    names = {
        changes[0].name
        for cell in cells
        if type(cell) is str and (changes := read_changes(cell, decimal)) and changes[0].name
    }
    return names.pop() if len(names) == 1 else ""


@lru_cache(maxsize=1 << 11)
def _is_another(in_cell: str, named: str) -> bool:
    """Return whether a cell names another metric than its header: neither a part of it nor itself.

    >>> _is_another("추가 주문", "해지율"), _is_another("해지율", "월 해지율")
    (True, False)
    >>> _is_another("약", "해지율"), _is_another("mobile", "Churn"), _is_another("강남점", "해지율")
    (False, False, False)
    """
    book = load_words("metrics")
    words = fold(in_cell).split()
    told = [word for word in words if word not in book["nearness"] and word not in book["parts"]]
    text, header = "".join(told), "".join(fold(named).split())
    if not text or text in header or header in text:
        return False
    return not (text.endswith(tuple(book["part_ends"])) or _BRANCH.search(text))


_BRANCH = kept_pattern(r"[^\W평득만학배감가시장강약단]점$")
"""A branch's name ("강남점"); "평점", "만점" and "장점" are none."""


def _value(number: WrittenNumber | None) -> float | None:
    return None if number is None or number.counts else number.value


def _counts(number: WrittenNumber | None) -> tuple[int, int] | None:
    return number.counts if number else None


def _cells(table: RoleTable, number: int) -> Sequence[Value]:
    return table.column(number).values if number >= 0 else [None] * table.size


def _numbers(
    table: RoleTable, number: int, decimal: Decimal, *, ends: bool, flaws: list[Flaw]
) -> list[WrittenNumber | None]:
    """Return the number of each cell of a column; a change "71% → 76%" is its end where `ends`.

    A change in the cell of the side before says two values, and neither is certain.
    """
    column = table.column(number)
    scaled, factor = _header_scale(column)
    numbers: list[WrittenNumber | None] = []
    for record, value in enumerate(column.values):
        if value is None:
            numbers.append(None)
            continue
        if is_error(value):
            flaws.append((record, number, "error_value"))
            numbers.append(None)
            continue
        read = read_number(value, column.formats.get(record), decimal)
        if read is not None and type(value) is str and _is_difference(value, read, decimal):
            flaws.append((record, number, "unreadable_number"))
            read = None
        elif read is None and type(value) is str and cell_text(value) and not _is_unmeasured(value):
            changes = read_changes(value, decimal)
            two = bool(changes) and changes[0].before is not None
            told = bool(changes) and (ends or not two) and not changes[0].fall
            read = _after(changes[0]) if told else None
            if read is None:
                flaws.append((record, number, "unreadable_number"))
        plain = read and scaled and not read.unit and not read.counts
        numbers.append(WrittenNumber(read.value * factor, scaled) if read and plain else read)
    return numbers


def _is_difference(value: str, read: WrittenNumber, decimal: Decimal) -> bool:
    """Return whether the number of a cell is by how much it moved: "3% 줄었다", "fell by 3".

    What it moved to is then not known; a bare "-3" is a number below zero.
    """
    if read.signed or not _WORD.search(value):
        return False
    return any(
        change.change is not None and abs(change.change) == read.value
        for change in read_changes(value, decimal)[:1]
    )


_WORD = kept_pattern(r"[^\W\d_]{2}")
"""Cells without a word of two letters are numbers with a unit, and need no second look."""


def _after(change: WrittenChange) -> WrittenNumber | None:
    """Return the number that a cell of one side ends with.

    13/42 is counts, whose share is for whoever computes.
    """
    if change.after_counts and not change.before_counts:
        return WrittenNumber(change.after_counts[0], "", counts=change.after_counts)
    return WrittenNumber(change.after, change.unit) if change.after is not None else None


def _named_by_header(table: RoleTable, columns: _Columns) -> tuple[str, str]:
    """Return the metric's name and unit where the headers tell them.

    A group "재방문율 (%)" over before and after.
    """
    numbers = [n for n in (columns.before, columns.after, columns.target) if n >= 0]
    headers = [table.column(n) for n in numbers]
    unit = next((u for column in headers for u in _header_units(column)), "")
    group = next((column.group for column in headers if column.group), "")
    if len(name := _named(_without_numbering(_UNIT_IN_HEADER.sub("", group)))) > 1:
        return name, unit
    shared = (
        _shared_words([column.header for column in headers if column.header])
        if len(headers) > 1
        else ""
    )
    return shared, unit


@lru_cache(maxsize=1 << 11)
def _unit_in(name: str) -> str:
    """Return the unit in a metric name's brackets ("Bounce rate (%)"), "" without one."""
    inside = [fold(text) for text in _UNIT_IN_HEADER.findall(name[:_NAME_HEAD])]
    return next((_units()[text] for text in inside if text in _units()), "")


def _header_scale(column: TableColumn) -> tuple[str, float]:
    """Return the unit that the header or its group states with a scale ("매출(만원)").

    Money is written out.
    """
    known = (header_unit(text) for text in (column.header, column.group) if text)
    return next(((unit, factor) for unit, factor in known if factor != 1.0), ("", 1.0))


def _header_units(column: TableColumn) -> list[str]:
    inside = [
        fold(text)
        for part in (column.header, column.group)
        for text in _UNIT_IN_HEADER.findall(part[:_NAME_HEAD])
    ]
    return [_units()[text] for text in inside if text in _units()]


@cache
def _units() -> dict[str, str]:
    units: dict[str, list[str]] = load_words("measures")["units"]
    return {fold(way): unit for unit, ways in units.items() for way in (unit, *ways)}


def _without_numbering(text: str) -> str:
    return _NUMBERING.sub("", text).strip()


def _without_sides(headers: Sequence[str]) -> str | None:
    """Return what two headers name besides their sides ("Sign-ups last time"), None without
    sides.
    """
    sides = [{(pair, rest) for pair, _, rest in sides_of(header)} for header in headers[:2]]
    if len(sides) < 2 or not sides[0] & sides[1]:
        return None
    rest = min((rest for _, rest in sides[0] & sides[1]), key=len).split()
    words = _UNIT_IN_HEADER.sub("", headers[0]).replace("_", " ").split()
    return " ".join(word for word in words if whole(word) in rest).strip(" :-·")


def _shared_words(headers: Sequence[str]) -> str:
    """Return the words that all headers share: "전환율 전" and "전환율 후" are about 전환율."""
    if any(nearest_role(header, EXACT) for header in headers):
        return ""
    if not headers:
        return ""
    if (told := _without_sides(headers)) is not None:
        return told if known_role(told) in ("before", "after") else _named(told)
    outside = {_BRACKETED.sub("", header).strip() for header in headers}
    if len(outside) == 1 < len(headers) and (name := outside.pop()):
        return _named(name)
    lists = [_UNIT_IN_HEADER.sub("", header).replace("_", " ").split() for header in headers]
    shared = [word for word in lists[0] if all(word in other for other in lists[1:])]
    name = _without_numbering(" ".join(shared)).strip(" :-·")
    return _named(name)


_BRACKETED = kept_pattern(r"\([^()]*\)")
"""What stands in brackets: the sides of "Pledges (last time)", "Pledges (this time)"."""


def _named(name: str) -> str:
    """Return a metric's name, "" for one that any metric could have; "Guest score" is one of
    its own.
    """
    scored = " " in name and known_role(name) == "outcome" and not nearest_role(name, EXACT)
    return name if name and (scored or not _is_generic(name)) else ""


@lru_cache(maxsize=1024)
def _is_generic(text: str) -> bool:
    return fold(text) not in load_words("metrics")["graded"] and known_role(text) in (
        "metric",
        "metric_name",
        "result",
        "before",
        "after",
        "target",
        "change",
        "outcome",
    )


def _is_comparison(table: RoleTable, columns: _Columns) -> bool:
    """Return whether the headers name two sides at one time, not two times (reading rules 9.3)."""
    if columns.before < 0:
        return False
    sides = [table.column(number) for number in (columns.before, columns.after) if number >= 0]
    words = [fold(side.header).split() for side in sides]
    if all(words) and ["a", "b"] in (
        [named[-1] for named in words],
        [named[0].removesuffix("안") for named in words],
    ):
        return True
    return any(_is_side(side.header) or _is_side(side.group) for side in sides)


@lru_cache(maxsize=4096)
def _is_side(words: str) -> bool:
    """Return whether a header or cell names a side: "대조군", "A", "대조 13/88"."""
    text = fold(words)
    return text.strip(" ()") in ("a", "b") or bool(_side_words().search(text))


def names_two_sides(text: str) -> bool:
    """Return whether a text names two sides by letters, one of which went on as before.

    >>> names_two_sides("A반 퀴즈 3회, B반 기존 방식"), names_two_sides(
    ...     "Group A short, group B as before")
    (True, True)
    >>> names_two_sides("A팀과 B팀에 배포"), names_two_sides("A반 기존 자료로 시작")
    (False, False)
    """
    if not _AS_BEFORE.search(text):
        return False
    sides: dict[str, set[str]] = defaultdict(set)
    for found in _LETTERED.finditer(text):
        head, letter = found[2] or found[3], found[1] or found[4]
        sides[head.lower()].add(letter.upper())
    return any({"A", "B"} <= letters for letters in sides.values())


_LETTERED = kept_pattern(
    r"(?<![A-Za-z])([ABab])\s?(반|안|조|팀|그룹|군|점|형|버전|타입|코스|문구)(?![가-힣]{2})"
    r"|\b(group|version|variant|class|team|store|option|half|arm|cohort|route) ([AB])\b",
    re.IGNORECASE,
)
"""A side that a letter names, with what it is a side of."""
_AS_BEFORE = kept_pattern(
    r"기존|그대로|하던 대로|예전|없이|대조"
    r"|\b(?:as before|as usual|unchanged|without|nothing|control|old)\b",
    re.IGNORECASE,
)
"""What a side did that the trial left as it was."""


@cache
def _side_words() -> re.Pattern[str]:
    """Return the words of sides; Latin ones are whole words ("conversion before" is no
    "version b").
    """
    listed = load_words("metrics")["sides"]
    return kept_pattern(
        "|".join(
            rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in listed
        )
    )


def _from_texts(
    table: RoleTable, number: int, decimal: Decimal, *, found: list[list[Metric]], flaws: list[Flaw]
) -> None:
    column = table.column(number)
    names = join_texts(
        [[cell_text(v) for v in _cells(table, n)] for n in table.columns("metric_name")], table.size
    )
    own_name, unit = _named_in_brackets(column.header)
    own_name = own_name or _changing_thing(column.header)
    unit = unit or next(iter(_header_units(column)), "")
    for record, value in enumerate(column.values):
        if value is None:
            continue
        if is_error(value):
            flaws.append((record, number, "error_value"))
        metrics = _text_metrics(
            value, column.formats.get(record), decimal, name=names[record] or own_name, unit=unit
        )
        found[record].extend(metrics)
        if (
            not metrics
            and type(value) is str
            and cell_text(value)
            and not is_error(value)
            and not _is_unmeasured(value)
            and (nearest_role(column.header) != "result" or any(map(str.isdigit, value)))
        ):
            flaws.append((record, number, "unreadable_number"))


@lru_cache(maxsize=1 << 11)
def _named_in_brackets(header: str) -> tuple[str, str]:
    """Return the metric and the unit that stand behind a word for any metric, "" and "" without
    them.

    >>> _named_in_brackets("지표(대출, 권)"), _named_in_brackets(
    ...     "KPI [loans, %]"), _named_in_brackets("대출(권)")
    (('대출', '권'), ('loans', '%'), ('', ''))
    """
    inside = next(iter(_UNIT_IN_HEADER.findall(header[:_NAME_HEAD])), "")
    name, _, unit = inside.partition(",")
    known = _units().get(fold(unit), "")
    said = known and name.strip() and _is_generic(_UNIT_IN_HEADER.sub("", header).strip())
    return (name.strip(), known) if said else ("", "")


@lru_cache(maxsize=1 << 11)
def _changing_thing(header: str) -> str:
    """Return what a column of changes measures: its header, less the word that says "change".

    >>> _changing_thing("불량률 변화"), _changing_thing("변화 (전→후)"), _changing_thing("참석")
    ('불량률', '', '참석')
    """
    bare = _UNIT_IN_HEADER.sub("", header).strip()
    said = next((word for word in _changing() if fold(bare).endswith(f" {word}")), "")
    thing = bare[: -len(said) - 1].strip() if said else bare
    return "" if _is_generic(thing) else thing


@cache
def _changing() -> tuple[str, ...]:
    return tuple(sorted(load_words("metrics")["changing"], key=len, reverse=True))


def _text_metrics(
    value: Value, form: CellFormat | None, decimal: Decimal, *, name: str, unit: str
) -> list[Metric]:
    """Return what a cell states; `name` and `unit` are those of a metric for which it says none."""
    if type(value) is str:
        changes = read_changes(value, decimal)
        return [_metric(change, name, unit) for change in changes if name or not change.fall]
    number = read_number(value, form, decimal)
    return [Metric(name, after=number.value, unit=number.unit or unit)] if number else []


def _metric(change: WrittenChange, name: str = "", unit: str = "") -> Metric:
    return Metric(
        name=(change.name if not _judges(change.name) else "") or name,
        before=change.before,
        after=change.after,
        target=change.target,
        unit=change.unit or unit,
        change=change.change,
        before_counts=change.before_counts,
        after_counts=change.after_counts,
        comparison=change.comparison,
        evidence="text",
    )


@lru_cache(maxsize=1 << 11)
def _judges(name: str) -> bool:
    """Return whether what stands before a number names no metric but tells who won.

    >>> _judges("B won"), _judges("A안 승"), _judges("차이 없음"), _judges("Lost parcels")
    (True, True, True, False)
    """
    book = load_words("metrics")
    text = fold(name).replace("차이 없음", "무승부").replace("no difference", "tie")
    words = re.findall(r"[^\W_]+", text)
    judging = [word for word in words if word in book["judging"]]
    return bool(judging) and all(
        word in judging or word in book["judged"] or len(word) == 1 for word in words
    )


def _from_sentences(
    table: RoleTable, number: int, decimal: Decimal, *, found: list[list[Metric]]
) -> None:
    """Add metrics stated as "A → B" (reading rules 9.6); other numbers in prose are none."""
    for record, value in enumerate(table.column(number).values):
        if type(value) is str and not found[record] and any(sign.isdigit() for sign in value):
            found[record].extend(
                _metric(change) for change in read_changes(value, decimal) if change.pair
            )


def _from_labels(
    table: RoleTable, number: int, decimal: Decimal, *, found: list[list[Metric]]
) -> None:
    """Add changes that stand behind a label of results in a cell that tells the whole trial."""
    for record, value in enumerate(table.column(number).values):
        if type(value) is not str or found[record] or not any(map(str.isdigit, value)):
            continue
        told = [part.text for part in split_labels(value) if part.role == "result"]
        found[record].extend(
            _metric(change)
            for text in told
            for change in read_changes(text, decimal)
            if change.pair
        )


def _name_and_direction(table: RoleTable, found: list[list[Metric]]) -> None:
    targets = table.columns("target") if not table.columns("before", "after") else []
    directions = join_texts(
        [[cell_text(v) for v in _cells(table, n)] for n in table.columns("direction")], table.size
    )
    for record, metrics in enumerate(found):
        for place, metric in enumerate(metrics):
            lower = _direction(directions[record], metric.name)
            target = metric.target
            if target is None and targets and not place:
                read = read_number(table.column(targets[0]).values[record])
                target = read.value if read else None
            if lower is not None or target != metric.target:
                metrics[place] = replace(metric, lower_is_better=lower, target=target)


@lru_cache(maxsize=1 << 11)
def _direction(stated: str, name: str) -> bool | None:
    """Return True where less is better.

    The sheet says so, or the name leaves no doubt (reading rules 9.5).
    """
    if (said := stated_direction(stated)) is not None:
        return said
    return True if _lower_words().search(fold(name)) else None


@lru_cache(maxsize=256)
def stated_direction(text: str) -> bool | None:
    """Return True where a text says that less is better, False for more, None for neither."""
    said, book = fold(text), load_words("metrics")
    if said and any(word in said for word in book["lower_stated"]):
        return True
    return False if said and any(word in said for word in book["higher_stated"]) else None


@cache
def _lower_words() -> re.Pattern[str]:
    listed = load_words("metrics")["lower"]
    return kept_pattern(
        "|".join(rf"\b{re.escape(word)}" if word.isascii() else re.escape(word) for word in listed)
    )


@lru_cache(maxsize=1 << 11)
def _is_unmeasured(text: str) -> bool:
    plain = fold(text)
    return any(word in plain for word in load_words("metrics")["not_measured"])
