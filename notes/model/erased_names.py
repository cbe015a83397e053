"""Names that were erased and stay out: found by a salted digest, so that the name itself is kept
nowhere.

    name ─► NameRule (digest, how many words, how long) ─► NameMask(rules, mark)(text) ─► text with
    a mark

A name in Latin letters, a name with a blank and a nickname are found as whole words; a particle may
follow at once ("Bob이", "하늘님은"). Any other name is found wherever it stands ("김하늘은"). Upper
and lower case, composed and decomposed letters are the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Any, TypeVar

T = TypeVar("T")

_LATIN = "A-Za-z0-9\u00c0-\u024f\u1e00-\u1eff"
_WORD = re.compile(rf"[{_LATIN}]+|[^\W\d_{_LATIN}]+")
_MOST_BETWEEN = 3
"""Characters between two words of a name: a blank, a hyphen, a line break with its blank."""

_AFTER_NAME = re.compile(
    r"(?:님|씨|군|양|쌤|샘|팀장|대리|과장|부장|차장|매니저|선생|코치|대표|이사|책임|선임)?님?들?네?"
    r"(?:이|가|은|는|을|를|과|와|랑|의|에게|에게서|한테|한테서|께|께서|에|도|만|까지|부터|보다|처럼|같이"
    r"|이나|나|이가|이는|이를|이의|이도|이랑|이와|아|야|로|으로|라고|이라고|라는|이라는|이라|라|였|이었){0,3}"
    r"(?:고|다|음|어|습니다)?"
)
"""What may follow a Korean name in one word: a title, then up to three particles."""

_LONGEST_TAIL = 16
"""Characters that a title and its particles take at most."""

_KEPT_AS_READ = frozenset({"native_id", "kind", "outcome", "next_kind", "flow", "code", "letter"})
"""Fields that hold ids and words of ours, never a person's text."""


@dataclass(frozen=True, slots=True)
class NameRule:
    """A name as it is kept: `digest` of its words, of which there are `words`.

    `length` is that of a name found anywhere, 0 for one found as words only; `first` a byte that
    tells most other first letters apart.
    """

    salt: str
    words: int
    length: int
    first: int
    digest: str


def name_rule(name: str, salt: str, *, nickname: bool = False) -> NameRule:
    """Return the rule of a name or nickname.

    Raises:
        ValueError: it has no letter.
    """
    words = [word.group() for word in _WORD.finditer(_plain(name))]
    if not words:
        raise ValueError("a name to erase cannot be empty")
    whole = len(words) == 1 and not nickname and not _is_latin(words[0])
    return NameRule(
        salt,
        len(words),
        len(words[0]) if whole else 0,
        _first(salt, words[0][0]),
        _digest(salt, tuple(words)),
    )


def as_written(names: Sequence[str]) -> list[str]:
    """Return names with every spelling that people use for the same one: "남궁 민수" is "남궁민수",
    too.

    The other way round is not done: "이바다" with a blank is "this sea" as well.
    """
    found: list[str] = []
    for name in names:
        words = [word.group() for word in _WORD.finditer(name)]
        joined = "".join(words) if len(words) > 1 and not any(map(_is_latin, words)) else name
        found += [name, joined]
    return list(dict.fromkeys(found))


