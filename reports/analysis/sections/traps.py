"""The three traps of method §5: no goal, too many metrics, no next action."""

from collections.abc import Mapping

from reports.analysis.data.period_membership import is_executed
from reports.analysis.data.team_log import TeamLog, without_placeholder
from reports.analysis.metrics.metric_change import metrics_of
from reports.analysis.metrics.metric_series import metric_series_of
from reports.analysis.records.section_results import Trap
from reports.analysis.text.quoting import comparison_key, name_words

from .signals import is_only_consolation


def find_traps(log: TeamLog) -> tuple[Trap, ...]:
    """Return the three traps and what is caught in each, without traps that judge nothing."""
    found = (no_goal(log), too_many_metrics(log), no_next_action(log))
    return tuple(trap for trap in found if trap is not None)


def no_goal(log: TeamLog) -> Trap | None:
    """Return the activities of the period that no goal is linked to.

    A log in which no activity ever names a goal keeps none beside them: that is not written, and
    not said of each week anew (method §1, three values).
    """
    done = [stored for stored in log.period_notes if is_executed(stored.note)]
    bare = [stored for stored in done if not without_placeholder(stored.note.goal)]
    items = tuple(log.evidence(stored) for stored in bare[: log.rules.list_size])
    if not done:
        return None
    if not names_goals(log):
        return Trap("no_goal", caught=False, count=0, total=len(done), unwritten=True)
    return Trap("no_goal", bool(bare), len(bare), len(done), items)


def names_goals(log: TeamLog) -> bool:
    """Return whether any note of the log names a goal."""
    return any(without_placeholder(stored.note.goal) for stored in log.notes)


def too_many_metrics(log: TeamLog) -> Trap | None:
    """Return the metrics in use in the period: claimed by notes, or with a number in a series."""
    names = [metric.name for stored in log.period_notes for metric in metrics_of(stored.note)]
    names += [line.name for line in metric_series_of(log) if line.last_in(log.period)]
    used: dict[str, str] = {}
    for name in names:
        if comparison_key(name):
            used.setdefault(comparison_key(name), log.aim(name))
    used = _without_shorter(used)
    shown = tuple(sorted(used.values()))
    limit = log.rules.metrics
    return (
        Trap("too_many_metrics", len(used) > limit, len(used), limit, names=shown) if used else None
    )


def _without_shorter(used: Mapping[str, str]) -> dict[str, str]:
    """Return the metrics without those whose words another name holds: "on-time" and "On-time
    departures" may be one.
    """
    words = {key: name_words(name) for key, name in used.items()}
    return {
        key: name
        for key, name in used.items()
        if not any(words[key] < other for other in words.values())
    }


def no_next_action(log: TeamLog) -> Trap | None:
    """Return the period's retrospectives that lead to no next action, or only console."""
    written = [
        stored for stored in log.looked_back if without_placeholder(stored.note.retrospective)
    ]
    consoling = [stored for stored in written if is_only_consolation(stored.note.retrospective)]
    caught = [
        stored
        for stored in written
        if not without_placeholder(stored.note.next_action) or stored in consoling
    ]
    items = tuple(log.evidence(stored) for stored in caught[: log.rules.list_size])
    if not written:
        return None
    return Trap(
        "no_next_action", bool(caught), len(caught), len(written), items, consolation=len(consoling)
    )
