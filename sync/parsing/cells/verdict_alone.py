"""Tells whether a verdict stands alone in its clause (reading rules 6.1a).

A cell says many things with the word of a verdict in them: whose verdict, of what, when, if. Lists
of such phrases never end, so the rule is turned round: a verdict is one only where nothing stands
beside it but what is known to belong to it, and open everywhere else (ADR 0194).
"""

import re
from collections.abc import Sequence
from functools import cache

from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words

from .korean_endings import as_noun
from .verdict_context import ONLY_NOT, behind_its_denial, without_denial_before

Span = tuple[int, int, str]
"""Where the word of a verdict begins and ends in a text, and the word."""

_WORD = kept_pattern(r"[^\W\d_]+")
_BREAK = kept_pattern(r"[.。,，;:：!?/|·•()（）\[\]\n…~→]|\s[-–—]\s|\s(?:but|and then|so)\s")
_VERDICT = "\x00"
_COUNT = kept_pattern(
    r"\d[\d,.]* ?(?:%p?|(?!회?차|주차|번째|월|일|호|기)[가-힣]{1,2}(?<![은는도만])(?![가-힣])"
    r"|[a-z]{1,3}(?![a-z]))?"
)
"""How much, with its unit; not which one ("1차", "3월")."""
_ENDING = kept_pattern(
    r"(?:적|적인)?\s?(?:"
    r"(?:이|으로|로|이라|라|이라고|라고)?\s?(?:판정|판단|결론|종료|마무리|기록|확인|처리|평가|끝|결정)?"
    r"(?:하기로|되기로)?\s?(?:함|됨|임|음|남|났음|맺음|냄|지음|봄|나옴|끝남|마침|이었음|였음)?"
    r"(?:이에요|예요|입니다|이다|합니다|됩니다|네요?|이네요?|요)?"
    r")(?![가-힣])"
)
"""How a verdict's Korean word ends where it is said of the past: "성공함", "실패로 끝남",
"성공적이었음"; not "성공한다", "성공하면", "성공이라는"."""
_HOW_MUCH_OR_WHEN = kept_pattern(
    r"(?<=\x00)\s(?:(?:after|within|in|by|over|for) (?:the |a |an |about |only )?"
    r"(?:\d+|one|two|three|four|five|six|few|couple of|mile|lot|hair|whisker|far"
    r"|long way|wide margin|narrow margin|first)"
    r"(?: ?(?:%|points?|pts?|days?|weeks?|months?|hours?|rounds?))?"
    r"|(?:\d+|one|two|three|a|four) (?:days?|weeks?|months?) (?:early|late|ahead)|early|on day \d+"
    r"|(?:to|against|over) (?:the )?(?:old|current|existing|original|new)? ?"
    r"(?:control|page|version|one|\d+ ?%))$"
)
"""What is said behind an English verdict of how much and when."""
_OF_OTHERS = kept_pattern(
    r"지난|작년|예전|저번|재작년|전년|이전엔|과거|다른|타사|경쟁|옆|남의|(?<!아)님(?=\s|은|이|께|도|의|들|$)|대리|과장|부장|의견|생각"
    r"|[다라]고 (?:함|하|봄|보|들|말|생각|주장|전)|[다라]는 (?:의견|평|말|얘기|이야기|주장)"
    r"|\b(?:think|thinks|thought|says|said|believes?|felt|feels|claims?|called|calls|according"
    r"|other|another|someone|last (?:year|time|month|week)|previous(?:ly)?|earlier|competitors?"
    r"|would|if|unless|their|his|her)\b"
)
"""Somebody else's verdict, or that of another thing or time."""
_NOT_A_SUBJECT = kept_pattern(
    r"(?:은|는|엔|선|께서|도|만|보다|면|지만|데도|는데|은데|으나|[하되했됐이였]나|려고|려|니까|도록|다가|거나"
    r"|[다라]고|[하되했됐이]고|[해돼워]서|인해도|없이|위해|위한|대한|전|후|뒤|때|시|또|재)$"
)
"""How a Korean word ends that is no mere object of the verdict behind it: a topic is set against
another one ("작년엔"), a clause goes on, somebody says it."""
_CONTROL = kept_pattern(r"\bcontrol\b")
"""Before a verdict the control is who won or lost ("control won"), behind it what was beaten."""
_PERCENT = kept_pattern(r"(?<!\d)\d{1,2}(?:\.\d+)? ?%")
_MOST_BEFORE = 4
"""Words before a Korean verdict that may name what succeeded; judgement: more are a sentence."""


def is_of_others(plain: str) -> bool:
    """Return whether a folded text tells of somebody else's verdict or of another time.

    >>> is_of_others("팀장님은 성공이라고 하심"), is_of_others("the other team won")
    (True, True)
    """
    return _OF_OTHERS.search(plain) is not None


def goes_against_it(plain: str) -> bool:
    """Return whether a folded text sets something against what it says before: "works, but slow".

    >>> goes_against_it("works, but too slow"), goes_against_it("성공. 다만 비쌈")
    (True, True)
    """
    return _CONTRAST.search(plain) is not None


