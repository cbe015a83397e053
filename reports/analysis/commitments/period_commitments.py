"""The ledger of commitments (METHOD.md §6): what was promised in the weeks before, and what became of it.

An answer is found by explicit reference (a link, an id, the same text); else by the same owner and
goal with similar text, and then it is a suggestion that is not counted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from notes.model.notes import ActionItem, NextKind, StoredNote
from notes.model.periods import Week
from reports.analysis.data.period_membership import day_of, is_executed, local_day, start_day_of
from reports.analysis.data.planned_work import actions_in, is_action_done
from reports.analysis.data.team_log import TeamLog, is_same_text, without_placeholder
from reports.analysis.questions.stop_candidates import find_continuation
from reports.analysis.records.section_results import Commitment, CommitmentLedger, CommitmentState
from reports.analysis.text.note_references import NoteNames
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.similarity import similarity
from reports.analysis.text.vocabulary import pattern

_STATES: tuple[CommitmentState, ...] = (
    "came_back",
    "vanished",
    "unanswered",
    "stopped",
    "running",
    "kept",
)
_CLOSED: tuple[CommitmentState, ...] = ("kept", "running", "stopped")
_LABEL = re.compile(
    r"^\s*[-•*]?\s*(계속|유지|keep|그만|중단|stop|시작|시도|start|try)\s*[:：)\-]\s*", re.IGNORECASE
)
_KINDS: dict[str, NextKind] = {
    "계속": "keep", "유지": "keep", "keep": "keep", "그만": "stop", "중단": "stop", "stop": "stop",
    "시작": "start", "시도": "start", "start": "start", "try": "start",
}  # fmt: skip
SHORTEST = 4
_REWORDED = 0.4
_TAIL = 3


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of a note, made on a day before the period."""

    stored: StoredNote
    text: str
    kind: NextKind | None
    made: date


def commitment_ledger(
    log: TeamLog, before: Sequence[StoredNote], gone: Sequence[StoredNote] = ()
) -> CommitmentLedger:
    """Return the ledger.

    Args: log: the log as it is. before: the notes as the last report saw them, so that a text that
        was erased since is known. gone: notes that vanished.
    """
    items = [_answered(promise, log, gone) for promise in promises(log, (*gone, *before))]
    items.sort(
        key=lambda item: (_STATES.index(item.state), not item.sure, _late(item.made), item.text)
    )
    sure = [item for item in items if item.sure]
    counts: dict[CommitmentState, int] = {
        state: len([item for item in sure if item.state == state]) for state in _STATES
    }
    closed = sum(counts[state] for state in _CLOSED)
    counts["unanswered"] += len(items) - len(sure)
    return CommitmentLedger(
        items=tuple(items[: log.rules.list_size]),
        due=len(items),
        counts=tuple((state, counts[state]) for state in reversed(_STATES)),
        suggested=len(items) - len(sure),
        closure=closed / len(items) if items else None,
    )


def _late(made: str) -> int:
    week = Week.parse(made)
    return -week.first.toordinal()


def promises(log: TeamLog, before: Sequence[StoredNote]) -> list[Promise]:
    """Return what was promised in the weeks before the period.

    `before` are notes as they stood earlier.
    """
    since = log.period.first - timedelta(weeks=log.rules.commitment_weeks)
    known = {
        stored.id: stored for stored in (*log.notes, *before) if stored.note.kind == "experiment"
    }
    found = []
    for stored in sorted(
        known.values(), key=lambda one: (day_of(one, log.zone), one.note.title, one.id)
    ):
        made = made_on(stored, log)
        if since <= made < log.period.first:
            found += [Promise(stored, text, kind, made) for text, kind in promises_of(stored)]
    return found


def made_on(stored: StoredNote, log: TeamLog) -> date:
    """Return the day a promise was made.

    When it was written, if that is known and not before the note's own day.
    """
    day, written = day_of(stored, log.zone), stored.written.get("next_action")
    return max(day, local_day(written, log.zone)) if written else day


