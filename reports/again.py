"""이미 해 본 일 in a report: the period's new hypotheses beside the closest earlier ones and what came of them.

A suggestion with its reasons, never a count. The Friday preview lists them for the team; the Monday mail shows at most
one, a failure that seems to be on its way again (같은 실패 경보, METHOD.md §3): the surest of the same list.
"""

from collections.abc import Iterator, Mapping, Sequence

from loopnote.notes import Outcome, PlanCard, StoredNote

from .answers import Earlier, SameFailure, TriedAgain
from .log import Log, in_period
from .membership import began, day_of
from .tried import Attempt, Tried, hypothesis_of, tried_in_order

_EARLIER = 2
_LEVER = "\N{UNIT SEPARATOR}"


def tried_again(log: Log, past: Sequence[StoredNote] = ()) -> tuple[TriedAgain, ...]:
    """Return each hypothesis that began in the period with its closest earlier ones, the surest first.

    New are experiments that did not already succeed, and the activities of a plan card; the earlier ones ended before.

    Args:
        log: the team's log.
        past: notes from before the log's window.
    """
    known = {stored.id: stored for stored in (*past, *log.notes)}
    new = {attempt.id: (attempt, stored) for attempt, stored in _new(log)}
    earlier = (Attempt.of(stored, log.zone) for stored in known.values() if stored.id not in new)
    answers = tried_in_order(
        (*earlier, *(attempt for attempt, _ in new.values())), new.keys(), least=log.rules.same_failure, most=10
    )
    found = [
        TriedAgain(log.evidence(new[name][1]), log.quote(new[name][0].text), met)
        for name, tried in answers
        if (met := tuple(_earlier(new[name][0], tried, known, log))[:_EARLIER])
    ]
    return tuple(sorted(found, key=lambda one: (-one.earlier[0].surety, one.hypothesis, one.new.note_id)))


def same_failure(again: Sequence[TriedAgain]) -> SameFailure | None:
    """Return the surest of those whose earlier hypothesis failed, None where none did."""
    failed = [
        SameFailure(one.new, one.hypothesis, old) for one in again for old in one.earlier if old.outcome == "failure"
    ]
    return max(failed, key=lambda alarm: alarm.old.surety, default=None)


def _new(log: Log) -> Iterator[tuple[Attempt, StoredNote]]:
    """Give what is new in the period as attempts: notes that began in it, and a plan's activities."""
    for stored in log.here:
        attempt = Attempt.of(stored, log.zone)
        if attempt.text and attempt.day >= log.period.first and stored.note.outcome != "success":
            yield attempt, stored
    for stored in log.kind("plan"):
        card = stored.note.details
        if isinstance(card, PlanCard) and in_period(stored, log.period, log.zone):
            for at, text in enumerate(card.business):
                yield Attempt(f"{stored.id}{_LEVER}{at}", stored.team, began(stored, log.zone), text), stored


def _earlier(new: Attempt, tried: Sequence[Tried], known: Mapping[str, StoredNote], log: Log) -> Iterator[Earlier]:
    for one in tried:
        stored = known.get(one.id)
        if stored is None:
            continue
        outcome = stored.note.outcome
        if outcome in {"success", "failure", "inconclusive", "dropped"} and day_of(stored, log.zone) < new.day:
            yield _as_earlier(stored, outcome, one, log)


def _as_earlier(stored: StoredNote, outcome: Outcome, tried: Tried, log: Log) -> Earlier:
    note = stored.note
    factors = (note.success_factors,) if outcome == "success" else (note.failure_factors, note.retrospective)
    return Earlier(
        evidence=log.evidence(stored),
        hypothesis=log.quote(hypothesis_of(note)),
        outcome=outcome,
        day=note.end_date or note.start_date,
        why=next((quoted for quoted in map(log.quote, (*factors, note.learned)) if quoted), ""),
        learned=log.quote(note.learned),
        words=tried.words,
        same_goal=tried.same_goal,
        same_metric=tried.same_metric,
        score=tried.score,
        surety=tried.surety,
    )
