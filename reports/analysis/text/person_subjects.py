"""Detects a person as the subject of a sentence: known name, title, pronoun (method §4).

Fails closed (ADR 0711): where a sentence could be about a person it is taken to be, because one
sentence that blames somebody costs more than ten that are left in the log, one link away.
"""

import re
from functools import cache, lru_cache

from .vocabulary import words

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


@lru_cache(maxsize=256)
def _known(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of known names as a subject, with any title or nickname ending."""
    titles = "|".join((*words("person_title"), *words("honorific"), *words("kinship")))
    korean = "|".join(re.escape(name) for name in names if not name.isascii()) or "(?!)"
    latin = "|".join(re.escape(name) for name in names if name.isascii()) or "(?!)"
    clause = r"(?:^|[,;:.]\s*|\b(?:because|that|when|since|as|and|but|so|if|while|where"
    clause += r"|before|after)\s+)"
    return re.compile(
        rf"(?<![가-힣])(?:{korean}){_GIVEN_FORM}\s?(?:{titles})?\s?(?:님)?{PARTICLE}{_NEXT}"
        rf"|{clause}(?:{latin})(?:'s\b|\s+(?=[a-z]))|\b(?:{latin})'s\b"
    )


@lru_cache(maxsize=20_000)
def has_person_subject(sentence: str, names: tuple[str, ...]) -> bool:
    """Return whether a person is, or may be, the subject of the sentence.

    `names` are the known names.
    """
    return any(one.search(sentence) for one in (_known(names), _titled(), _pronouns()))
