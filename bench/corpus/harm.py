"""Harm, counted apart from the score: what a reader must not do, however well it reads the rest.

A field left open costs a question; each of these costs trust: an invented pair of before and after,
owner, outcome or goal where the log says none, a verdict turned round, a table lost without a word,
notes from what is no log.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]
OPPOSITE = {("success", "failure"), ("failure", "success")}


def harm_of(
    key: Record, notes: Sequence[Record], problems: Sequence[Record], *, extra: int = 0
) -> Counter[str]:
    """Return how often each kind of harm was done, by its name; empty where none was.

    `extra` is how many notes the score found at places where there is none.
    """
    found: Counter[str] = Counter({"note from no log": extra} if extra else {})
    alone = all(
        len({one["source_ref"].get("tab") for one in side}) <= 1 for side in (key["notes"], notes)
    )
    expected = {_spot(note["source_ref"], alone=alone): note for note in key["notes"]}
    for note in notes:
        spot = _spot(note["source_ref"], alone=alone)
        right = expected.get(spot) or expected.get((*spot[:2], ""))
        found.update(_of_note(right, note) if right is not None else [])
    told = any("not_understood" in str(problem.get("reason", "")) for problem in problems)
    if key["notes"] and not notes and not told:
        found["table lost silently"] += 1
    return found


def _of_note(key: Record, note: Record) -> list[str]:
    said, accepted = dict(note), key.get("accept", {})
    harm = [
        f"invented {name}"
        for name in ("goal", "outcome", "owners")
        if said.get(name) and not key.get(name) and not any(accepted.get(name, ()))
    ]
    if (key.get("outcome"), said.get("outcome")) in OPPOSITE:
        harm.append("inverted verdict")
    pairs = [key.get("metric"), *accepted.get("metric", ())]
    if _is_pair(said.get("metric")) and not any(map(_is_pair, pairs)):
        harm.append("invented before/after")
    return harm


def _is_pair(metric: Record | None) -> bool:
    return bool(metric) and metric.get("before") is not None and metric.get("after") is not None


def _spot(place: Record, *, alone: bool) -> tuple[Any, ...]:
    if place.get("page_id"):
        return (str(place["page_id"]).replace("-", ""), 0, "")
    return ("" if alone else place.get("tab"), place.get("row"), place.get("col") or "")
