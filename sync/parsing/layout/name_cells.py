"""Recognises people's names.

Evidence: titles, Korean surnames and usual syllables, usual given names.
"""

import re
from collections.abc import Sequence

from notes.system.compiled_tables import kept_pattern
from sync.parsing.cells.named_people import people_names
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.vocabulary import load_words

_LEAST_SHARE = 0.6
"""Share of the words that must be names beyond doubt; judgement: the rest may be nicknames."""
_TITLED = kept_pattern(
    r".+\s?(?:님|씨|팀장|매니저|대리|과장|차장|부장|사원|주임|선임|책임|코치)(?:님)?$"
)
"""Titles that stand behind names at Korean firms."""


def is_name(text: str) -> bool:
    """Return whether a text names a person beyond doubt, not only by looking short.

    >>> is_name("한소라"), is_name("김하늘 팀장"), is_name("Mina"), is_name("민서")
    (True, True, True, True)
    >>> is_name("기록지"), is_name("Counter"), is_name("대전")
    (False, False, False)
    """
    book, plain = load_words("names"), text.strip()
    if not plain or len(plain) > 20 or known_role(plain):
        return False
    if _TITLED.fullmatch(plain) and people_names(plain) != (plain,):
        return True
    if re.fullmatch(r"[가-힣]{3}", plain):
        return (
            plain[0] in load_words("people")["surnames"]
            and plain[1] in book["middle"]
            and plain[2] in book["last"]
        )
    return plain in book["called"] or plain.split()[0].lower() in book["given"]


def are_names(texts: Sequence[str]) -> bool:
    """Return whether most of some words are names beyond doubt, and none is a field of a log."""
    named = sum(map(is_name, texts))
    return named >= 2 and named >= _LEAST_SHARE * len(texts) and not any(map(known_role, texts))
