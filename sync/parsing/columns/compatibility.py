"""Scores how well the roles of a table's columns fit each other.

Scores their order, their families, and parts that need another part.
"""

from typing import NamedTuple

from .roles import ROLES

_RANKS = {"": 0, **{role: kind.rank for role, kind in ROLES.items()}}
"""The usual place of each meaning among the columns; 0 has none."""


_FAMILIES = {
    "if": "hypothesis",
    "then": "hypothesis",
    "because": "hypothesis",
    "success_factors": "retrospective",
    "failure_factors": "retrospective",
    "next_keep": "next_action",
    "next_stop": "next_action",
    "next_start": "next_action",
    "start_date": "date",
    "week": "date",
}
"""Roles that are parts of one field: two of a family fit a table better than two that repeat a
role."""


class PartialAssignment(NamedTuple):
    """The roles of the first columns, their families, and the last rank among them."""

    score: float = 0.0
    roles: tuple[str, ...] = ()
    families: frozenset[str] = frozenset()
    rank: int = 0

    def with_next(self, roles: tuple[str, ...], score: float) -> "PartialAssignment":
        """Return the beginning that is one column longer."""
        role = roles[-1]
        families = self.families | {_FAMILIES.get(role, role)}
        return PartialAssignment(score, roles, families, _RANKS[role] or self.rank)


def _crowd(before: tuple[str, ...], role: str) -> float:
    """Return the cost of one more column of a field; parts that belong together cost nothing.

    The whole beside its parts is rather a second one.
    """
    if role == "hypothesis" and "if" in before:
        return -1.0
    if role == "date" and "start_date" in before:
        return -2.0
    return 0.0


def score_pair(begun: PartialAssignment, role: str) -> float:
    """Return what a further column adds or costs, given those to its left."""
    if not role:
        return 0.0
    kind, before, last = ROLES[role], begun.roles, begun.rank
    known = _FAMILIES.get(role, role) in begun.families
    score = -kind.again if role in before else _crowd(before, role) if known else kind.core
    if kind.rank:
        score += (
            0.25 if last <= kind.rank <= last + 2 and last else -0.35 if kind.rank < last else 0.0
        )
    return score + _beside(before, role)


_PAIRS = {
    ("before", "after"): 0.7,
    ("start_date", "end_date"): 0.8,
    ("date", "end_date"): 0.3,
    ("metric_name", "before"): 0.3,
    ("after", "target"): 0.2,
    ("target", "before"): 0.1,
    ("success_factors", "failure_factors"): 0.6,
    ("failure_factors", "success_factors"): 0.4,
    ("if", "then"): 1.5,
    ("then", "because"): 1.0,
    ("owners", "people"): 0.3,
    ("next_action", "next_kind"): 0.2,
}
"""Score added where the right meaning stands directly right of the left one; judgement, checked
by the example logs' score (`python -m bench.score_examples`)."""


def _beside(before: tuple[str, ...], role: str) -> float:
    score = _PAIRS.get((before[-1], role), 0.0) if before else 0.0
    if role == "end_date" and not {"start_date", "date", "week"} & set(before):
        score -= 0.6
    if role == "after" and "before" not in before:
        score -= 0.5
    if role in ("then", "because") and not {"if", "then", "hypothesis"} & set(before):
        score -= 1.5
    return score


def score_whole(roles: tuple[str, ...]) -> float:
    """Return what the finished assignment is worth beyond its columns.

    Parts that need each other.
    """
    have = set(roles)
    score = 0.0
    if "unit" in have and not have & {"before", "after", "metric", "target"}:
        score -= 1.5
    if "metric_name" in have and not have & {
        "before",
        "after",
        "metric",
        "target",
        "change",
        "result",
    }:
        score -= 0.8
    if "before" in have and "after" not in have:
        score -= 1.0
    if "if" in have and not have & {"then", "hypothesis"}:
        score -= 2.0
    if "start_date" in have and not have & {"end_date", "due"}:
        score -= 0.1
    if "people" in have and "owners" not in have:
        score -= 0.5
    return score
