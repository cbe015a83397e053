"""The words and n-grams of letters by which texts are compared."""

import re
from sys import intern

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
"""A word, or a number with its separators: "4,000" is one."""
_SIGNS = re.compile(r"[\W_]+")
"""What stands between letters, and says nothing of which row it is."""


def ngrams(text: str) -> frozenset[str]:
    """Return the pieces by which texts are compared.

    Words without the signs around them, and their pairs (Korean) or triples of letters.

    >>> sorted(ngrams('"go!"')), sorted(ngrams("3.5%"))
    (['go'], ['3.5'])
    """
    found = set()
    for word in _WORD.findall(text) or text.split():
        found.add(intern(word))  # texts share their pieces: one of each is enough
        size = 3 if word.isascii() else 2
        found.update([intern(word[at : at + size]) for at in range(len(word) - size + 1)])
    return frozenset(found)


def letters(text: str) -> str:
    """Return the letters and digits of a text: what stays when a sheet goes through another
    program; the text itself where it has none.

    >>> letters('""A, b: 5 %""'), letters("—")
    ('Ab5', '—')
    """
    return _SIGNS.sub("", text) or text
