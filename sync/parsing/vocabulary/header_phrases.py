"""Looks up the meanings of a column header, by known phrases and similar wordings.

A header is compared with the phrases of `columns.toml` by the pieces they share (words, pairs and
triples of letters); a piece that many meanings share counts little. So "함께한 동료" is near
"함께한 사람" without being listed, and the nearest phrase is the reason that a person is shown.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from notes.system.compiled_tables import compiled, kept_pattern
from sync.contents.text_answers import kept_answer

from . import ROOM, load_words
from .header_heads import says, stem
from .header_kinds import composed_roles
from .header_nouns import is_qualifier, last_noun, spaced, without_form
from .spoken_headers import spoken_roles, without_request, without_topic

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFE0F, 0x00AD])
"""Signs without width, as in a cell's text, and the joiners of emoji."""
_NUMBERING = kept_pattern(
    r"^\s*(?:[\u2460-\u24ff\u2776-\u2793]|[(\[]?\d{1,2}[.)\]:]|[A-Za-z][.)](?=\s))\s*"
)
_BRACKETS = kept_pattern(r"[(\[{<（【「『]([^()\[\]{}<>（）【】「」『』]*)[)\]}>）】」』]")
_SYMBOL = kept_pattern(r"[^\w\s/·%#→+~&?×○-]|_")
_WORD = kept_pattern(r"[^\W_]+")
_HANGUL = kept_pattern(r"[가-힣]")
_PARTS = kept_pattern(r"(?:(?<!\s)\s+)?(?:[/·|,+&→\n:]|\s-\s|\s및\s|\sand\s|\s와\s)\s*")
_ANYBODY = kept_pattern(r"\b(?:i|you|they)\b")
"""Who asks or tells does not matter: "What did you learn?" is what "what did we learn" is."""
_LANGUAGES = kept_pattern(r"(?<=[가-힣)])\s+(?=[A-Za-z])|(?<=[A-Za-z)])\s+(?=[가-힣])")


_COUNTED = kept_pattern(
    r"\s*(?:\d{1,2}|한|두|세|네|다섯)\s?(?:가지|개|건)$|^(?:top|best)\s?\d{1,2}\s|\s(?:top|best)\s?\d{1,2}$"
)
"""How many a header asks for ("핵심 활동 3가지", "Top 3 activities") adds nothing to what it names.
"""
_ASIDE = kept_pattern(
    r"^(?:main|overall|brief|short)\s(?=\w)|(?<=\w)\s(?:so far|to date|until now)$"
)
"""Words beside a name that only weigh or date it: "Main reason", "Impact so far"."""
_FORMS = ("ed", "ing")
_PLURAL = 5
"""Letters from which an English header may be the plural of a phrase; "pres" is not of "pre"."""
_SHORTEST = 3
"""An English phrase of so few letters ("for", "by", "a") means something only as a whole header."""

_LONGEST_HEADER = 300
"""Signs of a header that are looked at: forms ask long questions, a longer text is no header."""
EXACT = 0.97
"""Likeness from which a header is a phrase of the vocabulary; below 1 because spacing and
particles may differ."""
SAID = 0.75
"""From here a header names a meaning by itself (a phrase of the vocabulary with a word more, or
spelt otherwise)."""
KNOWN = 0.62
"""From here the header outweighs what the sentences sound like."""
HINTED = 0.45
"""A header that shares this much with a phrase options at its meaning; the cells have to be of
the sort it wants."""
_KEY = 0.8
"""How near "part number" or "incident id" is to a key: it names nothing else (`SAID`)."""
_QUALIFIED = 0.44
"""How near a header is at most to a phrase that does not say what it names: below what raises a
meaning by itself (`HINTED`)."""
_NOUN = 0.8
"""How near a Korean compound is to the field that its last noun names (`SAID`)."""
_SPOKEN = 0.98
"""How near a spoken header is to what its pattern says: a known phrase, behind a listed one."""
STEM = 0.55
"""How near a header is to a meaning of which it only has a stem: below what makes a row a
header."""


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """One possible meaning of a header.

    How near (1.0 is the very phrase) and which phrase it resembles.
    """

    role: str
    score: float
    phrase: str


def plain_header(header: str) -> str:
    """Return the header folded, without emoji, numbering, bracketed text and marks.

    >>> plain_header("③ 우리 생각 🤔 (필수)*")
    '우리 생각'
    """
    return _fold(_BRACKETS.sub(" ", _NUMBERING.sub("", _visible(header))))


def whole(header: str) -> str:
    """Return the header without emoji, numbering and marks, but with what stands in its brackets.

    >>> whole("② 회고 (아쉬운 점) 🙁"), whole("② 회고 (좋았던 점)")
    ('회고 아쉬운 점', '회고 좋았던 점')
    """
    return _fold(_NUMBERING.sub("", _visible(header)))


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_SYMBOL.sub(" ", folded).split()).strip("?-~#·/ ") or folded.strip()


