"""Computes the state of every commitment of a log (method §6).

Each text is read once, so that the cost grows with the log and not with its square. An answer is
found by explicit reference (a link, an id, the same words); else by the same owner and goal with
similar text, and then it is a suggestion that is not counted.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache, partial
from itertools import chain
from operator import itemgetter
from typing import TypeVar

from notes.model.notes import ActionItem, Note, StoredNote
from reports.analysis.data.period_membership import (
    NOT_OVER,
    VERDICTS,
    day_of,
    ended,
    is_executed,
    says_it_is_over,
    start_day_of,
    told_day,
)
from reports.analysis.data.planned_work import is_action_done
from reports.analysis.data.team_log import TeamLog, activity_keys, is_same_text, without_placeholder
from reports.analysis.records.removed_actions import RemovedAction
from reports.analysis.records.section_results import Commitment, CommitmentState
from reports.analysis.text.note_references import PrefixIndex
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.similarity import (
    has_words_of,
    shares_a_word,
    similarity,
    word_starts,
)
from reports.analysis.text.tokens import tokens_in
from reports.analysis.text.vocabulary import contains_term
from reports.analysis.text.vocabulary import words as listed

from .promise_times import last_day_of
from .promises import (
    SHORTEST,
    Promise,
    as_commitment,
    is_after,
    is_again,
    is_reported_done,
    is_stopping,
    means_once_more,
    own_activity,
    own_names,
    promises,
    stopped_thing,
    stopped_words,
)

_LIKE_WITHOUT_GOAL = 0.6
"""Similarity from which a later note of the same owner suggests an answer where no goal is written:
most words are shared (judgement)."""
_LIKELY = 12
"""Later notes of the same goal that are compared for a suggestion: judgement; it bounds the cost
(ADR 0606).
"""
_A_DAY = timedelta(days=1)
"""The step of the calendar."""
_Key = TypeVar("_Key")
_OPEN = frozenset({"unanswered", "running", "vanished", "came_back"})
"""States that still wait for an answer. A promise that came back waits again (method §6)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise, what became of it, and the day it reached its state (None: never changed).

    Its texts are made by `worded`, for the few that are shown: a log has one for nearly every note.
    `answer` is the note that answers it, `given_up` where that was dropped.
    """

    promise: Promise
    state: CommitmentState = "unanswered"
    on: date | None = None
    answer: StoredNote | None = None
    sure: bool = True
    gone: datetime | None = None
    given_up: bool = False

    @property
    def made(self) -> date:
        """Return the day the promise was made."""
        return self.promise.made


def worded(one: Standing, log: TeamLog) -> Commitment:
    """Return a promise and its answer as they may be printed."""
    note = one.answer.note if one.answer and one.given_up else None
    period = type(log.period)
    return replace(
        as_commitment(one.promise, log),
        state=one.state,
        answer=log.evidence(one.answer) if one.answer else None,
        sure=one.sure,
        why=log.cause(note, note.failure_factors, note.retrospective) if note else "",
        gone=one.gone,
        changed=str(period.containing(one.on)) if one.on else "",
    )


def standing(
    log: TeamLog,
    gone: Iterable[StoredNote] = (),
    removed: Iterable[RemovedAction] = (),
    *,
    until: date | None = None,
) -> tuple[Standing, ...]:
    """Return every commitment of the log as it stands on a day, the latest promise first.

    Args:
        log: all that is known of a team.
        gone: its notes that vanished.
        removed: notes as they were before a text was taken out of them.
        until: the day; the log's last where left out.
    """
    last = until or log.period.last
    book = _book(log, gone, removed)
    if last not in book.standings:
        book.standings[last] = _standings(book, log, last)
    return book.standings[last]


@dataclass(frozen=True, slots=True)
class _PromiseBook:
    """The promises of a log in the order in which they were made.

    `made_of` is what it was computed from, `words` finds their words in a text. `mentions` are the
    notes whose activity says a promise in its words, with these, in the order of the log: a text is
    read once, whatever the day. So are those of `renamed`, which has notes that may be what a
    promise was to stop, with the promise's place, and of `reported`, the places of the promises
    that say themselves that they are done. `judged`: whether the log writes verdicts. `by_scope`
    are the notes of each goal, and of each owner without one, `by_owner` all of an owner,
    `lines_by_owner` those of the action log. `standings` are the answers by day, as far as they
    were asked for, `guesses` what the notes after a promise suggest, by its place: on the two days
    of a ledger that is nearly always the same.
    """

    made_of: tuple[object, ...]
    promises: Sequence[Promise]
    words: "_PromiseWords"
    mentions: Sequence[tuple[StoredNote, tuple[str, ...]]]
    renamed: Sequence[tuple[StoredNote, int]]
    reported: frozenset[int]
    judged: bool
    by_scope: Mapping[tuple[str, str], "_NotesOfScope"]
    by_owner: Mapping[str, "_NotesOfScope"]
    lines_by_owner: Mapping[str, "_NotesOfScope"]
    standings: dict[date, tuple[Standing, ...]]
    guesses: dict[int, "_Guess"]


@dataclass(frozen=True, slots=True)
class _NotesOfScope:
    """The notes of one goal or owner and the days they began on, in the order of these days."""

    days: list[date] = field(default_factory=list)
    notes: list[StoredNote] = field(default_factory=list)

    def after(self, day: date, until: date) -> list[StoredNote]:
        """Return the next notes that began after a day, at most `_LIKELY`, as of another day."""
        first = bisect_right(self.days, day)
        return self.notes[first : min(first + _LIKELY, bisect_right(self.days, until))]


_NO_NOTES = _NotesOfScope()
"""The notes of a promise without owner or goal."""


@dataclass(frozen=True, slots=True)
class _Guess:
    """The later note that reads like a promise; without one, whether there may be an answer that
    nothing finds.

    It holds on every day from `since`, when the last note that it was made from began, to `until`.
    """

    likely: StoredNote | None
    doubtful: bool
    since: date
    until: date


def _book(
    log: TeamLog, gone: Iterable[StoredNote], removed: Iterable[RemovedAction]
) -> _PromiseBook:
    """Return the promises of a log, computed once for the log and its copies of other periods."""
    made_of = (gone, removed, log.notes, log.names, log.rules, log.zone)
    key = ("promises", *map(id, made_of))  # the book holds them: no other object gets their ids
    known = log.shared.get(key)
    if isinstance(known, _PromiseBook):
        return known
    made = promises(log, tuple(gone), removed)
    words = _PromiseWords(made)
    found = _PromiseBook(
        made_of,
        made,
        words,
        _mentions(words, log),
        renamed=[*_renamed(made, log)],
        reported=frozenset(at for at, one in enumerate(made) if is_reported_done(one.text)),
        judged=any(one.note.outcome in VERDICTS for one in log.notes),
        by_scope=_notes_by(log.notes, lambda one: _scopes(one.note), log),
        by_owner=_notes_by(log.notes, lambda one: one.note.owners, log),
        lines_by_owner=_notes_by(log.kind("action"), lambda one: one.note.owners, log),
        standings={},
        guesses={},
    )
    log.shared[key] = found
    return found


def _notes_by(
    notes: Iterable[StoredNote], keys: Callable[[StoredNote], Iterable[_Key]], log: TeamLog
) -> dict[_Key, _NotesOfScope]:
    """Return the notes of each key (a goal, an owner), by the day they began."""
    found: dict[_Key, _NotesOfScope] = defaultdict(_NotesOfScope)
    begun = [(start_day_of(one, log.zone), one) for one in notes]
    for day, other in sorted(begun, key=itemgetter(0)):
        for key in keys(other):
            same = found[key]
            same.days.append(day)
            same.notes.append(other)
    return found


def _mentions(words: "_PromiseWords", log: TeamLog) -> list[tuple[StoredNote, tuple[str, ...]]]:
    said = (
        (other, [found for key in sorted(activity_keys(other.note)) for found in words.within(key)])
        for other in log.notes
    )
    return [(other, tuple(found)) for other, found in said if found]


def _renamed(made: Sequence[Promise], log: TeamLog) -> Iterator[tuple[StoredNote, int]]:
    """Yield later activities that have all words of what was to be stopped, whoever does them.

    Under another owner or goal, or with a word between ("재방문 쿠폰 다시 보내기").
    """
    things: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, promise in enumerate(made):
        if promise.kind != "stop":
            continue
        own = own_names(promise.stored.note, promise.text)
        for thing in (stopped_thing(promise.text) or promise.text, *own):
            for start in sorted(word_starts(thing))[:1]:
                things[start].append((at, thing))
    for other in log.notes if things else ():
        if not is_executed(other.note):
            continue
        for text in filter(None, (other.note.title, other.note.execution)):
            near = (one for start in word_starts(text) for one in things.get(start, ()))
            for at, thing in near:
                if is_again(made[at], other, log) and has_words_of(text, thing):
                    yield other, at


def _standings(book: _PromiseBook, log: TeamLog, last: date) -> tuple[Standing, ...]:
    made = [one for one in book.promises if one.made <= last]
    said = _PromiseMentions(made, log, last, book=book)
    found = [_answered(at, promise, said=said, log=log) for at, promise in enumerate(made)]
    return tuple(reversed(found))


def is_open(item: Commitment | Standing) -> bool:
    """Return whether a commitment still waits for an answer."""
    return item.state in _OPEN


class _PromiseWords:
    """The words of all promises of a log, as comparison keys; each text is searched for them
    once.
    """

    def __init__(self, made: Sequence[Promise]) -> None:
        self._of = [_words_of(one) for one in made]
        self._index = PrefixIndex(SHORTEST)
        for words in dict.fromkeys(words for several in self._of for words in several):
            if len(words) >= SHORTEST:
                self._index.add(words, words)
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, at: int) -> tuple[str, ...]:
        """Return the wordings of a promise, by its place in the order in which they were made."""
        return self._of[at]

    def within(self, letters: str) -> tuple[str, ...]:
        """Return the words that a text contains."""
        if letters not in self._found:
            self._found[letters] = tuple(words for words, _ in self._index.within(letters))
        return self._found[letters]


def _words_of(promise: Promise) -> tuple[str, ...]:
    """Return the wordings in which a text can say a promise; of a stop also those of its
    activity.
    """
    if promise.kind != "stop":
        return (comparison_key(promise.text),)
    return tuple(sorted({stopped_words(promise), *own_activity(promise)}))


class _PromiseIndex:
    """Index of promises by their words; a promise stays in it until a text answers it."""

    def __init__(self, words: _PromiseWords) -> None:
        self._words = words
        self._waiting: dict[str, list[int]] = defaultdict(list)

    def add(self, at: int) -> None:
        """Add a promise; promises must come in the order in which they were made."""
        for words in self._words.of(at):
            self._waiting[words].append(at)

    def said(
        self,
        said: Iterable[str],
        made: int,
        fits: Callable[[int], bool],
        *,
        closes: bool,
    ) -> Iterator[int]:
        """Yield the first `made` promises whose words a text has (`said`) and which it fits.

        Closed promises are not among them.
        """
        for words in said:
            waiting = self._waiting.get(words)
            if not waiting:
                continue
            found = {at for at in waiting[: bisect_left(waiting, made)] if fits(at)}
            if found and closes:
                self._waiting[words] = [at for at in waiting if at not in found]
            yield from sorted(found)


class _PromiseMentions:
    """Mentions of promises in later notes and action log lines, found in one pass over each."""

    def __init__(
        self, made: Sequence[Promise], log: TeamLog, until: date, *, book: _PromiseBook
    ) -> None:
        self.until, self.book = until, book
        self.notes: dict[int, StoredNote] = {}
        self.again: dict[int, StoredNote] = {}
        self.renamed: dict[int, StoredNote] = {}
        self.actions: dict[int, tuple[StoredNote, ActionItem]] = {}
        self._look_at_notes(made, log)
        for other, at in book.renamed:
            if at < len(made) and self.is_known(other, log):
                self.renamed.setdefault(at, other)
        self._look_at_actions(made, log)

    def is_known(self, other: StoredNote, log: TeamLog) -> bool:
        """Return whether a note had begun by the day of the ledger."""
        return start_day_of(other, log.zone) <= self.until

    def _look_at_notes(self, made: Sequence[Promise], log: TeamLog) -> None:
        words, stopped = _PromiseIndex(self.book.words), _PromiseIndex(self.book.words)
        for at, promise in enumerate(made):
            (stopped if promise.kind == "stop" else words).add(at)
        days = [one.made for one in made]
        for other, said in self.book.mentions:
            if not self.is_known(other, log):
                continue
            made_by_then = bisect_left(days, day_of(other, log.zone))
            closes = is_executed(other.note) and other.note.outcome not in {"running", "dropped"}
            fits = partial(_fits, made=made, other=other, log=log)
            for at in words.said(said, made_by_then, fits, closes=closes):
                self.notes[at] = other
            if is_executed(other.note):
                again = partial(_fits_again, made=made, other=other, log=log)
                for at in stopped.said(said, made_by_then, again, closes=False):
                    self.again[at] = other

    def _look_at_actions(self, made: Sequence[Promise], log: TeamLog) -> None:
        lines = log.kind("action")
        words = _PromiseIndex(self.book.words)
        for at, promise in enumerate(made if lines else ()):
            if promise.kind != "stop":
                words.add(at)
        days = [one.made for one in made]
        for stored in lines:
            action, day = stored.note.details, day_of(stored, log.zone)
            if isinstance(action, ActionItem) and day <= self.until:
                by_then, done = bisect_left(days, day), is_action_done(stored, action) is True
                said = self.book.words.within(comparison_key(action.text))
                for at in words.said(said, by_then, lambda _: True, closes=done):
                    self.actions[at] = (stored, action)


def _fits(at: int, *, made: Sequence[Promise], other: StoredNote, log: TeamLog) -> bool:
    return is_after(made[at], other, log)


def _fits_again(at: int, *, made: Sequence[Promise], other: StoredNote, log: TeamLog) -> bool:
    return is_again(made[at], other, log)


def _answered(at: int, promise: Promise, *, said: _PromiseMentions, log: TeamLog) -> Standing:
    """Return a promise with its answer: a sure answer, else "vanished", else a likely answer."""
    if promise.kind == "stop":
        return _stopped(at, promise, said=said, log=log)
    if at in said.book.reported:
        return Standing(promise, "kept", promise.made)
    if at in said.actions:
        stored, action = said.actions[at]
        return _by_action(promise, stored, action=action, log=log)
    answer = said.notes.get(at) or _latest(_naming(promise, said, log))
    if answer is None and promise.kind == "keep":
        answer = next(_same_activity(promise, said, log), None)
    if answer is not None:
        return _by_note(promise, answer, said=said, log=log, sure=True)
    vanished = _vanished(promise, said, log=log)
    if vanished is not None:
        return vanished
    return _by_guess(at, promise, said=said, log=log)


def _by_guess(at: int, promise: Promise, *, said: _PromiseMentions, log: TeamLog) -> Standing:
    """Return a promise without a sure answer as the notes after it suggest."""
    guess = said.book.guesses.get(at)
    if guess is None or not guess.since <= said.until <= guess.until:
        guess = said.book.guesses[at] = _guess(promise, said, log)
    if guess.likely:
        return _by_note(promise, guess.likely, said=said, log=log, sure=False)
    return Standing(promise, sure=not guess.doubtful)


def _guess(promise: Promise, said: _PromiseMentions, log: TeamLog) -> _Guess:
    """Return what the next notes after a promise suggest."""
    near = [*_near(promise, said)]
    eve = promise.made - _A_DAY  # what began on the day of the promise may be its answer
    of_owners = [
        scope.get(owner, _NO_NOTES).after(eve, said.until)
        for scope in (said.book.by_owner, said.book.lines_by_owner)
        for owner in promise.stored.note.owners
    ]
    likely = next(
        (one for one in chain.from_iterable(near) if _reads_like(promise, one, log)), None
    )
    last = (start_day_of(found[-1], log.zone) for found in (*near, *of_owners) if found)
    return _Guess(
        likely,
        likely is None and _is_doubtful(promise, near, of_owners, log=log),
        max(last, default=promise.made),
        said.until,
    )


def _is_doubtful(
    promise: Promise,
    near: Sequence[Sequence[StoredNote]],
    of_owners: Sequence[Sequence[StoredNote]],
    *,
    log: TeamLog,
) -> bool:
    """Return whether a promise may have an answer that nothing finds (method §1: not found is not
    unanswered).

    Its own words stand in a later activity of its owner, or half of them in a later plan; or they
    stand in one of its goal (of its owner, in a log without goals) and in what that supposed; it
    spreads what the note did, and the next one there does that again ("합정도 해보기"); it names a
    time of its own whose end nobody can tell ("설에는", ADR 0727); or nothing says what kind of
    promise it is, and a column that may say so is a question.
    """
    if log.open_columns and promise.kind is None:
        return True
    if contains_term("later_time", promise.text) and not last_day_of(promise.text, promise.made):
        return True
    wanted = _told_words(promise.text)
    if any(_may_answer(note, wanted) for note in _others(promise, of_owners)):
        return True
    spread = _deed(promise.stored.note) if contains_term("spreads", promise.text) else frozenset()
    return any(
        wanted & _deed_or_plan(note) or _is_half_in(_deed(note), spread)
        for note in _others(promise, near)
        if is_executed(note)
    )


def _others(promise: Promise, notes: Iterable[Sequence[StoredNote]]) -> Iterator[Note]:
    """Yield the notes without the promise's own."""
    every = chain.from_iterable(notes)
    return (one.note for one in every if one.id != promise.stored.id)


