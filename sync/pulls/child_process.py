"""Runs work in a child process with limits on time and memory; a bad file cannot stop a run.

    parent ──fork──► child: limits of memory and time ─► work ─► answer, through a pipe
       └── waits, at most so long ◄──────────────────────────────────┘
           no answer: the reason, as a SourceError

The child is forked, so nothing is started or loaded a second time. It ends with its parent, however
that ends. Where a system cannot fork the work is done here, without limits.
"""

import os
import pickle
import select
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from notes.model.errors import LoopnoteError, SourceError
from notes.system.memory_limit import held_bytes

T = TypeVar("T")

_PIECE = 1 << 16
"""Bytes per write to the pipe: the capacity of a Linux pipe (pipe(7)); more would only block."""
_ENDED_WITH_PARENT = 75
"""Exit code of a child whose parent is gone: EX_TEMPFAIL of sysexits.h; nobody reads it but a
person."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading: wall-clock seconds per source and per run, megabytes per source.

    The memory is counted beside what the program has already. `answer_mb` is what a child may give
    back: counts and messages take some kilobytes, a whole reading (`columns`) as much as the log.
    """

    seconds: float = 4 * 3600.0
    memory_mb: int = 2_000
    round_seconds: float = 8 * 3600.0
    answer_mb: int = 64


def can_fork() -> bool:
    """Return whether this system can put work into a child process."""
    return hasattr(os, "fork") and sys.platform != "win32"


def in_child(work: Callable[[], T], limits: Limits, *, name: str) -> T:
    """Return what `work` returns, done in a child process.

    `name` says in messages whose work it is.

    Raises: SourceError: the child died, took too long or too much memory, or failed in a way that
        nobody has foreseen. LoopnoteError: as `work` raised it.
    """
    if not can_fork():
        try:
            return work()
        except MemoryError as error:
            raise _too_much_memory(limits, name) from error
    answer_from, answer_to = os.pipe()
    alive_from, alive_to = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    pid = _fork()
    if not pid:
        os.close(answer_from)
        os.close(alive_to)
        _be_the_child(work, limits, answer_to, alive_from=alive_from)
    os.close(answer_to)
    os.close(alive_from)
    try:
        found: T = _answer(pid, answer_from, limits, name=name)
        return found
    finally:
        os.close(answer_from)
        os.close(alive_to)


def _fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # of threads; ours hold no lock that the child takes
        return os.fork()


# The child


def _be_the_child(
    work: Callable[[], object], limits: Limits, answer_to: int, *, alive_from: int
) -> None:
    """Run the work in the child, send its answer and exit; never returns."""
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=_end_with_parent, args=(alive_from,), daemon=True).start()
        _set_limits(limits)
        _send(answer_to, _outcome(work))
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
    finally:
        os._exit(0)


def _end_with_parent(alive_from: int) -> None:
    os.read(alive_from, 1)
    os._exit(_ENDED_WITH_PARENT)


def _outcome(work: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps(("done", work()))
    except LoopnoteError as error:
        return pickle.dumps(("refused", error))
    except MemoryError:
        return pickle.dumps(("memory", None))
    except BaseException as error:  # noqa: BLE001  whatever it is (a panic of Rust is no Exception), it ends here
        return pickle.dumps(("fault", fault_of(error)))


def _send(answer_to: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(answer_to, view[:_PIECE]) :]


def _set_limits(limits: Limits) -> None:
    import resource

    def lower(kind: int, most: int) -> None:
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):
            resource.setrlimit(
                kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
            )

    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_CPU, int(limits.seconds) + 10)
    held = held_bytes()
    if held:
        lower(resource.RLIMIT_AS, held + (limits.memory_mb << 20))


# The parent


def _answer(pid: int, answer_from: int, limits: Limits, *, name: str) -> Any:
    try:
        data = _received(answer_from, monotonic() + limits.seconds, limits, name=name)
    except BaseException:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(pid, 0)
    if not data:
        raise _died(status, limits, name)
    kind, value = pickle.loads(data)  # noqa: S301  our own child's words
    if kind == "done":
        return value
    if kind == "refused":
        raise value
    if kind == "memory":
        raise _too_much_memory(limits, name)
    raise fault(name, value)


def _received(answer_from: int, until: float, limits: Limits, *, name: str) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        ready, _, _ = select.select([answer_from], [], [], max(0.0, until - monotonic()))
        if not ready:
            raise SourceError(
                f"{name} was not read within {_time(limits.seconds)}, and given up",
                hint=(
                    "look at what makes it slow, or raise [limits] source_minutes; the last "
                    "good data stay"
                ),
                code="source.too_slow",
                facts={"name": name, "minutes": f"{limits.seconds / 60:g}"},
            )
        piece = os.read(answer_from, _PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > limits.answer_mb << 20:
            raise SourceError(
                f"{name} gives more than can be taken in", hint="the last good data stay"
            )


def _time(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def _died(status: int, limits: Limits, name: str) -> SourceError:
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number == signal.SIGABRT:
        return _too_much_memory(limits, name)
    if number == signal.SIGXCPU:
        return SourceError(
            f"{name} took {_time(limits.seconds)} of computing, and was given up",
            hint=(
                "look at what makes it slow, or raise [limits] source_minutes; the last good "
                "data stay"
            ),
        )
    how = signal.Signals(number).name if number else f"code {os.waitstatus_to_exitcode(status)}"
    return SourceError(
        f"the process that read {name} died ({how})",
        hint=(
            "the last good data stay; if it goes on, try a fresh copy of the file, and report "
            "it with this line"
        ),
        code="source.died",
        facts={"name": name, "how": how},
    )


def _too_much_memory(limits: Limits, name: str) -> SourceError:
    return SourceError(
        f"{name} takes more than {limits.memory_mb} MB to read, and was given up",
        hint=(
            "look for stray cells far from the table, or raise [limits] memory_mb; the last "
            "good data stay"
        ),
        code="source.too_large",
        facts={"name": name, "memory_mb": str(limits.memory_mb)},
    )


def fault_of(error: BaseException) -> str:
    """Return an unforeseen error as one line: what it is, what it says, and where it came from."""
    trace, where = error.__traceback__, ""
    while trace is not None:
        where = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
        trace = trace.tb_next
    return f"{type(error).__name__} at {where}: {' '.join(str(error).split())[:200]}"


def fault(name: str, what: str) -> SourceError:
    """Return the error for a failure that nobody has foreseen."""
    return SourceError(
        f"{name} could not be read: {what}",
        hint=(
            "this is a fault of loopnote; report it with this line (other sources are read, "
            "the last good data stay)"
        ),
        code="source.fault",
        facts={"name": name, "what": what},
    )
