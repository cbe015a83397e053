"""The words and n-grams of letters by which texts are compared."""

from sys import intern


def ngrams(text: str) -> frozenset[str]:
    """Return the pieces by which texts are compared.

    Words, and their pairs (Korean) or triples of letters.
    """
    found = set()
    for word in text.split():
        found.add(intern(word))  # texts share their pieces: one of each is enough
        size = 3 if word.isascii() else 2
        found.update([intern(word[at : at + size]) for at in range(len(word) - size + 1)])
    return frozenset(found)
