"""Computes how far a metric moved, which way, and how much of the gap to its target (method §3)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from notes.model.notes import Metric, Note
from reports.analysis.records.answers import (
    BetterBasis,
    BetterDirection,
    Direction,
    MetricChange,
)
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.vocabulary import contains_term, pattern_for

from .confidence_intervals import are_counts, difference_interval
from .goal_numbers import goal_number, says_week

_TINY = 1e-9
"""Below this difference a metric did not change: rounding errors of floating-point subtraction."""
PERCENT = ("%", "%p")
"""Units whose differences are percentage points (method §3)."""


def metrics_of(note: Note) -> Iterator[Metric]:
    """Yield the note's metrics, its first one first.

    A limit that the goal names ("하루 80통 아래", "떠난 독자 10명 아래") sets the direction, a
    number that it names for this very metric ("오픈율 45%") the target.
    """
    for metric in (note.metric, *note.more_metrics):
        if metric is not None:
            yield _limited(_aimed(metric, note.goal), note.goal)


def _aimed(metric: Metric, goal: str) -> Metric:
    """Return the metric with the target that its goal names, where it has none of its own."""
    if metric.target is not None or metric.comparison or not goal:
        return metric
    if may_add_up(metric.name, metric.unit) and not says_week(goal):
        return metric  # a quarter's number is none of a week
    return replace(metric, target=goal_number(goal, metric.name, metric.unit))


Taken = Literal["last", "sum", "mean"]
_MEANT = (
    "%", "%p", "점", "시간", "분", "초", "일", "배", "h", "hours", "min", "minutes", "days",
    "points", "score",
)  # fmt: skip
"""Units whose period number is a mean, because a sum of them says nothing (method §2)."""


def taken_by(name: str, unit: str) -> Taken | None:
    """Return how several numbers of a metric make a period's, by its name and unit; None where
    neither says whether they count what happens, measure, or state a stock.
    """
    if contains_term("level", name):
        return "last"
    if unit in _MEANT or contains_term("share", name):
        return "mean"
    return "sum" if contains_term("flow", name) else None


def may_add_up(name: str, unit: str) -> bool:
    """Return whether numbers of a metric may be counts of what happens, so that a month's target is
    none of a week.
    """
    known = taken_by(name, unit)
    return known == "sum" or (known is None and bool(unit))


_NOUN = 3
"""Letters of a unit that is a thing of its own ("tickets"), and no sign or counter ("%", "건",
"h")."""


def _limited(metric: Metric, goal: str) -> Metric:
    if metric.lower_is_better is not None or metric.target is not None or not goal:
        return metric
    named = comparison_key(metric.name)
    unit = re.escape(metric.unit)
    if named and named in comparison_key(goal):
        unit = rf"(?:{unit}|[^\s\d]{{0,3}})"  # the goal counts the very thing, in whatever word
    elif not unit:
        return metric
    number = r"\d[\d,.]*"
    below = rf"{number}\s*{unit}\s*(?:아래|이하|미만|밑)"
    below += rf"|(?:under|below|at most|fewer than|less than)\s+{number}\s*{unit}"
    if len(metric.unit) >= _NOUN:
        noun = re.escape(
            metric.unit
        )  # "support tickets below 30": the thing stands before its limit
        below += (
            rf"|\b{noun}\s+(?:down to\s+|to\s+)?(?:under|below|at most|fewer than|less "
            rf"than)\s+{number}"
        )
    return (
        replace(metric, lower_is_better=True) if re.search(below, goal, re.IGNORECASE) else metric
    )


def metric_change_of(
    metric: Metric, configured: Mapping[str, BetterDirection] | None = None
) -> MetricChange | None:
    """Return the metric's change; None without two numbers or a stated difference."""
    before, after, unit = _levels(metric)
    if before is not None and after is not None:
        change = after - before
    elif metric.change is not None:
        change = metric.change
        before = after - change if after is not None and _same_scale(metric) else before
        after = (
            before + change
            if before is not None and after is None and _same_scale(metric)
            else after
        )
    else:
        return None
    better, better_by = better_direction(metric, before, configured or {})
    move = MetricChange(
        name=metric.name,
        unit="%" if unit == "%p" and before is not None else unit,
        before=before,
        after=after,
        target=metric.target,
        change=0.0 if abs(change) < _TINY else change,
        points=unit == "%p" or (unit == "%" and before is not None and after is not None),
        better=better,
        better_by=better_by,
        comparison=metric.comparison,
    )
    return _counted(_measured(move), metric)


def better_direction(
    metric: Metric, before: float | None, configured: Mapping[str, BetterDirection]
) -> tuple[BetterDirection, BetterBasis]:
    """Return which direction is better, and on what basis.

    By target, metric, configuration, word list, else up. A number that is beyond its target already
    (6 complaints of at most 8, sales of 43 with a target of 42) is not better on the way back:
    there the others are asked (ADR 0670).
    """
    known = _known_direction(metric, configured)
    if metric.target is not None and before is not None and metric.target != before:
        towards: BetterDirection = "up" if metric.target > before else "down"
        if known is None or known[0] == towards:
            return towards, "target"
        return known
    return known or better_by_word(metric.name)


