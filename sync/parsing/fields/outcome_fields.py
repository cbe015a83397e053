"""Reads the outcome of each record.

Sources: its verdict, its lifecycle, a ticked box or the winner of an A/B test (reading rules 6).
"""

import re
from collections.abc import Iterable, Sequence

from notes.model.notes import Outcome
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.bare_verdict import (
    closing_verdict,
    leading_verdict,
    says_what_ended,
    whole_verdict,
)
from sync.parsing.cells.outcomes import (
    Legend,
    Verdict,
    is_mostly_verdict,
    letters_of,
    not_done,
    outcome_of,
    read_answer,
    read_next_kind,
    read_status,
    read_verdict,
    read_winner,
    says_unmoved,
)
from sync.parsing.cells.text import fold
from sync.parsing.cells.verdict_context import says_where
from sync.parsing.columns.column_texts import RoleTable, cell_text
from sync.parsing.columns.role_choices import kinds_offered
from sync.parsing.vocabulary.header_phrases import EXACT, nearest_role

_QUESTION = ("?", "나", "까", "음", "여부", "held", "worked")
_ASKING = kept_pattern(r"\s*(?:did|was|were|is|are|does|has|have|do) ", re.IGNORECASE)
"""An English header that asks without a mark: "did it work"."""
_EFFECT = kept_pattern(r"효과|성과|개선|반응")
_THERE = kept_pattern(r"(?:있|없)(?:음|었음|다|었다|어요)")
"""Under a header that names an effect, "있음" and "없음" say whether there was one."""
Flaw = tuple[int, int, str]
_Done = tuple[Sequence[bool], Sequence[bool]]
"""Which records look back on a trial, and which hold any sign that it was begun."""


def read_outcomes(
    table: RoleTable, legend: Legend, reflected: Sequence[bool], *, measured: Sequence[bool] = ()
) -> tuple[list[Outcome | None], list[Flaw]]:
    """Return the outcome of each record; `reflected` says which hold a result or a retrospective.

    `measured` says which hold a number of afterwards: what waits there was begun (6.2).

    An unticked box says something only of a trial that is over: looked back on, neither planned nor
    running (6.5).
    """
    flaws: list[Flaw] = []
    outcomes: list[Outcome | None] = [None] * table.size
    begun = [done or number for done, number in zip(reflected, measured or reflected, strict=True)]
    lives = [
        _verdicts(table, number, legend, done=(reflected, begun), flaws=flaws)
        for number in table.columns("status")
    ]
    ended = [
        done and not any(life[record] in ("planned", "running") for life in lives)
        for record, done in enumerate(reflected)
    ]
    # From here on the first that says anything is kept (`_fill`), the plainest verdict first.
    for number in table.columns("outcome"):
        _fill(outcomes, _verdicts(table, number, legend, done=(ended, begun), flaws=flaws))
    for number in table.columns("winner"):
        _fill(outcomes, _winners(table, number, flaws))
    for life in lives:
        _fill(outcomes, life)
    if not table.columns("outcome", "winner"):
        for number in (*table.columns("result"), *table.columns("metric")):
            _fill(outcomes, _from_results(table, number, legend, reflected=reflected))
        for number in table.columns("retrospective"):
            judged = nearest_role(table.column(number).header, EXACT) == "outcome"
            told = _told_under_verdicts if judged else _still_running
            _fill(outcomes, told(table, number, legend))
    for number in table.columns("execution"):
        _fill(
            outcomes,
            [
                not_done(text) if (text := cell_text(value)) else None
                for value in table.column(number).values
            ],
        )
    if not table.columns("outcome"):
        for number in table.columns("next_kind"):
            _fill(outcomes, _from_decisions(table, number))
    return outcomes, flaws


def unmoved(table: RoleTable, legend: Legend) -> Sequence[bool]:
    """Return which records say in words that what they measured did not move ("Flat")."""
    found = [False] * table.size
    for number in table.columns("outcome", "status", "result"):
        for record, value in enumerate(table.column(number).values):
            verdict = _stated(value, legend) if isinstance(value, str) else None
            found[record] |= verdict is not None and says_unmoved(verdict)
    return found


