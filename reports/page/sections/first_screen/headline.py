"""The sentence of the week, and a number's sentence."""

from notes.messages import figures
from reports.analysis.records.answers import (
    PeriodMetric,
)
from reports.analysis.records.report_record import Headline
from reports.analysis.records.section_results import FunnelStep
from reports.page.formatting.metric_texts import (
    change_of_number,
    metric_name,
    period_name_of,
    sentence,
    size,
    value,
)
from reports.page.formatting.text_formatter import TextFormatter


def headline_sentence(formatter: TextFormatter, line: Headline, *, known: bool = True) -> str:
    """Return the sentence of the week with its number.

    Where not all is `known`, that no number moved cannot be said (method §1).
    """
    if line.kind in {"undated", "unread"}:
        return _unknown(formatter, line)
    if line.kind == "funnel" and line.step:
        return _funnel_headline(formatter, line.step)
    if line.number and line.kind in {"key_number", "number", "signs"}:
        sign = line.kind == "signs"
        return (
            formatter("headline.signs", sign=_short_number(formatter, line.number))
            if sign
            else number_sentence(formatter, line.number, alone=line.kind != "key_number")
        )
    move = line.activity_move
    if line.kind == "first_ever" and move is None and line.number:
        told = number_sentence(formatter, line.number, alone=False)
        return formatter("headline.first_ever_moved", moved=told)
    if move is None:
        kind = line.kind if line.kind in _PLAIN else "nothing_moved"
        told = "cannot_tell" if kind == "nothing_moved" and not known else kind
        return formatter(f"headline.{told}", n=line.notes)
    return formatter(f"headline.{line.kind}_moved", moved=sentence(formatter, move), n=line.notes)


_PLAIN = frozenset({"empty", "too_few", "unsure", "first_ever"})
"""Headlines without a number."""


def _unknown(formatter: TextFormatter, line: Headline) -> str:
    """Return what the page can say where nothing is known of the period."""
    if line.kind == "undated":
        return formatter("headline.undated", n=line.undated)
    since = (
        figures.day(line.since.astimezone(formatter.zone).date(), formatter.language)
        if line.since
        else ""
    )
    key = "headline.unread" if line.understood else "headline.not_understood"
    return formatter(f"{key}_since" if since else key, since=since)


def _funnel_headline(formatter: TextFormatter, step: FunnelStep) -> str:
    shares = (100 * (share or 0.0) for share in (step.base_rate, step.rate))
    base, rate = (f"{figures.number(share, formatter.language, decimals=0)}%" for share in shares)
    start, end = formatter.quote(step.start, 24), formatter.quote(step.end, 24)
    return formatter("headline.funnel", start=start, end=end, base=base, rate=rate)


def step_name(formatter: TextFormatter, step: FunnelStep) -> str:
    """Return a step of a funnel by the stages it leads from and to."""
    return f"{formatter.quote(step.start, 20)} → {formatter.quote(step.end, 20)}"


def number_sentence(formatter: TextFormatter, number: PeriodMetric, *, alone: bool = True) -> str:
    """Return a number's sentence: its value, its change, what is left to its goal.

    What is left is said only where the number stands `alone`: the key number's own panel says it.
    """
    facts = {
        "metric": period_name_of(formatter, number),
        "value": value(formatter, number.value, number.unit),
    }
    if number.change is None:
        text = formatter("headline.number", **facts)
    else:
        direction = "none" if not number.change else "up" if number.change > 0 else "down"
        text = formatter(
            f"headline.number_{direction}", far=size(formatter, number.change, number.unit), **facts
        )
    left = goal_left(formatter, number)
    return f"{text} {left}" if left and alone else text


def goal_left(formatter: TextFormatter, number: PeriodMetric) -> str:
    """Return what is left to the goal as a sentence; "" without a goal."""
    if number.target is None or number.left is None:
        return ""
    reached = number.left <= 0 if number.better == "up" else number.value <= number.target
    if reached:  # on the way back from it, nothing is reached
        return "" if number.direction == "worse" else formatter("headline.reached")
    key = "headline.left" if number.better == "up" else "headline.left_above"
    return formatter(key, far=size(formatter, number.left, number.unit))


def _short_number(formatter: TextFormatter, number: PeriodMetric) -> str:
    change = change_of_number(formatter, number)
    shown = (
        f"{metric_name(formatter, number.name, 24)} {value(formatter, number.value, number.unit)}"
    )
    return f"{shown} ({change.whole})" if change and change.arrow else shown
