"""What a forked child must not hold: the descriptors of locks, which would outlive their
holder in it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CLOSED_IN_CHILDREN: set[int] = set()
"""Descriptors of locks that are held in this process."""


@contextmanager
def closed_in_children(descriptor: int) -> Iterator[None]:
    """Close a descriptor in every child that is forked within the block; here it stays open."""
    _CLOSED_IN_CHILDREN.add(descriptor)
    try:
        yield
    finally:
        _CLOSED_IN_CHILDREN.discard(descriptor)


def _close() -> None:
    for descriptor in _CLOSED_IN_CHILDREN:
        with suppress(OSError):
            os.close(descriptor)
    _CLOSED_IN_CHILDREN.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close)