def _known_direction(
    metric: Metric, configured: Mapping[str, BetterDirection]
) -> tuple[BetterDirection, BetterBasis] | None:
    """Return what metric, configuration or name say plainly; None where only a target could
    tell.
    """
    if metric.lower_is_better is not None:
        return ("down" if metric.lower_is_better else "up"), "metric"
    by_name = {comparison_key(name): better for name, better in configured.items()}
    if comparison_key(metric.name) in by_name:
        return by_name[comparison_key(metric.name)], "configured"
    better, by = better_by_word(metric.name)
    down = by == "word" and better == "down"
    more = names_more("plainly_more", counted_part(metric.name))
    return (better, "word") if down or more else None


def counted_part(name: str) -> str:
    """Return what a metric counts, without what it is counted by: what orders, hours, visits are
    to it says nothing of its own direction.

    >>> counted_part("Tickets per 100 orders"), counted_part("Replies within four hours")
    ('Tickets', 'Replies')
    >>> counted_part("주문 100건당 문의"), counted_part("24시간 안에 답한 비율")
    ('문의', '답한 비율')
    """
    english = _COUNTED_BY.split(name, maxsplit=1)[0]
    korean = _COUNTED_BY_BEFORE.split(english)[-1]
    return korean.strip() or name


_COUNTED_BY = re.compile(r"\s(?:per|within)\s", re.IGNORECASE)
_COUNTED_BY_BEFORE = re.compile(r"(?:당|안에|이내에?|시간 내|일 내)\s")
"""What a number is counted by ("per 100 orders", "주문 100건당") says nothing of its direction."""


def better_by_word(name: str) -> tuple[BetterDirection, BetterBasis]:
    """Return which direction a metric's name alone says is better; "default" where it says none."""
    gains = names_more("more_is_better", name)
    name = counted_part(name)
    if contains_term("less_is_better", name) and not gains:
        return "down", "word"
    open_ = contains_term("either_way", name) or contains_term("takes_time", name)
    more = names_more("plainly_more", name) or (names_more("mostly_more", name) and not open_)
    return "up", "word" if gains or more else "default"


def names_more(terms: str, name: str) -> bool:
    """Return whether a name holds a word of which more is better, and not its opposite.

    A syllable before a Korean word turns it: wrong orders ("오주문") are no orders; and a word that
    one team wants more of and another less says nothing by its part ("방문" in "재방문 건수").
    """
    found = pattern_for(terms, name).finditer(name)
    open_ = [one.span() for one in pattern_for("either_way", name).finditer(name)]
    return any(
        not _TURNED.search(name[: at.start()])
        and not any(begin < at.start() and at.end() <= end for begin, end in open_)
        for at in found
    )


_TURNED = re.compile(r"(?<!\w)[오미불비무]$")
"""Syllables that turn the word they are written onto: wrong, not yet, un-, non-, without."""


def is_either_way(name: str) -> bool:
    """Return whether a name leaves open which direction is better ("tickets", "문의 건수")."""
    if names_more("more_is_better", name):
        return False
    name = counted_part(name)
    said = contains_term("less_is_better", name) or names_more("plainly_more", name)
    return contains_term("either_way", name) and not said


def direction_of_change(change: float, better: BetterDirection) -> Direction:
    """Return whether a change is better, worse or the same."""
    if abs(change) < _TINY:
        return "same"
    return "better" if (change > 0) == (better == "up") else "worse"


def _levels(metric: Metric) -> tuple[float | None, float | None, str]:
    """Return before, after and unit.

    A share comes from the counts if its level is not written.
    """
    before, after, unit = metric.before, metric.after, metric.unit
    if (
        before is None
        and after is None
        and are_counts(metric.before_counts)
        and are_counts(metric.after_counts)
    ):
        before, after = (  # type: ignore[misc]
            100 * hits / total for hits, total in (metric.before_counts, metric.after_counts)
        )
        unit = "%"
    return before, after, unit


def _same_scale(metric: Metric) -> bool:
    """Return whether a stated difference is in the unit of its levels.

    "+20%" of 300 people is not.
    """
    return metric.unit != "%" or (metric.after is not None and 0 <= metric.after <= 100)


def _measured(move: MetricChange) -> MetricChange:
    """Return the change with direction, relative change and size."""
    way = direction_of_change(move.change, move.better)
    relative = move.change / abs(move.before) if move.before else None
    size = _size(move, relative)
    if way != "better":
        size = 0.0 if size is not None else None
    shown = None if move.unit in PERCENT else relative
    return replace(move, direction=way, relative=shown, size=size)


def _size(move: MetricChange, relative: float | None) -> float | None:
    gap = None if move.target is None or move.before is None else move.target - move.before
    if gap and (gap > 0) == (move.better == "up"):
        return min(1.0, move.change / gap)
    if relative is not None:
        return min(1.0, abs(relative))
    if move.before is None and move.unit in PERCENT:
        return min(1.0, abs(move.change) / 100)
    return None


def _counted(move: MetricChange, metric: Metric) -> MetricChange:
    """Return the change with its counts and their interval, where both are given and valid."""
    before, after = metric.before_counts, metric.after_counts
    if before is None or after is None or not (are_counts(before) and are_counts(after)):
        return move
    return replace(
        move, before_counts=before, after_counts=after, interval=difference_interval(before, after)
    )
