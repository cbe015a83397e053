"""Candidates to stop (그만 후보): effort that moved nothing, and whether it was stopped."""

from collections.abc import Sequence
from datetime import date

from notes.model.notes import Metric, NextKind, Note, StoredNote
from notes.model.periods import Week
from reports.analysis.commitments.promises import promised
from reports.analysis.data.period_membership import (
    NOT_OVER,
    day_of,
    ended,
    is_executed,
    is_finished,
    says_it_is_over,
    start_day_of,
)
from reports.analysis.data.team_log import TeamLog, is_same_text
from reports.analysis.metrics.impact import (
    ImpactClaim,
    claims_of,
    gives_numbers,
    got_worse,
    is_undirected,
    is_unsure,
    measured_moves,
)
from reports.analysis.metrics.metric_change import metrics_of
from reports.analysis.metrics.metric_series import (
    MetricSeries,
    deferred_names,
    find_series,
    metric_series_of,
)
from reports.analysis.records.answers import StopCandidate, StopCheck, StopReason
from reports.analysis.text.note_references import NoteNames
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.similarity import similarity
from reports.analysis.text.vocabulary import contains_term


def stop_candidates(log: TeamLog, claims: Sequence[ImpactClaim]) -> list[StopCandidate]:
    """Return the period's candidates, those that took longest first.

    Notes whose outcome or number belongs to the period.
    """
    found = []
    ended_here = {stored.id for stored in (*log.concluded, *log.measured)}
    for stored in log.notes if ended_here else ():
        own = [claim for claim in claims if claim.stored.id == stored.id]
        reason = _reason(stored, own, log) if stored.id in ended_here else None
        if reason is not None:
            move = next(
                (
                    claim.move
                    for claim in own
                    if (claim.move.direction != "better" or is_unsure(claim))
                    and not is_undirected(claim)
                ),
                None,
            )
            found.append((stored, reason, move))
    candidates = [
        StopCandidate(
            evidence=log.evidence(stored),
            reason=reason,
            move=move,
            days=_days(stored, log),
            why=log.cause(stored.note, *_reasons(stored.note)),
            owners=stored.note.owners,
            said=any(kind == "stop" for _, kind in promised(stored.note)),
            settled=(stored.note.outcome is None and reason == "no_change")
            or any(_is_settled(text, kind, log) for text, kind in promised(stored.note)),
        )
        for stored, reason, move in found
    ]
    return sorted(
        candidates, key=lambda one: (-(one.days or 0), one.evidence.what, one.evidence.note_id)
    )


def _reason(stored: StoredNote, claims: Sequence[ImpactClaim], log: TeamLog) -> StopReason | None:
    """Return why a finished activity is a candidate; None where it is not.

    It is not where it moved something, runs on, or is not judged yet; nor where a comparison or the
    team's own verdict leaves it open ("아직 모름"): only the log's own stop, or a verdict that a
    number stood still ("Flat"), makes it one then.
    """
    note = stored.note
    if not is_executed(note) or note.outcome == "dropped" or not _is_finished(stored, log):
        return None
    left_open = log.is_left_undecided(stored) and not _is_unmoved(note)
    if (left_open and note.next_kind != "stop") or is_left_open(note):
        return None
    deferred = deferred_names(log)
    waits = any(comparison_key(metric.name) in deferred for metric in metrics_of(note))
    if (
        waits
        or _awaits_number(note)
        or any(claim.move.direction == "better" and not is_unsure(claim) for claim in claims)
    ):
        return None
    if any(map(is_undirected, claims)):  # it moved; whether the wrong way only a verdict says
        return _by_word(note) if note.outcome == "failure" else None
    if claims and not all(map(is_unsure, claims)):
        return _by_number(note, claims)
    reason = _by_word(note) if not claims or note.outcome == "failure" else None
    return None if reason == "no_effect" and not _says_no_move(stored, log) else reason


def _is_unmoved(note: Note) -> bool:
    """Return whether a number of the note stood still, in its cells and by the team's verdict."""
    return any(one.before is not None and one.change == 0 for one in metrics_of(note))


def is_left_open(note: Note) -> bool:
    """Return whether a note without a verdict says that it is too early for one, or in its next
    action that it is to be watched or measured on.
    """
    if note.outcome is not None:
        return False
    texts = (note.retrospective, note.failure_factors, note.success_factors, note.next_action)
    return any(contains_term("left_open", text) for text in texts)


def _is_settled(action: str, kind: NextKind | None, log: TeamLog) -> bool:
    """Return whether a next action goes back to what was before, or may be a stop: its own kind may
    stand in a column that is a question.
    """
    return contains_term("goes_back", action) or (kind is None and log.open_columns > 0)