def _may_answer(note: Note, wanted: frozenset[str]) -> bool:
    """Return whether a deed has any of the words; half of them, where nothing was done yet, put off
    or not.
    """
    if is_executed(note):
        return bool(wanted & _deed(note))
    return _is_half_in(_deed_or_plan(note), wanted)


def _is_half_in(told: frozenset[str], wanted: frozenset[str]) -> bool:
    return bool(wanted) and 2 * len(wanted & told) >= len(wanted)


def _deed_or_plan(note: Note) -> frozenset[str]:
    return _deed(note) | _told_words(note.hypothesis)


def _deed(note: Note) -> frozenset[str]:
    return _told_words(f"{note.title} {note.execution}")


@lru_cache(maxsize=20_000)
def _told_words(text: str) -> frozenset[str]:
    """Return the tokens of a deed without those that any deed has ("다시 보기", "again")."""
    return frozenset(tokens_in(text)) - _vague()


@cache
def _vague() -> frozenset[str]:
    return frozenset(tokens_in(" ".join(listed("vague_deed"))))


def _latest(notes: Iterable[StoredNote]) -> StoredNote | None:
    """Return the note that closes a promise, else the one that came last."""
    found = list(notes)
    closing = [
        one
        for one in found
        if is_executed(one.note) and one.note.outcome not in {"running", "dropped"}
    ]
    return closing[0] if closing else found[-1] if found else None


