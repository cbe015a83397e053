"""How Korean words end: verbs of the past as nouns, one form for what people end in many ways,
and whether a syllable has a final consonant.

"빗나갔습니다" · "빗나갔어요" · "빗나갔다" · "빗나갔음" ─► "빗나감"
"""

from notes.system.compiled_tables import kept_pattern

_PAST = kept_pattern(r"([가-힣]?)([가-힣])(?:습니다|어요|네요|네|다|음|어|지요|죠)(?![가-힣])")
_FIRST = 0xAC00
_FINALS = 28
"""A Hangul syllable is (initial * 21 + vowel) * 28 + final in Unicode, from U+AC00 on."""
_VOWELS = 21
_SS, _M = 20, 16
"""The finals ㅆ, by which the past is known, and ㅁ, which makes a noun of a verb."""
_CONTRACTED = {6: 20, 1: 0, 10: 11, 14: 13, 9: 8}
"""Vowels that the past contracted: ㅕ of ㅣ, ㅐ of ㅏ (했), ㅙ of ㅚ (됐), ㅝ of ㅜ, ㅘ of ㅗ."""
_PAST_SYLLABLES = "았었였"
"""Syllables of the past that stand for themselves; elsewhere it is a final consonant (했, 졌)."""


def as_noun(text: str) -> str:
    """Return a text whose verbs of the past end as nouns do.

    >>> as_noun("빗나갔습니다"), as_noun("들어맞았다"), as_noun("나빠졌어요"), as_noun("잘 됐네요")
    ('빗나감', '들어맞음', '나빠짐', '잘 됨')
    >>> as_noun("효과가 있다"), as_noun("성공")
    ('효과가 있다', '성공')
    """
    return _PAST.sub(lambda found: _noun(found[0], found[1], found[2]), text)


def _noun(whole: str, before: str, past: str) -> str:
    code = ord(past) - _FIRST
    if code % _FINALS != _SS or past in "있겠" or (past in _PAST_SYLLABLES and not before):
        return whole
    if past in _PAST_SYLLABLES:
        return f"{before}음" if has_final(before) else chr(ord(before) + _M)
    vowel = code // _FINALS % _VOWELS
    turned = code + (_CONTRACTED.get(vowel, vowel) - vowel) * _FINALS - _SS + _M
    return before + chr(_FIRST + turned)


def has_final(syllable: str) -> bool:
    """Return whether a Hangul syllable ends in a consonant.

    >>> has_final("율"), has_final("가")
    (True, False)
    """
    return (ord(syllable) - _FIRST) % _FINALS != 0
