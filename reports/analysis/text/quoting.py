"""Quotes the log: one line, split into sentences, never a sentence that blames a person.

Whether a retrospective names a step, a structure or an amount, or a person, is decided here for
signal 1 and for every quote, so that what one counts the other leaves out (ADR 0602).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from .group_subjects import blames_group
from .person_subjects import has_person_subject, without_doer
from .vocabulary import contains_term, is_term, pattern_for, words

_SENTENCE = re.compile(
    r"(?<=[.!?。…])\s+|(?<=[다요음임됨함])\.\s*|\n+|\s{0,20}[;·]\s+|\s{1,20}/\s+"
)
_TITLE = r"\s?(?:님|씨|팀장님?|대리님?|과장님?|매니저님?|선생님|들)?"
_SUBJECT = rf"{_TITLE}(?:이가|이|가|은|는|의|도|께서)?(?=[\s,]|$|때문|탓)"
_TITLED = re.compile(
    r"(?<![가-힣])(?!고객|손님|오늘)[가-힣]{2,4}\s?(?:님|(?<!날)씨)(?:이|가|은|는|의|도|께서)?(?=[\s,]|때문|탓)"
)
_STRANGER = re.compile(
    r"(?<![가-힣])[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염]"
    r"[가-힣]{2}(?:이|가|은|는|의|도)?(?=[\s,]|때문|탓)"
)
_THANKS = ("덕분", "도움", "도와", "thanks to", "helped")
_CAPITAL = re.compile(r"\b([A-Z][a-z]+)(?:\s[A-Z][a-z]+)?\s")
_FAULTS_EN = ("because of", "due to", "thanks only to", "fault of", "blame")
_NAME_FAULT_EN = re.compile(rf"\b(?:{'|'.join(_FAULTS_EN)})\s+[A-Z][a-z]+")
_LETTERS = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d[\d,]{0,14}(?:\.\d{1,6})?")
_UNDONE = re.compile(r"(?:미루|늦|빠뜨리|잊|놓치|빼먹|까먹)지 ?않")
"""A fault that did not happen: "당번표를 붙이니 미루지 않았다"."""
_SUBJECT_WORD = re.compile(r"[가-힣](?:이|가|은|는)\s|^[A-Z][a-z]+ ")
_TECHNICAL = re.compile(
    r"\blazy[ -](?:load|init|eval|render|import|fetch)"
    r"|\blazy (?!people|staff|team|driver)[a-z]{1,20} (?:init|load(?:ing|er))\b",
    re.IGNORECASE,
)
"""What is lazy here is a program: "Lazy loading of images"."""
_LONGEST = 400
"""Characters of a quote at most: judgement; a longer cell is an essay, one link away."""

Cause = Literal["process", "person", ""]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each on one line, in order."""
    parts = (" ".join(part.split()) for part in _SENTENCE.split(text) if part)
    return [part for part in parts if part]


def without_numbers_told(text: str, sides: Iterable[tuple[float, float]]) -> str:
    """Return a text without the sentences that only give a number's two sides (before, after).

    They say that something moved, not why: "Orders 310 → 362" is no cause of 310 → 362.

    >>> without_numbers_told("주문 310→362. 배송비가 없어서", [(310, 362)])
    '배송비가 없어서'
    """
    told = list(sides)
    return "\n".join(part for part in sentences(text) if not _only_tells(part, told))


def _only_tells(sentence: str, sides: Iterable[tuple[float, float]]) -> bool:
    named = figures_in(sentence)
    return any(named >= {before, after} for before, after in sides)


def figures_in(text: str) -> set[float]:
    """Return the numbers that a text writes in digits, whatever they count.

    >>> sorted(figures_in("3,460명 → 3,700명, 이벤트 뒤 3,480명"))
    [3460.0, 3480.0, 3700.0]
    """
    return {float(found.replace(",", "")) for found in _FIGURE.findall(text)}


