"""Formats metric changes: arrows, both sides, the distance to the target, certainty."""

from dataclasses import replace

from notes.messages import figures
from reports.analysis.records.answers import Activity, MetricChange, PeriodMetric
from reports.page.view import ChangeText, Tone

from .text_formatter import TextFormatter

_TONES: dict[str, Tone] = {"better": "good", "worse": "bad", "same": "plain"}
"""The colour of a direction; unchanged has none."""


def metric_name(formatter: TextFormatter, name: str, width: int = 30) -> str:
    """Return the metric's own name, or the words for a metric without one."""
    return formatter.quote(name, width) or formatter("move.unnamed")


def period_name_of(formatter: TextFormatter, number: PeriodMetric, width: int = 34) -> str:
    """Return a number's name; in a month with how its weeks were put together: 주문 합."""
    name = metric_name(formatter, number.name, width)
    if not (formatter.monthly and number.taken):
        return name
    if number.weeks_held is None:
        return formatter(f"number.named_{number.taken}", metric=name)
    return formatter(f"number.named_{number.taken}_part", metric=name, n=number.weeks_held[0])


def value(formatter: TextFormatter, number: float, unit: str) -> str:
    """Return a measured number with its unit."""
    return figures.quantity(number, formatter.quote(unit, 10), formatter.language)


def how_taken(formatter: TextFormatter, number: PeriodMetric) -> str:
    """Return how a month's number came about (method §2); "" in a week, or of a single number.

    Where weeks of the month are missing, of how many it is made.
    """
    if not (formatter.monthly and number.taken):
        return ""
    if number.weeks_held is None:
        return formatter(f"number.{number.taken}")
    held, total = number.weeks_held
    return formatter(f"number.{number.taken}_part", n=held, total=total)


def size(formatter: TextFormatter, change: float, unit: str) -> str:
    """Return the size of a difference with its unit, without a sign."""
    return figures.difference(change, formatter.quote(unit, 10), formatter.language)


def arrow_of(formatter: TextFormatter, change: float, unit: str, *, tone: Tone) -> ChangeText:
    """Return a change with its arrow; "no change" has none."""
    if not change:
        return ChangeText(formatter("move.none"))
    return ChangeText(size(formatter, change, unit), "▲" if change > 0 else "▼", tone)


def change_of_move(formatter: TextFormatter, move: MetricChange) -> ChangeText:
    """Return a metric's change, coloured by whether it is better; of two sides their distance."""
    if move.comparison:
        return ChangeText(
            formatter("move.apart", far=size(formatter, move.change, move.unit)),
            "",
            _TONES[move.direction],
        )
    return arrow_of(formatter, move.change, move.unit, tone=_TONES[move.direction])


def change_of_number(formatter: TextFormatter, number: PeriodMetric) -> ChangeText | None:
    """Return a number's change against the last period; None without one.

    Lagging numbers that are late get no alarm colour (method §3).
    """
    if number.change is None:
        return None
    tone: Tone = _TONES[number.direction or "same"]
    if number.deferred and tone == "bad":
        tone = "plain"
    return arrow_of(formatter, number.change, number.unit, tone=tone)


def both_sides(formatter: TextFormatter, move: MetricChange) -> str:
    """Return both sides as far as the log has them: `두 번째 상자 유지율 48% → 57%(목표 60%)`."""
    name, before, after = metric_name(formatter, move.name), move.before, move.after
    if before is None or after is None:
        return name
    if move.before_counts and move.after_counts:  # a share of few cases has no second decimal
        before, after = round(before, 1), round(after, 1)
    shown = value(formatter, before, move.unit), value(formatter, after, move.unit)
    if move.comparison:
        side = formatter.quote(move.other_side, 20) or formatter("move.other_side")
        return formatter("move.compared", metric=name, after=shown[1], side=side, before=shown[0])
    text = formatter("move.sides", metric=name, before=shown[0], after=shown[1])
    if move.target is None:
        return text
    return text + formatter("move.target", target=value(formatter, move.target, move.unit))


def short_move(formatter: TextFormatter, move: MetricChange) -> str:
    """Return both sides alone, or the change where only that is known: `지각 12건 → 9건`."""
    if move.before is None or move.after is None:
        return whole_move(formatter, move)
    return both_sides(formatter, replace(move, target=None))


def whole_move(formatter: TextFormatter, move: MetricChange) -> str:
    """Return both sides, the change and the target: `지각 12건 → 9건 (▼ 3건, 목표 5건)`."""
    change = change_of_move(formatter, move)
    if move.before is None or move.after is None or move.comparison:
        return f"{both_sides(formatter, move)} ({change.whole})"
    facts = {
        "metric": metric_name(formatter, move.name),
        "before": value(formatter, move.before, move.unit),
        "after": value(formatter, move.after, move.unit),
        "change": change.whole,
    }
    if move.target is None:
        return formatter("move.moved", **facts)
    return formatter("move.moved_target", target=value(formatter, move.target, move.unit), **facts)


def counts(formatter: TextFormatter, move: MetricChange) -> str:
    """Return both counts (84/175 → 104/182) and what the interval allows to say."""
    if not (move.before_counts and move.after_counts):
        return ""
    (hits, of), (hits_after, of_after) = move.before_counts, move.after_counts
    key = "move.counts_compared" if move.comparison else "move.counts"
    text = formatter(key, before=f"{hits}/{of}", after=f"{hits_after}/{of_after}")
    if move.interval is None:
        return text
    low, high = (
        figures.number(end, formatter.language, decimals=1)
        for end in (move.interval.low, move.interval.high)
    )
    key = "move.interval_zero" if move.interval.includes_zero else "move.interval"
    return f"{text} {formatter(key, low=low, high=high)}"


def grade(formatter: TextFormatter, activity: Activity) -> tuple[str, str, Tone]:
    """Return the evidence grade in words, as dots, and its tone."""
    dots = {"strong": "●●●", "medium": "●●○", "weak": "●○○"}[activity.grade]
    tone: Tone = "warn" if activity.grade == "weak" else "plain"
    reason = formatter(f"grade.reason.{activity.reasons[0]}") if activity.reasons else ""
    return formatter(f"grade.{activity.grade}", reason=reason), dots, tone


def grade_word(formatter: TextFormatter, activity: Activity) -> str:
    """Return the evidence grade without its reason: 근거 보통."""
    return formatter(f"key.grade.{activity.grade}")


def sentence(formatter: TextFormatter, move: MetricChange) -> str:
    """Return one sentence: what moved, by how much, to where."""
    if move.comparison:
        return f"{both_sides(formatter, move)}."
    direction = "none" if not move.change else "up" if move.change > 0 else "down"
    name, far = metric_name(formatter, move.name, 34), size(formatter, move.change, move.unit)
    if move.after is None:
        return formatter(f"move.{direction}_by", metric=name, far=far)
    return formatter(
        f"move.{direction}_to", metric=name, far=far, after=value(formatter, move.after, move.unit)
    )
