"""Columns that name each other: keep · problem · try, start · stop · continue, the four Ls."""

from collections.abc import Mapping, Sequence

from sync.parsing.cells.text import fold
from sync.parsing.tables.record_table import TableColumn

from .grades import RoleChoice

_START_STOP = {"next_keep", "next_stop", "next_start"}
_KPT = {"keep": "success_factors", "problem": "failure_factors", "try": "next_start"}
_SSC = {
    "start": "next_start",
    "stop": "next_stop",
    "continue": "next_keep",
    "keep": "next_keep",
    "시작": "next_start",
    "그만": "next_stop",
    "중단": "next_stop",
    "계속": "next_keep",
    "유지": "next_keep",
}
_FOUR_LS = {
    "liked": "success_factors",
    "learned": "learned",
    "lacked": "failure_factors",
    "longed for": "next_action",
}


def with_families(
    columns: Sequence[TableColumn], choices: list[list[RoleChoice]]
) -> list[list[RoleChoice]]:
    """Return the choices with the columns of a family settled."""
    plain = [fold(column.header).strip(" :()[]*#·-") for column in columns]
    kpt, ssc, four = (_named(plain, names) for names in (_KPT, _SSC, _FOUR_LS))
    if len(four) >= 3:
        found, reason = four, "liked · learned · lacked · longed for"
    elif len(kpt) == 3:
        found, reason = kpt, "keep · problem · try"
    elif set(ssc.values()) == _START_STOP:
        found, reason = ssc, "start · stop · continue"
    else:
        return choices
    return [
        [RoleChoice(found[place], 8.0, reason)] if place in found else options
        for place, options in enumerate(choices)
    ]


def _named(plain: Sequence[str], names: Mapping[str, str]) -> dict[int, str]:
    return {place: names[name] for place, name in enumerate(plain) if name in names}
