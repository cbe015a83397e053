"""The three traps of METHOD.md §5: no goal, too many metrics, no next action."""

from .log import Log, meant
from .membership import executed
from .moves import metrics_of
from .sections import Trap
from .series import lines_of
from .signals import only_consoles
from .wording import normal


def traps(log: Log) -> tuple[Trap, ...]:
    """Return the three traps, each with what is in it; a trap without anything to judge is left out."""
    found = (no_goal(log), too_many_metrics(log), no_next_action(log))
    return tuple(trap for trap in found if trap is not None)


def no_goal(log: Log) -> Trap | None:
    """Return the activities of the period that no goal is linked to."""
    done = [stored for stored in log.here if executed(stored.note)]
    bare = [stored for stored in done if not meant(stored.note.goal)]
    items = tuple(log.evidence(stored) for stored in bare[: log.rules.list_size])
    return Trap("no_goal", bool(bare), len(bare), len(done), items) if done else None


def too_many_metrics(log: Log) -> Trap | None:
    """Return the metrics in use in the period: those that notes claim and the lines that have a number in it."""
    names = [metric.name for stored in log.here for metric in metrics_of(stored.note)]
    names += [line.name for line in lines_of(log) if line.last_in(log.period)]
    used: dict[str, str] = {}
    for name in names:
        if normal(name):
            used.setdefault(normal(name), log.quote(name))
    shown = tuple(sorted(used.values()))
    limit = log.rules.metrics
    return Trap("too_many_metrics", len(used) > limit, len(used), limit, names=shown) if used else None


def no_next_action(log: Log) -> Trap | None:
    """Return the look backs of the period that end in no next action, or only console."""
    written = [stored for stored in log.here if meant(stored.note.retrospective)]
    consoling = [stored for stored in written if only_consoles(stored.note.retrospective)]
    caught = [stored for stored in written if not meant(stored.note.next_action) or stored in consoling]
    items = tuple(log.evidence(stored) for stored in caught[: log.rules.list_size])
    if not written:
        return None
    return Trap("no_next_action", bool(caught), len(caught), len(written), items, consolation=len(consoling))
