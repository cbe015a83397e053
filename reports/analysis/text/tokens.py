"""Splits a sentence into tokens that survive rewording, for comparing two sentences.

A Korean word without its ending gives pairs of syllables, so that words written together or apart
still match ("쿠폰문자", "쿠폰 문자"); syllables are taken without what a verb's form adds to them
("보낸", "보내", "바꿔", "바꾸"). An English word gives its stem, a number itself; a thing with
several names ("이메일", "email") has one token. Tokens are never shown.

A trial is what is done; what is hoped for from it ("예약이 는다", "sales rise") many trials share.
So the part of a sentence that only says the hope weighs less, where the sentence's own form tells
which part that is.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from operator import add

from .vocabulary import words

_WORD = re.compile(r"[가-힣]+|[A-Za-z]{2,}|\d+(?:\.\d+)?")
_ENDING = re.compile(
    r"(?:에서는|에게서|으로써|으로는|이라도|이라고|라고|에서|에게|한테|으로|부터|까지|처럼|보다|마다|이나|려고|고자|려면|하면|되면|이면|"
    r"한다|된다|했다|됐다|하기|하여|해서|니다|는지|는다|ㄴ다|[한할함될된을를이가은는의에로와과도만면다기자서고])$"
)
_ENGLISH_ENDING = re.compile(r"(?:ings?|ers?|ed|es|s|ly|e)$")
_HOPE = re.compile(r"(?:위해서?|위하여|려고|려면|고자|도록)(?=[\s,]|$)")
_CONDITION = re.compile(
    r"(?:(?<![화장측표라반전정지수대도방국냉양단외])면|하여|[해려꿔여써어춰눠]서)(?=[\s,]+\S)"
    r"|\b(?:will|would|should|so that)\b"
)
_ENGLISH_FIRST = re.compile(r"(?:if|when|by)\b[^,]+,", re.IGNORECASE)
_ENGLISH_LAST = re.compile(r"\b(?:if|when)\b", re.IGNORECASE)
_SHORTEST_STEM = 3
"""Letters that an English stem keeps: a shorter one begins too many words."""
EXPECTED_PART_WEIGHT = 0.5
"""Weight of a token that is only hoped for. Tuned with `python -m bench.similar_notes tuning` (ADR
0605).
"""
_FIRST, _VOWELS, _CODAS = 0xAC00, 21, 28
"""First Hangul syllable in Unicode, and the numbers of vowels and of final consonants: a syllable's
code is (lead × 21 + vowel) × 28 + final.
"""
_VERBAL_CODAS = {0: 0, 4: 0, 8: 0, 16: 0, 17: 0, 20: 0}
"""Final consonants that a verb's form adds (ㄴ, ㄹ, ㅁ, ㅂ, ㅆ), all mapped to none."""
_CONTRACTED = {9: 8, 14: 13, 6: 20, 10: 11}
"""Vowels that a verb's form contracts: 봐 → 보, 바꿔 → 바꾸, 보여 → 보이, 돼 → 되."""


def tokens_in(text: str) -> list[str]:
    """Return the tokens of a text in their order; none for a text without letters.

    >>> sorted({*tokens_in("쿠폰을 2번 보낸다")} & {*tokens_in("쿠폰문자 보내기, 2번")})
    ['2', '버', '보내', '쿠포']
    >>> sorted({*tokens_in("Sending reminders")} & {*tokens_in("send a reminder")})
    ['send', '리마', '마이', '이더']
    """
    return [*chain.from_iterable(map(word_tokens, _WORD.findall(text.lower())))]


def weighted_tokens(text: str) -> dict[str, float]:
    """Return the tokens of a text with their weights: 1 if done, less if only hoped for.

    >>> told = weighted_tokens("쿠폰을 보내면 예약이 는다")
    >>> told["쿠포"], told["예약"] < 1
    (1.0, True)
    """
    done, hoped = split_hypothesis(text)
    return dict.fromkeys(tokens_in(hoped), EXPECTED_PART_WEIGHT) | dict.fromkeys(
        tokens_in(done), 1.0
    )


