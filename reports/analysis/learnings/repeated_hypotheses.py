"""New hypotheses of a period beside the closest earlier ones (이미 해 본 일).

A suggestion with its reasons, never a count. The Friday preview lists them for the team; the Monday
mail shows at most one, the surest that resembles a failed one (같은 실패 경보, method §3).
"""

from collections.abc import Iterator, Mapping, Sequence

from notes.model.notes import Outcome, PlanCard, StoredNote
from reports.analysis.data.period_membership import day_of, start_day_of
from reports.analysis.data.team_log import TeamLog, is_in_period
from reports.analysis.records.answers import EarlierHypothesis, RepeatedFailure, RepeatedHypothesis

from .similar_notes import HypothesisRecord, SimilarHypothesis, find_similar_in_order, hypothesis_of

_EARLIER = 2
"""Earlier hypotheses shown beside a new one: judgement."""
_LEVER = "\N{UNIT SEPARATOR}"
"""Separates a plan's id from the number of its activity in the id of a hypothesis record."""


def repeated_hypotheses(
    log: TeamLog, past: Sequence[StoredNote] = ()
) -> tuple[RepeatedHypothesis, ...]:
    """Return each hypothesis that began in the period with its closest earlier ones.

    New are experiments that did not already succeed, and the activities of a plan card; the earlier
    ones ended before.

    Args:
        log: the team's log.
        past: notes from before the log's window.
    """
    known = {stored.id: stored for stored in (*past, *log.notes)}
    new = {attempt.id: (attempt, stored) for attempt, stored in _new(log)}
    earlier = (
        HypothesisRecord.of(stored, log.zone) for stored in known.values() if stored.id not in new
    )
    answers = find_similar_in_order(
        (*earlier, *(attempt for attempt, _ in new.values())),
        new.keys(),
        least=log.rules.same_failure,
        most=10,
    )
    found = [
        RepeatedHypothesis(log.evidence(new[name][1]), log.quote(new[name][0].text), met)
        for name, tried in answers
        if (met := tuple(_earlier(new[name][0], tried, known, log=log))[:_EARLIER])
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.earlier[0].certainty, one.hypothesis, one.new.note_id))
    )


def repeated_failure(again: Sequence[RepeatedHypothesis]) -> RepeatedFailure | None:
    """Return the surest repetition of a failed hypothesis; None where there is none."""
    failed = [
        RepeatedFailure(one.new, one.hypothesis, old)
        for one in again
        for old in one.earlier
        if old.outcome == "failure"
    ]
    return max(failed, key=lambda alarm: alarm.old.certainty, default=None)


def _new(log: TeamLog) -> Iterator[tuple[HypothesisRecord, StoredNote]]:
    """Yield what is new in the period as hypothesis records: notes begun, activities of a plan."""
    for stored in log.period_notes:
        attempt = HypothesisRecord.of(stored, log.zone)
        if attempt.text and attempt.day >= log.period.first and stored.note.outcome != "success":
            yield attempt, stored
    for stored in log.kind("plan"):
        card = stored.note.details
        if isinstance(card, PlanCard) and is_in_period(stored, log.period, log.zone):
            for at, text in enumerate(card.business):
                yield (
                    HypothesisRecord(
                        f"{stored.id}{_LEVER}{at}",
                        stored.team,
                        start_day_of(stored, log.zone),
                        text,
                    ),
                    stored,
                )


def _earlier(
    new: HypothesisRecord,
    tried: Sequence[SimilarHypothesis],
    known: Mapping[str, StoredNote],
    *,
    log: TeamLog,
) -> Iterator[EarlierHypothesis]:
    for one in tried:
        stored = known.get(one.id)
        if stored is None:
            continue
        outcome = stored.note.outcome
        if (
            outcome in {"success", "failure", "inconclusive", "dropped"}
            and day_of(stored, log.zone) < new.day
        ):
            yield _as_earlier(stored, outcome, one, log=log)


def _as_earlier(
    stored: StoredNote, outcome: Outcome, tried: SimilarHypothesis, *, log: TeamLog
) -> EarlierHypothesis:
    note = stored.note
    factors = (
        (note.success_factors,)
        if outcome == "success"
        else (note.failure_factors, note.retrospective)
    )
    return EarlierHypothesis(
        evidence=log.evidence(stored),
        hypothesis=log.quote(hypothesis_of(note)),
        outcome=outcome,
        day=note.end_date or note.start_date,
        why=log.cause(note, *factors) or log.quote(note.learned),
        learned=log.quote(note.learned),
        words=tried.words,
        same_goal=tried.same_goal,
        same_metric=tried.same_metric,
        score=tried.score,
        certainty=tried.certainty,
    )
