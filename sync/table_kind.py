"""What a table of a log may be: log, cards, plan, metric and the like.

Alone in its module, because every command reads it with the settings.
"""

from typing import Literal

TableKind = Literal[
    "log",
    "cards",
    "transposed",
    "plan",
    "metric",
    "funnel",
    "action",
    "feedback",
    "guide",
    "summary",
    "lookup",
    "unknown",
]