def promises_of(stored: StoredNote) -> Iterator[tuple[str, NextKind | None]]:
    """Give the promises of a note, one a line; a line's own label outweighs the note's column."""
    for line in stored.note.next_action.splitlines():
        label = _LABEL.match(line)
        text = " ".join((line[label.end() :] if label else line).split()).strip("-• ")
        if without_placeholder(text):
            yield (
                text,
                _KINDS[label[1].lower()] if label else stored.note.next_kind or _said_kind(text),
            )


def _said_kind(text: str) -> NextKind | None:
    """Return "stop" for a promise that ends in stopping ("맛보기 칸 그만"), or in English begins with it."""
    found = list(pattern("stopped").finditer(text))
    ends = bool(found) and len(text) - found[-1].end() <= _TAIL and not text.isascii()
    begins = bool(found) and found[0].start() == 0 and text.isascii()
    return "stop" if ends or begins else None


def as_commitment(promise: Promise, log: TeamLog) -> Commitment:
    """Return a promise as a commitment that nothing has answered yet."""
    return Commitment(
        text=log.deed(promise.text),
        kind=promise.kind,
        made=str(Week.containing(promise.made)),
        evidence=log.evidence(promise.stored),
        state="unanswered",
        owners=promise.stored.note.owners,
    )


def _answered(promise: Promise, log: TeamLog, gone: Sequence[StoredNote]) -> Commitment:
    """Return the promise with what became of it.

    A sure answer first, then whether it vanished, then a likely one.
    """
    item = as_commitment(promise, log)
    sure = (
        _stop_answer(item, promise, log)
        if promise.kind == "stop"
        else _sure_answer(item, promise, log)
    )
    if sure is not None:
        return sure
    when = _vanished(promise, log, gone)
    if when is not None:
        return replace(item, state="vanished", gone=when if when.year > 1 else None)
    if promise.kind == "stop":
        return replace(item, state="kept")
    same_goal = log.period_notes_by_goal.get(comparison_key(promise.stored.note.goal), ())
    likely = next(
        (other for other in same_goal if is_similar_to_promise(promise, other, log)), None
    )
    return answered_by(item, likely, log, sure=False) if likely else item


def _sure_answer(item: Commitment, promise: Promise, log: TeamLog) -> Commitment | None:
    for stored, action in actions_in(log, log.period):
        if _same_words(promise.text, action.text):
            return answered_by_action(item, stored, action, log)
    answer = next(
        (other for other in _candidates(promise, log) if other.id != promise.stored.id), None
    )
    if answer is not None:
        return answered_by(item, answer, log, sure=True)
    if promise.kind == "keep":
        again = find_continuation(promise.stored, log)
        return answered_by(item, again, log, sure=True) if again else None
    return None


def _candidates(promise: Promise, log: TeamLog) -> Iterator[StoredNote]:
    """Give the later notes of the period that carry the promise's very words, or name its note."""
    words, start = comparison_key(promise.text), start_day_of(promise.stored, log.zone)
    carried = len(words) >= SHORTEST and words in log.period_names_key
    naming = _naming(promise.stored, log)
    if not carried and not naming:
        return
    for other in log.period_notes:
        texts = (other.note.title, other.note.execution)
        answers = other.id in naming or (
            carried and any(_same_words(promise.text, text) for text in texts)
        )
        if answers and start_day_of(other, log.zone) >= start:
            yield other


def _naming(stored: StoredNote, log: TeamLog) -> set[str]:
    """Return the ids of the period's notes that refer to a note; it may be gone from the log."""
    if stored.id in log.by_id:
        return {
            reference.stored.id for reference in log.references_by_note.get(stored.id, ())
        } & log.period_note_ids
    names = NoteNames.of(stored.note)
    return {other.id for other in log.period_notes if log.said[other.id].how(names)}


