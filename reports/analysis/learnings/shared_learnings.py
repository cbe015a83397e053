"""Learnings of one team that another could use (학습 공유, method §12).

Found by a shared metric, tag or goal; else suggested by similar text.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from notes.model.notes import StoredNote
from reports.analysis.data.team_log import TeamLog, build_log, is_same_text, without_placeholder
from reports.analysis.metrics.metric_change import metrics_of
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report_record import SharedLearning
from reports.analysis.records.rules import ReportRules
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.similarity import similarity

from .learnings import Learning, learnings_of

SharingReason = Literal["same_metric", "same_tag", "same_goal", "similar"]
_ORDER: tuple[SharingReason, ...] = ("same_metric", "same_tag", "same_goal", "similar")
"""Reasons from the surest to the least sure; only "similar" is a suggestion."""


def shared_learnings(several: Sequence[ReportInputs]) -> tuple[SharedLearning, ...]:
    """Return the period's learnings that worked in one team and fit another, surest first.

    Each learning is named once for each other team; at most `rules.list_size` are returned.
    """
    logs = [build_log(inputs) for inputs in several]
    found: list[SharedLearning] = []
    for ours in logs:
        learnings = [learning for learning in learnings_of(ours) if learning.applied]
        for theirs in logs:
            if theirs.team.name != ours.team.name:
                found += (
                    one
                    for learning in learnings
                    if (one := _fit(learning, ours, theirs)) is not None
                )
    rules = several[0].rules if several else ReportRules()
    found.sort(
        key=lambda one: (not one.sure, _ORDER.index(one.because), one.team, one.other, one.learned)
    )
    return tuple(found[: rules.list_size])


def _fit(learning: Learning, ours: TeamLog, theirs: TeamLog) -> SharedLearning | None:
    """Return the learning as shared with the other team; None where none of its notes matches."""
    matches = (
        match
        for stored in theirs.period_notes
        for match in _matches(learning.stored, stored, theirs)
    )
    best = min(matches, key=lambda match: (_ORDER.index(match[0]), match[1]), default=None)
    learned = ours.quote(learning.stored.note.learned)
    if best is None or not learned or _known(learning.stored, theirs):
        return None
    because, matched = best
    return SharedLearning(
        team=ours.team.name,
        other=theirs.team.name,
        learned=learned,
        evidence=ours.evidence(learning.stored),
        because=because,
        matched=theirs.quote(matched),
        sure=because != "similar",
    )


def _matches(
    learning: StoredNote, stored: StoredNote, theirs: TeamLog
) -> Iterator[tuple[SharingReason, str]]:
    """Yield why another team's note is about the same thing, and the words that say so."""
    note, other = learning.note, stored.note
    names = {comparison_key(metric.name) for metric in metrics_of(note)} - {""}
    for metric in metrics_of(other):
        if comparison_key(metric.name) in names:
            yield "same_metric", metric.name
    for tag in other.tags:
        if tag in note.tags:
            yield "same_tag", tag
    if is_same_text(note.goal, other.goal):
        yield "same_goal", other.goal
    if similarity(note.learned, f"{other.hypothesis} {other.execution}") >= theirs.rules.similar:
        yield "similar", theirs.what(other)


def _known(learning: StoredNote, theirs: TeamLog) -> bool:
    """Return whether the other team has the same learning itself, in the same words."""
    return any(
        is_same_text(learning.note.learned, stored.note.learned)
        for stored in theirs.notes
        if without_placeholder(stored.note.learned)
    )
