"""Which activities moved a metric in a period, graded by evidence and ranked (method §3).

notes of the period ─► claims (a note and its metric change) ─► graded, ranked
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from notes.model.notes import Metric, Outcome, StoredNote
from notes.model.periods import Month, Period, Week
from reports.analysis.data.period_membership import (
    day_of,
    ended,
    is_executed,
    measured_on,
    says_it_is_over,
    start_day_of,
)
from reports.analysis.data.team_log import TeamLog, activity_keys, is_same_text
from reports.analysis.records.answers import Direction, Grade, GradeReason, MetricChange
from reports.analysis.text.quoting import comparison_key

from .better_way import known_ways
from .claimed_numbers import claimed_metric, other_side, with_counts
from .metric_change import (
    PERCENT,
    counted_part,
    is_either_way,
    metric_change_of,
    metrics_of,
    names_more,
)
from .metric_series import (
    MetricSeries,
    find_series,
    known_of,
    longer_named,
    lower_is_better,
    metric_series_of,
    target_in_use,
)
from .unit_scales import in_unit_of, scale_of, with_percentages

_TINY = 1e-9
"""Below this difference two numbers are equal: rounding errors of floating-point sums."""
_GRADES: dict[Grade, int] = {"strong": 0, "medium": 1, "weak": 2}
"""Evidence grades in rank order (method §3)."""


@dataclass(frozen=True, slots=True)
class ImpactClaim:
    """A note of the period with a metric that it claims to have moved, and the evidence grade.

    `is_open`: the team's verdict leaves the trial open, or is written in words that nobody could
    read (ADR 0726).
    """

    stored: StoredNote
    move: MetricChange
    grade: Grade
    reasons: tuple[GradeReason, ...]
    repeated: tuple[StoredNote, ...] = ()
    is_open: bool = False


def claims_of(log: TeamLog) -> tuple[ImpactClaim, ...]:
    """Return every claim of the period's executed notes, each note's metrics in its own order.

    A number that the note gives belongs to the day it was measured; where a dated series of its
    name has a number of the period and of the one before, that one and its change count. A note
    without numbers takes those of the series once it is over.
    """
    lines = metric_series_of(log)
    notes = {
        stored.id: stored
        for stored in (*log.measured, *log.period_notes)
        if is_executed(stored.note)
    }
    ordered = [stored for stored in log.notes if stored.id in notes]
    return tuple(claim for stored in ordered for claim in _claims(stored, log, lines))


def disputes_of(log: TeamLog) -> tuple[tuple[StoredNote, MetricChange, MetricSeries], ...]:
    """Return where notes of the period contradict the series of the same name.

    A month that adds up weeks contradicts no number of one of them.
    """
    lines = metric_series_of(log)
    found = []
    for stored in log.measured:
        for metric, move in _own_moves(stored, log, lines) if is_executed(stored.note) else ():
            line = find_series(lines, metric.name)
            if line is None or move.comparison or _is_of_weeks(line, log):
                continue
            if _differs(move, line, log) and not _may_be_of_another(move, line, stored, log=log):
                found.append((stored, move, line))
    return tuple(found)


def _claims(
    stored: StoredNote, log: TeamLog, lines: Sequence[MetricSeries]
) -> Iterator[ImpactClaim]:
    own = _own_moves(stored, log, lines) if stored.id in log.measured_ids else []
    for metric, move in own:
        if not comparison_key(move.name) or _is_doubtful(move, stored, lines, log=log):
            continue  # a number without a name never leaves its note (method §3)
        line = None if move.comparison else find_series(lines, metric.name)
        told = _told_by(line, metric, log, stored=stored) if line else None
        alone = line is None or (
            line.value_in(log.period.back()) is None and not _differs(move, line, log)
        )
        silent = line is not None and line.value_in(log.period) is None
        own_week = line is not None and told is None and _is_of_weeks(line, log)
        if line and any(_came_back(one, line, log) for one in (told, move) if one is not None):
            continue
        if alone or silent or own_week:
            yield _graded(stored, metric, move, log=log)
        elif told is not None and told.direction == move.direction:
            yield _graded(stored, replace(metric, evidence="series"), told, log=log)
    if not own and _takes_from_series(stored, log):
        for metric in metrics_of(stored.note):
            line = find_series(lines, metric.name)
            scaled = _as_in_table(metric, line) if line else metric
            told = _told_by(line, scaled, log, stored=stored) if line else None
            if told is not None:
                yield _graded(stored, replace(scaled, evidence="series"), told, log=log)


def _is_doubtful(
    move: MetricChange, stored: StoredNote, lines: Sequence[MetricSeries], *, log: TeamLog
) -> bool:
    """Return whether a number may be the one that a series tells otherwise under a longer name.

    "On-time 82% → 86% on those two" beside a table that has "On-time departures" at 82: whether
    both are one number nobody can say, so nothing is told of the note's (ADR 0726).
    """
    if move.comparison or move.after is None:
        return False
    own = find_series(lines, move.name)
    if own is not None:
        return _is_of_another_week(move, own, stored, log=log)
    week = Week.containing(measured_on(stored, log.zone) or day_of(stored, log.zone))
    period: Period = week if isinstance(log.period, Month) else log.period
    values = [line.value_in(period) for line in longer_named(lines, move.name)]
    return any(one is not None and abs(one - move.after) > _TINY for one in values)


def doubtful_moves(log: TeamLog) -> int:
    """Return how many notes of the period give a number that a series may tell otherwise."""
    lines = metric_series_of(log)
    return sum(
        any(
            _is_doubtful(move, stored, lines, log=log) for _, move in _own_moves(stored, log, lines)
        )
        for stored in log.measured
        if is_executed(stored.note)
    )


def _is_of_another_week(
    move: MetricChange, line: MetricSeries, stored: StoredNote, *, log: TeamLog
) -> bool:
    """Return whether a note's number is the series' of an earlier week of its trial.

    A result that is written late is not credited with what the number did since (ADR 0726).
    """
    if isinstance(log.period, Month) or not _differs(move, line, log):
        return False
    earlier = _values_of_the_trial(line, stored, log)
    return any(one is not None and abs(one - (move.after or 0.0)) <= _TINY for one in earlier)


def _came_back(move: MetricChange, line: MetricSeries, log: TeamLog) -> bool:
    """Return whether a number that a note of the month moved stands at its end where it was before,
    or beyond: a churn of 3.6 in one week is not what the month came to (ADR 0726).
    """
    last = line.last_in(log.period)
    if not _is_of_weeks(line, log) or last is None or move.before is None or not move.change:
        return False
    return (last[0].value - move.before) * move.change <= 0


def is_against_verdict(outcome: Outcome | None, direction: Direction) -> bool:
    """Return whether a team's verdict denies that its trial moved the number in a direction."""
    if outcome == "inconclusive":
        return direction in {"better", "worse"}
    return outcome == "failure" and direction == "better"