class NameMask:
    """Finds the names of some rules in texts and puts a mark in their place."""

    def __init__(self, rules: Sequence[NameRule], mark: str) -> None:
        self._mark = mark
        self._firsts = {(one.salt, one.first) for one in rules}
        self._salts = sorted({one.salt for one in rules})
        self._known = {(one.salt, one.digest) for one in rules}
        self._lengths = sorted({one.length for one in rules if one.length}, reverse=True)
        self._counts = sorted({one.words for one in rules if not one.length}, reverse=True)
        self._begins: Callable[[str], bool] = lru_cache(maxsize=20_000)(self._may_begin)
        self._is_name: Callable[[tuple[str, ...]], bool] = lru_cache(maxsize=20_000)(self._named)

    def __bool__(self) -> bool:
        return bool(self._known)

    def __call__(self, text: str) -> str:
        """Return a text without the names; the very same text where there is none."""
        if not text or not self._known:
            return text
        plain = text if text.isascii() else unicodedata.normalize("NFC", text)
        parts, at = [], 0
        for start, end in self._spans(plain):
            if start >= at:
                parts += [plain[at:start], self._mark]
                at = end
        return "".join([*parts, plain[at:]]) if parts else text

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        words = [(found.start(), found.end()) for found in _WORD.finditer(text)]
        for number, (start, end) in enumerate(words):
            if self._counts and self._begins(text[start]):
                yield from self._as_words(text, words, number)
            if self._lengths and not _is_latin(text[start]):
                yield from self._anywhere(text, start, end)

    def _anywhere(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        for at in range(start, end):
            if self._begins(text[at]):
                for length in self._lengths:
                    if at + length <= end and self._is_name((_folded(text[at : at + length]),)):
                        yield at, at + length
                        break

    def _as_words(
        self, text: str, words: Sequence[tuple[int, int]], number: int
    ) -> Iterator[tuple[int, int]]:
        for count in self._counts:
            chosen = words[number : number + count]
            near = all(after[0] - before[1] <= _MOST_BETWEEN for before, after in pairwise(chosen))
            if len(chosen) < count or not near:
                continue
            head = tuple(_folded(text[start:end]) for start, end in chosen[:-1])
            start, end = chosen[-1]
            for cut in _cuts(text[start:end]):
                if self._is_name((*head, _folded(text[start : start + cut]))):
                    yield chosen[0][0], start + cut
                    return

    def _may_begin(self, letter: str) -> bool:
        folded = _folded(letter)[:1]
        return any((salt, _first(salt, folded)) in self._firsts for salt in self._salts)

    def _named(self, words: tuple[str, ...]) -> bool:
        return any((salt, _digest(salt, words)) in self._known for salt in self._salts)


NO_NAMES = NameMask((), "")
"""Masks nothing."""


def masked(value: T, mask: Callable[[str], str]) -> T:
    """Return a record with the names in its texts masked, at any depth; the very same one
    where there is none.
    """
    found: Any = value
    if isinstance(found, str):
        found = mask(found)
    elif isinstance(found, tuple):
        parts = [masked(part, mask) for part in found]
        if any(new is not old for new, old in zip(parts, found, strict=True)):
            found = tuple(parts)
    elif is_dataclass(found) and not isinstance(found, type):
        changed = {}
        for field in fields(found):
            old = getattr(found, field.name)
            new = old if field.name in _KEPT_AS_READ else masked(old, mask)
            if new is not old:
                changed[field.name] = new
        found = replace(found, **changed) if changed else found
    result: T = found
    return result


def _cuts(word: str) -> Iterator[int]:
    """Yield where a name may end in a word: at its end, and for other than Latin letters
    before a particle.
    """
    yield len(word)
    if not _is_latin(word):
        for cut in range(len(word) - 1, max(0, len(word) - _LONGEST_TAIL), -1):
            if _AFTER_NAME.fullmatch(word, cut):
                yield cut


def _is_latin(text: str) -> bool:
    return re.match(rf"[{_LATIN}]", text) is not None


def _plain(name: str) -> str:
    return _folded(unicodedata.normalize("NFC", name))


def _folded(text: str) -> str:
    """Return a text in lower case, letter for letter."""
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in text)


def _digest(salt: str, words: tuple[str, ...]) -> str:
    return blake2b("\0".join(words).encode(), key=salt.encode(), digest_size=16).hexdigest()


def _first(salt: str, letter: str) -> int:
    return blake2b(f"first {letter}".encode(), key=salt.encode(), digest_size=1).digest()[0]