def _by_note(
    promise: Promise, other: StoredNote, *, said: _PromiseMentions, log: TeamLog, sure: bool
) -> Standing:
    """Return the commitment as another note answers it."""
    note = other.note
    state: CommitmentState = "kept"
    begun = start_day_of(other, log.zone)
    on = (ended(other, log.zone) or begun) if said.book.judged else begun
    if note.outcome == "dropped":
        reason = without_placeholder(note.failure_factors) or without_placeholder(
            note.retrospective
        )  # written counts, quoted or not
        state = "stopped" if reason else "unanswered"
    elif _is_under_way(other, said, log):
        state, on = "running", begun
    return Standing(
        promise,
        state,
        max(on, promise.made) if state != "unanswered" else None,
        answer=other,
        sure=sure,
        given_up=note.outcome == "dropped",
    )


def _is_under_way(other: StoredNote, said: _PromiseMentions, log: TeamLog) -> bool:
    """Return whether an answering note is not over: it runs, is planned, ends later, or waits for
    its verdict in a log that writes verdicts: it is told when it begins, and when it is judged.
    """
    note = other.note
    if note.outcome is not None:
        return note.outcome in NOT_OVER
    end = ended(other, log.zone)
    later = end is not None and end > said.until
    return later or not is_executed(note) or (said.book.judged and not says_it_is_over(other))


