"""Reads the records of tables that are not logs of trials.

Plan cards, series of numbers, funnels, action logs, feedback (method §1).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from notes.model.notes import (
    ActionItem,
    Entry,
    Feedback,
    Kind,
    Metric,
    Note,
    PlanCard,
    RawRow,
    Risk,
)
from notes.model.periods import Week
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.date_grammar.date_context import DateContext, DateReading
from sync.parsing.cells.date_grammar.dates import read_date, read_period_label
from sync.parsing.cells.named_people import people_names
from sync.parsing.cells.numbers import WrittenNumber, read_number
from sync.parsing.cells.outcomes import read_verdict
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import RoleTable, cell_text
from sync.parsing.layout.line_kinds import strip_decoration
from sync.parsing.normalize import ParseRules, raw_cells
from sync.parsing.tables.record_table import RecordTable
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import header_meanings
from sync.table_kind import TableKind

from .long_series import long_series
from .number_series import order_of_periods, period_column, read_series

_BULLET = kept_pattern(r"^\s*(?:[-*•·▪◦]|\d{1,2}[.)]|[①-⑳])\s*")
"""Bullets and numbers before the items of a plan."""
_PARTS = {
    "plan_business": "business",
    "plan_learning": "learning",
    "plan_people": "people",
    "plan_big3": "big3",
}
"""Columns of a plan card, and the part that each fills (method §9)."""


def read_other_records(
    table: RoleTable, kind: TableKind, rules: ParseRules, *, context: DateContext
) -> tuple[Entry, ...]:
    """Return the records of a table that is no log, as notes of their own kind.

    () for a guide, a summary, a list.
    """
    context = _with_order(table, rules, context)
    if kind == "plan":
        notes = (
            _goals(table, context) if table.columns("goal") else _plans(table.record_table, context)
        )
    elif kind == "metric" and table.columns("metric_value"):
        notes = long_series(table, context)
    elif kind in ("metric", "funnel"):
        whole = table.table_context.whole or table.record_table
        down = table.table_context.cached("periods", -1, lambda: period_column(whole, context))
        notes = read_series(table.record_table, kind, context, down=down)
    elif kind == "action":
        notes = _actions(table, context)
    elif kind == "feedback":
        notes = _feedback(table, rules, context)
    else:
        return ()
    return tuple(
        Entry(RawRow(note.place, raw_cells(table.record_table, (record,))), note)
        for record, note in notes
    )


def _with_order(table: RoleTable, rules: ParseRules, context: DateContext) -> DateContext:
    """Return the context with the order of day and month that the table or other tabs prove.

    "07/12/2026" stands below "30/11/2026": a number of December, not of July (reading rules 7.3).
    """
    whole = table.table_context.whole or table.record_table
    order = context.order or table.table_context.cached(
        "order of periods", -1, lambda: order_of_periods(whole, context)
    )
    order = order or rules.date_evidence.elsewhere_order
    return replace(context, order=order) if order else context


def blank_note(record_table: RecordTable, record: int, kind: Kind) -> Note:
    """Return a note of a kind that holds nothing yet but its place, its url and its week."""
    place = record_table.place(record)
    return _timed(
        Note(kind, place, record_table.url(place)), record_table.row_contexts[record].period
    )


def _timed(note: Note, reading: DateReading | None) -> Note:
    if reading is None or not reading.says_something:
        return note
    span = reading.span or (reading.start, reading.end)
    start = reading.start or span[0]
    week = reading.week or (str(Week.containing(start)) if start else "")
    return replace(note, start_date=reading.start, end_date=reading.end, week=week)


def _plans(record_table: RecordTable, context: DateContext) -> Iterator[tuple[int, Note]]:
    roles = card_roles([column.header for column in record_table.columns])
    for record in range(len(record_table.rows)):
        note = blank_note(record_table, record, "plan")
        found: dict[str, list[str]] = {}
        other: list[tuple[str, str]] = []
        for role, column in zip(roles, record_table.columns, strict=True):
            text = cell_text(column.values[record])
            if role in ("week", "date"):
                note = _timed(note, read_date(column.values[record], context))
            elif role == "owners" and text:
                note = replace(note, owners=people_names(text))
            elif role and text:
                found.setdefault(role, []).extend(_items(text))
            elif text:
                other.append((strip_decoration(column.header), text))
        if found:
            yield (
                record,
                replace(
                    note, goal="\n".join(found.get("plan_bhag", [])), details=_card(found, other)
                ),
            )


def _goals(table: RoleTable, context: DateContext) -> Iterator[tuple[int, Note]]:
    """Yield the goals of a goal tree.

    No trials, and no cards of a week either, so without details of their own.
    """
    for record in range(table.size):
        goal = _first_text(table, record, "goal")
        if not goal:
            continue
        target, name = _number(table, record, "target"), _first_text(table, record, "metric_name")
        metric = Metric(name, target=target.value, unit=target.unit) if target else None
        due = next(
            (read_date(table.column(n).values[record], context) for n in table.columns("due")), None
        )
        parent, level = _first_text(table, record, "links"), _first_text(table, record, "tags")
        yield (
            record,
            replace(
                blank_note(table.record_table, record, "plan"),
                title=goal,
                goal=goal,
                links=(parent,) if parent else (),
                tags=(level,) if level else (),
                end_date=(due.end or due.start or (due.span[1] if due.span else None))
                if due
                else None,
                owners=_people(table, record, "owners"),
                metric=metric,
                week="",
            ),
        )


def card_roles(headers: Sequence[str]) -> list[str]:
    """Return what each line of a plan card is: a `plan_` meaning, a week, a date, an owner, or "".

    The card of the method has six lines in one order: where six stand and those that are known
    stand in their places, the others are what their places say, whatever they are called. Beside
    two known lines a word alone names a line too ("Business", "대비책").

    >>> card_roles(["주차", "BHAG", "Business", "위험", "대비책"])[2:]
    ['plan_business', 'plan_risk', 'plan_countermeasure']
    """
    roles = [_line_role(header) for header in headers]
    known_lines = len(set(filter(None, roles)) - set(_BESIDE_THE_LINES))
    if known_lines >= _CERTAINLY_A_CARD or names_the_levers(headers):
        roles = [role or _bare_role(header) for role, header in zip(roles, headers, strict=True)]
    lines = [place for place, role in enumerate(roles) if role not in _BESIDE_THE_LINES]
    known = [
        (roles[place], line) for place, line in zip(lines, _CARD, strict=False) if roles[place]
    ]
    if len(lines) == len(_CARD) and known and all(role == line for role, line in known):
        for place, line in zip(lines, _CARD, strict=True):
            roles[place] = line
    return roles


_CARD = (
    "plan_bhag", "plan_key_result", "plan_business", "plan_learning", "plan_people", "plan_risk",
)  # fmt: skip
"""The six lines of the weekly card in the method's order (method §9)."""
_BESIDE_THE_LINES = ("week", "date", "owners")
_BARE = (
    "plan_key_result", "plan_business", "plan_learning", "plan_people", "plan_risk",
    "plan_countermeasure",
)  # fmt: skip
_CERTAINLY_A_CARD = 2
"""Known lines from which a table or a block is a card: the fewest that make a table one
(`table_kinds`).
"""


