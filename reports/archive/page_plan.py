"""A page of the archive before it is made: where it lies, what it depends on, and how to make it.

Every part of the archive gives these. A page whose fingerprint is the one that lies in the folder
is not made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A file of the archive.

    `path` as `reports.archive.addresses` gives it, `make` its whole text.
    """

    path: str
    fingerprint: str
    make: Callable[[], str]


def fingerprint(*inputs: object) -> str:
    """Return 24 digits that differ when any of the inputs does.

    Inputs are values with a complete `repr`.
    """
    digest = blake2b(digest_size=12)
    for one in inputs:
        digest.update(repr(one).encode(errors="surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()
