"""Reads the verdict that a result states in a clause of its own, its first one or its last one.

"실패. 재구매 10% → 10.2%", "추가 주문 3건. 실패".
"""

import re
from functools import cache

from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words

from .labels import role_of_label
from .outcomes import Legend, Verdict, read_verdict, verdict_spans, words_beside
from .text import fold
from .verdict_alone import goes_against_it, stands_alone

_LONGEST = 24
"""Characters of a verdict with what belongs to it; judgement: a longer beginning is a sentence."""
_LABEL = kept_pattern(r"(?:[-–•*·]\s*)?(?:\[([^\]\n]{1,16})\]|([^:：\n.,]{1,16})[:：])\s*")
_CLAUSE = kept_pattern(
    r"(?P<head>[^.。,，;:：\n(（?!→]{1,40}?)\s*(?P<end>[.。,，;:：\n(（!]|\s[-–—]\s)"
)
_LAST_CLAUSE = kept_pattern(
    r"(?:[.。!;,，\n/·]|\s[-–—]\s|→\s|(?P<open>[(（\[]))\s{0,4}"
    r"(?P<head>[^.。,，;:：!/·\n()（）\[\]?→]{1,24})(?(open)[)）\]])[\s.!。]{0,4}$"
)
_TAIL = 40
"""Characters at the end in which the last clause is looked for: the longest one and its signs."""
_A_NUMBER = kept_pattern(r"\s*[-+~<>=₩$€£]?\s?\d")
"""A number behind "성공:" is a count of successes and no verdict."""
_WORD = kept_pattern(r"[^\W_]+")
"""A word of letters and digits."""
_JUDGED = ("success", "failure", "inconclusive", "hold")
"""What a clause of its own can state; "running" and "planned" are said of many things."""


def leading_verdict(text: str, legend: Legend) -> Verdict | None:
    """Return the verdict of the first clause of a result, None where it is none by itself.

    A word that also names a number or a direction ("성공률: 30%", "Open: 12", "하락, …") is no
    verdict there, nor is one that only begins a sentence ("Lost three members.").

    >>> leading_verdict("결과: 실패. 재구매 10% → 10.2%", {}).sense
    'failure'
    >>> leading_verdict("Success rate: 8% → 14%", {}), leading_verdict("Lost: 3, won: 5", {})
    (None, None)
    """
    body = _without_label(text)
    found = _CLAUSE.match(body)
    if found is None:
        return None
    counted = found["end"] in (":", "：") and _A_NUMBER.match(body, found.end())
    rest = fold(body[found.end() :][:_TAIL])
    if counted or role_of_label(found["head"]) or goes_against_it(rest):
        return None
    return None if _comes_after(rest) else _judged(found["head"], legend)


def _comes_after(rest: str) -> bool:
    """Return whether what stands behind a verdict tells how it went afterwards ("then worked")."""
    found = _AFTERWARDS.match(rest)
    return found is not None and bool(_verdicts().search(f" {rest[found.end() :]} "))


_AFTERWARDS = kept_pattern(
    r"\s*(?:(?:and |but )?(?:then|later|afterwards|eventually|finally|in the end)\b"
    r"|(?:그\s?(?:뒤|후|다음)|이후|나중)(?:에|엔|에는)?(?=\s)|두 ?번째|재시도)"
)
"""The words that open a second time: what went before was not how it ended."""


def closing_verdict(text: str, legend: Legend) -> Verdict | None:
    """Return the verdict of the last clause of a result, None where it is none by itself.

    Nor is it one where the result speaks of another verdict before: of what, is not certain.

    >>> closing_verdict("QR 조회 47건, 추가 주문 3건. 실패", {}).sense
    'failure'
    >>> closing_verdict("Returns 40 → 22 (success)", {}).sense
    'success'
    >>> closing_verdict("1차는 실패. 성공", {}), closing_verdict("첫 시도: 실패", {})
    (None, None)
    """
    found = _LAST_CLAUSE.search(text[-_TAIL:])
    verdict = _judged(found["head"], legend) if found else None
    if found is None or verdict is None:
        return None
    before = fold(text[: -len(found[0])])
    return None if _verdicts().search(f" {before} ") else verdict


def _judged(clause: str, legend: Legend) -> Verdict | None:
    """Return the verdict that a clause is, None where it says anything else."""
    if len(clause) > _LONGEST or not _is_bare(clause):
        return None
    verdict = read_verdict(clause, legend)
    return verdict if verdict and verdict.sense in _JUDGED else None


def whole_verdict(text: str, legend: Legend) -> Verdict | None:
    """Return the verdict that a result of a single clause is, however sure it says it is.

    >>> whole_verdict("확실히 통했다", {}).sense, whole_verdict("예약이 확실히 늘었다", {})
    ('success', None)
    """
    return None if _MORE_CLAUSES.search(text.rstrip(" .!。")) else _judged(text, legend)


_MORE_CLAUSES = kept_pattern(r"[.。,，;:：!?/\n]")
"""The signs that part one clause from the next: the other may take back what one says."""


def says_what_ended(text: str, legend: Legend) -> bool:
    """Return whether a result tells that something else stopped or runs, and no state of the trial.

    >>> says_what_ended("문의 중단", {}), says_what_ended("실험 중단", {})
    (True, False)
    """
    verdict = read_verdict(text, legend)
    return verdict is not None and verdict.sense in _STATES and bool(words_beside(text) - _beside())


_STATES = ("dropped", "running", "planned")
"""Senses that tell how far a trial came, not how it went."""


def _without_label(text: str) -> str:
    """Return a result without the word that only says that it is one ("결과:", "[Result]")."""
    body = text.lstrip()
    found = _LABEL.match(body)
    if found and role_of_label(found[1] or found[2]) == "result":
        return body[found.end() :]
    return body


def _is_bare(head: str) -> bool:
    """Return whether a clause holds a verdict's words and what belongs to them, and no others.

    Words that only tell how a number moved ("하락", "better") are none by themselves.
    """
    plain = f" {fold(head)} "
    verdicts = verdict_spans(plain)
    return bool(verdicts) and all(
        word not in _directions() and stands_alone(plain, verdicts, begin, of_something=False)
        for begin, _, word in verdicts
    )


@cache
def _directions() -> frozenset[str]:
    return frozenset(load_words("outcomes")["leading"]["directions"])


@cache
def _beside() -> frozenset[str]:
    return frozenset(load_words("outcomes")["leading"]["beside"])


@cache
def _verdicts() -> re.Pattern[str]:
    """Return the pattern of all verdicts as whole words, with the endings of a Korean verb."""
    words = load_words("outcomes")["words"]
    known = {word for sense in ("success", "failure", "inconclusive") for word in words[sense]}
    known |= set(load_words("outcomes")["hold"]["words"])
    choice = "|".join(
        re.escape(word).replace(r"\ ", r"\s*") for word in sorted(known, key=lambda w: (-len(w), w))
    )
    endings = "|".join(load_words("outcomes")["leading"]["endings"])
    return kept_pattern(rf"(?<![^\W\d_])(?:{choice})(?:{endings})?(?![^\W\d_])")
