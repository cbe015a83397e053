"""The forecast ledger (예측 장부): what hypotheses expected against what came (method §3).

"10% 더" of a metric that is itself in per cent may mean points or a share of the level; it counts
only where both readings come to the same verdict.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from notes.model.notes import Metric, StoredNote
from notes.model.periods import Week
from reports.analysis.data.period_membership import is_executed, is_finished
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.better_way import known_ways
from reports.analysis.metrics.impact import ImpactClaim, measured_moves
from reports.analysis.metrics.metric_change import PERCENT, metric_change_of, metrics_of
from reports.analysis.metrics.metric_series import (
    MetricSeries,
    find_series,
    lower_is_better,
    metric_series_of,
)
from reports.analysis.metrics.unit_scales import in_unit_of
from reports.analysis.records.answers import Forecast, ForecastLedger, MetricChange, Verdict
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.vocabulary import contains_term

from .expectations import Expectation, effect_clause, expectations


def forecasts(log: TeamLog, claims: Sequence[ImpactClaim]) -> ForecastLedger:
    """Return the ledger of the period's finished notes."""
    ledger = ForecastLedger()
    items, lines = [], metric_series_of(log)
    told = {stored.id for stored in (*log.measured, *log.concluded)}
    for stored in log.notes:
        if (
            stored.id not in told
            or not is_executed(stored.note)
            or not is_finished(stored.note, log.period)
        ):
            continue
        own = tuple(claim.move for claim in claims if claim.stored.id == stored.id)
        moves = own or measured_moves(stored, lines, log)
        if moves and _is_open(moves[0]):
            continue  # neither a hit nor a miss
        forecast = _judged(
            stored, [_over_the_trial(one, stored, lines, log=log) for one in moves], log
        )
        verdict = forecast.verdict if forecast else "none"
        ledger = replace(ledger, **{verdict: getattr(ledger, verdict) + 1})
        if forecast:
            items.append(forecast)
    items.sort(key=lambda one: (_SHOWN.index(one.verdict), one.evidence.what, one.evidence.note_id))
    return replace(ledger, items=tuple(items[: log.rules.list_size]))


def _is_open(move: MetricChange) -> bool:
    """Return whether a comparison leaves open whether there is a difference (method §3)."""
    return move.comparison and move.interval is not None and move.interval.includes_zero


def _over_the_trial(
    move: MetricChange, stored: StoredNote, lines: Sequence[MetricSeries], *, log: TeamLog
) -> MetricChange:
    """Return a change that a series tells, from the week before the trial began: what it foretold.

    The page's own change is that of the period alone. Where the series has nothing so early, the
    note's own number of before is taken.
    """
    line, start = find_series(lines, move.name), stored.note.start_date
    if line is None or start is None or move.comparison or start in log.period:
        return move
    before = line.value_before(Week.containing(start))
    if before is None:
        before = _own_before(stored, line)
    if before is None or move.after is None:
        return move
    whole = Metric(
        name=move.name,
        before=before,
        after=move.after,
        unit=move.unit,
        lower_is_better=lower_is_better(line, log),
        evidence="series",
    )
    return metric_change_of(whole, known_ways(log)) or move


def _own_before(stored: StoredNote, line: MetricSeries) -> float | None:
    """Return what the note itself says a series' metric was before, in the series' unit."""
    own = (
        in_unit_of(metric, line.unit).before
        for metric in metrics_of(stored.note)
        if comparison_key(metric.name) == comparison_key(line.name) and not metric.comparison
    )
    return next(own, None)


_SHOWN: tuple[Verdict, ...] = ("unexpected", "wrong_way", "miss", "hit", "none")
"""Verdicts in the order in which the ledger shows them: surprises first."""


