"""Finds the earlier hypotheses most like a new one, with reasons (이미 해 본 일, ADR 0605).

    notes ─► HypothesisRecord, by day ─► HypothesisIndex: add one, find those like another
    ─► SimilarHypothesis

A suggestion, never a count (method §3): words that many hypotheses share weigh little, rare ones
much, and each result names what the two have in common, so that a reader can judge it at once. A
hypothesis meets only those that began on an earlier day, and how rare a token is was learned from
those alone: later additions never change an earlier result. The command, the archive, the Friday
preview and the alert of the Monday mail all ask here.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from heapq import nlargest
from itertools import chain, groupby
from math import log
from zoneinfo import ZoneInfo

from notes.model.notes import Note, StoredNote
from reports.analysis.data.period_membership import start_day_of
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.tokens import (
    EXPECTED_PART_WEIGHT,
    bare_word,
    tokens_by_part,
    weighted_tokens,
    word_tokens,
    words_in,
)

MIN_CERTAINTY = 0.88
"""Certainty (likeness plus lead, 0..2) from which an earlier hypothesis is named. Tuned on the
drawn and `tuning` cases of `python -m bench.similar_notes`, checked on `held_out` (ADR 0605).
"""

RESULT_VERSION = 4
"""Raise with every change of the results, so that an archive does not reuse results of older code.
"""

_PRIOR = 5
"""Hypotheses added to every count, so that a young log takes no token for rare or common at once.
Tuned with `python -m bench.similar_notes tuning`.
"""
_EVIDENCE = 1 / 3
"""Share of the rarest token's information below which what two texts share is too little. Tuned
likewise.
"""
_ALL = -1
"""Token number under which a team's counter holds the number of its hypotheses."""
_SAME_GOAL = 0.15
"""Share of the distance to 1 that a shared goal adds, by its rarity. Tuned likewise."""
_SAME_METRIC = 0.2
"""As `_SAME_GOAL` for a shared metric, which says more of what is tried. Tuned likewise."""
_MOST_WORDS = 4
"""Shared words named as the reason: judgement; they fit on one line of a phone."""
_ASKED = 20
"""Rarest tokens of a text that are looked up; bounds the cost of a query."""
_LATEST = 160
"""Latest hypotheses considered for one token (ADR 0605); bounds the cost of a query."""
_WEIGHED = 24
"""Candidates that are compared in full; bounds the cost of a query."""
_USUAL = 2
"""Other thoughts after which likeness counts as usual for this log: the third most alike sets it
(ADR 0605).
"""
_SAME_THOUGHT = 0.6
"""Likeness from which two hypotheses count as repetitions of one thought. Tuned likewise."""

TokenWeights = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class HypothesisRecord:
    """A note's hypothesis, its first day, goal and metric (comparison keys).

    `decided`: the log says what came of it.
    """

    id: str
    team: str
    day: date
    text: str
    goal: str = ""
    metric: str = ""
    decided: bool = False

    @classmethod
    def of(cls, stored: StoredNote, zone: ZoneInfo) -> "HypothesisRecord":
        """Return the record of a note; its text is "" where nothing can be compared."""
        note = stored.note
        metric = comparison_key(note.metric.name) if note.metric else ""
        decided = note.outcome in {"success", "failure", "inconclusive", "dropped"}
        return cls(
            stored.id,
            stored.team,
            start_day_of(stored, zone),
            hypothesis_of(note),
            comparison_key(note.goal),
            metric,
            decided,
        )


@dataclass(frozen=True, slots=True)
class SimilarHypothesis:
    """An earlier hypothesis like a new one: its note's id, how alike (0..1), and why.

    `beyond` is by how much it is more alike than the third most alike thought: where everything
    sounds alike, two thoughts with much in common need not be one. `words` are at most four words
    of the new text that the earlier one has too, the rarest first.
    """

    id: str
    score: float
    beyond: float = 0.0
    words: tuple[str, ...] = ()
    same_goal: bool = False
    same_metric: bool = False

    @property
    def certainty(self) -> float:
        """Return likeness plus lead (0..2): what decides whether it is named."""
        return round(self.score + self.beyond, 4)


def hypothesis_of(note: Note) -> str:
    """Return the note's hypothesis, else its title, else what was done; an identifier says
    nothing.
    """
    named = note.title if note.title != note.key else ""
    return note.hypothesis or named or note.execution


def find_similar_in_order(
    attempts: Iterable[HypothesisRecord],
    wanted: Collection[str] | None = None,
    *,
    least: float = MIN_CERTAINTY,
    most: int = 3,
    chosen: Collection[str] = (),
) -> Iterator[tuple[str, tuple[SimilarHypothesis, ...]]]:
    """Yield each record's id with earlier ones like it, in order of time.

    Args:
        attempts: in any order; those without a text are passed over.
        chosen: ids of those that are among them because they share words with what is asked: they
            may be the answer, and tell nothing of how rare a token is.
        wanted: ids of which alone the answer is wanted; all where left out.
        least: how alike an answer must be.
        most: how many answers an attempt has at most.
    """
    texts = [attempt for attempt in attempts if attempt.text]
    texts.sort(key=lambda one: (one.day, one.team, one.id))
    if wanted is not None:
        asked = [attempt for attempt in texts if attempt.id in wanted]
        texts = [one for one in texts if asked and one.day <= asked[-1].day]
        pieces = frozenset(chain.from_iterable(weighted_tokens(one.text) for one in asked))
    memory = HypothesisIndex(None if wanted is None else pieces)
    for _, several in groupby(texts, key=lambda one: one.day):
        day = list(several)
        for attempt in day:
            if wanted is None or attempt.id in wanted:
                yield attempt.id, memory.like(attempt, least=least, most=most)
        for attempt in day:
            memory.remember(attempt, counts=attempt.id not in chosen)