def _effect(text: str) -> str:
    """Return what a cell says of an effect that its header names: "있음", "무"."""
    word = {"유": "있음", "무": "없음"}.get(text, text)
    return f"효과 {word}" if _THERE.fullmatch(word) else text


def _winners(table: RoleTable, number: int, flaws: list[Flaw]) -> list[Outcome | None]:
    """Return the outcome that each winner means; a side that nobody knows is a problem."""
    found: list[Outcome | None] = []
    for record, value in enumerate(table.column(number).values):
        text = cell_text(value)
        found.append(read_winner(text) if text else None)
        if text and found[-1] is None:
            flaws.append((record, number, "unknown_status"))
    return found


def _fill(outcomes: list[Outcome | None], more: Sequence[Outcome | None]) -> None:
    for record, outcome in enumerate(more):
        if outcomes[record] is None:
            outcomes[record] = outcome


def _verdicts(
    table: RoleTable, number: int, legend: Legend, *, done: _Done, flaws: list[Flaw]
) -> list[Outcome | None]:
    (reflected, begun), column = done, table.column(number)
    question = _asks(column.header) or table.table_context.cached(
        "answers", number, lambda: _are_answers(table.whole(number))
    )
    legend = {**letters_of(column.header), **legend}
    ticks = has_ticks(table, number)
    found: list[Outcome | None] = []
    effect = _EFFECT.search(column.header)
    for record, cell in enumerate(column.values):
        value = _effect(cell) if effect and isinstance(cell, str) else cell
        if isinstance(value, bool) or (ticks and value in _TICKS):
            ticked = value is True or str(value).upper() == "TRUE"
            found.append(_ticked(ticked, reflected=reflected[record]))
            continue
        verdict = _verdict(value, legend, question=question)
        if verdict is None and cell_text(value):
            _flaw(flaws, record, number, text=cell_text(value))
        found.append(outcome_of(verdict, reflected=begun[record]))
    return found


def has_ticks(table: RoleTable, number: int) -> bool:
    """Return whether a whole column holds tick boxes; exports write them as texts alone."""
    context = table.table_context
    ticked = context.may_hold(number, bool) and context.cached(
        "ticks", number, lambda: any(isinstance(value, bool) for value in table.whole(number))
    )
    return ticked or context.cached(
        "written ticks", number, lambda: _are_written_ticks(table.whole(number))
    )


def _are_answers(values: Iterable[Value]) -> bool:
    """Return whether all cells of a column say yes or no: its header asks, without its mark."""
    held = [value for value in values if value is not None]
    return bool(held) and all(
        isinstance(value, str) and read_answer(value) is not None for value in held
    )


def _are_written_ticks(values: Iterable[Value]) -> bool:
    """Return whether all cells of a column are TRUE or FALSE; the first other one settles it."""
    held = (value for value in values if value is not None)
    return all(isinstance(value, str) and value.strip() in _TICKS for value in held)


_TICKS = frozenset({"TRUE", "FALSE", "true", "false", "True", "False"})
"""How exports write a tick box."""


def _asks(header: str) -> bool:
    asked = _ASKING.match(header) is not None
    return asked or header.rstrip(" )").endswith(_QUESTION) or "?" in header


def _ticked(ticked: bool, *, reflected: bool) -> Outcome | None:
    if ticked:
        return "success"
    return "failure" if reflected else None


def _verdict(value: Value, legend: Legend, *, question: bool) -> Verdict | None:
    text = cell_text(value)
    if not text:
        return None
    lowered = text.lower()
    if lowered in ("true", "참"):
        return Verdict("success", text)
    if lowered in ("false", "거짓"):
        return Verdict("failure", text)
    return read_status(text, legend, question=question) or _stated(text, legend)