_NAME_WORD = re.compile(r"[^\W_]+")
"""A word of a name: signs between words are spelt in many ways ("on-time", "on time")."""


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name for comparison: a name may be a shorter one of another.

    >>> name_words("on time") < name_words("On-time departures")
    True
    """
    return frozenset(_NAME_WORD.findall(name.casefold()))


@lru_cache(maxsize=20_000)
def comparison_key(text: str) -> str:
    """Return a text for comparison: lower case, letters and digits only."""
    return "".join(_LETTERS.findall(text.lower()))  # a third cheaper than taking the rest out


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """The people of a log, as its own columns name them: whom a sentence could blame."""

    known: tuple[str, ...] = ()

    @classmethod
    def of(cls, people: Iterable[str]) -> "KnownPeople":
        """Return names of two letters or more, longest first, and given names of Korean ones."""
        names = {name.strip() for name in people}
        given = {name[1:] for name in names if re.fullmatch(r"[가-힣]{3}", name)}
        given |= {f"{name[1:]}이" for name in names if re.fullmatch(r"[가-힣]{2}", name)}
        first = {
            name.split()[0]
            for name in names
            if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][\w'-]+)+", name)
        }
        every = {name for name in names | given | first if len(name) > 1}
        return cls(tuple(sorted(every, key=lambda name: (-len(name), name))))

    def accused(self, sentence: str) -> bool:
        """Return whether a person or role is the subject of a fault in the sentence."""
        subjects = _subjects(self.known).finditer(sentence)
        if any(contains_term("fault", sentence[found.end() :]) for found in subjects):
            return True
        if self.is_subject(sentence) and contains_term("fault", sentence):
            return True
        titled, stranger = _TITLED.search(sentence), _STRANGER.search(sentence)
        if titled is not None and contains_term("fault", sentence[titled.end() :]):
            return True
        if stranger is not None and contains_term("human_fault", sentence[stranger.end() :]):
            return True
        return _english_stranger(sentence)

    def blames(self, sentence: str) -> bool:
        """Return whether a sentence blames a person: a name with a fault, or a character."""
        sentence = _TECHNICAL.sub("", sentence)
        if not may_blame(sentence):
            return False
        if contains_term("attitude", sentence) or _NAME_FAULT_EN.search(sentence):
            return True
        if any(word in sentence.lower() for word in _THANKS):
            return False
        return self.accused(sentence) or (
            self.is_subject(sentence) and contains_term("judgement", sentence)
        )

    def without_blame(self, text: str) -> str:
        """Return a text (what was done) on one line without who did it.

        Sentences that blame a person are left out.
        """
        line, parts = " ".join(text.split()), sentences(text)
        kept = [part for part in parts if not self.blames(part)] if may_blame(line) else parts
        told = [without_doer(part, self.known) for part in kept]
        return _held(line if told == parts else " ".join(told))

    def without_people(self, text: str) -> str:
        """Return a text (an opinion) on one line without sentences about a person."""
        return _kept(text, self._impersonal(text))

    def without_anybody(self, text: str) -> str:
        """Return a text that wants or counts something on one line, without named people.

        "실수 줄이기" and "missed calls" are goals and numbers of a team. Nobody is their subject
        where none is written, as in a look back somebody is.
        """
        return _kept(text, self._about_things(text))

    def cause_in(self, text: str) -> str:
        """Return the sentences that may be quoted as a cause (method §4); "" where none may.

        They name a step, a structure, an amount, a time or a material, and no person is their
        subject.
        """
        return _kept(text, [part for part in self._impersonal(text) if _names_a_thing(part)])

    def _impersonal(self, text: str) -> list[str]:
        """Return the sentences without a person as their subject, written or implied, or a
        blamed team.
        """
        return [
            part
            for part in self._about_things(text)
            if not contains_term("human_fault", _UNDONE.sub("", part)) or _SUBJECT_WORD.search(part)
        ]

    def _about_things(self, text: str) -> list[str]:
        """Return the sentences in which no person is written as the subject, and no team blamed."""
        return [
            part
            for part in sentences(text)
            if not (self.is_subject(part) or self.blames(part) or blames_group(part))
        ]

    def is_subject(self, sentence: str) -> bool:
        """Return whether a person is, or may be, the subject of the sentence."""
        return has_person_subject(sentence, self.known)

    def cause(self, text: str) -> Cause:
        """Return what a retrospective names as the cause: "person" before "process", else ""."""
        if any(self.blames(part) for part in sentences(text)):
            return "person"
        return "process" if pattern_for("process", text).search(text) else ""


def _names_a_thing(sentence: str) -> bool:
    return (
        bool(re.search(r"\d", sentence))
        or contains_term("process", sentence)
        or contains_term("material", sentence)
    )


def _kept(text: str, parts: list[str]) -> str:
    """Return the text on one line, only these of its sentences; unchanged if none is missing."""
    return _held(" ".join(text.split()) if len(parts) == len(sentences(text)) else " ".join(parts))


def _held(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _english_stranger(sentence: str) -> bool:
    """Return whether an unknown capitalised word is followed directly by a person's fault."""
    return any(
        pattern_for("human_fault", sentence).match(sentence, found.end()) is not None
        and not is_term("not_a_name", found[1])
        for found in _CAPITAL.finditer(sentence)
    )


@lru_cache(maxsize=4096)
def may_blame(line: str) -> bool:
    """Return whether a text may hold a blaming sentence: a cheap test that spares the costly ones.

    The text is on one line with single spaces.
    """
    lower = line.lower().replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")
    return _suspicious().search(lower) is not None


@cache
def _suspicious() -> re.Pattern[str]:
    """Return the pattern that every blaming sentence matches, in lower case.

    Without `IGNORECASE` it is eight times as fast; `may_blame` lowers the letters, and those that
    only a pattern takes for an i or an s.
    """
    lists = ("fault", "human_fault", "attitude", "judgement")
    faults = (word for name in lists for word in words(name))
    return re.compile(
        "|".join(map(re.escape, dict.fromkeys(word.lower() for word in (*_FAULTS_EN, *faults))))
    )


@cache
def _subjects(known: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of one of the people, or a role, as the subject of a sentence."""
    korean = [re.escape(name) for name in (*known, *words("role")) if not name.isascii()]
    latin = [re.escape(name) for name in known if name.isascii()]
    roles = [re.escape(name) for name in words("role") if name.isascii()]
    choices = (
        rf"(?<![가-힣])(?:{'|'.join(korean)}){_SUBJECT}",
        rf"\b(?:{'|'.join(latin) or '(?!)'})\b(?:'s)?",
        rf"(?i:\b(?:{'|'.join(roles)})\b(?:'s)?)",
    )
    return re.compile("|".join(choices))