def is_contrary(claim: ImpactClaim) -> bool:
    """Return whether the team's verdict leaves open, or denies, what the note's number would say.

    The number stands in the log and is told; it is credited to nobody (ADR 0683).
    """
    move, outcome = claim.move, claim.stored.note.outcome
    said: Outcome | None = "inconclusive" if claim.is_open else outcome
    return not move.comparison and is_against_verdict(said, move.direction)


def is_contradicted(claim: ImpactClaim) -> bool:
    """Return whether the log's own verdict speaks against what the number would say of the trial.

    A trial that its team calls a failure, or leaves open, moved nothing for the better, nor did one
    that is left open move anything for the worse: that a number stands beside it is no cause (ADR
    0683). A failure whose number rose and whose name says nothing ("물류비" before it was known)
    has not made anything better, nor a success anything worse. Where a team may want more or less
    of a thing ("tickets"), only a verdict tells which (ADR 0681).
    """
    move = claim.move
    if is_contrary(claim):
        return True
    if move.better_by != "default" or names_more("plainly_more", counted_part(move.name)):
        return False
    outcome = claim.stored.note.outcome or ""
    if is_either_way(move.name) and not move.comparison:
        agrees = {"failure": "worse", "success": "better"}.get(outcome)
        return move.direction not in {"same", agrees}
    return outcome == "success" and move.direction == "worse" and not move.comparison


def measured_moves(
    stored: StoredNote, lines: Sequence[MetricSeries], log: TeamLog
) -> tuple[MetricChange, ...]:
    """Return what came of each of a note's numbers: as the series tells it, else as the note does.

    Also where the series contradicts the note, so that it moved nothing (method §3). `lines` are
    the log's series.
    """
    found = []
    for metric, move in _own_moves(stored, log, lines) if stored.id in log.measured_ids else ():
        line = None if move.comparison else find_series(lines, metric.name)
        told = _told_by(line, metric, log, stored=stored) if line else None
        found.append(told or move)
    return tuple(found)


def _is_of_weeks(line: MetricSeries, log: TeamLog) -> bool:
    return isinstance(log.period, Month) and line.is_several_in(log.period)


def gives_numbers(stored: StoredNote, log: TeamLog) -> bool:
    """Return whether a note gives numbers of its own."""
    return bool(_own_moves(stored, log))


