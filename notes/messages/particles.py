"""Korean particles: which of 은/는, 이/가, 을/를, 과/와, 으로/로 follows a word.

A word decides by how it *sounds*: "18.4%" ends in 퍼센트, "12" in 이, "47" in 칠, "KPI" in 아이,
"Notion" in 션. Latin words are a matter of habit, so the rules below are those of common loan
words; where they are wrong for a name, a team's own message can choose its particle.
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
"""How a number, sign or letter is read aloud in Korean: its last sound chooses the particle."""
_CLOSING = " \t\n\"'”’»」』)]}>.,!?…~*_·:;`\u200b"
"""What stands behind the last sound and is not read."""
_BRACKET = re.compile(r"\s{0,20}[(\[（][^()\[\]（）]*[)\]）]\s*$")
_NUMBER = re.compile(r"(?<!\d)(?<!\d,)\d[\d,]*(?:\.\d+)?$", re.ASCII)
_LATIN = re.compile(r"[A-Za-z]+$")
"""The end of a text that decides: a bracket is passed over, a number or a Latin word read."""
_SHORT_STOP = re.compile(r"(?:^|[^aeiou])(?:[aeiou](?:ck|[bkpt])|ook)$")
"""English words that Korean writes with a final consonant (팁, 북): a short vowel and a stop."""


def particle(word: str, pair: str) -> str:
    """Return the particle of a pair such as "은/는" that fits a word; the first follows a
    consonant.

    A word that ends in nothing pronounceable gets both forms, as people write them: "은(는)",
    "(으)로".

    >>> particle("전환율", "은/는"), particle("18.4%", "이/가"), particle("9", "으로/로")
    ('은', '가', '로')
    """
    after_consonant, after_vowel = pair.split("/", 1)
    final = _final(word)
    if final is None:
        if after_consonant.endswith(after_vowel):  # "으로/로", "이라/라", and "이/" before nothing
            return f"({after_consonant.removesuffix(after_vowel)}){after_vowel}"
        return f"{after_consonant}({after_vowel})"
    if final == "ㄹ" and after_consonant == "으로":
        return after_vowel
    return after_consonant if final else after_vowel


def _final(word: str) -> str | None:
    """Return the final sound: "" for a vowel, "ㄹ", "ㄱ" for another consonant; None if unknown."""
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
