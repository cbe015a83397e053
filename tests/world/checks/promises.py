"""The ledger of promises."""

import re

from ..sentences import Said
from .core import Reading, check, differs, whole


@check(
    "commitment.subtitle",
    "brief.closure",
    "brief.closure_none",
    "brief.closure_suggested",
    "brief.suggested",
)
def _promises(at: Reading, said: Said) -> str | None:
    due = [p for p in at.truth.promises if p.made < at.truth.first]
    wrong = differs(said, "n", {len(due), len(at.truth.promises)}, "promises")
    if wrong or said.key == "commitment.subtitle":
        return wrong
    if "likely" in said.facts and (wrong := _suggested(at, whole(said, "likely"))):
        return wrong
    done = whole(said, "done") if "done" in said.facts else 0.0
    return closure(at, 100 * done / whole(said, "n"))


def closure(at: Reading, rate: float) -> str | None:
    """Compare a printed share of answered promises, in percent."""
    fair = set()
    closed = {"kept", "running", "stopped"}
    for promises in ([p for p in at.truth.promises if p.made < at.truth.first], at.truth.promises):
        least = sum(p.states <= closed for p in promises)
        most = sum(bool(p.states & closed) for p in promises)
        fair |= {round(100 * n / len(promises)) for n in range(least, most + 1) if promises}
    return (
        None
        if any(abs(rate - one) < 1 for one in fair)
        else f"answered {rate:g} %, in truth {sorted(fair)}"
    )


@check(
    *(
        f"commitment.count.{s}"
        for s in ("kept", "running", "stopped", "vanished", "came_back", "unanswered", "suggested")
    )
)
def _state_count(at: Reading, said: Said) -> str | None:
    state = said.key.rpartition(".")[2]
    if state == "suggested":
        return _suggested(at, whole(said, "n"))
    fair = set()
    for promises in ([p for p in at.truth.promises if p.made < at.truth.first], at.truth.promises):
        fair |= set(
            range(
                sum(p.states == {state} for p in promises),
                sum(state in p.states for p in promises) + 1,
            )
        )
    return differs(said, "n", fair, f"promises that are {state}")


@check("commitment.count.unclear")
def _unclear(at: Reading, said: Said) -> str | None:
    """Compare of how many it is not known: none whose answer the log gives in so many words."""
    plain = sum(p.states <= {"vanished", "came_back", "stopped"} for p in at.truth.promises)
    most = len(at.truth.promises) - plain
    return None if whole(said, "n") <= most else f"{plain} are plain"


def _suggested(at: Reading, count: float) -> str | None:
    """Compare how many promises need a look: none that the truth leaves without an answer."""
    fair = sum(bool(p.states - {"unanswered"}) for p in at.truth.promises)
    return None if count <= fair else f"{count:g} to be checked, in truth at most {fair}"


def promise_line(at: Reading, state: str, text: str) -> str | None:
    """Check a line of the ledger: what was promised, and what became of it."""
    promise = at.truth.promise(re.sub(r"\s\((?:please check|확인 필요)\)$", "", text))
    if promise is None:
        return "no such promise"
    return None if state in promise.states else f"the promise is {' or '.join(promise.states)}"