def _own_moves(
    stored: StoredNote, log: TeamLog, lines: Sequence[MetricSeries] = ()
) -> list[tuple[Metric, MetricChange]]:
    """Return the changes of the note's metrics; of the first one also those its texts claim.

    Where one of `lines` counts the metric in units of another size (만원 beside 원), in its unit.
    """
    found = []
    for at, metric in enumerate(list(metrics_of(stored.note)) or [Metric()]):
        measured = _measured(metric, stored, first=at == 0)
        line = find_series(lines, measured.name) if measured else None
        measured = _as_in_table(measured, line) if measured and line else measured
        move = metric_change_of(measured, known_ways(log)) if measured else None
        if measured is not None and move is not None:
            side = log.quote(other_side(metric, stored.note)) if move.comparison else ""
            found.append((measured, replace(move, other_side=side)))
    return found


def _as_in_table(metric: Metric, line: MetricSeries) -> Metric:
    """Return the metric in the unit of its series; a bare count takes the series' counter.

    A fraction (0.86) is told in percent where the series is: both are one number (ADR 0726).
    """
    if line.unit == "%":
        return with_percentages(metric, [point.value for _, point, _ in line.points])
    scaled = in_unit_of(metric, line.unit)
    if scaled.unit or line.unit in PERCENT or scale_of(line.unit)[1] != 1:
        return scaled
    return replace(scaled, unit=line.unit)


def _measured(metric: Metric, stored: StoredNote, *, first: bool) -> Metric | None:
    """Return the metric with its numbers; None where the note gives none."""
    counted = with_counts(metric, stored.note) if first else metric
    if _has_numbers(counted):
        return counted
    claimed = claimed_metric(stored.note) if first else None
    if claimed is None or not _agrees(claimed, metric):
        return None
    return replace(
        claimed,
        name=metric.name or claimed.name,
        target=metric.target,
        lower_is_better=metric.lower_is_better,
    )


def _agrees(claimed: Metric, metric: Metric) -> bool:
    """Return whether a claim in a text has the level that the metric's own cells hold.

    Beside a before of 14, "opened from 11 to 2" tells hours and no result.
    """
    sides = ((claimed.before, metric.before), (claimed.after, metric.after))
    return all(said == own for said, own in sides if said is not None and own is not None)


def _has_numbers(metric: Metric) -> bool:
    both = metric.before is not None and metric.after is not None
    return (
        both
        or metric.change is not None
        or (metric.before_counts is not None and metric.after_counts is not None)
    )


def _takes_from_series(stored: StoredNote, log: TeamLog) -> bool:
    """Return whether a note without own numbers may take a series': it is over and did not fail.

    Not one that says what was before and neither what came of it nor how it ended: its team has
    not written the result yet, and may measure another week.
    """
    waits = any(one.before is not None and one.after is None for one in metrics_of(stored.note))
    if waits and not stored.note.outcome:
        return False
    end = ended(stored, log.zone)
    over = end is not None and end in log.period and says_it_is_over(stored)
    denied = stored.note.outcome in {"failure", "dropped"} or log.is_left_undecided(stored)
    return over and not denied


def _told_by(
    line: MetricSeries, metric: Metric, log: TeamLog, *, stored: StoredNote
) -> MetricChange | None:
    """Return the period's change of a series; None without numbers of this and the last period.

    In a month of several numbers a note is judged by the week in which its own was measured: the
    month's mean or sum says nothing of what one trial moved.
    """
    period: Period = log.period
    if _is_of_weeks(line, log):
        period = Week.containing(measured_on(stored, log.zone) or day_of(stored, log.zone))
    value, previous = line.value_in(period), line.value_before(period)
    if value is None or previous is None:
        return None
    target = metric.target
    if target is None:
        target = target_in_use(known_of(line, log), log)
    target = None if line.adds_up(period) else target
    dated = Metric(
        name=line.name,
        before=previous,
        after=value,
        unit=line.unit or metric.unit,
        target=target,
        lower_is_better=lower_is_better(line, log),
        evidence="series",
    )
    return metric_change_of(dated, known_ways(log))


def _differs(move: MetricChange, line: MetricSeries, log: TeamLog) -> bool:
    """Return whether the note's number differs from the series' number of the period."""
    value = line.value_in(log.period)
    return value is not None and move.after is not None and abs(move.after - value) > _TINY


def _may_be_of_another(
    move: MetricChange, line: MetricSeries, stored: StoredNote, *, log: TeamLog
) -> bool:
    """Return whether a note's number may be that of another period of its trial, or of one that the
    series does not hold: a result that is written late is no contradiction (ADR 0726).
    """
    own = _values_of_the_trial(line, stored, log)
    return any(one is None or abs(one - (move.after or 0.0)) <= _TINY for one in own)


def _values_of_the_trial(
    line: MetricSeries, stored: StoredNote, log: TeamLog
) -> list[float | None]:
    """Return a series' values of the periods before this one since a trial began, the latest
    first.
    """
    first = start_day_of(stored, log.zone)
    back = (log.period.back(n) for n in range(1, log.rules.window_weeks))
    return [line.value_in(period) for period in takewhile(lambda one: one.last >= first, back)]


