"""Search tokens: pairs of syllables for Korean, folded words for the rest.

A run of Hangul, Han or Kana becomes its overlapping pairs and its last syllable
(전환율 → 전환 환율 율), so
that two syllables are found wherever they stand, also inside a word; other words are folded to
lower case without accents. Both full-text indexes then need nothing but exact words, beginnings of
words, and words in a row (ADR 0404).
"""

import re
import unicodedata
from dataclasses import dataclass

_SYLLABLE = "가-힣ㄱ-ㆎ一-鿿㐀-䶿ぁ-ゖゝ-ゟァ-ヺー-ヿ"
_PIECE = re.compile(f"(?=([{_SYLLABLE}]{{1,2}}))[{_SYLLABLE}]|((?:(?![{_SYLLABLE}])[^\\W_])+)")
_RUN = re.compile(f"([{_SYLLABLE}]+)|((?:(?![{_SYLLABLE}])[^\\W_])+)")
_LONGEST_WORD = 64
"""Characters of a word that are indexed; judgement: longer ones are addresses and hashes."""
_MOST_GRAMS = 60_000
"""Tokens of a note that are indexed: a tsvector holds at most 1 MB of words (PostgreSQL docs)."""


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """What a note must contain: these grams in a row; the last may be only the beginning of one."""

    ngrams: tuple[str, ...]
    begins: bool


def ngrams(text: str) -> list[str]:
    """Return the grams of a text, in its order.

    >>> ngrams("전환율 11%, Café")
    ['전환', '환율', '율', '11', 'cafe']
    """
    found = _PIECE.findall(_folded(text))
    return [pair or _plain(word) for pair, word in found[:_MOST_GRAMS]]


def terms(query: str) -> list[SearchTerm]:
    """Return what each word of a query asks for; a note must satisfy all.

    >>> terms("전환율 caf")
    [SearchTerm(ngrams=('전환', '환율'), begins=False), SearchTerm(ngrams=('caf',), begins=True)]
    """
    return [_term(run, word) for run, word in _RUN.findall(_folded(query))]


def _term(run: str, word: str) -> SearchTerm:
    if word:
        return SearchTerm((_plain(word),), begins=True)
    if len(run) == 1:
        return SearchTerm((run,), begins=True)
    return SearchTerm(tuple(run[start : start + 2] for start in range(len(run) - 1)), begins=False)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _plain(word: str) -> str:
    if word.isascii():
        return word[:_LONGEST_WORD]
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))[
        :_LONGEST_WORD
    ]