def _by_action(
    promise: Promise, stored: StoredNote, *, action: ActionItem, log: TeamLog
) -> Standing:
    """Return the commitment as a line of an action log answers it."""
    done = is_action_done(stored, action)
    state: CommitmentState = "kept" if done else "running" if done is None else "unanswered"
    on = day_of(stored, log.zone) if state != "unanswered" else None
    return Standing(promise, state, on, answer=stored)


def _vanished(promise: Promise, said: _PromiseMentions, *, log: TeamLog) -> Standing | None:
    """Return the commitment as vanished where its row or its text is gone."""
    at = promise.stored.gone or promise.removed
    if at is None or told_day(at, log.zone) > said.until:
        return None
    return Standing(promise, "vanished", told_day(at, log.zone), gone=at)


def _stopped(at: int, promise: Promise, *, said: _PromiseMentions, log: TeamLog) -> Standing:
    """Return a promise to stop: "kept" while nothing like it is seen, else "came_back"."""
    again = said.again.get(at) or next(
        (other for other in _same_activity(promise, said, log) if is_again(promise, other, log)),
        None,
    )
    again = again or next(
        (one for one in _naming(promise, said, log) if is_again(promise, one, log)), None
    )
    if again is not None and is_executed(again.note):
        return Standing(promise, "came_back", start_day_of(again, log.zone), answer=again)
    vanished = _vanished(promise, said, log=log)
    if vanished is not None:
        return vanished
    work = [
        one
        for one in chain.from_iterable(_near(promise, said))
        if is_executed(one.note) and not is_stopping(one.note)
    ]
    alike = next((one for one in work if _reads_like(promise, one, log)), said.renamed.get(at))
    if alike is not None:
        began = start_day_of(alike, log.zone)
        return Standing(promise, "came_back", began, answer=alike, sure=False)
    return Standing(promise, "kept", sure=not any(_touches(one.note, promise) for one in work))


