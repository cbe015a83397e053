"""Below the cut line.

Activities that cost effort and moved nothing, and whether last time's were really stopped.
"""

from collections.abc import Sequence

from notes.model.notes import StoredNote
from reports.analysis.data.period_membership import day_of, is_executed, is_finished, start_day_of
from reports.analysis.data.team_log import TeamLog, is_same_text
from reports.analysis.metrics.impact import ImpactClaim, claims_of
from reports.analysis.records.answers import StopCandidate, StopCheck, StopReason
from reports.analysis.text.note_references import NoteNames
from reports.analysis.text.similarity import similarity


def stop_candidates(log: TeamLog, claims: Sequence[ImpactClaim]) -> list[StopCandidate]:
    """Return the period's candidates, those that took longest first."""
    found = []
    for stored in log.period_notes:
        own = [claim for claim in claims if claim.stored.id == stored.id]
        reason = _reason(stored, own, log)
        if reason is not None:
            move = next((claim.move for claim in own if claim.move.direction != "better"), None)
            found.append((stored, reason, move))
    candidates = [
        StopCandidate(
            evidence=log.evidence(stored),
            reason=reason,
            move=move,
            days=_days(stored, log),
            why=log.cause(stored.note.failure_factors, stored.note.retrospective),
            owners=stored.note.owners,
        )
        for stored, reason, move in found
    ]
    return sorted(
        candidates, key=lambda one: (-(one.days or 0), one.evidence.what, one.evidence.note_id)
    )


def _reason(stored: StoredNote, claims: Sequence[ImpactClaim], log: TeamLog) -> StopReason | None:
    """Return why an executed activity is a candidate.

    None where it moved something or is still to be judged.
    """
    note = stored.note
    if (
        not is_executed(note)
        or note.outcome == "dropped"
        or any(claim.move.direction == "better" for claim in claims)
    ):
        return None
    if any(claim.move.name in _deferred(log) for claim in claims):
        return None
    if claims and note.outcome != "running":
        return (
            "wrong_way" if any(claim.move.direction == "worse" for claim in claims) else "no_change"
        )
    if note.outcome == "failure":
        return "failed"
    if note.outcome == "inconclusive" and is_finished(note, log.period):
        return "no_effect"
    return "said_stop" if note.next_kind == "stop" else None


def _deferred(log: TeamLog) -> set[str]:
    return {name for name, day in log.team.deferred.items() if day > log.period.last}


def _days(stored: StoredNote, log: TeamLog) -> int | None:
    """Return the days the activity took, up to the period's end; None without a start."""
    start, end = stored.note.start_date, stored.note.end_date
    if start is None:
        return None
    return max(0, (min(end or log.period.last, log.period.last) - start).days)


def stop_checks(log: TeamLog, last: TeamLog) -> tuple[StopCheck, ...]:
    """Return what became of the last report's candidates.

    `last` is the log as that report saw it.
    """
    candidates = stop_candidates(last, claims_of(last))[: last.rules.list_size]
    before = {stored.id: stored for stored in last.notes}
    return tuple(
        _check(candidate, before[candidate.evidence.note_id], log) for candidate in candidates
    )


def _check(candidate: StopCandidate, past: StoredNote, log: TeamLog) -> StopCheck:
    now = next((stored for stored in log.notes if stored.id == past.id), None)
    again = find_continuation(past, log)
    if again is not None:
        return StopCheck(candidate, "continued", log.evidence(again))
    if now is not None and _is_over(now, log):
        return StopCheck(candidate, "stopped", log.evidence(now))
    alike = next((other for other in log.period_notes if _alike(past, other, log)), None)
    if alike is not None:
        return StopCheck(candidate, "continued", log.evidence(alike), sure=False)
    return StopCheck(candidate, "unknown")


def find_continuation(past: StoredNote, log: TeamLog) -> StoredNote | None:
    """Return the note of the period that goes on with an activity, found by the activity itself or by reference."""
    names = NoteNames.of(past.note)
    for other in log.period_notes:
        if not is_executed(other.note) or other.note.outcome == "dropped":
            continue
        if other.id == past.id:
            if _runs_on(other, log):
                return other
        elif start_day_of(other, log.zone) > start_day_of(past, log.zone) and (
            _same(past, other) or log.said[other.id].how(names) == "link"
        ):
            return other
    return None


def _same(past: StoredNote, other: StoredNote) -> bool:
    return is_same_text(past.note.title, other.note.title) or is_same_text(
        past.note.execution, other.note.execution
    )


def _runs_on(stored: StoredNote, log: TeamLog) -> bool:
    """Tell whether the note itself says that it was still done in the period."""
    note = stored.note
    if note.next_kind == "stop" and note.outcome != "running":
        return False
    return note.outcome == "running" or bool(
        note.end_date
        and note.end_date >= log.period.first
        and day_of(stored, log.zone) in log.period
    )


def _is_over(stored: StoredNote, log: TeamLog) -> bool:
    note = stored.note
    ended = bool(note.end_date and note.end_date < log.period.first)
    return (
        note.outcome == "dropped"
        or note.next_kind == "stop"
        or ended
        or (note.outcome == "failure" and stored.id not in log.period_note_ids)
    )


def _alike(past: StoredNote, other: StoredNote, log: TeamLog) -> bool:
    """Tell whether another note of the same owner reads like the activity: a suggestion only."""
    if (
        other.id == past.id
        or not is_executed(other.note)
        or not set(past.note.owners) & set(other.note.owners)
    ):
        return False
    return similarity(log.what(past.note), log.what(other.note)) >= log.rules.similar
