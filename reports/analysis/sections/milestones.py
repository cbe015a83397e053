"""Milestones reached in a period (자축할 것): a target met, or named so by the log (method §2)."""

from collections.abc import Iterator, Sequence

from reports.analysis.data.period_membership import is_executed
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.impact import ImpactClaim
from reports.analysis.metrics.metric_series import period_metrics
from reports.analysis.records.answers import MetricChange, PeriodMetric
from reports.analysis.records.section_results import Milestone
from reports.analysis.text.quoting import comparison_key, sentences
from reports.analysis.text.vocabulary import contains_term


def find_milestones(log: TeamLog, claims: Sequence[ImpactClaim]) -> tuple[Milestone, ...]:
    """Return the milestones of the period, each metric and each note once."""
    seen: set[str] = set()
    found = []
    for one in (*_claimed(log, claims), *_lines(log), *_named(log)):
        keys = {comparison_key(one.text), one.evidence.note_id}
        if not keys & seen:
            seen |= keys
            found.append(one)
    return tuple(found[: log.rules.list_size])


def _claimed(log: TeamLog, claims: Sequence[ImpactClaim]) -> Iterator[Milestone]:
    before = {
        comparison_key(number.name) for number in period_metrics(log) if _reached_before(number)
    }
    for claim in claims:
        if _reached(claim.move) and comparison_key(claim.move.name) not in before:
            text = log.aim(claim.move.name) or log.what(claim.stored.note)
            yield Milestone("target_reached", text, log.evidence(claim.stored), claim.move)


def _reached(move: MetricChange) -> bool:
    """Return whether the change crossed its target; a comparison of groups does not."""
    if move.before_counts and move.after_counts:
        return False
    if (
        move.before is None
        or move.after is None
        or move.target is None
        or move.direction != "better"
    ):
        return False
    if move.better == "up":
        return move.before < move.target <= move.after
    return move.after <= move.target < move.before


def _lines(log: TeamLog) -> Iterator[Milestone]:
    for number in period_metrics(log):
        if number.evidence is not None and _line_reached(number) and not _reached_before(number):
            yield Milestone("target_reached", log.aim(number.name), number.evidence)


def _line_reached(number: PeriodMetric) -> bool:
    if number.previous is None or number.target is None:
        return False
    if number.better == "up":
        return number.previous < number.target <= number.value
    return number.value <= number.target < number.previous


def _reached_before(number: PeriodMetric) -> bool:
    """Return whether an earlier number of the series met the target: a milestone is named once."""
    target = number.target
    if target is None:
        return False
    earlier = (value for _, value in number.history[:-1])
    return any(value >= target if number.better == "up" else value <= target for value in earlier)


def _named(log: TeamLog) -> Iterator[Milestone]:
    """Yield what a tag or sentence of a note that was carried out calls a milestone."""
    bare = (
        stored
        for stored in log.period_notes
        if not stored.note.outcome and not stored.note.retrospective
    )
    told = {stored.id for stored in (*log.looked_back, *log.concluded, *bare)}
    for stored in (stored for stored in log.notes if stored.id in told):
        note = stored.note
        if not is_executed(note) or note.outcome in {"failure", "dropped", "inconclusive"}:
            continue
        lines = [line for line in sentences(note.retrospective) if contains_term("milestone", line)]
        tagged = any(contains_term("milestone", tag) for tag in note.tags)
        text = (
            log.quote(lines[0])
            if lines
            else log.what(note)
            if tagged or contains_term("milestone", note.title)
            else ""
        )
        if text:
            yield Milestone("named", text, log.evidence(stored))
