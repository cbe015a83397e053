"""Detects a person as the subject of a sentence (method §4): known name, title, role, pronoun.

Strangers are found by the shape of a name ("정훈이가", "박 대리가", "Priya gave up"). Fails closed
(ADR 0711, 0614): where a sentence could be about a person it is taken to be, because one sentence
that blames somebody costs more than ten that are left in the log, one link away.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from .vocabulary import contains_term, is_term, words

PARTICLE = r"(?:이가|이는|이도|이|가|은|는|도|께서는|께서|의)"
_NEXT = r"(?=[\s,])"
_GIVEN_FORM = r"(?:이|아|야)?"
_JUDGED = "일정|준비|실수|판단|컨디션|경험|설명|일 처리|태도|속도|스타일|책임|성격|고집|확인"
"""What is judged of a person whose name stands before it without a particle ("하늘 일정 관리")."""


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
    pronouns = [word for word in words("person_pronoun") if not word.isascii()]
    korean = "|".join(word for word in pronouns if word not in _WORD_PARTS)
    english = "|".join(word for word in words("person_pronoun") if word.isascii())
    return re.compile(
        rf"(?<![가-힣])(?:(?:{korean}){PARTICLE}|{_SHORT_PRONOUNS}){_NEXT}|\b(?:{english})\b",
        re.IGNORECASE,
    )


_WORD_PARTS = ("나", "내", "저", "제", "지")
_SHORT_PRONOUNS = "나는|나도|내가|저는|저도|제가|지가|지는"
"""Pronouns of `_WORD_PARTS` as a subject; other particles make words of things: 지도, 나이, 저가.
"""


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
        rf"(?:{korean})(?:들)?(?:님)?(?:{PARTICLE}{_NEXT}|이?라서?{_NEXT}|\s?(?:때문|탓)|\s(?:{_JUDGED}))"
        rf"|{_CLAUSE}{determiner}\s(?:[\w'’-]+\s){{0,3}}?(?:{english})(?:'s\b|\s+(?=[a-z]))",
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
        rf"|(?<![가-힣])(?!{no_name}){syllable}{{2}}(?:이의|이네|{PARTICLE}){_NEXT}"
        rf"|(?<![가-힣])(?!{strangers})[가-힣]{{2,4}}\s?(?:{honorifics})\s(?!{meeting})"
    )


@cache
def _english_strangers() -> re.Pattern[str]:
    verbs = "|".join(words("agent_verb"))
    adverbs = "never|always|just|simply|rarely|usually|often|still|kept|keeps|almost|really|also"
    things = "|".join(words("thing_verb"))
    judged = rf"(?:is|was|are|were|has|had|did|does|could|should)\s(?:{_judging()})"
    no_name = "|".join(word.capitalize() for word in words("not_a_name") if word.isascii())
    return re.compile(
        rf"{_CLAUSE}(?P<name>(?!(?:{no_name})\b)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?:\s(?:from|in|at|of)\s[\w\s]{{1,24}}?)?"
        rf"(?:\s(?:(?:{adverbs})\s[a-z]|(?:{verbs})\b|(?!(?:{things})\b)[a-z]+ed\b|{judged}"
        rf"|(?:moved|opened|closed|changed|started)\s(?:the|a|an|our|his|her|at|two|three)\b)|['’]s\b)"
        rf"|{_CLAUSE}(?P<first>[A-Z][a-z]+)(?:\s[A-Z][a-z]+)?\s(?:and|or|&)\s(?:I|[A-Z][a-z]+)\b"
    )


@cache
def _judging() -> str:
    return "|".join(re.escape(word) for word in words("judgement") if word.isascii())


_CLAUSE = (
    r"(?:^|[,;:.]\s*|\b(?i:because|that|when|since|as|and|but|so|if|while|where|before|after)\s+)"
)
_NOBODY = re.compile(
    r"\b(?:nobody|no one)\b(?:\s(?:in|on|from|at|of)\s|\s(?:checks|follows|owns|updates"
    r"|cares|felt|was|had|did)\b"
    r"|\s[a-z]+ed\b)",
    re.IGNORECASE,
)
"""Nobody of the team ("nobody in support", "nobody checked"), not of those it serves."""
_NAMES_ENDING_IN_S = ("us", "as", "is", "nes", "mes", "ss")
"""Endings of names that are no plurals: Marcus, Lucas, Chris, Agnes, James, Ross."""


def _is_stranger(sentence: str) -> bool:
    """Return whether an English sentence has a capitalised word in a person's place."""
    return next(stranger_names(sentence), "") != ""


def stranger_names(sentence: str) -> Iterator[str]:
    """Yield the capitalised words of an English sentence that stand in a person's place."""
    for found in _english_strangers().finditer(sentence):
        name = found["name"] or found["first"]
        if not is_thing(name):
            yield name


