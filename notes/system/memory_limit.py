"""A limit on the memory of a block, where the system can set one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def memory_limit(megabytes: int) -> Iterator[None]:
    """Let this process take so many megabytes more than it has, for the time of a block.

    Where the system sets no such limit, or does not say how much the process has, nothing happens.

    Raises:
        MemoryError: the block wants more, as the interpreter says it.
    """
    held = held_bytes()
    if not held:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = held + (megabytes << 20)
    least = min([most, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)])
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (least, hard))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def held_bytes() -> int:
    """Return how much address space this process has, 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  a file of the system, read once
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
