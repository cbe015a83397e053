"""Applies a negation beside a status word to its meaning.

A negated word is not its word (reading rules 6.1a).
"""

import re
from typing import Literal

Sense = Literal[
    "success", "failure", "inconclusive", "running", "planned", "dropped", "hold", "done"
]

ONLY_NOT = frozenset({"did not", "didn't"})
"""Words that answer a header that asks; beside another word they only deny it."""
_NOT_BEFORE = re.compile(
    r"\b(?:not(?! only)|no|never|cannot|without|hardly|barely|neither|nor|non"
    r"|none|nothing|nobody|fail(?:ed|s)? to"
    r"|\w+n['’]t)\b[ -]+(?P<between>(?:[a-z]+[ -]+){0,3})$"
)
"""An English "not" stands before its word, with at most three words between: "did not really
work"."""
_NO_BEHIND = re.compile(r"^[?:,]?\s?(?:no|none|nothing|nope)\s*$")
_NOT_BEHIND = re.compile(
    r"^(?:했|하|되|이|히)?(?:이?라고?|이?란|은|는|이|가|도|을|를|지|지는|기)?(?:\s?(?:할|볼|말할|수|는|것은|것이|건|것도)){0,3}"
    r"\s?(?:아니|아님|아녔|아닌|않|못|안\s?(?:됨|됐|되|돼|했|함|하)|없)"
)
"""A Korean "not" stands behind its word, with particles and forms of saying between: "성공이라 할
수 없음"."""
_NOT_IN_FRONT = re.compile(r"(?:^|\s)(?:안|못|미)\s?$")
_OTHER_BEFORE = re.compile(
    r"\b(?:sem|não|nao|sin|nunca|nem|ni|jamais|tampouco|tampoco)\b[ -]+(?:\w+[ -]+){0,2}$"
    r"|(?:不|没有|沒有|没能|沒能|没|沒|未能|未|無|无|非)\s?$"
)
"""The "not" of Portuguese, Spanish, Chinese and Japanese words that stands before its word."""
_JAPANESE_BEHIND = re.compile(
    r"^(?:し|でき|せ|で|に)?(?:は|が|と|も)?\s?(?:な[いかくし]|ませ|ず(?![^\W\d_])|で?はな|と?は?言[えい]|至ら)"
)
"""The Japanese "not" behind its word: "成功しなかった", "成功とは言えない"."""
_DOUBT_BEFORE = re.compile(
    r"\b(?:hard|difficult|impossible|too early|too soon) to [a-z ]{0,16}$"
    r"|\b(?:expect(?:ed|ing)? to|hop(?:e|ing) to|hopefully|should|might|could|would|likely(?: to)?"
    r"|probably)(?: have| be)?(?: an?)? $"
)
_DOUBT_BEHIND = re.compile(
    r"^[가-힣]{0,4}\s?(?:보기|말하기|하기|단정하기|단정)?\s?(?:어렵|어려|힘들|힘듦|이르|애매)"
    r"|^\s?(?:여부|인지|할지|일지|예상|기대(?!\s?(?:이상|이하|치))|우려|전망|가능성|확률|검토|[률율]|기준|지표)"
    r"|^ (?:expected|likely|rate|ratio|metrics?|criteria)\b"
)
"""What is hoped for, feared or weighed has not come; a rate or a criterion is no verdict."""
_PART_BEFORE = re.compile(r"(?<!\d)\d{1,2} ?% ?$|(?:거의|almost|nearly) $")
_PART_FIRST = re.compile(r"\d{1,2} ?%")
_TO_COME_BEFORE = re.compile(r"\bwill be $|\bto be $")
_CLEAR = re.compile(r"clear|significant|conclusive|definite|obvious|\byet\b|fully|entirely|quite")
_CLEAR_BEFORE = re.compile(r"(?:뚜렷|확실|명확|유의미|분명|완전|온전|아직)[가-힣]{0,2}\s?$")
_LIMITED_BEFORE = re.compile(r"(?<![백천십불자거교비])만\s$|(?<!not )\bonly [a-z ]{0,24}$")
_LIMITED_BEHIND = re.compile(r"^[ ,]{0,2}(?:but )?only\b")
"""A success of only a part: "한 곳만 효과가 있었다", "worked only on Mondays"; "300만 달성" is a
whole one."""
_ENDS = re.compile(
    r"end|finish|complet|clos|over|wrap|conclu|resolv|final|완|끝|종|마|了|済|结|結|cerr"
)
"""What has not ended may have begun: "not finished", "끝나지 않음"; what is not done has not."""
_NUMBER_BEFORE = re.compile(r"\d\s?만\s$")


_SAYS_WHERE = re.compile(r"[가-힣](?<![백천십불자거교비])만\s|\bonly\b")


def says_where(text: str) -> bool:
    """Return whether a folded text confines what it says to a part: "한 곳만 효과가 있었다"."""
    return _SAYS_WHERE.search(text) is not None


def is_limited(before: str, *, behind: str) -> bool:
    """Return whether what stands around a verdict confines it to a part.

    >>> is_limited("한 곳만 ", behind=""), is_limited("300만 ", behind=""), is_limited("",
    ...     behind=" only here")
    (True, False, True)
    """
    limited = _LIMITED_BEFORE.search(before) and not _NUMBER_BEFORE.search(before)
    return bool(limited or _LIMITED_BEHIND.match(behind))


def turned(sense: Sense, before: str, word: str, *, behind: str) -> Sense | None:
    """Return what a sense becomes by what stands before and behind its word.

    None where that is not said.

    A success that is denied is a failure; where only its clearness is denied, nothing is decided.
    What is no failure, not running or not planned is not said; what is not done is planned, and
    what has not ended runs.

    >>> turned("success", " not ", "won", behind=""), turned("success", " no clear ", "win",
    ...     behind="")
    ('failure', 'inconclusive')
    >>> turned("failure", "", "실패", behind="는 아님") is None
    True
    """
    if _DOUBT_BEFORE.search(before) or _DOUBT_BEHIND.match(behind):
        return None
    if sense == "done" and (ahead := _still_ahead(before)):
        return ahead
    english = _NOT_BEFORE.search(before)
    unclear = sense == "failure" and "없" in word and _CLEAR_BEFORE.search(before)
    if unclear or (sense == "success" and not english and is_limited(before, behind=behind)):
        return "inconclusive"
    if not (
        english
        or _NO_BEHIND.match(behind)
        or _NOT_BEHIND.match(behind)
        or _NOT_IN_FRONT.search(before)
        or _OTHER_BEFORE.search(before)
        or _JAPANESE_BEHIND.match(behind)
    ):
        return sense
    if sense != "success":
        return _open_still(word) if sense == "done" else _kept(sense)
    clearness = (english and _CLEAR.search(english["between"])) or _CLEAR_BEFORE.search(before)
    return "inconclusive" if clearness else "failure"


def says_a_part(text: str) -> bool:
    """Return whether a folded status begins with a share below the whole: "80% 완료"."""
    return _PART_FIRST.match(text) is not None


def _still_ahead(before: str) -> Sense | None:
    if _PART_BEFORE.search(before):
        return "running"
    return "planned" if _TO_COME_BEFORE.search(before) else None


def _open_still(word: str) -> Sense:
    return "running" if _ENDS.search(word) else "planned"


def _kept(sense: Sense) -> Sense | None:
    return sense if sense in ("inconclusive", "hold") else None
