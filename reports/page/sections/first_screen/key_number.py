"""The key number against its goal, with its last weeks as bars."""

from notes.messages import figures
from notes.model.periods import Week
from reports.analysis.records.answers import (
    PeriodMetric,
)
from reports.page import charts
from reports.page.formatting.metric_texts import (
    change_of_number,
    how_taken,
    metric_name,
    size,
    value,
)
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Bar, Chart, KeyNumber

_CHART_MOST = 12
"""Weeks of the key number's chart: a quarter, in which a trend shows and a bar on a phone is still
20 px wide.
"""

_VALUES_MOST = 8
"""Bars up to which each shows its value; more would touch each other at 375 px."""


def key_number(formatter: TextFormatter, number: PeriodMetric) -> KeyNumber:
    """Return the key number against its goal, with its last weeks as bars."""
    change = change_of_number(formatter, number)
    before = (
        ""
        if number.previous is None
        else formatter("number.before", value=value(formatter, number.previous, number.unit))
    )
    taken = how_taken(formatter, number)
    share = None if number.reached is None else charts.percent(number.reached, 1)
    shown, unit = _split_unit(formatter, number.value, number.unit)
    return KeyNumber(
        label=formatter.start(metric_name(formatter, number.name, 40)),
        value=shown,
        unit=unit,
        change=change,
        before=" · ".join(part for part in (taken, before) if part),
        goal=_goal(formatter, number),
        share=share,
        chart=trend_chart(formatter, number),
        evidence=formatter.sources(number.evidence, label=""),
    )


def _split_unit(formatter: TextFormatter, number: float, unit: str) -> tuple[str, str]:
    whole = value(formatter, number, unit)
    bare = figures.number(number, formatter.language)
    return (bare, whole[len(bare) :]) if whole.startswith(bare) else (whole, "")


def _goal(formatter: TextFormatter, number: PeriodMetric) -> str:
    if number.target is None:
        return ""
    facts = {"target": value(formatter, number.target, number.unit)}
    if number.deferred and number.judge_from:
        return formatter(
            "number.deferred", day=figures.day(number.judge_from, formatter.language), **facts
        )
    if number.left is None:
        return formatter("number.target", **facts)
    if number.left <= 0:
        return formatter("number.reached", **facts)
    return formatter("number.goal", left=size(formatter, number.left, number.unit), **facts)


def trend_chart(formatter: TextFormatter, number: PeriodMetric) -> Chart | None:
    """Return the number's history as bars; None with fewer than three."""
    history = number.history[-_CHART_MOST:]
    if len(history) < 3:
        return None
    values = [point for _, point in history]
    heights, goal = charts.heights(values, goal=number.target)
    last = len(history) - 1
    bars = tuple(
        Bar(
            period_label(name),
            heights[at],
            figures.number(values[at], formatter.language, decimals=charts.decimals_of(values)),
            current=at == last,
            dense=last >= _VALUES_MOST and at not in {0, last},
        )
        for at, (name, _) in enumerate(history)
    )
    unit = figures.unit_sign(formatter.quote(number.unit, 12))
    title = formatter(
        "number.trend" if unit else "number.trend_bare",
        n=len(bars),
        unit=unit,
    )
    goal_text = (
        formatter("number.target", target=value(formatter, number.target, number.unit))
        if number.target is not None
        else ""
    )
    return Chart(title, "", bars, goal, goal_text)


def period_label(name: str) -> str:
    """Return the short label of a period's bar: 2026-W47 → 47, 2026-11 → 11."""
    return (
        str(Week.parse(name).number) if "W" in name else name.rpartition("-")[2].lstrip("0") or name
    )
