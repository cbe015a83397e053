"""The forecast ledger (예측 장부): where a hypothesis named a number, what was expected against what came.

A number counts only where the hypothesis says what becomes of it: a level ("15%까지", "11 → 22", "at
least 40"), a difference ("3%p 오른다", "fall by 5"), or a multiple ("두 배", "half"). "10% 더" of a
metric that is itself in per cent may mean points or a share of the level; it counts only where both
readings come to the same verdict.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.analysis.data.period_membership import is_executed, is_finished
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.impact import ImpactClaim
from reports.analysis.records.answers import Forecast, ForecastLedger, MetricChange, Verdict
from reports.analysis.text.vocabulary import contains_term, pattern

_NUM = r"(?<![\d.A-Za-z-])([+-]?\d[\d,]*(?:\.\d+)?)"
_UNIT = r"\s*(%p|%P|%포인트|%|percentage points?|points?|percent|배|[가-힣]{0,2})"
_ARROW = re.compile(rf"{_NUM}{_UNIT}\s*(?:→|->|=>|에서|to)\s*{_NUM}{_UNIT}")
_NUMBER = re.compile(_NUM + _UNIT)
_LEVEL = re.compile(
    r"^\s*(?:까지|이상|이하|미만|넘|달성|로 |으로 |대로|은 될|는 될|이 될|가 될|is reached)"
)
_LEVEL_EN = re.compile(
    r"(?:\bto|at least|at most|under|over|above|below|reach(?:es)?|become)\s*$", re.IGNORECASE
)
_BY_EN = re.compile(r"\bby\s*$", re.IGNORECASE)
_DOUBLE = re.compile(r"두 ?배|2배|double|twice", re.IGNORECASE)
_HALF = re.compile(r"절반|반으로|반토막|half|halve", re.IGNORECASE)
_POINTS = {"%p", "%P", "%포인트", "points", "point", "percentage point", "percentage points"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a hypothesis expects.

    A level, a difference in the metric's unit, or a share of the level before.
    """

    level: float | None = None
    change: float | None = None
    share: float | None = None


def expectations(hypothesis: str) -> list[Expectation]:
    """Return the numbers that a hypothesis expects, in its order."""
    arrow = _ARROW.search(hypothesis)
    if arrow:
        return [Expectation(level=_value(arrow[3]))]
    found = [
        one
        for match in _NUMBER.finditer(hypothesis)
        if (one := _read(match, hypothesis)) is not None
    ]
    if _DOUBLE.search(hypothesis):
        found.append(Expectation(share=1.0))
    if _HALF.search(hypothesis):
        found.append(Expectation(share=-0.5))
    return found


def _read(match: re.Match[str], text: str) -> Expectation | None:
    value, unit = _value(match[1]), match[2].strip()
    before, after = text[: match.start()], text[match.end(1) :]
    if unit == "배":
        return Expectation(share=value - 1) if value > 0 and value != 2 else None
    tail = after[len(match[2]) if unit in {"%", "percent", *_POINTS} else 0 :]
    if (
        (_LEVEL.search(tail) or _LEVEL_EN.search(before))
        and not _BY_EN.search(before)
        and unit not in _POINTS
    ):
        return Expectation(level=value)
    sign = _sign(match[1], tail, before)
    if sign is None:
        return None
    if unit in {"%", "percent"}:
        return Expectation(share=sign * abs(value) / 100, change=sign * abs(value))
    return Expectation(change=sign * abs(value))


def _sign(number: str, tail: str, before: str) -> int | None:
    """Return the direction that the words at a number give it, None where they give none."""
    if number[0] in "+-":
        return 1 if number[0] == "+" else -1
    near = tail[:14]
    up, down = pattern("rising").search(near), pattern("falling").search(near)
    if up is None and down is None and before.isascii():
        near = before[-28:]
        up, down = pattern("rising").search(near), pattern("falling").search(near)
    if (up is None) == (down is None):
        return None
    return 1 if up else -1


def _value(text: str) -> float:
    return float(text.replace(",", ""))


def forecasts(log: TeamLog, claims: Sequence[ImpactClaim]) -> ForecastLedger:
    """Return the ledger of the period's finished notes."""
    ledger = ForecastLedger()
    items = []
    told = {stored.id for stored in (*log.measured, *log.concluded)}
    for stored in log.notes:
        if (
            stored.id not in told
            or not is_executed(stored.note)
            or not is_finished(stored.note, log.period)
        ):
            continue
        own = [claim for claim in claims if claim.stored.id == stored.id]
        forecast = _judged(stored.note.hypothesis, own, log)
        verdict = forecast.verdict if forecast else "none"
        ledger = replace(ledger, **{verdict: getattr(ledger, verdict) + 1})
        if forecast:
            items.append(forecast)
    items.sort(key=lambda one: (_SHOWN.index(one.verdict), one.evidence.what, one.evidence.note_id))
    return replace(ledger, items=tuple(items[: log.rules.list_size]))


_SHOWN: tuple[Verdict, ...] = ("unexpected", "wrong_way", "miss", "hit", "none")


def _judged(hypothesis: str, claims: Sequence[ImpactClaim], log: TeamLog) -> Forecast | None:
    """Return the verdict on a note's first metric, None where its hypothesis named no number that can be checked."""
    if not claims:
        return None
    claim = claims[0]
    evidence = log.evidence(claim.stored)
    if contains_term("no_effect", hypothesis) and claim.move.direction == "better":
        return Forecast(evidence, "unexpected", claim.move, claim.move.before)
    for expected in expectations(hypothesis):
        verdicts = {
            _verdict(reading, claim.move, log.rules.unexpected)
            for reading in _readings(expected, claim.move)
        }
        if len(verdicts) == 1:
            verdict = verdicts.pop()
            better_elsewhere = any(other.move.direction == "better" for other in claims[1:])
            if (
                verdict in {"miss", "wrong_way"}
                and better_elsewhere
                and claim.stored.note.outcome == "success"
            ):
                verdict = "unexpected"
            return Forecast(evidence, verdict, claim.move, expected.level, expected.change)
    return None


def _readings(expected: Expectation, move: MetricChange) -> list[float]:
    """Return the differences that an expectation can mean for this move, in the move's unit."""
    if expected.level is not None:
        return [] if move.before is None else [expected.level - move.before]
    readings = []
    if expected.change is not None and (expected.share is None or move.unit == "%"):
        readings.append(expected.change)
    if expected.share is not None and move.before is not None:
        readings.append(expected.share * move.before)
    return readings


def _verdict(expected: float, move: MetricChange, unexpected: float) -> Verdict:
    """Return what came of an expected difference; reaching it or going further is a hit."""
    if expected == 0:
        return (
            "hit"
            if move.direction == "same"
            else "unexpected"
            if move.direction == "better"
            else "wrong_way"
        )
    reached = move.change / expected
    if reached < 0:
        return "unexpected" if move.direction == "better" else "wrong_way"
    if reached >= unexpected:
        return "unexpected" if move.direction == "better" else "hit"
    return "hit" if reached >= 1 - 1e-9 else "miss"