def _touches(note: Note, promise: Promise) -> bool:
    """Return whether later work shares a word with what was to be stopped: it may be its return
    under another name.
    """
    return shares_a_word(f"{note.title} {note.execution}", promise.text)


def _naming(promise: Promise, said: _PromiseMentions, log: TeamLog) -> Iterator[StoredNote]:
    references = log.references_by_note.get(promise.stored.id, ())
    found = (one.stored for one in references if said.is_known(one.stored, log))
    return (one for one in found if is_after(promise, one, log))


def _same_activity(promise: Promise, said: _PromiseMentions, log: TeamLog) -> Iterator[StoredNote]:
    """Yield the later notes of the promise's own activity, the latest first."""
    for name in sorted(activity_keys(promise.stored.note)):
        for other in reversed(log.by_name.get(name, ())):
            carried_out = is_executed(other.note) and other.note.outcome != "dropped"
            if carried_out and said.is_known(other, log) and is_after(promise, other, log):
                yield other


def _scopes(note: Note) -> list[tuple[str, str]]:
    """Return where a note's activity is at home: its goal; without one, with each of its owners."""
    goal = comparison_key(note.goal)
    return [(goal, "")] if goal else [("", owner) for owner in note.owners]


def _near(promise: Promise, said: _PromiseMentions) -> Iterator[Sequence[StoredNote]]:
    """Yield the next notes of the same goal, or of the same owner where the log names no goal: at
    most `_LIKELY` each.
    """
    for scope in _scopes(promise.stored.note):
        yield said.book.by_scope.get(scope, _NO_NOTES).after(promise.made, said.until)


def _reads_like(promise: Promise, other: StoredNote, log: TeamLog) -> bool:
    """Return whether a later note of the same owner and goal reads like the promise (suggests).

    Where no goal is written more must be alike.
    """
    note, past = other.note, promise.stored.note
    if other.id == promise.stored.id or start_day_of(other, log.zone) <= promise.made:
        return False
    if not set(note.owners) & set(past.owners):
        return False
    if past.goal and not is_same_text(note.goal, past.goal):
        return False
    again = means_once_more(promise.text)
    said = (past.title, past.execution) if again else (promise.text,)
    best = max(similarity(one, text) for one in said for text in (note.title, note.execution))
    return best >= (log.rules.likely if past.goal else max(log.rules.likely, _LIKE_WITHOUT_GOAL))
