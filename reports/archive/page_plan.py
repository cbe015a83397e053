"""A planned page of the archive: its address, its fingerprint, and how to make it.

Every part of the archive yields these. A page whose fingerprint is that of the file in the folder
is not made again (ADR 0904).
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

import msgspec


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A file of the archive: `path` (see `addresses`), fingerprint, and `make` for its text."""

    path: str
    fingerprint: str
    make: Callable[[], str]


@dataclass(frozen=True, slots=True)
class PlannedView:
    """A page whose view is made only where the page is: `made_from` holds all that the view tells,
    but for what a build's edition stands for (code, words, templates, configuration).
    """

    path: str
    made_from: tuple[object, ...]
    view: Callable[[], object]


def fingerprint(*inputs: object) -> str:
    """Return 24 hex digits that differ if any input does.

    Inputs are records, sequences and plain values; any other object needs a complete `repr`.
    """
    digest = blake2b(digest_size=12)
    for one in inputs:
        digest.update(_bytes_of(one))
        digest.update(b"\0")
    return digest.hexdigest()


_ENCODER = msgspec.msgpack.Encoder(enc_hook=repr)
"""Fingerprints need no reading back: what msgpack does not know is taken by its repr."""


def _bytes_of(one: object) -> bytes:
    """Return a value's bytes: a `repr` of records within records costs eight times as much."""
    try:
        return _ENCODER.encode(one)
    except (UnicodeEncodeError, OverflowError):  # half a surrogate pair, a number of 20 digits
        return repr(one).encode(errors="surrogatepass")