def _awaits_number(note: Note) -> bool:
    """Return whether a note on hold says what was before and not yet what came of it.

    That nothing moved is then not known (method §1).
    """
    return note.outcome == "inconclusive" and any(
        one.before is not None and one.after is None and one.change is None
        for one in metrics_of(note)
    )


def _says_no_move(stored: StoredNote, log: TeamLog) -> bool:
    """Return whether the log knows that an activity left open moved no number.

    It gives no number that differs, no column is a question that may hold one, and the series of
    its metrics stood still from the week before it began.
    """
    if log.open_columns or any(_differ(metric) for metric in metrics_of(stored.note)):
        return False
    lines = metric_series_of(log)
    moves = measured_moves(stored, lines, log)
    if any(move.direction != "same" for move in moves):
        return False
    since = Week.containing(start_day_of(stored, log.zone)).back().first
    named = (find_series(lines, metric.name) for metric in metrics_of(stored.note))
    return all(_stood_still(line, since, log.period.last) for line in named if line is not None)


def _stood_still(line: MetricSeries, since: date, until: date) -> bool:
    """Return whether a series has one value at most between two days, both included."""
    return len({point.value for day, point, _ in line.points if since <= day <= until}) <= 1


def _differ(metric: Metric) -> bool:
    """Return whether a note's own cells give a number that changed."""
    return bool(metric.change) or (
        metric.before is not None and metric.after is not None and metric.before != metric.after
    )


def _reasons(note: Note) -> tuple[str, ...]:
    """Return the texts that may say why it moved nothing; a success's look back says why it
    worked.
    """
    looked_back = "" if note.outcome == "success" else note.retrospective
    return note.failure_factors, looked_back


def _by_number(note: Note, claims: Sequence[ImpactClaim]) -> StopReason:
    """Return the reason that an activity's numbers give, none of which got better.

    The team's own "failed" is a surer reason than a number that stands beside it (164 → 163).
    """
    if any(got_worse(claim) and not is_unsure(claim) for claim in claims):
        return "failed" if note.outcome == "failure" else "wrong_way"
    return "no_change"


def _by_word(note: Note) -> StopReason | None:
    """Return the reason that the log's own words give for an activity without numbers."""
    if note.outcome == "failure":
        return "failed"
    if note.outcome == "inconclusive":
        return "no_effect"
    return "said_stop" if note.next_kind == "stop" else None


def _is_finished(stored: StoredNote, log: TeamLog) -> bool:
    """Return whether a note is over, by verdict or date, and does not say that it runs on."""
    note = stored.note
    if note.outcome in NOT_OVER:
        return False
    over = says_it_is_over(stored) or gives_numbers(stored, log)
    return is_finished(note, log.period) or (over and ended(stored, log.zone) is not None)


def _days(stored: StoredNote, log: TeamLog) -> int | None:
    """Return the days the activity took, up to the period's end; None without a start or an end."""
    start, end = stored.note.start_date, stored.note.end_date
    if start is None or end is None:
        return None
    return max(0, (min(end, log.period.last) - start).days)


def stop_checks(log: TeamLog, last: TeamLog) -> tuple[StopCheck, ...]:
    """Return what became of the last report's candidates; `last` is the log as it saw it."""
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
    if now is not None and _was_stopped(past, now):
        return StopCheck(candidate, "stopped", log.evidence(now))
    alike = next((other for other in log.period_notes if _alike(past, other, log)), None)
    if alike is not None:
        return StopCheck(candidate, "continued", log.evidence(alike), sure=False)
    return StopCheck(candidate, "unknown")


def find_continuation(past: StoredNote, log: TeamLog) -> StoredNote | None:
    """Return the period's note that continues an activity, by name or by reference; or None."""
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
    """Return whether the note itself says that it was still done in the period."""
    note = stored.note
    if note.next_kind == "stop" and note.outcome != "running":
        return False
    return note.outcome == "running" or bool(
        note.end_date
        and note.end_date >= log.period.first
        and day_of(stored, log.zone) in log.period
    )


def _was_stopped(past: StoredNote, now: StoredNote) -> bool:
    """Return whether an end was written after the question.

    A trial that was over already has not been stopped by it.
    """
    said = now.note.next_kind == "stop" and past.note.next_kind != "stop"
    return said or (now.note.outcome == "dropped" and past.note.outcome != "dropped")


def _alike(past: StoredNote, other: StoredNote, log: TeamLog) -> bool:
    """Return whether another note of the same owner reads like the activity (suggests only)."""
    if (
        other.id == past.id
        or not is_executed(other.note)
        or not set(past.note.owners) & set(other.note.owners)
    ):
        return False
    return similarity(log.what(past.note), log.what(other.note)) >= log.rules.similar