def _without_open_bracket(header: str) -> str:
    """Take off what is left of "(who gets what)" where the label's own closing signs were taken
    off.

    >>> _without_open_bracket("Risk (what may fail"), _without_open_bracket("Plan (Q1) B")
    ('Risk', 'Plan (Q1) B')
    """
    closed = max(header.rfind(")"), header.rfind("]"))
    opened = [at for sign in "([" if (at := header.find(sign, closed + 1)) >= 0]
    return header[: min(opened)].rstrip() if opened else header


_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_COUNT = kept_pattern(rf"(?:(?<=\s)|(?<=[,;])|^)(?:([1-9])[).]\s|[{_CIRCLED}])")
"""A number that begins an item in the middle of a line: "1) … 2) …", "① … ② …"."""


def _line_role(header: str) -> str:
    found = [
        meaning
        for meaning in header_meanings(_without_open_bracket(header) or header)
        if meaning.score >= 0.6
    ]
    plans = [meaning.role for meaning in found if meaning.role.startswith("plan_")]
    if plans:
        return plans[0]
    return found[0].role if found and found[0].role in _BESIDE_THE_LINES else ""


def _bare_role(header: str) -> str:
    """Return which line of a card a word alone names; "" if none.

    Elsewhere "learning" or "사람" heads a column of a log.
    """
    plain = fold(strip_decoration(header))
    return next((role for role in _BARE if plain in load_words("records")[role]), "")


_LEVERS = {"plan_business", "plan_learning", "plan_people"}
"""One for each of the three flows (method §9)."""


def names_the_levers(headers: Sequence[str]) -> bool:
    """Return whether words alone name the three levers (method §9), each with its own column.

    >>> names_the_levers(["주", "KR", "Business", "Learning", "People", "Risk"])
    True
    """
    return set(map(_bare_role, headers)) >= _LEVERS


def _items(text: str) -> list[str]:
    """Return the items of a card's cell: one a line, and on a line those that count from one up or
    carry a tick each.

    >>> _items("1) 당일 배송 2) 가격표 3) 전화 20통"), _items("3) 전화 2) 배송")
    (['당일 배송', '가격표', '전화 20통'], ['전화 2) 배송'])
    >>> _items("밥통 ✅, 안내판 ❌, 저울")
    ['밥통 ✅', '안내판 ❌', '저울']
    """
    numbered = (part for line in text.split("\n") for part in _counted_parts(line))
    lines = (part for line in numbered for part in _ticked_parts(line))
    return [item for line in lines if (item := _BULLET.sub("", line).strip(" ,;·/"))]


