"""When each statement of a note was first written (method §2).

Corrections and fillings of other cells are not events. The store knows when a field got its present
text; where that text was only corrected, the history is followed back to the moment at which the
field first said what it says now.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from re import search

from notes.model.notes import Step, StoredNote
from reports.analysis.text.application import read_application
from reports.analysis.text.similarity import similarity
from reports.analysis.text.vocabulary import is_term

from .slipped_dates import without_slipped_dates

Steps = Callable[[Collection[str]], Mapping[str, Sequence[Step]]]
_BATCH = 500
"""Notes whose histories are read from the store in one query."""
_REWORDED = 0.4
"""Similarity from which a text counts as the earlier one reworded: half of its letter pairs are
shared (judgement).
"""
_VERDICTS = ("success", "failure", "inconclusive", "dropped")
"""Outcomes that end a trial; the others (running, planned) are states."""
_RESULT = r"(?:^| · )(?:after|change|after_counts) "
"""How the store writes a metric that has a result ("name 답장률 · before 10 · after 11")."""


def first_told(
    notes: Iterable[StoredNote], steps: Steps, *, until: datetime | None = None
) -> Iterator[StoredNote]:
    """Yield the notes in order, `written` holding when each field first said what it says.

    Dates that this contradicts are left out.

    Args:
        notes: stored notes.
        steps: returns by id what changed notes, oldest first.
        until: the instant as of which the notes stand; None where it is now.
    """
    waiting = iter(notes)
    while batch := list(islice(waiting, _BATCH)):
        changed = [stored.id for stored in batch if stored.version > 1]
        found = steps(changed) if changed else {}
        for stored in batch:
            past = [step for step in found.get(stored.id, ()) if until is None or step.at <= until]
            told = replace(stored, written=first_written(stored, past)) if past else stored
            yield without_slipped_dates(told)


def first_written(stored: StoredNote, steps: Sequence[Step]) -> dict[str, datetime]:
    """Return for each field the instant at which its statement was first there, where known.

    A field whose statement was there at the source's first reading is left out: nobody knows when
    it was written.
    """
    appeared = stored.first_seen if stored.first_seen in stored.written.values() else None
    whole = bool(steps) and steps[0].event == "new"
    names = {name for step in steps for name, _, _ in step.changes}
    known = {name: at for name, at in stored.written.items() if name not in names}
    for name in sorted(names & set(stored.written)):
        at = _first(name, steps, appeared if whole else stored.written[name])
        if at is not None:
            known[name] = min(at, stored.written[name])
    return known


def _first(name: str, steps: Sequence[Step], start: datetime | None) -> datetime | None:
    """Return when a field first said what it says now.

    `start` is the instant of its oldest known text.
    """
    changes = [
        (step.at, before, after)
        for step in steps
        for field, before, after in step.changes
        if field == name
    ]
    texts: list[tuple[datetime | None, str]] = [(start, changes[0][1])]
    texts += [(at, after) for at, _, after in changes]
    says_it = _same(name, texts[-1][1])
    return next(at for at, text in texts if says_it(text) or text == texts[-1][1])


def _same(name: str, now: str) -> Callable[[str], bool]:
    """Return the test whether an earlier text of a field makes the same statement as the
    present.
    """
    if name == "outcome":
        return partial(_same_verdict, now)
    if name in {"metric", "more_metrics"}:
        return _same_number if search(_RESULT, now) else bool
    if name == "applied_to":
        return lambda text: read_application(text) == read_application(now) and _alike(now, text)
    if name in {"learned", "next_action"}:
        return lambda text: _alike(now, text)
    return lambda text: bool(text) and not is_term("placeholder", text)


def _same_verdict(now: str, text: str) -> bool:
    """Return whether both outcomes are verdicts, or both the same state.

    A corrected verdict keeps its day.
    """
    return text in _VERDICTS if now in _VERDICTS else text == now


def _same_number(text: str) -> bool:
    return search(_RESULT, text) is not None


def _alike(now: str, text: str) -> bool:
    """Return whether one text rewords the other or contains it."""
    if not text or is_term("placeholder", text):
        return False
    return text in now or now in text or similarity(text, now) >= _REWORDED