_CONTRAST = kept_pattern(
    r"\b(?:but|though|although|however|yet)\b|(?:^|[\s.,;(])(?:하지만|그러나|다만|근데|그런데|단,)"
)
"""The words that open a clause against the one before it, in both languages."""


def stands_alone(
    plain: str, verdicts: Sequence[Span], at: int, *, of_something: bool = True
) -> bool:
    """Return whether the verdict that begins at `at` in a folded text stands alone in its clause.

    `verdicts` are all words of verdicts in the text; they may stand beside each other.
    `of_something`: Korean nouns before it may say what succeeded or failed.

    >>> stands_alone(" 정말 성공함 ", [(4, 6, "성공")], 4)
    True
    >>> stands_alone(" 성공담 ", [(1, 3, "성공")], 1)
    False
    >>> stands_alone(" 재구매 유도에 성공 ", [(9, 11, "성공")], 9)
    True
    """
    begin, end = _clause(plain, at, verdicts)
    inside = sorted(span for span in verdicts if begin <= span[0] < end)
    left = plain[begin:end]
    for first, last, _ in reversed(inside):
        behind = behind_its_denial(left[last - begin :])
        left = f"{without_denial_before(left[: first - begin])}{_VERDICT}{behind}"
    left = as_noun(left).strip()
    before, _, behind = left.rpartition(_VERDICT)
    ending = _ENDING.match(behind)
    if ending is None or _CONTROL.search(before):
        return False
    if inside[-1][2] in ONLY_NOT and not _OF_PEOPLE.isdisjoint(_WORD.findall(before)):
        return False
    tail = behind[ending.end() :].strip(" .")
    bare = _HOW_MUCH_OR_WHEN.sub("", f"{before}{_VERDICT} {tail}".rstrip())
    rest = [word for word in _WORD.findall(_COUNT.sub(" ", bare)) if not _belongs(word)]
    if not rest:
        return True
    last_word = inside[-1][2]
    return (
        of_something
        and last_word.replace(" ", "") in _of_subjects()
        and not tail
        and _names_a_subject(before, rest)
    )


_OF_PEOPLE = frozenset(
    {"most", "all", "both", "half", "team", "us", "대부분", "모두", "전부", "다"}
)
"""Words of how sure a verdict is that before a bare "not" say who: "Most did not"."""


def _names_a_subject(before: str, words: Sequence[str]) -> bool:
    """Return whether what stands before a Korean verdict only says what succeeded or failed."""
    return (
        len(words) <= _MOST_BEFORE
        and not _PERCENT.search(before)
        and not is_of_others(before)
        and not any(_NOT_A_SUBJECT.search(word) for word in words)
    )


def _clause(plain: str, at: int, verdicts: Sequence[Span]) -> tuple[int, int]:
    """Return where the clause around a place begins and ends; no word of a verdict is cut."""
    begin, end = 0, len(plain)
    for found in _BREAK.finditer(plain):
        if any(first <= found.start() < last for first, last, _ in verdicts):
            continue
        if found[0] == "/" and _joins(found, verdicts):
            continue
        if found.start() > at:
            return begin, found.start()
        begin = found.end()
    return begin, end


def _belongs(word: str) -> bool:
    """Return whether a word belongs to a verdict: how sure it is, or that a trial is meant."""
    return word in _beside() or _PARTICLE.sub("", word) in _beside()


_PARTICLE = kept_pattern(r"(?<=[가-힣]{2})(?:이|가|을|를|은|는|도|의|에|으?로)$")
"""Korean particles behind two syllables or more: a shorter word may end in such a letter."""


def _joins(slash: re.Match[str], verdicts: Sequence[Span]) -> bool:
    """Return whether a stroke stands between two verdicts: "성공/실패" is a choice."""
    ends, begins = {last for _, last, _ in verdicts}, {first for first, _, _ in verdicts}
    return slash.start() in ends and slash.end() in begins


def states_where_it_stands(plain: str, verdicts: Sequence[Span], span: Span) -> bool:
    """Return whether a clause says how far the trial came: English begins with it, Korean ends.

    >>> states_where_it_stands("below plan", [(6, 10, "plan")], (6, 10, "plan"))
    False
    >>> states_where_it_stands("비가 와서 중단", [(6, 8, "중단")], (6, 8, "중단"))
    True
    """
    begin, end = _clause(plain, span[0], verdicts)
    before, behind = plain[begin : span[0]], plain[span[1] : end]
    if span[2].isascii():
        return all(_belongs(word) and word != "team" for word in _WORD.findall(before))
    if stands_alone(plain, verdicts, span[0]):
        return True
    ending = _ENDING.match(as_noun(f"가{behind}")[1:])
    return ending is not None and not behind[ending.end() :].strip()


@cache
def _beside() -> frozenset[str]:
    book = load_words("outcomes")
    return frozenset(book["aside"]["with"]) | frozenset(book["leading"]["beside"])


@cache
def _of_subjects() -> frozenset[str]:
    """Return the Korean verdicts before which a noun says what they are of: "재구매 실패"."""
    return frozenset(word.replace(" ", "") for word in load_words("outcomes")["of"]["words"])
