"""Detects a person as the subject of a sentence (method §4): known name, title, role, pronoun.

Strangers are found by the shape of a name ("정훈이가", "박 대리가", "Priya gave up"). Fails closed
(ADR 0711, 0614): where a sentence could be about a person it is taken to be, because one sentence
that blames somebody costs more than ten that are left in the log, one link away.
"""

import re
from functools import cache, lru_cache

from .vocabulary import contains_term, is_term, words

PARTICLE = r"(?:이가|이는|이도|이|가|은|는|도|께서는|께서|의)"
_NEXT = r"(?=[\s,])"
_GIVEN_FORM = r"(?:이|아|야)?"


def surname_letters() -> str:
    """Return the Korean surnames of one syllable in one string."""
    return "".join(word for word in words("surname") if len(word) == 1)


@cache
def _titled() -> re.Pattern[str]:
    """Return the pattern of a name, a title and a subject particle.

    Examples: 박 대리가, 하늘님은, 서다온 팀장이.
    """
    titles = "|".join(sorted(words("person_title"), key=len, reverse=True))
    honorifics = "|".join(sorted(words("honorific"), key=len, reverse=True))
    strangers = "|".join(words("honoured_stranger"))
    surname = f"[{surname_letters()}]"
    return re.compile(
        rf"(?<![가-힣])(?!{strangers})(?:"
        rf"{surname}[가-힣]{{0,2}}\s?(?:{titles})(?:님)?|[가-힣]{{2,4}}\s?(?:{honorifics})"
        rf")(?:{PARTICLE}{_NEXT}|\s?(?:때문|탓))"
    )


@cache
def _pronouns() -> re.Pattern[str]:
    korean = "|".join(word for word in words("person_pronoun") if not word.isascii())
    english = "|".join(word for word in words("person_pronoun") if word.isascii())
    return re.compile(
        rf"(?<![가-힣])(?:{korean}){PARTICLE}{_NEXT}|\b(?:{english})\b", re.IGNORECASE
    )


@cache
def _workers() -> re.Pattern[str]:
    """Return the pattern of a role as the subject: 담당이, 디자이너가, 신입이라, the designer."""
    korean = "|".join(
        sorted(
            {word for word in (*words("role"), *words("worker")) if not word.isascii()},
            key=len,
            reverse=True,
        )
    )
    english = "|".join(
        sorted({word for word in words("worker") if word.isascii()}, key=len, reverse=True)
    )
    determiner = r"(?:the|our|my|his|her|their|a|an|one|some|new|this|that|your)"
    return re.compile(
        rf"(?:{korean})(?:들)?(?:님)?(?:{PARTICLE}{_NEXT}|이?라서?{_NEXT}|\s?(?:때문|탓))"
        rf"|{_CLAUSE}{determiner}\s(?:[\w-]+\s){{0,3}}?(?:{english})(?:'s\b|\s+(?=[a-z]))",
        re.IGNORECASE,
    )


@cache
def _strangers() -> re.Pattern[str]:
    """Return the pattern of a name that no column holds.

    Korean: a surname and two syllables of given names, two syllables with a nickname's 이, a name
    with 씨 or 님 before what is said of them. English: a capitalised word before what people do.
    """
    syllable = f"[{''.join(words('given_syllable'))}]"
    surname = "|".join(words("common_surname"))
    no_name, no_nickname = "|".join(words("no_name")), "|".join(words("no_nickname"))
    honorifics, strangers = "|".join(words("honorific")), "|".join(words("honoured_stranger"))
    meeting = r"(?:소개|덕분|덕에|도움|추천|만나|인터뷰|미팅|면담|방문|초대|께|감사)"
    return re.compile(
        rf"(?<![가-힣])(?!{no_name})(?:{surname}){syllable}{{2}}{PARTICLE}{_NEXT}"
        rf"|(?<![가-힣])(?!{no_nickname})(?:[가-힣]{{2}}이가|{syllable}{{2}}이(?:는|도)){_NEXT}"
        rf"|(?<![가-힣])(?!{strangers})[가-힣]{{2,4}}\s?(?:{honorifics})\s(?!{meeting})"
    )


@cache
def _english_strangers() -> re.Pattern[str]:
    verbs = "|".join(words("agent_verb"))
    adverbs = "never|always|just|simply|rarely|usually|often|still|kept|keeps|almost|really|also"
    return re.compile(
        rf"{_CLAUSE}(?P<name>[A-Z][a-z]+)(?:\s[A-Z][a-z]+)?(?:\s(?:from|in|at|of)\s\w+)?"
        rf"\s(?:(?:{adverbs})\s[a-z]|(?:{verbs})\b)"
        rf"|{_CLAUSE}(?P<first>[A-Z][a-z]+)(?:\s[A-Z][a-z]+)?\s(?:and|or|&)\s(?:I|[A-Z][a-z]+)\b"
    )


_CLAUSE = (
    r"(?:^|[,;:.]\s*|\b(?:because|that|when|since|as|and|but|so|if|while|where|before|after)\s+)"
)
_NOBODY = re.compile(
    r"\b(?:nobody|no one)\b(?:\s(?:in|on|from|at|of)\s|\s(?:checks|follows|owns|updates|cares|felt|was|had|did)\b"
    r"|\s[a-z]+ed\b)",
    re.IGNORECASE,
)
"""Nobody of the team ("nobody in support", "nobody checked"), not of those it serves."""
_NAMES_ENDING_IN_S = ("us", "as", "is", "nes", "mes", "ss")


def _is_stranger(sentence: str) -> bool:
    """Return whether an English sentence has a capitalised word in a person's place.

    A word of the log's things ("Mail", "Sales"), a plural and a gerund are none.
    """
    for found in _english_strangers().finditer(sentence):
        name = found["name"] or found["first"]
        plural = name.endswith("s") and not name.endswith(_NAMES_ENDING_IN_S)
        thing = is_term("not_a_name", name) or any(
            contains_term(kind, name) for kind in ("process", "material")
        )
        if not (plural or thing or name.endswith("ing")):
            return True
    return False


@lru_cache(maxsize=256)
def _known(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of known names as a subject, with any title or nickname ending."""
    titles = "|".join((*words("person_title"), *words("honorific"), *words("kinship")))
    korean = "|".join(re.escape(name) for name in names if not name.isascii()) or "(?!)"
    latin = "|".join(re.escape(name) for name in names if name.isascii()) or "(?!)"
    return re.compile(
        rf"(?<![가-힣])(?:{korean}){_GIVEN_FORM}\s?(?:{titles})?\s?(?:님)?{PARTICLE}{_NEXT}"
        rf"|{_CLAUSE}(?:{latin})(?:'s\b|\s+(?=[a-z]))|\b(?:{latin})'s\b"
    )


@lru_cache(maxsize=20_000)
def has_person_subject(sentence: str, names: tuple[str, ...]) -> bool:
    """Return whether a person is, or may be, the subject of the sentence.

    `names` are the known names.
    """
    shapes = (_known(names), _titled(), _pronouns(), _workers(), _strangers(), _NOBODY)
    return any(one.search(sentence) for one in shapes) or _is_stranger(sentence)
