"""A planned page of the archive: its address, its fingerprint, and how to make it.

Every part of the archive yields these. A page whose fingerprint is that of the file in the folder
is not made again (ADR 0904).
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A file of the archive: `path` (see `addresses`), fingerprint, and `make` for its text."""

    path: str
    fingerprint: str
    make: Callable[[], str]


def fingerprint(*inputs: object) -> str:
    """Return 24 hex digits that differ if any input does; inputs need a complete `repr`."""
    digest = blake2b(digest_size=12)
    for one in inputs:
        digest.update(repr(one).encode(errors="surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()
