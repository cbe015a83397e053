"""The ledger of commitments over a whole log (METHOD.md §6): every promise ever made, and what became of it since.

A report answers the promises of the last weeks; here every later note may answer. Each text is read
once, so that the cost grows with the log and not with its square; the rules are those of
`reports.analysis.commitments.period_commitments`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import takewhile

from notes.model.notes import ActionItem, StoredNote
from reports.analysis.data.period_membership import day_of, is_executed, start_day_of
from reports.analysis.data.team_log import TeamLog, activity_keys
from reports.analysis.records.section_results import Commitment
from reports.analysis.text.note_references import PrefixIndex
from reports.analysis.text.quoting import comparison_key

from .period_commitments import (
    SHORTEST,
    Promise,
    answered_by,
    answered_by_action,
    as_commitment,
    is_similar_to_promise,
    made_on,
    promises_of,
    stopped_words,
)

_LIKELY = 12
_OPEN = frozenset({"unanswered", "running", "vanished", "came_back"})


def all_commitments(log: TeamLog, gone: Sequence[StoredNote] = ()) -> tuple[Commitment, ...]:
    """Return every commitment of the log with its state, the latest promise first.

    Args:
        log: a log of all notes of a team.
        gone: its notes that vanished.
    """
    made = _promises(log, gone)
    said = _PromiseMentions(made, log)
    items = [_answered(at, promise, said, log) for at, promise in enumerate(made)]
    return tuple(reversed(items))


def is_open(item: Commitment) -> bool:
    """Tell whether a commitment still waits for something."""
    return item.state in _OPEN


def _promises(log: TeamLog, gone: Iterable[StoredNote]) -> list[Promise]:
    known = {
        stored.id: stored for stored in (*log.notes, *gone) if stored.note.kind == "experiment"
    }
    found = [
        Promise(stored, text, kind, made_on(stored, log))
        for stored in known.values()
        for text, kind in promises_of(stored)
    ]
    return sorted(found, key=lambda one: (one.made, one.text, one.stored.id))


class _PromiseIndex:
    """Promises by their words, each until a text says them."""

    def __init__(self) -> None:
        self._words = PrefixIndex(SHORTEST)
        self._waiting: dict[str, list[int]] = defaultdict(list)

    def add(self, words: str, at: int) -> None:
        """Take a promise in; they come in the order in which they were made."""
        if len(words) >= SHORTEST:
            if words not in self._waiting:
                self._words.add(words, words)
            self._waiting[words].append(at)

    def said(
        self, letters: str, is_made: Callable[[int], bool], fits: Callable[[int], bool]
    ) -> Iterator[int]:
        """Give the promises made by now whose words stand in a text and which it fits.

        They wait no longer.
        """
        for words, _ in self._words.within(letters):
            waiting = self._waiting[words]
            found = {at for at in takewhile(is_made, waiting) if fits(at)}
            if found:
                self._waiting[words] = [at for at in waiting if at not in found]
                yield from sorted(found)


class _PromiseMentions:
    """What later notes and lines of an action log say in the words of a promise, found in one look at each."""

    def __init__(self, made: Sequence[Promise], log: TeamLog) -> None:
        self.notes: dict[int, StoredNote] = {}
        self.again: dict[int, StoredNote] = {}
        self.actions: dict[int, tuple[StoredNote, ActionItem]] = {}
        self.by_goal: dict[str, list[StoredNote]] = defaultdict(list)
        for other in sorted(log.notes, key=lambda one: start_day_of(one, log.zone)):
            if other.note.goal:
                self.by_goal[comparison_key(other.note.goal)].append(other)
        self._look_at_notes(made, log)
        self._look_at_actions(made, log)

    def _look_at_notes(self, made: Sequence[Promise], log: TeamLog) -> None:
        words, stopped = _PromiseIndex(), _PromiseIndex()
        for at, promise in enumerate(made):
            if promise.kind == "stop":
                stopped.add(stopped_words(promise), at)
            else:
                words.add(comparison_key(promise.text), at)
        for other in log.notes:
            is_made = partial(_made_before, made, day_of(other, log.zone))
            for name in activity_keys(other.note):
                for at in words.said(name, is_made, partial(_fits, made, other, log)):
                    self.notes[at] = other
                if is_executed(other.note):
                    for at in stopped.said(name, is_made, partial(_fits_again, made, other, log)):
                        self.again[at] = other

    def _look_at_actions(self, made: Sequence[Promise], log: TeamLog) -> None:
        words = _PromiseIndex()
        for at, promise in enumerate(made):
            if promise.kind != "stop":
                words.add(comparison_key(promise.text), at)
        for stored in log.kind("action"):
            action, day = stored.note.details, day_of(stored, log.zone)
            if isinstance(action, ActionItem):
                is_made = partial(_made_before, made, day)
                for at in words.said(comparison_key(action.text), is_made, is_made):
                    self.actions[at] = (stored, action)


def _fits(made: Sequence[Promise], other: StoredNote, log: TeamLog, at: int) -> bool:
    return _is_later(made[at], other, log)


def _fits_again(made: Sequence[Promise], other: StoredNote, log: TeamLog, at: int) -> bool:
    return _began_later(made[at], other, log)


def _made_before(made: Sequence[Promise], day: date, at: int) -> bool:
    return made[at].made < day


def _is_later(promise: Promise, other: StoredNote, log: TeamLog) -> bool:
    own = other.id == promise.stored.id
    return (
        not own
        and day_of(other, log.zone) > promise.made
        and start_day_of(other, log.zone) >= start_day_of(promise.stored, log.zone)
    )


def _began_later(promise: Promise, other: StoredNote, log: TeamLog) -> bool:
    return (
        other.id != promise.stored.id
        and other.note.outcome != "dropped"
        and start_day_of(other, log.zone) > promise.made
    )


def _answered(at: int, promise: Promise, said: _PromiseMentions, log: TeamLog) -> Commitment:
    """Return a promise with what became of it.

    A sure answer first, then that it vanished, then a likely one.
    """
    item = as_commitment(promise, log)
    if promise.kind == "stop":
        return _stopped(at, item, promise, said, log)
    if at in said.actions:
        return answered_by_action(item, *said.actions[at], log)
    answer = said.notes.get(at) or next(_naming(promise, log), None)
    if answer is None and promise.kind == "keep":
        answer = next(_same_activity(promise, log), None)
    if answer is not None:
        return answered_by(item, answer, log, sure=True)
    if promise.stored.gone is not None:
        return replace(item, state="vanished", gone=promise.stored.gone)
    likely = next(
        (
            other
            for other in _near(promise, said, log)
            if is_similar_to_promise(promise, other, log)
        ),
        None,
    )
    return answered_by(item, likely, log, sure=False) if likely else item


def _stopped(
    at: int, item: Commitment, promise: Promise, said: _PromiseMentions, log: TeamLog
) -> Commitment:
    again = said.again.get(at) or next(
        (other for other in _same_activity(promise, log) if _began_later(promise, other, log)), None
    )
    if again is None:
        return replace(item, state="kept")
    return replace(item, state="came_back", answer=log.evidence(again))


def _naming(promise: Promise, log: TeamLog) -> Iterator[StoredNote]:
    references = log.references_by_note.get(promise.stored.id, ())
    return (one.stored for one in references if _is_later(promise, one.stored, log))


def _same_activity(promise: Promise, log: TeamLog) -> Iterator[StoredNote]:
    for name in sorted(activity_keys(promise.stored.note)):
        for other in log.by_name.get(name, ()):
            if (
                _is_later(promise, other, log)
                and is_executed(other.note)
                and other.note.outcome != "dropped"
            ):
                yield other


def _near(promise: Promise, said: _PromiseMentions, log: TeamLog) -> Iterator[StoredNote]:
    """Give the next notes of the same goal, not more than a dozen.

    A suggestion need not cost more.
    """
    same_goal = said.by_goal.get(comparison_key(promise.stored.note.goal), [])
    start = bisect_right(same_goal, promise.made, key=lambda other: start_day_of(other, log.zone))
    yield from same_goal[start : start + _LIKELY]