@dataclass(frozen=True, slots=True)
class _IndexedHypothesis:
    """An indexed hypothesis: the numbers of its tokens, those of what was done first."""

    attempt: HypothesisRecord
    numbers: "array[int]"
    done: int

    @property
    def told(self) -> dict[int, float]:
        """Return the tokens with the weight of each."""
        return dict.fromkeys(self.numbers[self.done :], EXPECTED_PART_WEIGHT) | dict.fromkeys(
            self.numbers[: self.done], 1.0
        )


class HypothesisIndex:
    """The hypotheses so far, indexed by token; about 1 ms a query at tens of thousands.

    Of a token that many hypotheses hold only the latest are considered: such a token says little.
    Where only some tokens will be `asked` for, it is kept of these alone who holds them.
    """

    def __init__(self, asked: Collection[str] | None = None) -> None:
        self._asked = asked
        self._numbers = _Numbers()
        self._times: Counter[int] = Counter()
        self._places: dict[int, array[int]] = defaultdict(partial(array, "I"))
        self._past: list[_IndexedHypothesis] = []
        self._waiting: dict[str, list[Iterable[int]]] = defaultdict(list)
        self._counted = 0
        self._of_team: dict[str, Counter[int]] = defaultdict(Counter)
        self._scales: dict[str, _TokenInformation] = {}

    def remember(self, attempt: HypothesisRecord, *, counts: bool = True) -> None:
        """Add a hypothesis, so that later ones can be compared with it.

        Unless it `counts`, it tells nothing of how rare its tokens are.
        """
        self._scales.clear()
        done, hoped = tokens_by_part(attempt.text)
        told, number_of = (*done, *hoped), self._numbers.__getitem__
        place, numbers = len(self._past), array("I", map(number_of, told))
        self._past.append(_IndexedHypothesis(attempt, numbers, len(done)))
        names = (number_of(_goal(attempt)), number_of(_metric(attempt)))
        if counts:
            self._waiting[attempt.team] += (numbers, names)
        asked = self._asked
        for piece in told if asked is None else filter(asked.__contains__, told):
            places = self._places[number_of(piece)]
            places.append(place)
            if len(places) >= 2 * _LATEST:
                del places[:-_LATEST]

    def _count(self) -> None:
        """Count the tokens of the hypotheses that came since the last query."""
        for team, waiting in self._waiting.items():
            tokens = [*chain.from_iterable(waiting)]
            self._times.update(tokens)
            self._of_team[team].update(tokens)
            self._of_team[team][_ALL] += len(waiting) // 2  # each has its tokens and its names
            self._counted += len(waiting) // 2
        self._waiting.clear()

    def like(
        self, attempt: HypothesisRecord, *, least: float = MIN_CERTAINTY, most: int = 3
    ) -> tuple[SimilarHypothesis, ...]:
        """Return the indexed hypotheses most like one, best first.

        Of equals the one with an outcome comes first, then the same team's, then the latest.
        """
        self._count()
        told = weighted_tokens(attempt.text)
        ours = {
            self._numbers.get(piece, _ALL - 1 - at): counts
            for at, (piece, counts) in enumerate(told.items())
        }
        scales = self._scales_of(attempt.team)
        likely = self._likely(ours, scales, attempt.id)
        size = sum([scales[each] * counts for each, counts in ours.items()])
        weighed = [
            (self._weighed(attempt, ours, size, scales=scales, place=place), place)
            for place in likely
        ]
        weighed.sort(key=lambda pair: self._order(attempt, *pair))
        usual = self._usual(weighed, scales)
        found = [
            (replace(one, beyond=round(one.score - usual, 4)), place)
            for one, place in weighed[:most]
        ]
        return tuple(
            self._with_words(attempt, one, scales, place=place)
            for one, place in found
            if one.score and one.certainty >= least
        )

    def _usual(
        self, weighed: Sequence[tuple[SimilarHypothesis, int]], scales: "_TokenInformation"
    ) -> float:
        """Return the likeness of the third most alike thought; 0 without three.

        Repetitions of the most alike one count as one thought.
        """
        if not weighed:
            return 0.0
        first, size, others = self._past[weighed[0][1]].told, scales.size(weighed[0][1]), 0
        evidence = log(self._counted + _PRIOR) * _EVIDENCE
        for one, place in weighed[1:]:
            theirs = self._past[place].told
            others += (
                _alike(first, theirs, size + scales.size(place), scales=scales, evidence=evidence)
                < _SAME_THOUGHT
            )
            if others == _USUAL:
                return one.score
        return 0.0

    def _scales_of(self, team: str) -> "_TokenInformation":
        """Return the token weights of a team, kept until another hypothesis is added."""
        if team not in self._scales:
            self._scales[team] = _TokenInformation(
                self._past, self._times, self._of_team.get(team, Counter()), every=self._counted
            )
        return self._scales[team]

    def _likely(self, ours: Iterable[int], scales: "_TokenInformation", own: str) -> list[int]:
        """Return the places of the hypotheses that share most of the rarest tokens."""
        rarest = sorted(
            (number for number in ours if number >= 0), key=lambda one: (self._times[one], one)
        )
        shared: dict[int, float] = defaultdict(float)
        for number in rarest[:_ASKED]:
            weight = scales[number]
            for place in self._places[number][-_LATEST:]:
                shared[place] += weight
        best = nlargest(_WEIGHED, zip(shared.values(), shared, strict=True))
        return [place for _, place in best if self._past[place].attempt.id != own]

    def _weighed(
        self,
        new: HypothesisRecord,
        ours: TokenWeights,
        size: float,
        *,
        scales: "_TokenInformation",
        place: int,
    ) -> SimilarHypothesis:
        old = self._past[place].attempt
        rarest = log(self._counted + _PRIOR)
        alike = _alike(
            ours,
            self._past[place].told,
            size + scales.size(place),
            scales=scales,
            evidence=rarest * _EVIDENCE,
        )
        goal = new.goal != "" and new.goal == old.goal
        metric = new.metric != "" and new.metric == old.metric
        for same, name, counts in (
            (goal, _goal(new), _SAME_GOAL),
            (metric, _metric(new), _SAME_METRIC),
        ):
            alike += counts * scales[self._numbers[name]] / rarest if same and alike else 0.0
        score = min(1.0, alike)
        return SimilarHypothesis(old.id, round(score, 4), same_goal=goal, same_metric=metric)

    def _with_words(
        self,
        new: HypothesisRecord,
        one: SimilarHypothesis,
        scales: "_TokenInformation",
        *,
        place: int,
    ) -> SimilarHypothesis:
        """Return the result with the words of the new text whose tokens the earlier one shares."""
        theirs, found = frozenset(self._past[place].numbers), dict[str, float]()
        for word in words_in(new.text):
            held = [self._numbers.get(piece, -1) for piece in word_tokens(word.lower())]
            shared = [number for number in held if number in theirs]
            if shared and len(shared) * 2 >= len(held):
                found.setdefault(bare_word(word), sum(map(scales.__getitem__, shared)))
        return replace(one, words=tuple(sorted(found, key=lambda word: -found[word])[:_MOST_WORDS]))

    def _order(
        self, new: HypothesisRecord, one: SimilarHypothesis, place: int
    ) -> tuple[float, bool, bool, int]:
        old = self._past[place].attempt
        return -one.score, not old.decided, old.team != new.team, -place


