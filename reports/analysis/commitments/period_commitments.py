"""Builds the commitment ledger of a period (method §6): one for mail, preview and archive."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from notes.model.notes import StoredNote
from notes.model.periods import Week
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.erased import Erased
from reports.analysis.records.section_results import Commitment, CommitmentLedger, CommitmentState

from .all_commitments import Standing, standing

_STATES: tuple[CommitmentState, ...] = (
    "came_back",
    "vanished",
    "unanswered",
    "stopped",
    "running",
    "kept",
)
"""The order of states in the ledger: what needs attention first."""
_CLOSED: tuple[CommitmentState, ...] = ("kept", "running", "stopped")
"""States that count as answered for the loop-closure rate; running is not "no answer" (method §6).
"""


def commitment_ledger(
    log: TeamLog, gone: Sequence[StoredNote] = (), erased: Sequence[Erased] = ()
) -> CommitmentLedger:
    """Return the ledger at the end of the log's period, and its closure rate a period earlier.

    Args:
        log: all that is known of the team.
        gone: notes that vanished.
        erased: notes as they were before a text was taken out of them.
    """
    period = log.period
    eve = period.first - timedelta(days=1)
    made_before = [one for one in standing(log, gone, erased) if one.made < period.first]
    items = [_with_due(one) for one in made_before]
    changed = [item for item in items if item.changed == str(period)]
    waiting = [item for item in items if item.due and item not in changed]
    sure = [item for item in items if item.sure]
    counts = {state: sum(item.state == state for item in sure) for state in _STATES}
    counts["unanswered"] += len(items) - len(sure)
    earlier = standing(log, gone, erased, until=eve)
    return CommitmentLedger(
        items=(*_first_those_to_look_at(changed), *waiting)[: log.rules.list_size],
        due=len(items),
        counts=tuple((state, counts[state]) for state in reversed(_STATES)),
        suggested=len(items) - len(sure),
        closure=_closure(items),
        previous_closure=_closure([one.item for one in earlier if one.made < period.back().first]),
        changed_total=len(changed),
    )


def _with_due(one: Standing) -> Commitment:
    return replace(one.item, due=one.item.state == "unanswered")


def _first_those_to_look_at(items: Sequence[Commitment]) -> list[Commitment]:
    return sorted(
        items,
        key=lambda item: (_STATES.index(item.state), not item.sure, _late(item.made), item.text),
    )


def _late(made: str) -> int:
    return -Week.parse(made).first.toordinal()


def _closure(items: Sequence[Commitment]) -> float | None:
    """Return the share of due commitments that have a sure answer; None without any."""
    if not items:
        return None
    return sum(item.sure and item.state in _CLOSED for item in items) / len(items)
