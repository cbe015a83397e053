"""Builds the commitment ledger of a period (method §6), the same for mail, preview and archive."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from notes.model.notes import StoredNote
from notes.model.periods import Period, Week
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.removed_actions import RemovedAction
from reports.analysis.records.section_results import Commitment, CommitmentLedger, CommitmentState

from .all_commitments import Standing, standing, worded
from .promise_times import last_day_of

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
    log: TeamLog, gone: Sequence[StoredNote] = (), removed: Sequence[RemovedAction] = ()
) -> CommitmentLedger:
    """Return the ledger at the end of the log's period, and its closure rate a period earlier.

    Args:
        log: all that is known of the team.
        gone: notes that vanished.
        removed: notes as they were before a text was taken out of them.
    """
    period = log.period
    eve = period.first - timedelta(days=1)
    made_before = [
        one
        for one in standing(log, gone, removed)
        if one.made < period.first and not _is_to_come(one, period.last)
    ]
    changed = [one for one in made_before if _changed_in(one, period)]
    due = [one for one in made_before if _is_due(one)]
    waiting = [one for one in due if not _changed_in(one, period)][: log.rules.list_size]
    sure = [one for one in made_before if one.sure]
    counts = Counter(one.state for one in sure)
    earlier = standing(log, gone, removed, until=eve)
    shown = (
        *_first_those_to_look_at([_item(one, log) for one in changed]),
        *(_item(one, log) for one in waiting),
    )
    return CommitmentLedger(
        items=shown[: log.rules.list_size],
        due=len(made_before),
        counts=tuple((state, counts[state]) for state in reversed(_STATES)),
        suggested=sum(not one.sure and one.answer is not None for one in made_before),
        unclear=sum(not one.sure and one.answer is None for one in made_before),
        closure=_closure(made_before),
        previous_closure=_closure(
            [one for one in earlier if one.made < period.back().first and not _is_to_come(one, eve)]
        ),
        changed_total=len(changed),
    )


def _changed_in(one: Standing, period: Period) -> bool:
    """Return whether a promise reached its state in the period."""
    return one.on is not None and one.on in period


def _is_to_come(one: Standing, day: date) -> bool:
    """Return whether the time that a promise names for itself has not passed: none is due yet."""
    until = last_day_of(one.promise.text, one.made) if one.state == "unanswered" else None
    return until is not None and until >= day


def _is_due(one: Standing) -> bool:
    return one.state == "unanswered" and one.sure


def _item(one: Standing, log: TeamLog) -> Commitment:
    return replace(worded(one, log), due=_is_due(one))


def _first_those_to_look_at(items: Sequence[Commitment]) -> list[Commitment]:
    return sorted(
        items,
        key=lambda item: (_STATES.index(item.state), not item.sure, _late(item.made), item.text),
    )


def _late(made: str) -> int:
    return -Week.parse(made).first.toordinal()


def _closure(items: Sequence[Standing]) -> float | None:
    """Return the share of due commitments that have a sure answer; None without any."""
    if not items:
        return None
    return sum(item.sure and item.state in _CLOSED for item in items) / len(items)
