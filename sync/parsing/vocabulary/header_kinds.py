"""Reads a header as a composition: what its words are, and what words of these kinds name together.

A list of whole phrases never ends, but the words of headers are few: those that ask (why, who,
when), that say when ("next term", "이번 주"), verbs of doing, learning, using, expecting, and nouns
of the method. `header_kinds.toml` says which word is of which kind, and which kinds together name a
field; "다음 학기에 할 것" and "what we will try next" are both something to do that is to come.
A header is read only where every word of it is known: with one word that is not, or with two
readings that differ, the grammar says nothing (reading rules, "Certain or open").
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Literal

from notes.system.compiled_tables import kept_pattern

from . import load_words

_HANGUL = kept_pattern(r"[가-힣]")
_LONGEST = 48
"""Signs of a header that are read; judgement: a longer one is a sentence."""
_LONGEST_WORD = 14
"""Syllables of the longest Korean word of the list, at least; words of English are counted in
`_MOST_WORDS`."""
_MOST_WORDS = 6
"""Words of the longest English entry of the list, at least."""
_OBJECT = kept_pattern(r"[가-힣]{2,6}(?:을|를|에서|으로|에|에도)")
"""A Korean word that says on what or where something was done: it does not change the field."""
_OTHERS = kept_pattern(r"[a-z]{3,14}s")
"""An English word for many that may be whoever reacted: "how donors responded"."""
_PARTS = ("stem", "done", "was", "will", "joined")
"""The forms of a Korean verb, in the order in which `_parts` gives them."""

Kinds = frozenset[str]
Grammar = Literal["rule", "names", "numbers"]
"""The rules that a header is read by: those of a log, or those over the texts and over the numbers
of a table with one number a row."""
_BOOKS = {
    "rule": ("header_kinds",),
    "names": ("header_kinds", "number_headers"),
    "numbers": ("header_kinds", "number_headers"),
}
"""Where the words of a grammar stand; its rules stand in the last."""


@dataclass(frozen=True, slots=True)
class _Rule:
    roles: tuple[str, ...]
    needs: tuple[Kinds, ...]
    known: Kinds

    def fits(self, kinds: Kinds) -> bool:
        return kinds <= self.known and not any(need.isdisjoint(kinds) for need in self.needs)


@lru_cache(maxsize=1 << 11)
def composed_roles(header: str, grammar: Grammar = "rule") -> tuple[str, ...]:
    """Return the fields that the words of a folded header name together, () where they do not
    say one.

    >>> composed_roles("다음 학기에 할 것"), composed_roles("what we will try next")
    (('next_action',), ('next_action',))
    >>> composed_roles("배운 것을 써 본 곳"), composed_roles("배운 시간"), composed_roles("")
    (('applied_to',), (), ())
    >>> composed_roles("이번 주 숫자", "numbers"), composed_roles("어떤 숫자", "names")
    (('metric_value',), ('metric_name',))
    """
    if not header or len(header) > _LONGEST:
        return ()
    korean = bool(_HANGUL.search(header))
    read = _readings if korean else _english_readings
    found = read(header, grammar)
    said = [
        (pieces, roles) for kinds, pieces in found.items() if (roles := _roles_of(kinds, grammar))
    ]
    fewest = min((pieces for pieces, _ in said), default=0)
    best = {roles for pieces, roles in said if pieces == fewest}
    return best.pop() if len(best) == 1 else ()


def _roles_of(kinds: Kinds, grammar: Grammar) -> tuple[str, ...]:
    return next((rule.roles for rule in _rules(grammar) if rule.fits(kinds)), ())


def _readings(header: str, grammar: Grammar) -> dict[Kinds, int]:
    """Return the kinds of a Korean header's words by each way to part it, with the fewest
    pieces of each.

    Spaces are no boundary ("해 본 것", "해본것"), save for a word that is not of the list.
    """
    words = header.split()
    text = "".join(words)
    free: dict[int, int] = {}
    place = 0
    for word in words[:-1]:
        if _OBJECT.fullmatch(word) and word not in _words("syllables", grammar):
            free[place] = len(word)
        place += len(word)

    def steps(at: int) -> Iterator[tuple[int, Kinds]]:
        yield from _korean_at(text[at : at + 2 * _LONGEST_WORD], grammar)
        if at in free:
            yield free[at], frozenset({"object"})

    return _read(len(text), steps)


def _read(size: int, steps: Callable[[int], Iterable[tuple[int, Kinds]]]) -> dict[Kinds, int]:
    """Return the kinds of all words by each way to go from the beginning to the end, with the
    fewest steps of each; `steps` yields the length and the kinds of what may stand at a place.
    """
    reached: list[dict[Kinds, int]] = [{} for _ in range(size + 1)]
    reached[0][frozenset()] = 0
    for at, here in enumerate(reached[:-1]):
        for length, kinds in steps(at) if here else ():
            beyond = reached[at + length]
            for so_far, pieces in here.items():
                told = so_far | kinds
                beyond[told] = min(pieces + 1, beyond.get(told, pieces + 1))
    return reached[-1]


def _korean_at(text: str, grammar: Grammar) -> Iterator[tuple[int, Kinds]]:
    """Yield the length and the kinds of each word that a text begins with."""
    for length in range(1, min(len(text), _LONGEST_WORD) + 1):
        begun = text[:length]
        for kinds in _words("syllables", grammar).get(begun, ()):
            yield length, kinds
        for verb, part in _verbs().get(begun, ()):
            rest = text[length:]
            for size in range(min(len(rest), _LONGEST_WORD) + 1):
                for ending in _endings()[part].get(rest[:size], ()):
                    yield length + size, ending | {verb}


def _english_readings(header: str, grammar: Grammar) -> dict[Kinds, int]:
    words = header.replace("-", " ").split()
    return _read(len(words), lambda at: _english_at(words[at : at + _MOST_WORDS], grammar))


def _english_at(words: Sequence[str], grammar: Grammar) -> Iterator[tuple[int, Kinds]]:
    """Yield the number of words and the kinds of each expression that these words begin with."""
    for length in range(1, len(words) + 1):
        for kinds in _words("words", grammar).get(" ".join(words[:length]), ()):
            yield length, kinds
    if _OTHERS.fullmatch(words[0]):
        yield 1, frozenset({"others"})


@cache
def _words(language: str, grammar: Grammar) -> dict[str, tuple[Kinds, ...]]:
    found: dict[str, list[Kinds]] = {}
    books = [load_words(book)[language] for book in _BOOKS[grammar]]
    for kind, words in chain.from_iterable(book.items() for book in books):
        for word in words:
            kinds = frozenset({kind} if kind else ())
            found.setdefault(" ".join(re.findall(r"[^\s'-]+", word)), []).append(kinds)
    return {word: tuple(kinds) for word, kinds in found.items()}


@cache
def _verbs() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the parts of the Korean verbs: the kind of each, and which part it is."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, verbs in load_words("header_kinds")["verbs"].items():
        for verb in verbs:
            for part, begun in zip(_PARTS, _parts(verb), strict=True):
                if (one := (kind, part)) not in found.setdefault(begun, []):
                    found[begun].append(one)
    return {begun: tuple(parts) for begun, parts in found.items()}


def _parts(verb: str) -> list[str]:
    parts = verb.split()
    if len(parts) > 1:
        return parts
    noun = verb.removesuffix("하")
    return [verb, f"{noun}한", f"{noun}했", f"{noun}할", f"{noun}해"]


@cache
def _endings() -> dict[str, dict[str, tuple[Kinds, ...]]]:
    found: dict[str, dict[str, tuple[Kinds, ...]]] = {}
    for part, told in load_words("header_kinds")["endings"].items():
        of_part: dict[str, list[Kinds]] = {}
        for kinds, endings in told.items():
            for ending in endings:
                of_part.setdefault(ending, []).append(frozenset(kinds.split("_")))
        found[part] = {ending: tuple(kinds) for ending, kinds in of_part.items()}
    return found


@cache
def _rules(grammar: Grammar) -> tuple[_Rule, ...]:
    rules = []
    for one in load_words(_BOOKS[grammar][-1])[grammar]:
        needs = tuple(frozenset(group) for group in one["needs"])
        rules.append(_Rule(tuple(one["roles"]), needs, frozenset(one["may"]).union(*needs)))
    return tuple(rules)
