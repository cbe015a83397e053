"""The standard streams of a command, which outlast being closed, full or of another encoding.

Whoever starts a command may close them, fill them or give them another encoding. A command is
judged by what it did and not by whether its answer found a reader: cron may close the streams, a
pipe may end, a disk may be full. What cannot be written is left out and remembered; the command
goes on and returns its own code.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from typing import TextIO

from notes.model.errors import LoopnoteError


class _Tolerant(io.FileIO):
    """A file whose bytes may get lost; `fault` is why the first of them did."""

    fault: OSError | None = None

    def write(self, data: object) -> int:
        """Write bytes, or leave them out; the buffer above never keeps them for another try."""
        try:
            while (written := super().write(data)) is None:  # type: ignore[arg-type]  # any buffer
                select([], [self], [])  # whoever shares the pipe made it one that does not wait
        except OSError as error:
            self.fault = self.fault or error
            return memoryview(data).nbytes  # type: ignore[arg-type]
        return written


class Answer:
    """What became of a command's answer."""

    def __init__(self, raw: _Tolerant | None = None) -> None:
        self._raw = raw

    @property
    def error(self) -> LoopnoteError | None:
        """Why the answer is not where it should be; a reader who has enough of it is no error."""
        fault = self._raw.fault if self._raw else None
        if fault is None or isinstance(fault, BrokenPipeError):
            return None
        return LoopnoteError(
            f"the answer could not be written: {fault.strerror}",
            hint=(
                "free space where it goes; what the command had to do is done, `loopnote "
                "status` shows it"
            ),
        )


@contextmanager
def standard_streams() -> Iterator[Answer]:
    """Give a command three streams that are there and take every letter, and yield what becomes of
    its answer.

    Streams that are no plain files of this process (a test's) stay as they are.
    """
    occupy_closed_streams()
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  lives as long as the command
    out, sys.stdout = _tolerant(sys.stdout)
    _, sys.stderr = _tolerant(sys.stderr)
    try:
        yield Answer(out)
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(ValueError):  # somebody closed it
                stream.flush()
        sys.stdin, sys.stdout, sys.stderr = before


def show_each_line() -> None:
    """Write every further line at once, behind a pipe too: somebody is to act on it while the
    command waits.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def occupy_closed_streams() -> None:
    """Open what is closed of the file descriptors 0, 1 and 2, so that no file of ours gets such a
    number.

    A database with the number 1 or 2 would have whatever a library prints written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one


def _tolerant(stream: TextIO | None) -> tuple[_Tolerant | None, TextIO]:
    """Return a stream on the same file that loses what it cannot write; it writes every
    letter in some way.
    """
    if stream is None:
        return None, Path(os.devnull).open("w", encoding="utf-8")
    if type(stream) is not io.TextIOWrapper or not _is_plain_file(stream):
        return None, stream
    with suppress(OSError):
        stream.flush()
    raw = _Tolerant(stream.fileno(), "wb", closefd=False)
    text = io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering or stream.write_through,  # as `python -u` asks
    )
    return raw, text


def _is_plain_file(stream: io.TextIOWrapper) -> bool:
    """Say whether a stream writes to a file descriptor as it is; a Windows console does not."""
    return type(getattr(stream.buffer, "raw", stream.buffer)) is io.FileIO


def writes_unicode(stream: TextIO) -> bool:
    """Return whether a stream can take every letter as it is."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")