def _counted_parts(line: str) -> list[str]:
    """Return the parts of a line that numbers 1, 2, 3 … begin; the line itself for any other."""
    marks = list(_COUNT.finditer(line))
    counted = [int(mark[1]) if mark[1] else _CIRCLED.index(mark[0]) + 1 for mark in marks]
    if (
        len(marks) < 2
        or counted != list(range(1, len(marks) + 1))
        or line[: marks[0].start()].strip()
    ):
        return [line]
    ends = [mark.start() for mark in marks[1:]]
    return [line[mark.end() : end] for mark, end in zip(marks, [*ends, len(line)], strict=True)]


def _ticked_parts(line: str) -> list[str]:
    """Return the parts of a line that carry a tick each, before or behind; the line itself with one
    tick at most.

    >>> _ticked_parts("✅ 밥통 ☐ 저울"), _ticked_parts("견본 3종 (O) / 안내판 (X)")
    (['✅ 밥통 ', '☐ 저울'], ['견본 3종 (O)', ' / 안내판 (X)', ''])
    """
    ticks = list(_TICK.finditer(line))
    if len(ticks) < 2:
        return [line]
    before = not line[: ticks[0].start()].strip()
    cuts = [tick.start() for tick in ticks[1:]] if before else [tick.end() for tick in ticks]
    return [line[at:end] for at, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]


_TICK = kept_pattern(
    r"[✅☑✔✓❌✖✗☐]\ufe0f?|[(\[]\s?(?:[oxv]|완료|미완료?|done|not done)?\s?[)\]]"
    r"|\s(?:완료|미완료?|done|not done)(?=\s?(?:[,;/]|$))",
    re.IGNORECASE,
)
"""A tick, or a word for it in brackets or before a comma: "✅", "[x]", "(O)", "완료,"."""


def _card(found: dict[str, list[str]], other: Sequence[tuple[str, str]]) -> PlanCard:
    parts = {name: tuple(found.get(role, ())) for role, name in _PARTS.items()}
    risks = tuple(map(_risk, found.get("plan_risk", ())))
    measures = found.get("plan_countermeasure", [])
    if measures and len(measures) == len(risks):
        risks = tuple(
            Risk(risk.text, risk.countermeasure or measure)
            for risk, measure in zip(risks, measures, strict=True)
        )
    return PlanCard(
        bhag="\n".join(found.get("plan_bhag", ())),
        key_result="\n".join(found.get("plan_key_result", ())),
        business=parts["business"],
        learning=parts["learning"],
        people=parts["people"],
        big3=parts["big3"],
        risks=risks,
        other=tuple(other),
    )


def _risk(text: str) -> Risk:
    """Split "장마 → 예약 미리 받기" or "늦은 납품 (대책: 발주)" into risk and countermeasure."""
    found = re.split(r"(?:(?<!\s)\s+)?(?:→|->|=>|⇒)\s*", text, maxsplit=1)
    if len(found) < 2:
        found = _countermeasure().split(text, maxsplit=1)
    head, tail = found[0].strip(" (,/-"), found[1].strip(" ):") if len(found) > 1 else ""
    return Risk(
        re.sub(r"^(?:리스크|위험|risk)\s*\d*\s*[:)]\s*", "", head, flags=re.IGNORECASE),
        _without_word(tail),
    )


def _without_word(text: str) -> str:
    return re.sub(rf"^{_countermeasure().pattern}", "", text, flags=re.IGNORECASE).strip()


@cache
def _countermeasure() -> re.Pattern[str]:
    choice = "|".join(map(re.escape, load_words("records")["countermeasure"]))
    return kept_pattern(rf"(?:(?<!\s)\s+)?[(,/]?\s*(?:{choice})\s*[:：]\s*", re.IGNORECASE)


def _actions(table: RoleTable, context: DateContext) -> Iterator[tuple[int, Note]]:
    """Yield the lines of an action log; where it only ticks off, each was planned once."""
    record_table = table.record_table
    ticked = not table.columns("planned_count")
    for record in range(table.size):
        told = _first_text(table, record, "execution", "title", "goal", "next_action")
        text = told or _first_text(table, record, "week")
        done = _count(table, record, "done_count")
        planned = float(bool(told)) if ticked else _count(table, record, "planned_count")
        if planned is None and done is None:
            continue
        unplanned = _is_unplanned(text, _first_text(table, record, "note"))
        note = _dated(table, record, blank_note(record_table, record, "action"), context=context)
        finished = None if planned is None or done is None else done >= planned
        item = ActionItem(text, planned, done, unplanned, finished)
        yield (
            record,
            replace(note, execution=text, owners=_people(table, record, "owners"), details=item),
        )


