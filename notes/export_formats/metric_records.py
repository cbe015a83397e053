"""Metric records of an export: the numbers of a note, one record each.

What a trial claims to have moved, points of a series, counts of a funnel.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .record import text_value

MEMBERS = (
    *(
        "note",
        "team",
        "source",
        "kind",
        "name",
        "day",
        "label",
        "value",
        "before",
        "after",
        "change",
        "target",
        "unit",
    ),
    *(
        "lower_is_better",
        "role",
        "rank",
        "member",
        "order",
        "judge_from",
        "before_counts",
        "after_counts",
    ),
    *("comparison", "evidence"),
)
"""What such a record may hold, in this order; what a note does not say is left out."""


def measures(note: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the numbers of a note's record, in the order in which the note has them."""
    fields = note["fields"]
    whose = {
        "note": note["id"],
        "team": note["team"],
        "source": note["source"],
        "kind": note["kind"],
    }
    day = text_value(fields, "end_date") or text_value(fields, "start_date")
    dated = {"day": day} if day else {}
    for metric in claimed_metrics(fields):
        yield whose | _ordered(dated | metric)
    details = fields.get("details")
    if isinstance(details, dict) and details.get("is") == "Series":
        for point in details["points"]:
            yield whose | _ordered(point)


def claimed_metrics(fields: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the numbers that a trial claims to have moved."""
    metric = fields.get("metric")
    if isinstance(metric, dict):
        yield metric
    yield from fields.get("more_metrics") or ()


def _ordered(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in MEMBERS if name in values}
