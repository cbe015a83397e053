"""Geometry of the charts: heights, shares and points. Mails draw table cells, pages inline SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from .view import Chart


def heights(
    values: Sequence[float | None], *, goal: float | None = None, floor: int = 6
) -> tuple[tuple[int, ...], int | None]:
    """Return each value's height and the goal's, 0 to 100, on one scale that starts at zero.

    A value above zero keeps a visible stub (`floor`); None and negative values are 0. Bars that
    start anywhere but at zero make small changes look large, so there is no other scale.
    """
    known = [value for value in (*values, goal) if value is not None and value > 0]
    top = max(known, default=0)
    scaled = tuple(
        0 if not value or value < 0 else max(floor, round(100 * value / top)) for value in values
    )
    return scaled, (round(100 * goal / top) if goal and goal > 0 else None)


_SMALL = 10
"""Below it two decimals are shown: of 0.42, 0.41 and 0.45 one decimal would make 0.4, 0.4 and 0.5.
"""


def decimals_of(values: Sequence[float | None]) -> int:
    """Return with how many decimals the values of one chart are written, the same for all.

    >>> decimals_of([0.42, 0.5, None]), decimals_of([8.0, 61.25])
    (2, 1)
    """
    return 2 if max((abs(one) for one in values if one is not None), default=0.0) < _SMALL else 1


def percent(part: float, whole: float) -> int:
    """Return part of whole in per cent, limited to 0 to 100."""
    return 0 if whole <= 0 else max(0, min(100, round(100 * part / whole)))


def pixels(height: int, full: int) -> int:
    """Return a height from 0 to 100 in pixels, at least one unless it is zero."""
    return max(1, round(height * full / 100)) if height > 0 else 0


def column_percent(chart: Chart) -> int:
    """Return the width of one bar's column in per cent, equal for all bars."""
    return 100 // max(1, len(chart.bars))


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar in a drawing, y downwards: upper left corner, size, and the middle for its labels."""

    x: float
    y: float
    width: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart laid out in a box of `width` by `height` units.

    The bars stand on `base`; `goal_y` is the goal line.
    """

    width: int
    height: int
    base: int
    columns: tuple[DrawnBar, ...]
    goal_y: float | None = None


def drawing(
    chart: Chart, *, width: int = 320, height: int = 132, head: int = 22, foot: int = 20
) -> Drawing:
    """Return the chart's bars laid out for an SVG; `head` is room for values, `foot` for labels."""
    base, room = height - foot, height - head - foot
    slot = width / max(1, len(chart.bars))
    bar_width = min(36.0, slot * 0.7)
    columns = tuple(
        DrawnBar(
            x=round(slot * index + (slot - bar_width) / 2, 1),
            y=round(base - bar.height * room / 100, 1),
            width=round(bar_width, 1),
            height=round(bar.height * room / 100, 1),
            middle=round(slot * index + slot / 2, 1),
        )
        for index, bar in enumerate(chart.bars)
    )
    goal_y = None if chart.goal is None else round(base - chart.goal * room / 100, 1)
    return Drawing(width, height, base, columns, goal_y)