def _same_words(text: str, other: str) -> bool:
    """Tell whether another text is the promise, or holds it whole."""
    words = comparison_key(text)
    return len(words) >= SHORTEST and words in comparison_key(other)


def answered_by(item: Commitment, other: StoredNote, log: TeamLog, *, sure: bool) -> Commitment:
    """Return the commitment as another note answers it."""
    note, why = other.note, ""
    state: CommitmentState = "kept"
    if note.outcome == "dropped":
        why = log.cause(note.failure_factors, note.retrospective)
        reason = without_placeholder(note.failure_factors) or without_placeholder(
            note.retrospective
        )  # written counts, quoted or not
        state = "stopped" if reason else "unanswered"
    elif note.outcome in {"running", "planned"} or not is_executed(note):
        state = "running"
    return replace(item, state=state, answer=log.evidence(other), sure=sure, why=why)


def answered_by_action(
    item: Commitment, stored: StoredNote, action: ActionItem, log: TeamLog
) -> Commitment:
    """Return the commitment as a line of an action log answers it."""
    done = is_action_done(stored, action)
    state: CommitmentState = "kept" if done else "running" if done is None else "unanswered"
    return replace(item, state=state, answer=log.evidence(stored))


def _stop_answer(item: Commitment, promise: Promise, log: TeamLog) -> Commitment | None:
    """Return "came back" where what was to be stopped is seen again; None where it is not."""
    again = find_continuation(promise.stored, log) or next(
        (other for other in log.period_notes if _is_target(promise, other, log)), None
    )
    if again is not None:
        return replace(item, state="came_back", answer=log.evidence(again))
    same_goal = log.period_notes_by_goal.get(comparison_key(promise.stored.note.goal), ())
    alike = next(
        (
            other
            for other in same_goal
            if is_executed(other.note) and is_similar_to_promise(promise, other, log)
        ),
        None,
    )
    return (
        replace(item, state="came_back", answer=log.evidence(alike), sure=False) if alike else None
    )


def _is_target(promise: Promise, other: StoredNote, log: TeamLog) -> bool:
    """Tell whether a later executed note is the activity that the words of a stop name."""
    note = other.note
    later = (
        day_of(other, log.zone) >= log.period.first and start_day_of(other, log.zone) > promise.made
    )
    if (
        other.id == promise.stored.id
        or not is_executed(note)
        or note.outcome == "dropped"
        or not later
    ):
        return False
    words = stopped_words(promise)
    return len(words) >= SHORTEST and any(
        words in comparison_key(text) for text in (note.title, note.execution)
    )


def stopped_words(promise: Promise) -> str:
    """Return what a promise to stop is about, letters only."""
    return comparison_key(pattern("stopped").sub(" ", promise.text).replace("하기", " "))


def _vanished(promise: Promise, log: TeamLog, gone: Sequence[StoredNote]) -> datetime | None:
    """Return when the promise's row vanished (year 1: its text did), None where both stand."""
    left = next((stored for stored in gone if stored.id == promise.stored.id), None)
    if left is not None and left.gone is not None:
        return left.gone
    now = log.by_id.get(promise.stored.id)
    if now is None:
        return None
    text = now.note.next_action
    kept = _same_words(promise.text, text) or similarity(promise.text, text) >= _REWORDED
    return (
        None
        if kept
        else now.written.get("next_action", datetime.min.replace(tzinfo=now.changed.tzinfo))
    )


def is_similar_to_promise(promise: Promise, other: StoredNote, log: TeamLog) -> bool:
    """Tell whether a later note of the same owner and goal reads like the promise.

    A suggestion only.
    """
    note, past = other.note, promise.stored.note
    if other.id == promise.stored.id or start_day_of(other, log.zone) <= promise.made:
        return False
    if not set(note.owners) & set(past.owners) or not is_same_text(note.goal, past.goal):
        return False
    best = max(similarity(promise.text, text) for text in (note.title, note.execution))
    return best >= log.rules.likely
