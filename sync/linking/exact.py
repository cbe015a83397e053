"""Rows that say the same, cell for cell; among equal ones, those that stand between the same neighbours."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import islice

from .columns import Labels
from .matching import Match, Matching
from .places import Places
from .rows import Row

Pairs = list[tuple[int, int]]
Groups = list[tuple[list[int], list[int]]]
_MOST_RIVALS = 8
_TELLING_CELLS = 3
_MOST_COPIES = 50


def same_content(matching: Matching, before: Labels, after: Labels) -> Pairs:
    """Join free rows of equal content and return the equal pairs (known, now) that only more evidence can decide.

    Columns that only one side has do not count. In a sheet that has kept its order, an equal row
    far from its old neighbours may be the copy of a row that was edited where it stood: such pairs wait.
    """
    shared = {sheet: sorted(labels.keys() & after[sheet].keys()) for sheet, labels in before.items() if sheet in after}
    groups = _groups(matching, 0, lambda row: _in_sheet(row, shared))
    waiting = _join_unique(matching, groups) + _join_repeated(matching, [each for each in groups if not _single(each)])
    everywhere = sorted(set().union(*before.values()) & set().union(*after.values()))
    for standing in (0, 1, 2):
        held = {now for _, now in waiting}
        groups = _groups(matching, standing, lambda row: _cells(row.texts, everywhere))
        for rows, today in groups:
            if len(rows) == len(today) and held.isdisjoint(today) and _telling(matching, today[0]):
                for old, new in zip(rows, today, strict=True):
                    matching.join(new, Match(old, "exact", sure=len(rows) == 1))
            else:
                waiting += _crossed(rows, today)
    return waiting


def _groups(matching: Matching, standing: int, key: Callable[[Row], Hashable]) -> Groups:
    """Return the free rows of either side that are equal by `key`, those with both sides only, in today's order."""
    found: dict[Hashable, tuple[list[int], list[int]]] = {}
    for at in matching.free_now():
        name = key(matching.now[at])
        if name is not None:
            found.setdefault(name, ([], []))[1].append(at)
    for at in matching.free_known():
        row = matching.known[at]
        if row.standing == standing and (group := found.get(key(row))) is not None:
            group[0].append(at)
    return [group for group in found.values() if group[0]]


def _single(group: tuple[list[int], list[int]]) -> bool:
    return len(group[0]) == len(group[1]) == 1


def _join_unique(matching: Matching, groups: Groups) -> Pairs:
    """Join what is equal once on either side, unless the sheet kept its order and just this row did not."""
    pairs = [(rows[0], today[0]) for rows, today in groups if _single((rows, today))]
    trial = matching.copy()
    for known, now in pairs:
        trial.join(now, Match(known, "exact"))
    places, waiting = Places(trial), []
    for known, now in pairs:
        if places.agreement(known, now) or not places.orderly(matching.now[now].sheet):
            matching.join(now, Match(known, "exact"))
        else:
            waiting.append((known, now))
    return waiting


def _join_repeated(matching: Matching, groups: Groups) -> Pairs:
    """Join copies of one another to those between the same neighbours; as many as before and no order: in order."""
    places = Places(matching) if groups else None
    for needed in (2, 1, 2, 1):
        joined = [_join_placed(matching, places, group, needed) for group in groups] if places else []
        if any(joined):
            places = Places(matching)
    waiting: Pairs = []
    for rows, today in groups:
        left = [row for row in rows if matching.taken[row] is None]
        seeking = [now for now in today if matching.match[now] is None]
        if places and len(left) == len(seeking) and not places.orderly(matching.known[rows[0]].sheet):
            for old, new in zip(left, seeking, strict=True):
                matching.join(new, Match(old, "exact"))
        else:
            waiting += _crossed(left, seeking)
    return waiting


def _join_placed(matching: Matching, places: Places, group: tuple[list[int], list[int]], needed: int) -> bool:
    """Join the rows of a group of equals that agree with so many neighbours; return whether there was one."""
    joined = False
    for now in group[1]:
        if matching.match[now] is None:
            rows = (row for row in group[0] if matching.taken[row] is None)
            best = next((row for row in islice(rows, _MOST_COPIES) if places.agreement(row, now) >= needed), None)
            if best is not None:
                matching.join(now, Match(best, "exact"))
                joined = True
    return joined


def _crossed(rows: list[int], today: list[int]) -> Pairs:
    return [(known, now) for now in today[: _MOST_RIVALS * 4] for known in rows[:_MOST_RIVALS]]


def _telling(matching: Matching, now: int) -> bool:
    return len(matching.now[now].texts) >= _TELLING_CELLS


def _in_sheet(row: Row, shared: Mapping[str, list[str]]) -> Hashable:
    labels = shared.get(row.sheet)
    if labels is None:
        return None
    cells = _cells(row.texts, labels)
    return None if cells is None else (row.sheet, cells)


def _cells(texts: Mapping[str, str], labels: Iterable[str]) -> Hashable:
    cells = tuple([texts.get(label) for label in labels])
    return cells if any(cells) else None
