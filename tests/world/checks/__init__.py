"""A check for every kind of sentence (`core.CHECKS`); importing this package registers them all."""

from . import business, decisions, head, learning, notes, numbers, people, plans, promises, signals
from .core import CHECKS, LABELS, Reading, Told, Wrong, uncovered
from .figures import chart_line, closure_line, goal_line, result_line
from .learning import pair_line
from .notes import LOST, lost_line
from .numbers import change_lines, comparison_line, interval, move_line, number_line
from .plans import funnel_row
from .promises import promise_line

SHAPES = (
    goal_line,
    chart_line,
    result_line,
    closure_line,
    funnel_row,
    move_line,
    comparison_line,
    change_lines,
)
"""Checks of whole lines, whose templates are nothing but their facts or joined by the page."""

__all__ = [
    "CHECKS",
    "LABELS",
    "LOST",
    "SHAPES",
    "Reading",
    "Told",
    "Wrong",
    "business",
    "decisions",
    "head",
    "interval",
    "learning",
    "lost_line",
    "notes",
    "number_line",
    "numbers",
    "pair_line",
    "people",
    "plans",
    "promise_line",
    "promises",
    "signals",
    "uncovered",
]