@lru_cache(maxsize=1 << 10)
def wordings(header: str) -> tuple[tuple[str, float], ...]:
    """Return the header's readings with the weight of each.

    The whole, its bracket, its parts, its last line.
    """
    seen = _NUMBERING.sub("", _visible(header))
    whole = _fold(_BRACKETS.sub(" ", seen))
    found: dict[str, float] = {}
    for text, weight in ((whole, 1.0), (_fold(seen), 1.0)):
        if text:
            found.setdefault(text, weight)
            found.setdefault(_ANYBODY.sub("we", text), weight)
            found.setdefault(without_request(text), weight)
            found.setdefault(without_topic(text), weight)
            found.setdefault(_COUNTED.sub("", text).strip(), weight)
            found.setdefault(_ASIDE.sub("", text).strip(), weight)
    for hint in _BRACKETS.findall(seen):
        found.setdefault(_fold(hint), 0.8 if whole else 1.0)
    pieces = _pieces(_BRACKETS.sub(" ", seen))
    for place, piece in enumerate(pieces):
        found.setdefault(piece, 0.97 - 0.04 * place)
    return tuple((text, weight) for text, weight in found.items() if text)


def _pieces(text: str) -> list[str]:
    split = [piece for part in _PARTS.split(text) for piece in _LANGUAGES.split(part)]
    pieces = [_fold(piece) for piece in split if piece.strip()]
    return [piece for piece in pieces if len(piece) > 1] if len(pieces) > 1 else []


def _limited(score: float, text: str, said: frozenset[str]) -> float:
    """Return how near a header comes to a phrase that is not the whole of it.

    Without Hangul, one that does not say what the header names hints at most.
    """
    if score <= _QUALIFIED or _HANGUL.search(text) or says(_WORD.findall(text), said):
        return score
    return _QUALIFIED


def _pieces_of(text: str) -> tuple[str, ...]:
    """Return the pieces of a text, each once: words, and the beginnings, pairs and triples of
    their letters.
    """
    words = _WORD.findall(text)
    found: list[str] = []
    for word in words:
        if _HANGUL.search(word):
            found.append(f"w:{word}")
        else:
            found.append(f"w:{stem(word)}")
            found += [f"t:{word[i : i + 4]}" for i in range(len(word) - 3)]
    joined = f"^{''.join(words)}$"
    if _HANGUL.search(joined):
        found += [f"b:{joined[i : i + 2]}" for i in range(len(joined) - 1)]
        found += [f"c:{joined[i : i + 3]}" for i in range(len(joined) - 2)]
    return tuple(dict.fromkeys(found))


def _is_other_form(text: str, phrase: str) -> bool:
    """Return whether a header is one word that a phrase has in another form: "work", "it
    worked".
    """
    if " " in text or not text.isascii():
        return False
    same = [word for word in _WORD.findall(phrase) if stem(word) == stem(text)]
    return bool(same) and all(word.endswith(_FORMS) != text.endswith(_FORMS) for word in same)


def _other_number(text: str) -> str:
    """Return an English header in the other number: "follow-ups", "follow-up"."""
    if not text.isascii() or len(text) < _PLURAL:
        return ""
    return text[:-1] if text.endswith("s") else f"{text}s"


@lru_cache(maxsize=1 << 13)
def _words_of(text: str) -> frozenset[str]:
    return _stems(_WORD.findall(text))


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(map(stem, words))


_KIND_WEIGHT = {"w": 1.6, "t": 0.5, "b": 0.6, "c": 0.7}
"""Weight of a piece by its kind: a word, four letters, two and three signs; judgement."""
_features = lru_cache(maxsize=1 << 10)(_pieces_of)


