"""A check for every kind of sentence (`core.CHECKS`); importing this package registers them all."""

from . import business, decisions, head, learning, notes, numbers, people, plans, promises, signals
from .core import CHECKS, LABELS, Reading, Told, Wrong, uncovered
from .learning import pair_line
from .numbers import comparison_line, interval, move_line, number_line
from .promises import promise_line

__all__ = [
    "CHECKS",
    "LABELS",
    "Reading",
    "Told",
    "Wrong",
    "business",
    "comparison_line",
    "decisions",
    "head",
    "interval",
    "learning",
    "move_line",
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
