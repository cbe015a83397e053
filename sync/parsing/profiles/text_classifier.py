"""Classifies a text by field: a naive Bayes model learned from `vocabulary/sentences.toml`.

A field is told by how its sentences end and begin (a hypothesis predicts, a retrospective looks
back, a next action proposes) more than by what they are about; so endings weigh most, and subjects
of many fields nothing. Training on a few hundred lines
takes a moment, needs no library, and is deterministic; it is kept beside the byte code.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from notes.system.compiled_tables import compiled, kept_pattern
from sync.contents.text_answers import kept_answer
from sync.parsing.cells.text import fold
from sync.parsing.vocabulary import ROOM, load_words

_WORD = kept_pattern(r"[a-z']+|[가-힣]+|\d+")
_CLAUSE = kept_pattern(r"[.!?;\n/]+")
_SPOKEN = ("w:", "end:", "tail:", "in:", "first:", "suffix:")
"""Pieces that are words or parts of them; the length of a text and its digits say no field."""
_SMOOTHING = 0.01
"""Added to every share so that an unseen piece of text does not rule a field out; judgement."""
_TEMPER = 0.55
"""Factor on the log-probabilities: pieces of one word are not independent, so their sum
overstates. Judgement."""


def _pieces(text: str) -> list[str]:
    plain = fold(text)
    found: list[str] = []
    for clause in _CLAUSE.split(plain):
        tokens = _WORD.findall(clause)
        if tokens:
            found.extend(_clause_pieces(tokens))
    length = len(plain)
    found.append(
        f"len:{min(length // 6, 8)}" if not plain.isascii() else f"len:{min(length // 12, 8)}"
    )
    if any(sign.isdigit() for sign in plain):
        found.append("digit")
    if re.search(r"[%건명원석점배]\s*$|\d", plain[-4:]):
        found.append("number at the end")
    return found


def _clause_pieces(tokens: Sequence[str]) -> list[str]:
    found = [f"first:{tokens[0]}", f"count:{min(len(tokens), 9)}"]
    last = tokens[-1]
    if last[0] >= "가":
        found.extend(f"end:{last[-size:]}" for size in (1, 2, 3) if len(last) >= size)
        found.append(f"end:{last[-1:]}")
    for token in tokens:
        if token[0] >= "가":
            found.extend(f"tail:{token[-size:]}" for size in (1, 2) if len(token) > size)
            found.extend(f"in:{token[i : i + 2]}" for i in range(len(token) - 1))
        elif token[0].isdigit():
            found.append("number")
        else:
            found.append(f"w:{token}")
            endings = ("ing", "ed", "ly", "er", "s")
            found.extend(
                f"suffix:{end}"
                for end in endings
                if token.endswith(end) and len(token) > len(end) + 2
            )
    if tokens[0][0].isalpha() and tokens[0] < "가":
        found.append(f"first-suffix:{tokens[0][-2:]}")
    return found


_Model = tuple[tuple[str, ...], dict[str, tuple[float, ...]], tuple[float, ...]]


@cache
def _model() -> _Model:
    """Return the fields, the weight of each piece in each, and where all begin (ADR 0468)."""
    return compiled("text_model", ROOM, learned)


def learned() -> _Model:
    """Return the model, counted over the shipped sentences."""
    lines = load_words("sentences")
    fields = tuple(lines)
    counts = [
        Counter(p for spoken in lines[f].values() for line in spoken for p in set(_pieces(line)))
        for f in fields
    ]
    sizes = [sum(map(len, lines[f].values())) for f in fields]
    known = {piece for counter in counts for piece in counter}
    weights = {
        piece: tuple(
            math.log(counter[piece] / size + _SMOOTHING)
            for counter, size in zip(counts, sizes, strict=True)
        )
        for piece in sorted(known)
    }
    return fields, weights, tuple(0.0 for _ in fields)


def classify_text(text: str) -> tuple[tuple[str, float], ...]:
    """Return the probability of each field for a text, in the order of the data file.

    All are as likely where no word of the text is known: another language, a code, a name.
    """
    return tuple(zip(_fields(), _probabilities(text), strict=True))


@cache
def _fields() -> tuple[str, ...]:
    return tuple(load_words("sentences"))


@lru_cache(maxsize=1 << 11)
@kept_answer("field", tuple)
def _probabilities(text: str) -> tuple[float, ...]:
    fields, weights, start = _model()
    sums = list(start)
    pieces = set(_pieces(text))
    if not any(piece in weights for piece in pieces if piece.startswith(_SPOKEN)):
        return (1 / len(fields),) * len(fields)
    for piece in pieces:
        for place, value in enumerate(weights.get(piece, ())):
            sums[place] += value * _TEMPER
    top = max(sums)
    odds = [math.exp(value - top) for value in sums]
    total = sum(odds)
    return tuple(value / total for value in odds)


def classify_column(texts: Sequence[str]) -> dict[str, float]:
    """Return how much a column of one text or more sounds like each field: the mean probability.

    >>> voice = classify_column(["첫 화면에 사진을 두면 더 오래 머물 것이다",
    ...     "가격을 먼저 말하면 덜 떠난다"])
    >>> max(voice, key=voice.get)
    'hypothesis'
    """
    sums = [0.0] * len(_fields())
    for text in texts:
        for place, value in enumerate(_probabilities(text)):
            sums[place] += value
    return {name: value / len(texts) for name, value in zip(_fields(), sums, strict=True)}