def _flaw(flaws: list[Flaw], record: int, number: int, *, text: str) -> None:
    if len(text) <= 40 and not text.isdigit():
        flaws.append((record, number, "unknown_status"))


def _from_results(
    table: RoleTable, number: int, legend: Legend, *, reflected: Sequence[bool]
) -> list[Outcome | None]:
    found: list[Outcome | None] = []
    for record, value in enumerate(table.column(number).values):
        text = cell_text(value)
        verdict = (_stated(text, legend) or _left_open(text, legend)) if text else None
        found.append(outcome_of(verdict, reflected=reflected[record]))
    return found


def _left_open(text: str, legend: Legend) -> Verdict | None:
    """Return what one clause of a result says of a trial that nobody can judge yet, wherever it
    stands: "Calls 14 → 13. Too early to say".

    A success or a failure is not taken from there: it may be about a part.
    """
    clauses = _CLAUSES.split(text)
    for clause in clauses if len(clauses) > 1 else ():
        said = read_verdict(clause, legend)
        if (
            said is not None
            and said.sense in ("inconclusive", "running")
            and (len(clause) <= _SHORT_CLAUSE or is_verdict_only(clause, legend))
        ):
            return said
    return None


_SHORT_CLAUSE = 14
"""Characters of a clause that only leaves something open ("아직 판단하기 이름"); a longer
one names what of the trial it is; judgement.
"""


_CLAUSES = kept_pattern(r"[.。;]\s+|\n")
"""What parts the sentences of a result; a comma stands before what is only a part of it too."""


def _told_under_verdicts(table: RoleTable, number: int, legend: Legend) -> list[Outcome | None]:
    """Return the verdicts of a column whose header asks for them and whose cells tell more."""
    told = _still_running(table, number, legend)
    for record, value in enumerate(table.column(number).values):
        verdict = _verdict(value, legend, question=False)
        if verdict is not None and verdict.sense in ("success", "failure", "inconclusive"):
            told[record] = verdict.sense
    return told


def _still_running(table: RoleTable, number: int, legend: Legend) -> list[Outcome | None]:
    """Return running for each record whose look back only says so: "아직 진행 중".

    How a trial went is not taken from there: one word may be about a part of it.
    """
    found: list[Outcome | None] = []
    for value in table.column(number).values:
        text = cell_text(value)
        said = read_verdict(text, legend) if text and is_verdict_only(text, legend) else None
        found.append("running" if said is not None and said.sense == "running" else None)
    return found


def _stated(text: str, legend: Legend) -> Verdict | None:
    """Return the verdict that a result is, or that its first or last clause is."""
    if is_verdict_only(text, legend):
        return read_verdict(text, legend)
    return (
        leading_verdict(text, legend)
        or closing_verdict(text, legend)
        or whole_verdict(text, legend)
    )


def _from_decisions(table: RoleTable, number: int) -> list[Outcome | None]:
    """Return verdicts of a decision column where the log has no other ("기각", "채택").

    What an answer to "Keep?" says is not how it went, nor is "그대로" where it says what to do.
    """
    found: list[Outcome | None] = []
    header = table.column(number).header.rstrip()
    if header.endswith(("?", "까", "까요", "여부")) or kinds_offered(header):
        return [None] * table.size
    for value in table.column(number).values:
        verdict = read_verdict(text) if (text := cell_text(value)) else None
        if verdict and verdict.sense == "inconclusive" and read_next_kind(text):
            verdict = None
        sense = verdict.sense if verdict else None
        found.append(sense if sense in ("success", "failure", "inconclusive") else None)
    return found


def is_verdict_only(text: str, legend: Legend) -> bool:
    """Return whether a result cell holds nothing but a verdict; what it was confined to tells
    more.
    """
    if len(text) > _LONGEST_VERDICT or says_where(fold(text)):
        return False
    return is_mostly_verdict(text, legend) and not says_what_ended(text, legend)


_LONGEST_VERDICT = 20
"""Characters up to which a result may be a verdict alone; judgement: a longer one tells more."""
