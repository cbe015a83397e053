"""The sandbox of a team's own templates: they see the view, and take little time and memory (ADR
0854).

Operators that can ask for more than any page needs in one step are refused before they begin: a
step of the interpreter cannot be interrupted. The rest is bounded by `within_limits`.
"""

from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notes.system.memory_limit import memory_limit
from notes.system.time_limit import total_time

_MOST = 1_000_000
"""Letters or items that one operator may make: ten times the largest mail (`MAIL_LIMIT`)."""
_BITS = 4_096
"""Bits of the largest number that a template may compute (judgement: more than any figure has)."""
_SECONDS = 60.0
"""A shipped page takes less than one; a loaded machine ten (judgement)."""
_MEMORY_MB = 512
"""Beside what the program has: a page of the archive with all its notes takes some 50."""


@contextmanager
def within_limits() -> Iterator[None]:
    """Let a block render a team's own template: so many seconds, so much memory.

    Raises:
        TimeoutError: the time is up.
        MemoryError: the memory is.
    """
    with memory_limit(_MEMORY_MB), total_time(_SECONDS):
        yield


def _small(sign: str) -> Callable[[Any, Any], Any]:
    """Return an operator that refuses to make what is larger than a page.

    Raises:
        SecurityError: by the operator that is returned.
    """
    make = ImmutableSandboxedEnvironment.default_binop_table[sign]

    def operator(left: Any, right: Any) -> Any:
        if _too_much(sign, left, right):
            raise SecurityError(f"the result of “{sign}” would be larger than any page")
        return make(left, right)

    return operator


def _too_much(sign: str, left: Any, right: Any) -> bool:
    if sign == "%":
        return isinstance(left, str) and (len(left) > _MOST or _pads(left))
    if sign == "**":
        return _bits(left) * abs(right if isinstance(right, int) else 1) > _BITS
    for many, times in ((left, right), (right, left)):
        if isinstance(many, Sized) and isinstance(times, int):
            return len(many) * times > _MOST
    return _bits(left) + _bits(right) > _BITS


def _bits(number: Any) -> int:
    return number.bit_length() if isinstance(number, int) else 0


def _pads(text: str) -> bool:
    """Return whether a format asks for a width of more than six digits, or for one from outside."""
    after = text.replace("%%", "").split("%")[1:]
    return any(_width_is_large(one) for one in after)


def _width_is_large(conversion: str) -> bool:
    if conversion.startswith("("):
        conversion = conversion.partition(")")[2]
    width = conversion.lstrip("-+ #0")
    size = len(width) - len(width.lstrip("0123456789.*"))
    return "*" in width[:size] or any(len(part) > 6 for part in width[:size].split("."))


_SMALL = {sign: _small(sign) for sign in ("*", "**", "%")}
"""Operators that could fill the memory; a team's template gets small results only (ADR 0854)."""


class OwnTemplates(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with limits on what one operator may make."""

    intercepted_binops = frozenset(_SMALL)
    default_binop_table = ImmutableSandboxedEnvironment.default_binop_table | _SMALL