def is_thing(word: str) -> bool:
    """Return whether a capitalised word is one of the log's things ("Mail", "Sales"), or no name.

    A plural and a gerund are none.
    """
    first = word.split(maxsplit=1)[0]
    plural = first.endswith("s") and not first.endswith(_NAMES_ENDING_IN_S)
    known = any(is_term(kind, first) for kind in ("not_a_name", "brand"))
    return (
        plural
        or first.endswith("ing")
        or known
        or any(contains_term(kind, first) for kind in ("process", "material"))
    )


@lru_cache(maxsize=256)
def _known(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of known names as a subject, with any title or nickname ending."""
    titles = "|".join((*words("person_title"), *words("honorific"), *words("kinship")))
    korean = "|".join(re.escape(name) for name in names if not name.isascii()) or "(?!)"
    latin = "|".join(re.escape(name) for name in names if name.isascii()) or "(?!)"
    return re.compile(
        rf"(?<![가-힣])(?:{korean}){_GIVEN_FORM}\s?(?:{titles})?\s?(?:님)?(?:이네|네|{PARTICLE}){_NEXT}"
        rf"|(?<![가-힣])(?:{korean}){_GIVEN_FORM}(?:에게|한테)\s(?:맡기|맡겼|시키|시켰|부탁하면|물어보면)"
        rf"|(?<![가-힣])(?:{korean})(?:,|\s(?:둘|셋|담당|쪽|네|스타일|탓|때문|{_JUDGED}))"
        rf"|{_CLAUSE}(?:{latin})(?:['’]s\b|\s+(?=[a-z]))|\b(?:{latin})['’]s\b"
        rf"|\b(?i:by|was|is|to|without|on|of|like)\s(?:{latin})\b"
    )


@lru_cache(maxsize=20_000)
def has_person_subject(sentence: str, names: tuple[str, ...]) -> bool:
    """Return whether a person is, or may be, the subject of the sentence.

    `names` are the known names.
    """
    shapes = (_known(names), _titled(), _pronouns(), _workers(), _strangers(), _NOBODY)
    return any(one.search(sentence) for one in shapes) or _is_stranger(sentence)


@lru_cache(maxsize=20_000)
def without_doer(sentence: str, names: tuple[str, ...]) -> str:
    """Return what was done without the person who did it, where they are the subject.

    Korean: the subject is taken out wherever it stands; English: only where it opens the sentence.

    >>> without_doer("이준 님이 고객 세 곳에 전화", ("이준",)), without_doer(
    ...     "Our cook baked two trays", ())
    ('고객 세 곳에 전화', 'Baked two trays')
    """
    for _ in range(_DOERS):
        shorter = _without_first(sentence, names)
        if shorter == sentence:
            break
        sentence = shorter
    return sentence


_DOERS = 3
"""Subjects of a sentence that are taken out at most; more is no deed but a list of people."""
_BEFORE = re.compile(
    r"(?:^|(?<=\s))(?:우리|저희|새|신규|[가-힣]{1,6}(?:팀|부|과|실|파트)|외주|업체)\s$"
)
"""What stands before a role and belongs to the same subject."""


def _without_first(sentence: str, names: tuple[str, ...]) -> str:
    for shape in (
        _known(names),
        _titled(),
        _workers(),
        _strangers(),
        _pronouns(),
        _english_strangers(),
    ):
        for found in shape.finditer(sentence):
            text = found[0]
            if text.isascii():
                if (
                    found.start() == 0
                    and not text.endswith(("'s", "’s"))
                    and _opens(found, sentence)
                ):
                    groups = found.groupdict()
                    end = found.end("name") if groups.get("name") else found.end()
                    rest = sentence[end:].lstrip()
                    return rest[:1].upper() + rest[1:] if rest else sentence
            elif not text.endswith(("때문", "탓")):
                before = _BEFORE.sub("", sentence[: found.start()])
                rest = f"{before}{sentence[found.end() :].lstrip(' ,')}".strip()
                if rest:
                    return rest
    return sentence


_OBJECT = re.compile(
    r"\s[a-z]+\s(?:(?!(?:in|on|at|by|for|with|from|to|of|as)\s)[a-z]+\s)?"
    r"(?:(?:the|an?|our|his|her|their|my|all|every|each|some|us|them|him|two|three|four|five|six|seven"
    r"|eight|nine|ten|twelve|twenty|thirty)\b|\d|[A-Z])"
)
"""What follows the verb of somebody who does something: an object. "List checked", "Phone answered
in two rings" say what was done to a thing."""


def _opens(found: re.Match[str], sentence: str) -> bool:
    """Return whether an English match is a subject before its verb, not a person that is named."""
    groups = found.groupdict()
    if groups.get("name"):
        return _is_stranger(sentence) and bool(_OBJECT.match(sentence[found.end("name") :]))
    if groups.get("first"):
        return False
    rest = sentence[found.end() :]
    return bool(re.match(r"\s*[a-z]", rest)) and not _NOUN_BEHIND.fullmatch(rest)


_NOUN_BEHIND = re.compile(r"\s*[a-z-]+(?<!ed)(?<!ing)[.!]?")
"""A single word behind that tells no deed: "The hire desk", "Our team room" are places."""