@dataclass(frozen=True, slots=True, eq=False)
class Phrasebook:
    """The phrases of all meanings, indexed by their pieces.

    A piece weighs the same wherever it stands. Of a phrase are known its meaning, its words, the
    length of its pieces together, and its words folded.
    """

    exact: dict[str, tuple[tuple[str, str], ...]]
    phrases: tuple[tuple[str, str, float, str], ...]
    index: Mapping[str, Sequence[int]]
    weight: dict[str, float]

    def known(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return the meanings and phrases that a folded text is, however it is spaced, in
        either number.
        """
        packed = "".join(_WORD.findall(text))
        found = self.exact.get(text) or (self.exact.get(packed) if packed else None) or ()
        if not found and (other := _other_number(text)):
            found = self.exact.get(other, ())
        return found

    def near(self, text: str) -> dict[str, tuple[float, str]]:
        """Return, for each meaning, the nearest phrase and its likeness (weighted cosine).

        A header that is only part of a phrase ("run" of "run by") says as much as the part that it
        is: the square.
        """
        shared: dict[int, float] = {}
        norm, own = 0.0, _words_of(text)
        for feature in _features(text):
            weight = _KIND_WEIGHT[feature[0]] * self.weight.get(feature, self.weight[""])
            norm += weight * weight
            for number in self.index.get(feature, ()):
                shared[number] = shared.get(number, 0.0) + weight * weight
        best: dict[str, tuple[float, str]] = {}
        for number, product in shared.items():
            role, phrase, length, folded = self.phrases[number]
            if phrase.isascii() and len(phrase) <= _SHORTEST:
                continue
            said = _words_of(folded)
            score = product / (math.sqrt(norm) * length)
            if own < said:
                score *= score
            score = _limited(score, text, said)
            if score > _QUALIFIED and _is_other_form(text, phrase):
                score = _QUALIFIED
            if score > best.get(role, (0.0, ""))[0]:
                best[role] = (score, phrase)
        return best

    def inside(self, text: str) -> dict[str, tuple[float, str]]:
        """Return the meanings of known phrases that stand in a longer header as whole words."""
        words_ = _WORD.findall(text)
        best: dict[str, tuple[float, str]] = {}
        if not 2 <= len(words_) <= 8:
            return best
        for first in range(len(words_)):
            for last in range(first + 1, min(len(words_), first + 3) + 1):
                part = " ".join(words_[first:last])
                meant = self.exact.get(part)
                if not meant or last - first == len(words_) or not _tells(part):
                    continue
                score = _contained(words_, first, last)
                score = _limited(score, text, _stems(words_[first:last]))
                for role, phrase in meant:
                    if score > best.get(role, (0.0, ""))[0]:
                        best[role] = (score, phrase)
        return best


def _contained(words_: list[str], first: int, last: int) -> float:
    """Return how much a phrase inside a header says.

    All the more, the more of it it is, and at the end in Korean.
    """
    length = sum(map(len, words_))
    share = sum(map(len, words_[first:last])) / length
    korean = bool(_HANGUL.search(words_[-1]))
    place = 0.14 if last == len(words_) else 0.08 if first == 0 and not korean else 0.0
    return min(0.9, 0.42 + 0.4 * share + place)


_Tables = tuple[
    dict[str, tuple[tuple[str, str], ...]],
    tuple[tuple[str, str, float, str], ...],
    dict[str, list[int]],
    dict[str, float],
]
"""The fields of a `Phrasebook`, in their order."""


def build_phrasebook(phrases: list[tuple[str, str]]) -> Phrasebook:
    """Build the index of (meaning, phrase) pairs."""
    return Phrasebook(*_tables(phrases))


def _tables(phrases: list[tuple[str, str]]) -> _Tables:
    role_of = [role for role, _ in phrases]
    texts = [_fold(phrase) for _, phrase in phrases]
    pieces = [_pieces_of(text) for text in texts]
    index: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(pieces):
        for piece in own:
            index[piece].append(number)
    total = len(set(role_of)) or 1
    weight = {
        piece: math.log(1 + total / len({role_of[number] for number in found}))
        for piece, found in index.items()
    }
    squares = {piece: (_KIND_WEIGHT[piece[0]] * told) ** 2 for piece, told in weight.items()}
    weight[""] = math.log(1 + total) * 0.8
    exact: dict[str, dict[str, str]] = {}
    rows = []
    for (role, phrase), text, own in zip(phrases, texts, pieces, strict=True):
        length = math.sqrt(sum([squares[piece] for piece in own])) or 1.0
        rows.append((role, phrase, length, text))
        for key in (text, "".join(_WORD.findall(text))):
            exact.setdefault(key, {})[role] = phrase
    return (
        {key: tuple(found.items()) for key, found in exact.items()},
        tuple(rows),
        dict(index),
        weight,
    )


@cache
def _numbering() -> frozenset[str]:
    return frozenset(load_words("headers")["numbering"])


@cache
def _little() -> frozenset[str]:
    return frozenset(load_words("headers")["little"])


def _tells(part: str) -> bool:
    return len(part) >= (4 if part.isascii() else 2) and part not in _little()


@cache
def phrasebook() -> Phrasebook:
    """Return the shipped phrases, indexed once for these words (ADR 0468)."""
    return Phrasebook(*compiled("phrasebook", ROOM, lambda: _tables(shipped_phrases())))


def shipped_phrases() -> list[tuple[str, str]]:
    """Return the (meaning, phrase) pairs of `columns.toml`."""
    return [
        (role, phrase)
        for role, lists in load_words("columns").items()
        for phrases in lists.values()
        for phrase in phrases
    ]


def _stems_of(text: str) -> list[tuple[str, str, float]]:
    """Return the roles of whose words the header has a stem, the stem, and how near it is."""
    tokens = _WORD.findall(text)
    tokens += ["".join(tokens)] if tokens and _HANGUL.search(text) else []
    begun = {one for token in tokens for one in _known_stems().get(token[0], ())}
    return [
        (role, known, _limited(STEM, text, _stems(having)))
        for _, role, known in sorted(begun)  # in the order of the list: the first of equals is kept
        if (having := [token for token in tokens if token.startswith(known)])
    ]


@cache
def _known_stems() -> dict[str, list[tuple[int, str, str]]]:
    """Return the stems by their first letter: the place in the list, the role and the stem."""
    listed = [(role, known) for role, stems in load_words("stems").items() for known in stems]
    found: dict[str, list[tuple[int, str, str]]] = {}
    for place, (role, known) in enumerate(listed):
        found.setdefault(known[0], []).append((place, role, known))
    return found


@lru_cache(maxsize=1 << 11)
@kept_answer("header", lambda kept: tuple(HeaderMeaning(**one) for one in kept))
def header_meanings(header: str) -> tuple[HeaderMeaning, ...]:
    """Return what a header may mean, nearest first; empty for an empty header."""
    best: dict[str, HeaderMeaning] = {}
    if header.startswith("="):  # a formula without its value names nothing
        return ()
    book = phrasebook()
    for text, weight in wordings(header[:_LONGEST_HEADER]):
        for one in _meanings_of(book, text):
            _keep(best, replace(one, score=one.score * weight))
    return tuple(sorted(best.values(), key=lambda meaning: (-meaning.score, meaning.role)))


def _meanings_of(book: Phrasebook, text: str) -> tuple[HeaderMeaning, ...]:
    """Return what one wording of a header may mean."""
    best: dict[str, HeaderMeaning] = {}
    for role, phrase in (exact := book.known(text)):
        _keep(best, HeaderMeaning(role, 1.0, phrase))
    for role in () if exact else composed_roles(text) or spoken_roles(text):
        _keep(best, HeaderMeaning(role, _SPOKEN, text))
    if not exact:
        text = spaced(text)
    for role, (score, phrase) in book.inside(text).items():
        _keep(best, HeaderMeaning(role, score, phrase))
    for role, (score, phrase) in book.near(text).items():
        _keep(best, HeaderMeaning(role, min(score, 0.95), phrase))
    for role, known, score in _stems_of(text):
        _keep(best, HeaderMeaning(role, score, known))
    if len(words := text.split()) > 1 and text.isascii() and words[-1] in _numbering():
        counted = [role for role, one in best.items() if one.phrase == words[-1]]
        for role in counted:
            del best[role]
        _keep(best, HeaderMeaning("key", _KEY, words[-1]))
    return tuple(best.values() if exact else _by_last_noun(book, text, best.values()))


def _by_last_noun(
    book: Phrasebook, text: str, found: Iterable[HeaderMeaning]
) -> Iterator[HeaderMeaning]:
    """Yield the meanings of a compound header: what only says of what its last noun is hints
    at most.
    """

    def roles(phrase: str) -> list[str]:
        return [role for role, _ in book.known(phrase)]

    if rest := without_form(text, roles):
        yield from (HeaderMeaning(role, _SPOKEN, phrase) for role, phrase in book.known(rest))
    found = [*found, *(HeaderMeaning(role, _NOUN, noun) for noun, role in last_noun(text, roles))]
    for one in found:
        less = one.phrase != text and is_qualifier(one.role, one.phrase, text=text, roles=roles)
        yield replace(one, score=min(one.score, _QUALIFIED)) if less else one


def names_in(header: str) -> list[str]:
    """Return the names that one header lists beside each other, a single one as itself.

    >>> names_in("Observation → hypothesis"), names_in("느낀 점 및 배운 점")
    (['Observation', 'hypothesis'], ['느낀 점', '배운 점'])
    >>> names_in("그만/계속/시작"), names_in("함께한 사람")
    (['그만', '계속', '시작'], ['함께한 사람'])
    """
    return [name for part in _BETWEEN_NAMES.split(header) if (name := part.strip())]


_BETWEEN_NAMES = kept_pattern(
    r"->|→|⇒|=>|[/·,&+|>()（）\n]|\s(?:or|and|및|그리고|또는|혹은|-)\s|(?<=[가-힣])(?:와|과|및|하고)\s",
    re.IGNORECASE,
)
"""What stands between two things that one header names."""


def nearest_role(header: str, least: float = 0.0) -> str:
    """Return the meaning that a header is nearest to, "" where none is at least so near."""
    found = header_meanings(header)
    return found[0].role if found and found[0].score >= least else ""


def _keep(best: dict[str, HeaderMeaning], meaning: HeaderMeaning) -> None:
    known = best.get(meaning.role)
    if known is None or meaning.score > known.score:
        best[meaning.role] = meaning
