"""Detects the encoding of a text file: byte order mark, byte patterns, then language likelihood.

UTF-8 and UTF-16 prove themselves. A byte that breaks UTF-8 in a text that is full of it is a broken
byte, not another encoding. Of the old encodings CP949 is tried beside the Western, Japanese and
Chinese ones; the decoding wins whose letters are common ones, and that does not put a rare syllable
beside a Latin letter ("don뭪" is no Korean).
"""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = ("cp949", "cp1252", "cp932", "gb18030")
_SAMPLE = 200_000
"""Bytes that decide between the old encodings; ends at a line, since a character of two bytes
must not be cut."""
_READABLE = bytes(set(range(256)) - (set(range(32)) - set(b"\t\n\r\v\f\x1a\x1b")))
"""Bytes that a text may hold; a text with more than one other in a hundred is none."""
_FEW_BROKEN = 0.02
"""Up to this share of broken bytes among the non-ASCII ones, a text is still UTF-8 (or CP949)
with damage."""
_HANGUL = (
    "이다는을의가에고하한로지기도사어자그시인들과서를대리나은아으해정스일여수전부보장제주상우공성문안원유"
    "무비동실적조면물선계관있없였했게적표험설행결회날짜음점요만것때내소할년월분중재등연경화목"
)
_HAN = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
    "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日期目标结果执月复盘提高"
    "率注册项问题数据客户周"
)
"""Syllables and characters that are frequent in Korean and Chinese texts, and in headers of
logs: a right encoding gives many, a wrong one rare ones."""
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
"""Hiragana and katakana: Japanese text holds them, Chinese does not."""
_HIGH = re.compile(r"[^\x00-\x7f]")
_BROKEN, _WHOLE = re.compile("\ufffd+"), re.compile("[^\x00-\x7f\ufffd]")
"""Non-ASCII characters, those that could not be decoded (U+FFFD), and those that could."""
_LATIN_NEAR = re.compile(
    r"[A-Za-z][^\x00-\x7f\u00c0-\u024f\u2010-\u2044]|[^\x00-\x7f\u00c0-\u024f\u2010-\u2044][a-z]"
)
"""A character that is no Latin letter right beside one: typical of a wrong encoding."""
_PUNCTUATION = "–—‘’‚“”„…•€™«»¿¡£°·×º±²³½"
"""Signs of Windows-1252 beyond letters that prose and tables hold."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, the encoding it was read in, and whether that was chosen because it reads best.

    A byte that could not be decoded stands in the text as U+FFFD.
    """

    text: str
    encoding: str
    guessed: bool = False


def decoded(content: bytes) -> DecodedText | None:
    """Return the text in the bytes of a file; None where it is no text.

    >>> decoded("don’t".encode("cp1252"))
    DecodedText(text='don’t', encoding='cp1252', guessed=True)
    >>> decoded("회고".encode("cp949"))
    DecodedText(text='회고', encoding='cp949', guessed=False)
    """
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    if marked:
        return _whole(content, marked) or _damaged(content, marked)
    wide = _unmarked_utf16(content)
    if wide:
        return _whole(content, wide) or _damaged(content, wide)
    if 100 * len(content[:_SAMPLE].translate(None, _READABLE)) > len(content[:_SAMPLE]):
        return None
    return _whole(content, "utf-8") or _damaged_utf8(content) or _old(content)


def plain_encoding(head: bytes) -> str:
    """Return the encoding of a text that begins so where nothing but a broken byte further down can
    change it: UTF-8, with or without its mark. "" for anything else.

    `head` is at least as long as what `decoded` looks at before it decodes.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    marked = any(head.startswith(mark) for mark, _ in _MARKS)
    sample = head[:_SAMPLE]
    if marked or b"\0" in head or len(sample) < _SAMPLE:
        return ""
    return "" if 100 * len(sample.translate(None, _READABLE)) > len(sample) else "utf-8"


def _whole(content: bytes, encoding: str) -> DecodedText | None:
    try:
        return DecodedText(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _damaged(content: bytes, encoding: str) -> DecodedText | None:
    """Return a marked text with its broken bytes replaced; None where more is broken than whole."""
    text = content.decode(encoding, "replace")
    broken = text.count("\ufffd")
    return (
        DecodedText(text, encoding)
        if broken <= max(1, len(text) * _FEW_BROKEN) and len(text) > broken + 1
        else None
    )


def _unmarked_utf16(content: bytes) -> str:
    """Return the UTF-16 without a mark that the zero bytes prove.

    Every ASCII sign has one, on the same side.
    """
    head = content[:4_000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(content) % 2 or even + odd < max(4, len(head) // 20):
        return ""
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else ""


def _damaged_utf8(content: bytes) -> DecodedText | None:
    text = content.decode("utf-8", "replace")
    broken, whole = len(_BROKEN.findall(text)), len(_WHOLE.findall(text))
    return (
        DecodedText(text, "utf-8")
        if whole > 3 * broken and broken <= max(1, whole * _FEW_BROKEN)
        else None
    )


def _old(content: bytes) -> DecodedText | None:
    sample = content[:_SAMPLE]
    sample = (
        sample[: sample.rfind(b"\n") + 1] if len(content) > _SAMPLE and b"\n" in sample else sample
    )
    scored = [
        (score, -place)
        for place, encoding in enumerate(_OLD)
        if (score := _likeness(sample, encoding)) > 0
    ]
    if not scored:
        return None
    encoding = _OLD[-max(scored)[1]]
    return DecodedText(content.decode(encoding, "replace"), encoding, guessed=encoding != "cp949")


def _likeness(sample: bytes, encoding: str) -> float:
    """Return how much the bytes read like a language in this encoding: below 0 not at all, up to 2.

    The mean over the letters that are not ASCII; a broken byte, a rare letter, a syllable beside a
    Latin letter cost.
    """
    text = sample.decode(encoding, "replace")
    high = _HIGH.findall(text)
    if not high:
        return -1.0
    worth = _WORTH[encoding]
    total = sum(map(worth, high)) - 12.0 * text.count("\ufffd")
    if encoding != "cp1252":
        total -= 2.0 * len(_LATIN_NEAR.findall(text)) if encoding == "cp949" else 0.0
    if encoding == "cp932" and not _KANA.search(text):
        total -= len(high)
    return total / len(high)


def _korean(sign: str) -> float:
    if "가" <= sign <= "힣":
        return 2.0 if sign in _HANGUL else (0.9 if _in(sign, "euc_kr") else -3.0)
    return -0.8 if "一" <= sign <= "鿿" else 0.0


def _western(sign: str) -> float:
    if "\u00c0" <= sign <= "\u024f":
        return 0.8 if sign.islower() else 0.2
    return 1.0 if sign in _PUNCTUATION else -2.0


def _japanese(sign: str) -> float:
    if _KANA.match(sign):
        return 1.9
    if "\uff61" <= sign <= "\uff9f":
        return -1.0
    return 0.6 if "一" <= sign <= "鿿" else 0.0


def _chinese(sign: str) -> float:
    if "一" <= sign <= "鿿":
        return 2.0 if sign in _HAN else (0.6 if _in(sign, "gb2312") else -2.0)
    return 0.0 if "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uffef" else -1.0


def _in(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_WORTH = {"cp949": _korean, "cp1252": _western, "cp932": _japanese, "gb18030": _chinese}
"""What tells a right reading in each of the old encodings."""
