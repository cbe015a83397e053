"""Sentences that blame a team, a department or a firm: never quoted in a leader's mail (method §4).

"영업팀이 자료를 늦게 줬다" and "Finance sat on the contract" name nobody, and everybody knows who
is meant. A group that did something well, or that a number is about, is no such sentence.
"""

import re
from functools import cache

from .vocabulary import contains_term, pattern_for, words

_KOREAN = re.compile(
    r"(?:팀|부서|본사|지사|본부|협력사|협력업체|대행사|대행업체|외주사|외주업체|거래처|납품처|공급사|파트|측)"
    r"(?:들)?(?:은|는|이|가|도|에서|\s?때문|\s?탓)"
)
"""A group as the subject, or as the reason given."""


@cache
def _english() -> re.Pattern[str]:
    """Return the pattern of a department or a firm before what it did."""
    things = "|".join(words("thing_verb"))
    names = "|".join(map(re.escape, words("department")))
    groups = "|".join(map(re.escape, words("group")))
    return re.compile(
        rf"(?:^|[.;:!?]\s|\band\s|\bbut\s|\bbecause\s)(?:{names})\s"
        rf"(?!(?:{things}|fell|rose|grew|went|came|is|are|was|were)\b)(?=[a-z])"
        rf"|\b(?:the|our|their|another|other)\s(?:[a-z-]{{1,20}}\s)?(?:{groups})\s(?=[a-z])",
        re.IGNORECASE,
    )


def blames_group(sentence: str) -> bool:
    """Return whether a group of people is the subject of a fault or of a judgement.

    >>> blames_group("영업팀이 자료를 늦게 줘서 밀렸다"), blames_group(
    ...     "영업팀이 먼저 전화한 순서가 통했다")
    (True, False)
    >>> blames_group("Legal sat on the contract"), blames_group("Sales dropped because of the rain")
    (True, False)
    """
    found = _KOREAN.search(sentence)
    if found is not None:
        said = sentence[found.start() :]
        return contains_term("fault", said) or contains_term("judgement", said)
    found = _english().search(sentence)
    return (
        found is not None
        and pattern_for("group_fault", sentence).search(sentence, found.end()) is not None
    )