def tokens_by_part(text: str) -> tuple[list[str], list[str]]:
    """Return the tokens of what is done, and those that are only hoped for, each once.

    They stand as in `weighted_tokens`: what both parts say comes first.

    >>> tokens_by_part("쿠폰을 보내면 예약이 는다")
    (['쿠포', '보내'], ['예약', '느다'])
    """
    done, hoped = split_hypothesis(text)
    told = dict.fromkeys(tokens_in(done))
    if not hoped:
        return [*told], []
    wished = dict.fromkeys(tokens_in(hoped))
    both = [piece for piece in wished if piece in told]
    return [*dict.fromkeys((*both, *told))], [piece for piece in wished if piece not in told]


def split_hypothesis(text: str) -> tuple[str, str]:
    """Return the parts of a hypothesis that say what is done, and what it is for.

    A sentence of no known form is all done.

    >>> split_hypothesis("예약을 늘리려고 쿠폰을 보낸다")
    (' 쿠폰을 보낸다', '예약을 늘리려고')
    >>> split_hypothesis("Bookings rise if we send coupons")
    ('if we send coupons', 'Bookings rise ')
    """
    hope = _HOPE.search(text)
    if hope and text[hope.end() :].strip():
        return text[hope.end() :], text[: hope.end()]
    condition = _CONDITION.search(text) or _ENGLISH_FIRST.match(text)
    if condition:
        return text[: condition.end()], text[condition.end() :]
    last = _ENGLISH_LAST.search(text)
    return (text[last.start() :], text[: last.start()]) if last else (text, "")


def words_in(text: str) -> Iterator[str]:
    """Return the words of a text as written."""
    return (found[0] for found in _WORD.finditer(text))


_OBJECT_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:을|를|에서|에게|한테|으로|부터|까지)$")
"""Particles that no Korean noun ends in: what stands before them is the noun itself."""


def bare_word(word: str) -> str:
    """Return a word as a list names it: a Korean noun without its particle where that is sure.

    >>> bare_word("사진을"), bare_word("고속도로"), bare_word("담는다"), bare_word("coupons")
    ('사진', '고속도로', '담는다', 'coupons')
    """
    return _OBJECT_PARTICLE.sub("", word)


@lru_cache(maxsize=50_000)
def word_tokens(word: str) -> tuple[str, ...]:
    """Return the tokens of one lower-case word; none of a function word ("그", "the")."""
    if word in _filler():
        return ()
    if word.isascii():
        stem = _english(word)
        return _korean(_english_names()[stem]) if stem in _english_names() else (stem,)
    return _korean(_other_name().sub(lambda found: _korean_names()[found[0]], word))


@cache
def _filler() -> frozenset[str]:
    return frozenset(words("filler"))


@cache
def _english_names() -> dict[str, str]:
    """Return Korean names of things by the stem of the English name."""
    groups = (entry.split() for entry in words("same"))
    return {_english(name): known for known, *others in groups for name in others if name.isascii()}


@cache
def _korean_names() -> dict[str, str]:
    """Return the main Korean name of a thing by each of its other Korean names."""
    groups = (entry.split() for entry in words("same"))
    return {name: known for known, *others in groups for name in others if not name.isascii()}


@cache
def _other_name() -> re.Pattern[str]:
    return re.compile(
        "|".join(sorted(_korean_names(), key=lambda name: (-len(name), name))) or "(?!)"
    )


def _english(word: str) -> str:
    bare = _ENGLISH_ENDING.sub("", word)
    if len(bare) < _SHORTEST_STEM:
        return word
    return bare[:-1] if len(bare) > _SHORTEST_STEM and bare[-1] == bare[-2] else bare


def _korean(word: str) -> tuple[str, ...]:
    bare = _ENDING.sub("", word)
    folded = (bare if len(bare) > 1 else word).translate(_FOLDED)
    pairs = map(add, folded, folded[1:]) if len(folded) > 1 else (folded,)
    alone = (bare.translate(_FOLDED),) if len(bare) == 1 and len(word) == 2 else ()
    return tuple(dict.fromkeys((*pairs, *alone)))


class _FoldedSyllables(dict[int, str]):
    """Syllables without a verb's final consonant, with a contracted vowel opened, by their code."""

    def __missing__(self, code: int) -> str:
        initial, rest = divmod(code - _FIRST, _VOWELS * _CODAS)
        vowel, coda = divmod(rest, _CODAS)
        kept = _VERBAL_CODAS.get(coda, coda)
        folded = (initial * _VOWELS + _CONTRACTED.get(vowel, vowel)) * _CODAS + kept
        return self.setdefault(code, chr(_FIRST + folded))


_FOLDED = _FoldedSyllables()
"""Filled as syllables are met; there are 11,172 of them."""
