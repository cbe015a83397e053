"""You tried this before (이미 해 본 일): for a hypothesis the earlier ones most like it, with reasons.

    notes ─► attempts, in order of time ─► Memory: remembers one, is asked for what is like another ─► Tried

A suggestion, never a count (METHOD.md §3): what many attempts say is worth little, what few say much, and each answer
names what the two have in common, so that a reader can see at once whether it is the same thing. An attempt meets
only those that began on an earlier day, and how rare a piece of text is was learned from those alone: what is
remembered later never changes an earlier answer. The command, the archive, the Friday preview and the alert of the
Monday mail all ask here.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from itertools import groupby
from math import fsum, log
from zoneinfo import ZoneInfo

from loopnote.notes import Note, StoredNote

from .membership import began
from .pieces import parts, pieces, words_in
from .wording import normal

LEAST = 0.65
"""How alike (0..1) an attempt must be to be named."""

_PRIOR = 5
_SAME_GOAL = 0.06
_SAME_METRIC = 0.04
_MOST_WORDS = 4
_ASKED = 24
_LATEST = 200
_WEIGHED = 48


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is remembered of a note: what was thought to work, since when, for which goal and metric (letters only).

    `decided` tells that the log says what came of it.
    """

    id: str
    team: str
    day: date
    text: str
    goal: str = ""
    metric: str = ""
    decided: bool = False

    @classmethod
    def of(cls, stored: StoredNote, zone: ZoneInfo) -> "Attempt":
        """Return the attempt that a note is; its text is "" where it says nothing that could be compared."""
        note = stored.note
        metric = normal(note.metric.name) if note.metric else ""
        decided = note.outcome in {"success", "failure", "inconclusive", "dropped"}
        return cls(stored.id, stored.team, began(stored, zone), hypothesis_of(note), normal(note.goal), metric, decided)


@dataclass(frozen=True, slots=True)
class Tried:
    """An earlier attempt like a new one: its note's id, how alike (0..1), and why.

    `words` are at most four words of the new text that the earlier one has too, the rarest first.
    """

    id: str
    score: float
    words: tuple[str, ...] = ()
    same_goal: bool = False
    same_metric: bool = False


def hypothesis_of(note: Note) -> str:
    """Return what a note expected to work: its hypothesis, else its title, else what was done."""
    return note.hypothesis or note.title or note.execution


def tried_in_order(
    attempts: Iterable[Attempt], wanted: Collection[str] | None = None, *, least: float = LEAST, most: int = 3
) -> Iterator[tuple[str, tuple[Tried, ...]]]:
    """Give each attempt's id with the earlier ones like it, in order of time; attempts of one day do not meet.

    Args:
        attempts: in any order; those without a text are passed over.
        wanted: ids of which alone the answer is wanted; all where left out.
        least: how alike an answer must be.
        most: how many answers an attempt has at most.
    """
    memory = Memory()
    texts = (attempt for attempt in attempts if attempt.text)
    for _, several in groupby(sorted(texts, key=lambda one: (one.day, one.team, one.id)), key=lambda one: one.day):
        day = list(several)
        for attempt in day:
            if wanted is None or attempt.id in wanted:
                yield attempt.id, memory.like(attempt, least=least, most=most)
        for attempt in day:
            memory.remember(attempt)


@dataclass(frozen=True, slots=True)
class _Past:
    attempt: Attempt
    pieces: "array[int]"


class Memory:
    """The attempts so far, by the pieces of their texts; made for tens of thousands, each asked in about 1 ms.

    Of a piece that many attempts hold only the latest are looked at: such a piece tells little.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._times: list[int] = []
        self._places: list[array[int]] = []
        self._past: list[_Past] = []

    def remember(self, attempt: Attempt) -> None:
        """Keep an attempt, so that later ones meet it."""
        found = array("I", sorted(map(self._number, pieces(attempt.text))))
        place = len(self._past)
        self._past.append(_Past(attempt, found))
        for number in found:
            self._times[number] += 1
            places = self._places[number]
            places.append(place)
            if len(places) >= 2 * _LATEST:
                del places[:-_LATEST]

    def like(self, attempt: Attempt, *, least: float = LEAST, most: int = 3) -> tuple[Tried, ...]:
        """Return the remembered attempts most like one, best first.

        Of equals the one with an outcome, then the same team's, then the latest comes first.
        """
        ours = frozenset(self._numbers.get(piece, -1 - at) for at, piece in enumerate(sorted(pieces(attempt.text))))
        likely = self._likely(ours, attempt.id)
        weighed = [(self._weighed(attempt, ours, place), place) for place in likely]
        found = [(one, place) for one, place in weighed if one.score >= least]
        found.sort(key=lambda pair: self._order(attempt, *pair))
        return tuple(one for one, _ in found[:most])

    def _number(self, piece: str) -> int:
        number = self._numbers.setdefault(piece, len(self._times))
        if number == len(self._times):
            self._times.append(0)
            self._places.append(array("I"))
        return number

    def _weight(self, number: int) -> float:
        """Return what a piece tells, in nats: nearly nothing where every attempt has it."""
        times = self._times[number] if number >= 0 else 0
        return log((len(self._past) + _PRIOR) / (times + 1))

    def _together(self, numbers: Iterable[int]) -> float:
        return fsum(map(self._weight, numbers))

    def _likely(self, ours: Iterable[int], own: str) -> list[int]:
        """Return the places of the attempts that share most of the rarest pieces."""
        rarest = sorted((number for number in ours if number >= 0), key=lambda one: (self._times[one], one))
        shared: dict[int, float] = defaultdict(float)
        for number in rarest[:_ASKED]:
            weight = self._weight(number)
            for place in self._places[number][-_LATEST:]:
                shared[place] += weight
        best = nsmallest(_WEIGHED, shared, key=lambda place: (-shared[place], -place))
        return [place for place in best if self._past[place].attempt.id != own]

    def _weighed(self, new: Attempt, ours: frozenset[int], place: int) -> Tried:
        old, theirs = self._past[place].attempt, frozenset(self._past[place].pieces)
        alike = self._alike(ours, theirs)
        goal = new.goal != "" and new.goal == old.goal
        metric = new.metric != "" and new.metric == old.metric
        score = min(1.0, alike + goal * _SAME_GOAL + metric * _SAME_METRIC)
        return Tried(old.id, round(score, 4), self._common(new.text, theirs), goal, metric)

    def _alike(self, ours: frozenset[int], theirs: frozenset[int]) -> float:
        """Return Dice's coefficient, each piece counted by what it tells."""
        total = self._together(ours) + self._together(theirs)
        return 2 * self._together(ours & theirs) / total if total else 0.0

    def _common(self, text: str, theirs: frozenset[int]) -> tuple[str, ...]:
        """Return words of the text of which most pieces are theirs too, those that tell most first."""
        found: dict[str, float] = {}
        for word in words_in(text):
            held = [self._numbers.get(piece, -1) for piece in parts(word.lower())]
            shared = [number for number in held if number in theirs]
            if shared and len(shared) * 2 >= len(held):
                found.setdefault(word, self._together(shared))
        return tuple(sorted(found, key=lambda word: -found[word])[:_MOST_WORDS])

    def _order(self, new: Attempt, one: Tried, place: int) -> tuple[float, bool, bool, int]:
        old = self._past[place].attempt
        return -one.score, not old.decided, old.team != new.team, -place