def _judged(stored: StoredNote, moves: Sequence[MetricChange], log: TeamLog) -> Forecast | None:
    """Return the verdict on a note's first metric; None without a number that can be checked."""
    if not moves:
        return None
    move, hypothesis = moves[0], stored.note.hypothesis
    evidence = log.evidence(stored)
    if contains_term("no_effect", hypothesis) and move.direction == "better":
        return Forecast(evidence, "unexpected", move, move.before)
    for expected in expectations(hypothesis, move.unit):
        if _is_of_another(expected, move, hypothesis) or _is_untold(expected, move, hypothesis):
            continue
        verdicts = {
            _verdict(reading, move, log.rules.unexpected) for reading in _readings(expected, move)
        }
        if len(verdicts) == 1:
            verdict = verdicts.pop()
            better_elsewhere = any(other.direction == "better" for other in moves[1:])
            if (
                verdict in {"miss", "wrong_way"}
                and better_elsewhere
                and stored.note.outcome == "success"
            ):
                verdict = "unexpected"
            return Forecast(evidence, verdict, move, _level(expected, move), expected.change)
    return None


def _is_of_another(expected: Expectation, move: MetricChange, hypothesis: str) -> bool:
    """Return whether a difference is foretold of another number.

    "빈자리가 5%p 줄어든다" says nothing of seats sold.

    Nobody tries a thing so that its own number gets worse, unless the hypothesis names it.
    """
    if expected.change is None or comparison_key(move.name) in comparison_key(hypothesis):
        return False
    return expected.change != 0 and (expected.change > 0) != (move.better == "up")


_HALF_A_ONE = 0.5
"""How far a whole number can be from the fraction it is nearest to."""
_STEM_KO, _STEM = 2, 4
"""Letters of a metric's word by which a clause names it: "답장이 두 배" names 답장률, "signing up"
sign-ups."""


def _is_untold(expected: Expectation, move: MetricChange, hypothesis: str) -> bool:
    """Return whether a bare multiple is foretold in a clause that does not name the metric.

    "A drone takes half the time of ropes" foretells nothing of the inspections: a multiple has no
    unit by which a number would be known as the metric's.
    """
    if expected.level is not None or expected.change is not None:
        return False
    clause = comparison_key(effect_clause(hypothesis))
    words = (comparison_key(word) for word in re.split(r"[\s\-_/()]+", move.name))
    stems = (word[: _STEM if word.isascii() else _STEM_KO] for word in words if len(word) > 1)
    return not any(stem in clause for stem in stems)


def _level(expected: Expectation, move: MetricChange) -> float | None:
    """Return the level that was expected, computed where only a multiple is written ("doubles")."""
    only_share = expected.level is None and expected.change is None
    if only_share and expected.share is not None and move.before is not None:
        return move.before * (1 + expected.share)
    return expected.level


def _readings(expected: Expectation, move: MetricChange) -> list[float]:
    """Return the differences that an expectation can mean, in the unit of the change."""
    readings = [] if expected.change is None or expected.level is None else [expected.change]
    if expected.level is not None:
        return [] if move.before is None else [*readings, expected.level - move.before]
    if expected.change is not None and (expected.share is None or move.unit == "%"):
        readings.append(expected.change)
    if expected.share is not None and move.before is not None:
        readings.append(expected.share * move.before)
    return readings


def _is_as_near_as_counts_come(expected: float, move: MetricChange) -> bool:
    """Return whether whole things came to within half a one of a fraction that was expected.

    20 % more than 46 applicants are 55.2: 55 have met it.
    """
    whole = move.before is not None and float(move.before).is_integer()
    counted = whole and float(move.change).is_integer() and not float(expected).is_integer()
    return counted and move.unit not in PERCENT and abs(move.change - expected) <= _HALF_A_ONE


def _verdict(expected: float, move: MetricChange, unexpected: float) -> Verdict:
    """Return the verdict on an expected difference; reaching it or going further is a hit."""
    if expected == 0:
        return (
            "hit"
            if move.direction == "same"
            else "unexpected"
            if move.direction == "better"
            else "wrong_way"
        )
    if _is_as_near_as_counts_come(expected, move):
        return "hit"
    reached = move.change / expected
    if reached < 0:
        return "unexpected" if move.direction == "better" else "wrong_way"
    if reached >= unexpected:
        return "unexpected" if move.direction == "better" else "hit"
    return "hit" if reached >= 1 - 1e-9 else "miss"
