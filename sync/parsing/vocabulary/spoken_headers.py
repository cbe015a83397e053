"""Reads headers in spoken language ("뭘 바꿔 봤는지", "What did we ship?") by the words they are
made of.

A list of whole phrases never ends: question words, verbs and endings combine freely. The patterns
of `spoken_headers.toml` say which combinations mean a field; only a whole header counts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from notes.messages.particles import particle
from notes.system.compiled_tables import kept_pattern

from . import load_words

_HANGUL = kept_pattern(r"[가-힣]")
_ANY_VERB = r"(?!돌아|되돌아|살펴|지켜)[가-힣]{1,4}"
"""The begin of a verb of trying ("고쳐 보다"); these of looking back or on are none."""
_ANY_WORD = r"[a-z]{2,20}"
"""Any one English word; longer ones than twenty letters are no words."""
_LONGEST = 60
"""Signs of a header that are compared; judgement: a longer one is no short question."""
_SHORTEST = 2
"""Signs that are left of a header without its polite words; fewer name nothing."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A spoken phrase and its meaning; `needed` has of each part that is not optional the words of
    which a header must hold one.
    """

    role: str
    expression: str
    needed: tuple[tuple[str, ...], ...]

    def may_fit(self, text: str) -> bool:
        """Return whether a header holds the words; most fail at the first part."""
        return all(any(word in text for word in words) for words in self.needed)

    def fits(self, text: str) -> bool:
        """Return whether a header is the phrase."""
        return _compiled(self.expression).fullmatch(text) is not None


@lru_cache(maxsize=1 << 7)
def _compiled(expression: str) -> re.Pattern[str]:
    """Compile a pattern where a header may fit it: of forty, a log needs few or none."""
    return kept_pattern(expression)


@lru_cache(maxsize=1 << 11)
def spoken_roles(header: str) -> tuple[str, ...]:
    """Return the meanings of a folded header that is a whole spoken phrase, () for any other.

    >>> spoken_roles("뭘 바꿔 봤는지"), spoken_roles("what did we ship"), spoken_roles("조치자")
    (('execution',), ('execution',), ('owners',))
    >>> spoken_roles("why this dish"), spoken_roles("잘한 것"), spoken_roles("what")
    (('hypothesis',), (), ())
    """
    if len(header) > _LONGEST:
        return ()
    text = header.replace(" ", "") if _HANGUL.search(header) else header.replace("-", " ")
    return tuple(
        dict.fromkeys(one.role for one in _patterns() if one.may_fit(text) and one.fits(text))
    )


def without_request(header: str) -> str:
    """Return a folded header without the words that ask for it, "" where it has none.

    >>> without_request("이름을 적어주세요"), without_request(
    ...     "please describe the result"), without_request("이름")
    ('이름', 'result', '')
    """
    for end in _polite()["behind"]:
        if header.endswith(end) and len(header) - len(end) >= _SHORTEST:
            return header[: -len(end)].strip()
    for start in _polite()["before"]:
        if header.startswith(start) and len(header) - len(start) >= _SHORTEST:
            return header[len(start) :].strip()
    return ""


def without_topic(header: str) -> str:
    """Return a folded Korean header without the particle by which it asks, "" where it has none.

    >>> without_topic("결과는"), without_topic("배운 점은"), without_topic("결과")
    ('결과', '배운 점', '')
    """
    named, asked = header[:-1], header[-1:]
    if len(named) < _SHORTEST or not _HANGUL.match(named[-1]):
        return ""
    return named if asked == particle(named, "은/는") else ""


@cache
def _patterns() -> tuple[_Pattern, ...]:
    book = load_words("spoken_headers")
    patterns = []
    for one in book["pattern"]:
        parts = list(_choices(one["parts"], book["endings"]))
        patterns.append(_Pattern(one["role"], _joined(parts), tuple(_needed(parts))))
    return tuple(patterns)


def _needed(parts: Sequence[list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield of each part the letters of its words that stand in whatever fits it."""
    for words in parts:
        letters = [
            max(word.replace("-", " ").replace("*", "").split("~"), key=len) for word in words
        ]
        if all(letters):
            yield tuple(letters)


def _choices(parts: Sequence[str | list[str]], named: dict[str, list[str]]) -> Iterator[list[str]]:
    for part in parts:
        yield named[part[1:]] if isinstance(part, str) else part


def _joined(parts: Sequence[list[str]]) -> str:
    """Return the expression of a pattern; between words of other scripts than Hangul is a space."""
    korean = any(_HANGUL.search(word) for words in parts for word in words)
    found = ""
    for place, words in enumerate(parts):
        said = "|".join(_expression(word) for word in words if word)
        before = "" if korean or place == 0 else " "
        found += f"(?:{before}(?:{said}))" if said else ""
        found += "?" if said and "" in words else ""
    return found


def _expression(word: str) -> str:
    """Return the expression of a choice.

    "~" stands for the begin of any Korean verb, "*" for any one English word.
    """
    if word == "*":
        return _ANY_WORD
    return re.escape(word.replace("-", " ")).replace("\\~", _ANY_VERB).replace("~", _ANY_VERB)


@cache
def _polite() -> dict[str, tuple[str, ...]]:
    return {
        side: tuple(sorted(words, key=len, reverse=True))
        for side, words in load_words("spoken_headers")["polite"].items()
    }