def _is_unplanned(text: str, remark: str) -> bool:
    """Return whether a remark, or a text's own label or bracket, says that nobody had planned it.

    >>> _is_unplanned("가방 추가 주문", ""), _is_unplanned("가방 주문 (추가)", "")
    (False, True)
    >>> _is_unplanned("Ad hoc: a booth", ""), _is_unplanned("A booth", "unplanned")
    (True, True)
    """
    said = fold(" ".join([remark, *_ASIDE.findall(text), *_BEFORE_A_COLON.findall(text)]))
    return any(word in said for word in load_words("records")["unplanned"])


_ASIDE = kept_pattern(r"[(\[]([^()\[\]]{1,40})[)\]]")
_BEFORE_A_COLON = kept_pattern(r"^([^:：]{1,20})[:：]")
"""Where a line of work says something of itself: in brackets, and before a colon."""


def _feedback(
    table: RoleTable, rules: ParseRules, context: DateContext
) -> Iterator[tuple[int, Note]]:
    for record in range(table.size):
        text = _first_text(table, record, "feedback_text", "retrospective", "note")
        if not text:
            continue
        note = _dated(
            table, record, blank_note(table.record_table, record, "feedback"), context=context
        )
        giver = "".join(_people(table, record, "giver", "author", "owners")[:1])
        receiver = "".join(_people(table, record, "receiver", "people")[:1])
        details = Feedback(text, _tone(table, record), giver, receiver)
        yield (
            record,
            replace(
                note,
                people=tuple(rules.aliases.get(n, n) for n in (receiver,) if n),
                details=details,
            ),
        )


def _tone(table: RoleTable, record: int) -> Literal["praise", "suggestion"] | None:
    said = " ".join(
        fold(cell_text(table.column(n).values[record]))
        for n in table.columns("tags", "next_kind", "outcome")
    )
    said += " " + " ".join(fold(table.column(n).header) for n in table.columns("feedback_text"))
    if any(word in said for word in load_words("records")["praise"]):
        return "praise"
    return (
        "suggestion" if any(word in said for word in load_words("records")["suggestion"]) else None
    )


def _first_text(table: RoleTable, record: int, *roles: str) -> str:
    texts = (
        cell_text(table.column(n).values[record]) for role in roles for n in table.columns(role)
    )
    return next((text for text in texts if text), "")


def _number(table: RoleTable, record: int, role: str) -> WrittenNumber | None:
    for number in table.columns(role):
        read = read_number(
            table.column(number).values[record], table.column(number).formats.get(record)
        )
        if read:
            return read
    return None


def _count(table: RoleTable, record: int, role: str) -> float | None:
    """Return how many times something was planned or done.

    A tick or a mark is once or not at all (method §8).
    """
    if number := _number(table, record, role):
        return number.value
    for column in table.columns(role):
        value = table.column(column).values[record]
        if isinstance(value, bool):
            return float(value)
        if isinstance(value, str) and fold(value) == "x":
            crossed = _says_a_cross(table, column)
            return None if crossed is None else float(crossed)
        sense = (
            read_verdict(value, question=True)
            if isinstance(value, str) and cell_text(value)
            else None
        )
        if sense and sense.sense in ("success", "done", "failure", "dropped"):
            return float(sense.sense in ("success", "done"))
    return None


def _says_a_cross(table: RoleTable, column: int) -> bool | None:
    """Return whether "x" says done in a column: beside a mark for done it says not, beside a bare
    no it does; alone nobody knows.
    """
    return table.table_context.cached("crosses", column, lambda: _cross_among(table.whole(column)))


def _cross_among(values: Iterable[Value]) -> bool | None:
    marks = {fold(value) for value in values if isinstance(value, str)}
    senses = {
        verdict.sense
        for mark in marks - {"x"}
        if (verdict := read_verdict(mark, question=True)) is not None
    }
    if senses & {"success", "done"}:
        return False
    return True if senses & {"failure", "dropped"} else None


def _people(table: RoleTable, record: int, *roles: str) -> tuple[str, ...]:
    return tuple(
        name
        for role in roles
        for n in table.columns(role)
        for name in people_names(cell_text(table.column(n).values[record]))
    )


def _dated(table: RoleTable, record: int, note: Note, *, context: DateContext) -> Note:
    for number in table.columns("date", "start_date", "week"):
        value: Value = table.column(number).values[record]
        reading = read_date(value, context)
        if not reading.says_something and isinstance(value, str):
            reading = read_period_label(value, context) or reading
        if reading.says_something:
            return _timed(note, reading)
    return note
