"""What the notes of a period claim to have moved, with the grade of their evidence (METHOD.md §3).

notes of the period ─► claims (a note and a move) ─► graded, ranked
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notes.model.notes import Metric, StoredNote
from notes.model.periods import Week
from reports.analysis.data.period_membership import day_of, is_executed, start_day_of
from reports.analysis.data.team_log import TeamLog, activity_keys, is_same_text
from reports.analysis.records.answers import Grade, GradeReason, MetricChange
from reports.analysis.text.quoting import comparison_key

from .claimed_numbers import claimed_metric, with_counts
from .metric_change import metric_change_of, metrics_of
from .metric_series import MetricSeries, find_series, metric_series_of

_GRADES: dict[Grade, int] = {"strong": 0, "medium": 1, "weak": 2}


@dataclass(frozen=True, slots=True)
class ImpactClaim:
    """A note of the period that claims to have moved a metric, with the grade of its evidence."""

    stored: StoredNote
    move: MetricChange
    grade: Grade
    reasons: tuple[GradeReason, ...]
    repeated: tuple[StoredNote, ...] = ()


def claims_of(log: TeamLog, notes: Sequence[StoredNote] | None = None) -> tuple[ImpactClaim, ...]:
    """Return every claim of the period's executed notes, each note's metrics in its own order."""
    lines = metric_series_of(log)
    here = log.period_notes if notes is None else notes
    found: list[ImpactClaim] = []
    for stored in here:
        if is_executed(stored.note):
            found += _claims(stored, log, lines)
    return tuple(found)


def _claims(stored: StoredNote, log: TeamLog, lines: Sequence[MetricSeries]) -> list[ImpactClaim]:
    claims = []
    metrics = list(metrics_of(stored.note))
    for at, metric in enumerate(metrics or [Metric()]):
        measured = _measured(metric, stored, log, lines, first=at == 0)
        move = metric_change_of(measured, log.team.better) if measured else None
        if measured is not None and move is not None:
            claims.append(_graded(stored, measured, move, log))
    return claims


def _measured(
    metric: Metric, stored: StoredNote, log: TeamLog, lines: Sequence[MetricSeries], *, first: bool
) -> Metric | None:
    """Return the metric with numbers.

    Its own, the series', for the first one also those that the texts claim.
    """
    counted = with_counts(metric, stored.note) if first else metric
    if _has_numbers(counted):
        return counted
    found = _from_series(counted, stored, log, lines)
    if found is not None or not first:
        return found
    claimed = claimed_metric(stored.note)
    if claimed is None:
        return None
    return replace(
        claimed,
        name=metric.name or claimed.name,
        target=metric.target,
        lower_is_better=metric.lower_is_better,
    )


def _has_numbers(metric: Metric) -> bool:
    both = metric.before is not None and metric.after is not None
    return (
        both
        or metric.change is not None
        or (metric.before_counts is not None and metric.after_counts is not None)
    )


def _from_series(
    metric: Metric, stored: StoredNote, log: TeamLog, lines: Sequence[MetricSeries]
) -> Metric | None:
    """Return the metric with the numbers of the series it names.

    Last before the note's week, last of the period.
    """
    line = find_series(lines, metric.name)
    here = line.last_in(log.period) if line else None
    before = (
        line.last_before(Week.containing(start_day_of(stored, log.zone)).first) if line else None
    )
    if line is None or here is None or before is None:
        return None
    point = here[0]
    target = metric.target if metric.target is not None else point.target
    lower = metric.lower_is_better if metric.lower_is_better is not None else point.lower_is_better
    return replace(
        metric,
        before=before.value,
        after=point.value,
        unit=metric.unit or point.unit,
        target=target,
        lower_is_better=lower,
        evidence="series",
    )


def _graded(stored: StoredNote, metric: Metric, move: MetricChange, log: TeamLog) -> ImpactClaim:
    repeated = _repeated(stored, move, log)
    strong: list[GradeReason] = []
    if metric.comparison:
        strong.append("control")
    if move.interval is not None:
        strong.append("counts")
    if repeated:
        strong.append("repeated")
    if strong:
        return ImpactClaim(stored, move, "strong", tuple(strong), repeated)
    if metric.evidence == "text" or move.before is None or move.after is None:
        return ImpactClaim(stored, move, "weak", ("text",))
    return ImpactClaim(stored, move, "medium", (metric.evidence,))


def _repeated(stored: StoredNote, move: MetricChange, log: TeamLog) -> tuple[StoredNote, ...]:
    """Return other notes, of other periods, in which the same activity moved the same metric the same way."""
    if move.direction != "better" or not comparison_key(move.name):
        return ()
    return tuple(
        other
        for other in _same_activity(stored, log)
        if other.id not in log.period_note_ids
        and day_of(other, log.zone) < log.period.first
        and is_executed(other.note)
        and _moved_same(other, move, log)
    )


def _moved_same(other: StoredNote, move: MetricChange, log: TeamLog) -> bool:
    moves = (metric_change_of(metric, log.team.better) for metric in metrics_of(other.note))
    return any(
        found is not None and found.direction == "better" and is_same_text(found.name, move.name)
        for found in moves
    )


def _same_activity(stored: StoredNote, log: TeamLog) -> list[StoredNote]:
    """Return the other notes of the same activity, by its name or by a link either way, in the log's order."""
    own = log.references_by_note.get(stored.id, ())
    found = {reference.stored.id: reference.stored for reference in own if reference.how == "link"}
    for name in activity_keys(stored.note):
        found |= {other.id: other for other in log.by_name.get(name, ())}
    linked = set(log.index.linked(log.said[stored.id]))
    if linked:
        found |= {other.id: other for other in log.notes if other.id in linked}
    return [
        other
        for other in sorted(
            found.values(), key=lambda one: (day_of(one, log.zone), one.note.title, one.id)
        )
        if other.id != stored.id
    ]


def better_claims(claims: Sequence[ImpactClaim], log: TeamLog) -> list[ImpactClaim]:
    """Return one claim a note, best first.

    Its best move the right way, unless its first metric went the wrong way.
    """
    by_note: dict[str, list[ImpactClaim]] = defaultdict(list)
    for claim in claims:
        by_note[claim.stored.id].append(claim)
    best = []
    for own in by_note.values():
        better = [claim for claim in own if claim.move.direction == "better"]
        if better and own[0].move.direction != "worse":
            best.append(min(better, key=lambda claim: rank(claim, log)))
    return sorted(best, key=lambda claim: rank(claim, log))


def rank(claim: ImpactClaim, log: TeamLog) -> tuple[object, ...]:
    """Grade, then size, then the later date, then the title: the same data gives the same page."""
    size = claim.move.size if claim.move.size is not None else -1.0
    day = day_of(claim.stored, log.zone).toordinal()
    return (
        _GRADES[claim.grade],
        -round(size, 9),
        -day,
        log.what(claim.stored.note),
        claim.stored.id,
    )
