"""Tells what an English header is about: the thing it names, not the words that qualify it.

"Initial estimate" is an estimate, "Test phase" a phase, "Date raised" a date; "service" is not "in
service of". A known phrase that holds the thing named says what the column is; one that only
qualifies it, or that shares a word with it, hints at most (reading rules, "Certain or open").
"""

from collections.abc import Sequence
from functools import cache

from notes.system.compiled_tables import kept_pattern

from . import load_words

_SAYS_MORE = kept_pattern(r".{3,}(?:ed|en)|done|made|met|[a-z]|\d+")
"""What tells more of the noun before it: "date raised", "action taken", "hypothesis B"."""
_QUESTIONS = frozenset(
    {"how", "what", "why", "which", "who", "when", "where", "did", "does", "is", "are"}
)
_SPEAKERS = frozenset({"we", "i", "you", "they"})
"""Behind them a header only says more: "pain we attack" is a pain."""
_TWO_WORDS = 2
_SHARED = 3
"""Words that two wordings must share to be the same in other words; judgement: two are often
chance ("last day", "last viewed")."""
_THIS = frozenset({"this", "last", "the", "next", "each", "per"})
_SHORT_QUESTION = 3
"""Words up to which a header that begins like a question may be a plain name ("what happened")."""


def stem(word: str) -> str:
    """Return an English word without its ending.

    >>> stem("learned"), stem("serves"), stem("wishes")
    ('learn', 'serve', 'wish')
    """
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            plain = ending != "es" or word[-3] in "sxzo" or word[-4:-2] in ("ch", "sh")
            return word[: -len(ending)] if plain else word[:-1]
    return word


def says(header: Sequence[str], phrase: frozenset[str]) -> bool:
    """Return whether a phrase that resembles a header says what the header names.

    "Reviewed by" names somebody: only a phrase with "by" says so.

    `header` are its words in their order, `phrase` the stems of the phrase's words.

    >>> says(("initial", "estimate"), frozenset({"estimate"}))
    True
    >>> says(("actual", "fix", "time"), frozenset({"actual"}))
    False
    """
    header = header if header[-1] in phrase else _without_when(header)
    if "by" in header[1:] and "by" not in phrase and header[0] not in _QUESTIONS:
        return False
    if header[-1] in _words("joining") and phrase > phrase & _words("joining") > set():
        header, phrase = header[:-1] or header, phrase - _words("joining")
    own = [stem(word) for word in header]
    if deciding := _words("deciding") & set(own):
        return bool(phrase & deciding)
    missing = [word for word in phrase - set(own) if word not in _asking()]
    if missing:
        return _mostly_same(own, phrase)
    if all(word in phrase or word in _asking() for word in own):
        return True
    if header[0] in _QUESTIONS and len(header) > _SHORT_QUESTION and len(phrase) < _TWO_WORDS:
        return False
    return (len(phrase) >= _TWO_WORDS and _is_clause(header)) or bool(phrase & _things(header))


def _mostly_same(own: Sequence[str], phrase: frozenset[str]) -> bool:
    """Return whether two long wordings share nearly all: "why it might fly", "why it might
    work".
    """
    shared = len(phrase & set(own))
    return shared >= _SHARED and 3 * shared >= 2 * max(len(own), len(phrase))


def _is_clause(header: Sequence[str]) -> bool:
    """Return whether a header is said as a sentence: "where else we used it"."""
    return header[0] in _QUESTIONS or any(word in _SPEAKERS for word in header)


def _without_when(header: Sequence[str]) -> Sequence[str]:
    """Return a header without the time that it ends in: "what did we learn this week"."""
    if len(header) > 2 and header[-2] in _THIS and header[-1] in _words("times"):
        return header[:-2]
    return header[:-1] if len(header) > 1 and header[-1] == "today" else header


def _things(header: Sequence[str]) -> frozenset[str]:
    """Return the words that may be what a header names: the last one before a preposition.

    With it the one before it, where the last only says in which form ("goal statement").
    """
    end = next(
        (
            place
            for place, word in enumerate(header)
            if 0 < place < len(header) - 1 and (word in _words("joining") or word in _SPEAKERS)
        ),
        len(header),
    )
    named = list(header[:end])
    found = set(named[-1:])
    while len(named) > 1 and (named[-1] in _words("forms") or _SAYS_MORE.fullmatch(named[-1])):
        named.pop()
        found.add(named[-1])
    return frozenset(map(stem, found))


@cache
def _asking() -> frozenset[str]:
    return _words("asking") | frozenset(map(stem, _words("asking")))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_words("headers")[kind])
