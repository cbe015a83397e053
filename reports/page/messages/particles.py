"""Korean particles: which of 은/는, 이/가, 을/를, 과/와, 으로/로 follows a word, also after digits and Latin letters.

A word decides by how it *sounds*: "18.4%" ends in 퍼센트, "12" in 이, "47" in 칠, "KPI" in 아이, "Notion"
in 션. Latin words are a matter of habit, so the rules below are those of common loan words; where
they are wrong for a name, a team's own sentence can put the particle as it likes.
"""

import re

_DIGIT = {
    "0": "영",
    "1": "일",
    "2": "이",
    "3": "삼",
    "4": "사",
    "5": "오",
    "6": "육",
    "7": "칠",
    "8": "팔",
    "9": "구",
}
_ZEROS = ("", "십", "백", "천", "만", "만", "만", "만", "억", "억", "억", "억", "조")
_SIGNS = {
    "%p": "포인트",
    "%": "퍼센트",
    "℃": "도",
    "°": "도",
    "₩": "원",
    "$": "달러",
    "€": "유로",
    "£": "파운드",
}
_LETTER = {"L": "엘", "M": "엠", "N": "엔", "R": "알"}
_OFFERED = re.compile(r"(은|이|을|과)\((는|가|를|와)\)|\((으|이)\)(?=로|라)")
_CLOSING = " \t\n\"'”’»」』)]}>.,!?…~*_·:;`\u200b"
_BRACKET = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?$", re.ASCII)
_LATIN = re.compile(r"[A-Za-z]+$")
_SHORT_STOP = re.compile(r"(?:^|[^aeiou])(?:[aeiou](?:ck|[bkpt])|ook)$")


def with_particle(word: str, pair: str) -> str:
    """Return the word with the fitting particle of a pair such as "은/는"; the first follows a consonant.

    >>> with_particle("전환율", "은/는"), with_particle("18.4%", "이/가"), with_particle("9", "으로/로")
    ('전환율은', '18.4%가', '9로')
    """
    return word + particle(word, pair)


def particle(word: str, pair: str) -> str:
    """Return only the particle.

    A word that ends in nothing pronounceable gets both forms, as people write them.
    """
    after_consonant, after_vowel = pair.split("/", 1)
    final = _final(word)
    if final is None:
        return f"{after_consonant}({after_vowel})" if after_vowel else f"({after_consonant})"
    if final == "ㄹ" and after_consonant == "으로":
        return after_vowel
    return after_consonant if final else after_vowel


def resolve_particles(text: str) -> str:
    """Return a sentence that offers both particles with the fitting one.

    >>> resolve_particles("‘11/31’은(는) 없는 날짜이고, 종료일이(가) 빠릅니다")
    '‘11/31’은 없는 날짜이고, 종료일이 빠릅니다'
    >>> resolve_particles("영업(이)라는 팀을 서울(으)로, 부산(으)로")
    '영업이라는 팀을 서울로, 부산으로'
    """
    return _OFFERED.sub(lambda match: _chosen(text[: match.start()], match), text)


def _chosen(before: str, offered: re.Match[str]) -> str:
    if offered[1]:
        return particle(before, f"{offered[1]}/{offered[2]}")
    final = _final(before)
    if final is None:
        return offered[0]
    return offered[3] if final and not (final == "ㄹ" and offered[3] == "으") else ""


def _final(word: str) -> str | None:
    """Return "" for a vowel, "ㄹ", or "ㄱ" for any other consonant.

    None where the sound is unknown.
    """
    bare = _BRACKET.sub("", word).rstrip(_CLOSING) or word.rstrip(_CLOSING)
    for sign, name in _SIGNS.items():
        if bare.endswith(sign):
            return _of_syllable(name[-1])
    if number := _NUMBER.search(bare):
        return _of_syllable(_spoken_end(number[0]))
    if latin := _LATIN.search(bare):
        return _of_latin(latin[0])
    return _of_syllable(bare[-1]) if bare and "가" <= bare[-1] <= "힣" else None


def _of_syllable(syllable: str) -> str:
    code = (ord(syllable) - 0xAC00) % 28
    return "" if code == 0 else "ㄹ" if code == 8 else "ㄱ"


def _spoken_end(number: str) -> str:
    """Return the last syllable of a number read aloud: 120 → 백이십 → 십, 1.20 → 영."""
    whole, _, decimals = number.replace(",", "").partition(".")
    if decimals or not whole.strip("0"):
        return _DIGIT[(decimals or whole)[-1]]
    zeros = len(whole) - len(whole.rstrip("0"))
    return _ZEROS[min(zeros, len(_ZEROS) - 1)] if zeros else _DIGIT[whole[-1]]


def _of_latin(word: str) -> str:
    if len(word) == 1 or word.isupper():
        return _of_syllable(_LETTER.get(word[-1].upper(), "이"))
    low = word.lower()
    if low.endswith("e") and len(low) > 2 and low[-2] not in "aeiou":
        low = low[:-1]
        return "ㄹ" if low.endswith("l") else "ㄱ" if low[-1] in "mn" else ""
    if low.endswith("l"):
        return "ㄹ"
    return "ㄱ" if low.endswith(("m", "n", "ng")) or _SHORT_STOP.search(low) else ""