def _graded(stored: StoredNote, metric: Metric, move: MetricChange, *, log: TeamLog) -> ImpactClaim:
    repeated = () if move.comparison else _repeated(stored, move, log)
    grade, reason = _grade(metric, move, repeated=bool(repeated))
    is_open = log.is_left_undecided(stored)
    return ImpactClaim(stored, move, grade, (reason,), repeated, is_open=is_open)


def _grade(metric: Metric, move: MetricChange, *, repeated: bool) -> tuple[Grade, GradeReason]:
    """Return the evidence grade of a change and what it rests on (method §3)."""
    if repeated:
        return "strong", "repeated"
    if move.comparison:
        sure = move.interval is not None and not move.interval.includes_zero
        return ("strong" if sure else "medium"), "control"
    if metric.evidence == "text" or move.before is None or move.after is None:
        return "weak", "text"
    return "medium", metric.evidence


def is_unsure(claim: ImpactClaim) -> bool:
    """Return whether a claim's two sides are counted and their interval includes zero: chance alone
    would move them as far (ADR 0726).
    """
    return claim.move.interval is not None and claim.move.interval.includes_zero


def got_worse(claim: ImpactClaim) -> bool:
    """Return whether a number plainly got worse: nothing but a guess says so of some (ADR 0672).

    Nor does a failure say which way was wanted: what should fall may have fallen too little.
    """
    move = claim.move
    if is_contrary(claim) or _reaches_for_target(claim):
        return False
    return move.direction == "worse" and move.better_by != "default"


def _reaches_for_target(claim: ImpactClaim) -> bool:
    """Return whether a success moved its number towards the target that the log writes.

    Only a word in the name calls that worse ("하자 재방문": fewer visits): verdict and target are
    what the team wrote, so it is told as no loss (ADR 0684).
    """
    move = claim.move
    if claim.stored.note.outcome != "success" or move.target is None or move.before is None:
        return False
    return move.better_by == "word" and move.change * (move.target - move.before) > 0


def is_undirected(claim: ImpactClaim) -> bool:
    """Return whether a number moved down of which nothing says that more is better: that is neither
    an improvement nor a loss (ADR 0672), and "no number improved" cannot be said beside it.
    """
    return claim.move.direction == "worse" and not got_worse(claim)


def _repeated(stored: StoredNote, move: MetricChange, log: TeamLog) -> tuple[StoredNote, ...]:
    """Return notes of other periods in which the same activity moved the metric the same way."""
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
    if log.is_left_undecided(other) or is_against_verdict(other.note.outcome, "better"):
        return False
    moves = (metric_change_of(metric, known_ways(log)) for metric in metrics_of(other.note))
    return any(
        found is not None and found.direction == "better" and is_same_text(found.name, move.name)
        for found in moves
    )


def _same_activity(stored: StoredNote, log: TeamLog) -> list[StoredNote]:
    """Return the other notes of the same activity, by name or link, in the log's order."""
    own = log.references_by_note.get(stored.id, ())
    found = {reference.stored.id: reference.stored for reference in own if reference.how == "link"}
    for name in activity_keys(stored.note):
        found |= {other.id: other for other in log.by_name.get(name, ())}
    linked = log.index.linked(log.said[stored.id])
    found |= {note_id: log.by_id[note_id] for note_id in linked}
    return [
        other
        for other in sorted(
            found.values(), key=lambda one: (day_of(one, log.zone), one.note.title, one.id)
        )
        if other.id != stored.id
    ]


def better_claims(claims: Sequence[ImpactClaim], log: TeamLog) -> list[ImpactClaim]:
    """Return one claim a note, best first: its best improvement.

    Not of notes whose first metric went the wrong way, and no comparisons that may be chance.
    """
    by_note: dict[str, list[ImpactClaim]] = defaultdict(list)
    for claim in claims:
        by_note[claim.stored.id].append(claim)
    best = []
    for own in by_note.values():
        better = [
            claim
            for claim in own
            if claim.move.direction == "better" and not is_unsure(claim)
            if not is_contradicted(claim)
        ]
        if better and own[0].move.direction != "worse":
            best.append(min(better, key=lambda claim: rank(claim, log)))
    return sorted(best, key=lambda claim: rank(claim, log))


def rank(claim: ImpactClaim, log: TeamLog) -> tuple[object, ...]:
    """Return the sort key of a claim: grade, size, later date, title (method §3)."""
    size = claim.move.size if claim.move.size is not None else -1.0
    day = day_of(claim.stored, log.zone).toordinal()
    return (
        _GRADES[claim.grade],
        -round(size, 9),
        -day,
        log.what(claim.stored.note),
        claim.stored.id,
    )
