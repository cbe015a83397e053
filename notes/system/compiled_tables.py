"""What follows from a package's own files alone, kept beside its byte code.

    files of the room ──► stamp ─► kept under that very stamp? ─► as kept
                                 └► else made, and kept where byte code may be written

The stamp is taken of what the files say, not of their times: what is kept can be missing, and never
be that of other words (ADR 0468). Patterns are kept by their own text, of which they follow (ADR
0476).
"""

import atexit
import marshal
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_INPUTS = (".py", ".toml")
_DIGEST = 32
"""Bytes of the digest before the tables, of the stamp and of them: it tells damage too."""
_HERE = Path(__file__).parent
"""The room beside whose byte code the patterns are kept."""
_MOST_PATTERNS = 4_000
"""Patterns kept: eight times those of all modules. Those of versions that were replaced would stay
for ever; beyond, only those of this process are kept."""

PatternCode = tuple[str, int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What the engine of `re` makes a pattern of: its text and flags, the code, its groups."""


def compiled(name: str, room: Path, make: Callable[[], T]) -> T:
    """Return what `make` makes of the files of a room of the package, and of nothing else.

    It has to be made of what `marshal` knows: texts, numbers, tuples, lists and dictionaries.
    """
    stamp = _stamp(room)
    kept = _kept(room, name, stamp)
    if kept is not None:
        found: T = kept
        return found
    made = make()
    _keep(room, name, stamp, made=made)
    return made


def kept_pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does. Only for expressions made of the shipped files alone: they are
    kept, so no word of a log may stand in one.
    """
    return _PATTERNS.of(expression, int(flags))


def keep_patterns() -> None:
    """Write the patterns that were compiled in this process for the processes to come.

    Where a process ends by itself this is done then.
    """
    _PATTERNS.keep()


class _Patterns:
    """The patterns of this process, and the codes that are kept, read when one is asked for."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int], re.Pattern[str]] = {}
        self._new: dict[tuple[str, int], PatternCode] = {}
        self._known: dict[tuple[str, int], PatternCode] | None = None

    def of(self, expression: str, flags: int) -> re.Pattern[str]:
        """Return a pattern, of its kept code where there is one."""
        asked = expression, flags
        made = self._made.get(asked)
        if made is None:
            if self._known is None:
                self._known = _kept(_HERE, "patterns", _ENGINE) or {}
            code = self._known.get(asked)
            made = self._made[asked] = self._compiled(asked) if code is None else _pattern_of(code)
        return made

    def _compiled(self, asked: tuple[str, int]) -> re.Pattern[str]:
        """Compile a pattern; its code is to be kept where the engine makes the very same of it."""
        made = re.compile(*asked)
        with suppress(Exception):  # the code is no promise of Python's: without, each compiles
            code = _code_of(*asked)
            if _pattern_of(code) == made:
                if not self._new:
                    atexit.register(self.keep)
                self._new[asked] = code
        return made

    def keep(self) -> None:
        """Write the new codes beside those that are kept, and by whomever in the meantime."""
        if self._new:
            known = _kept(_HERE, "patterns", _ENGINE) or {}
            every = {**known, **self._new}
            kept = self._new if len(every) > _MOST_PATTERNS else every
            _keep(_HERE, "patterns", _ENGINE, made=kept)
            self._new = {}


def _code_of(expression: str, flags: int) -> PatternCode:
    """Return what `re.compile` gives to its engine, which it does not tell."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(expression, flags)
    state, code = parsed.state, _compiler._code(parsed, flags)  # noqa: SLF001
    names = {number: name for name, number in state.groupdict.items()}
    return (
        expression,
        flags | state.flags,
        b"".join(number.to_bytes(_CODE_BYTES, sys.byteorder) for number in code),
        state.groups - 1,
        dict(state.groupdict),
        tuple(names.get(number) for number in range(state.groups)),
    )


_CODE_BYTES = 4
"""Bytes of a number of the code: what `array` and the engine call an unsigned int."""


def _pattern_of(code: PatternCode) -> re.Pattern[str]:
    """Return the pattern of a code, which the engine checks before it takes it."""
    import _sre  # type: ignore[import-not-found]

    expression, flags, numbers, *groups = code
    made: re.Pattern[str] = _sre.compile(
        expression, flags, memoryview(numbers).cast("I").tolist(), *groups
    )
    return made


_PATTERNS = _Patterns()
"""Those of this process: Python keeps one of each expression too."""


@cache
def _stamp(room: Path) -> bytes:
    """Return a digest of the files of the room, and of the Python that made something of them.

    Of all of them, whatever it was made of: six milliseconds, and nobody has to know what it needs.
    """
    digest = blake2b(_ENGINE, digest_size=_DIGEST)
    for file in sorted(room.rglob("*")):
        if file.suffix in _INPUTS:
            content = file.read_bytes()
            digest.update(f"{file.relative_to(room).as_posix()} {len(content)} ".encode())
            digest.update(content)
    return digest.digest()


_ENGINE = f"{sys.version} {marshal.version} {sys.byteorder}".encode()
"""The Python that made something: the stamp of what follows from nothing else."""


def _path(room: Path, name: str) -> Path | None:
    """Return where it is kept; None where this Python keeps no byte code."""
    try:
        return Path(cache_from_source(str(room / f"{name}.py"))).with_suffix(".tables")
    except NotImplementedError:
        return None


def _kept(room: Path, name: str, stamp: bytes) -> Any:
    """Return what is kept under this stamp; None where there is nothing, or it is damaged."""
    path = _path(room, name)
    try:
        content = path.read_bytes() if path else b""
    except OSError:
        return None
    told, tables = content[:_DIGEST], content[_DIGEST:]
    # Not another's data: it stands where Python's own byte code does, and is trusted like that.
    return marshal.loads(tables) if told == _digest(stamp, tables) else None  # noqa: S302


def _keep(room: Path, name: str, stamp: bytes, *, made: Any) -> None:
    """Write it as a whole or not at all, where byte code may be written: others may be reading
    it.
    """
    path = _path(room, name)
    if path is None or sys.dont_write_bytecode:
        return
    tables = marshal.dumps(made)
    beside = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a folder of the system: then it is made in each process
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(_digest(stamp, tables) + tables)
        beside.replace(path)


def _digest(stamp: bytes, tables: bytes) -> bytes:
    digest = blake2b(stamp, digest_size=_DIGEST)
    digest.update(tables)
    return digest.digest()