class _Numbers(dict[str, int]):
    """A number for each token that was asked for, in the order in which they came."""

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self)
        return number


class _TokenInformation(dict[int, float]):
    """What each token tells, in nats: nearly nothing where everyone, or the team, always has it.

    Computed on first use; valid for the hypotheses indexed when it was made, and no longer.
    """

    def __init__(
        self,
        past: Sequence[_IndexedHypothesis],
        times: Mapping[int, int],
        own: Counter[int],
        *,
        every: int,
    ) -> None:
        super().__init__()
        self._past, self._times, self._own = past, times, own
        self._every, self._ours = every + _PRIOR, own[_ALL] + _PRIOR
        self._sizes: dict[int, float] = {}

    def __missing__(self, number: int) -> float:
        times = self._times.get(number, 0)
        told = self[number] = log(
            min(self._every / (times + 1), self._ours / (self._own[number] + 1))
        )
        return told

    def size(self, place: int) -> float:
        """Return the summed weight of all tokens of an indexed hypothesis."""
        if place not in self._sizes:
            past = self._past[place]
            hoped = [self[each] * EXPECTED_PART_WEIGHT for each in past.numbers[past.done :]]
            self._sizes[place] = sum(hoped + [self[each] for each in past.numbers[: past.done]])
        return self._sizes[place]


def _goal(attempt: HypothesisRecord) -> str:
    """Return the goal as one token, so that its rarity weighs a shared goal."""
    return f"goal {attempt.goal}"


def _metric(attempt: HypothesisRecord) -> str:
    return f"metric {attempt.metric}"


def _alike(
    ours: TokenWeights,
    theirs: TokenWeights,
    total: float,
    *,
    scales: Mapping[int, float],
    evidence: float,
) -> float:
    """Return Dice's coefficient over weighted tokens, lowered where little is shared at all.

    `total` is the summed weight of both.
    """
    shared = sum(
        [
            scales[each] * (counts + theirs[each]) / 2
            for each, counts in ours.items()
            if each in theirs
        ]
    )
    if not shared:
        return 0.0
    return 2 * shared / total * shared / (shared + evidence)
