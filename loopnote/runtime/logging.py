"""Logging: one line for each unit of work, key=value or JSON, on stderr, secrets redacted.

    log = get_logger(__name__); log.info("pulled", source="trials", rows=120, problems=1,
    took_s=0.8)

Every line carries the run's id once `bind_run` was called. Rotation is left to the system. What
the libraries log goes the same way; secrets are redacted in the finished line, wherever they came
from. What makes the lines is imported with the first of them: most commands log nothing, and need
not wait for it.
"""

import logging
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING, Literal, TextIO

from .redaction import Redactor

if TYPE_CHECKING:
    from structlog.stdlib import BoundLogger

Format = Literal["text", "json"]
RUN: ContextVar[str] = ContextVar("run", default="")
"""The id of the run that is under way, in every log line."""


def set_up_logging(
    *,
    form: Format = "text",
    level: str = "warning",
    redactor: Redactor | None = None,
    stream: TextIO | None = None,
) -> None:
    """Send every log line of this process to stderr (or a stream), from that level on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Formatter(form, redactor or Redactor()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in (
        "httpx",
        "httpcore",
        "urllib3",
        "google",
        "alembic",
    ):  # their URLs are of no use to anybody
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # It warns where the machine has no cloud project, which reading does not need; what matters is
    # raised.
    logging.getLogger("google").setLevel(logging.ERROR)


def get_logger(name: str) -> "BoundLogger":
    """Return the log of a module."""
    from .log_format import logger

    return logger(name)


def bind_run(run_id: str) -> None:
    """Put the run's id on every following line of this run."""
    RUN.set(run_id)


class _Formatter(logging.Formatter):
    """Formats records; imports structlog with the first one."""

    def __init__(self, form: Format, redactor: Redactor) -> None:
        super().__init__()
        self._form: Format = form
        self._redactor = redactor
        self._lines: logging.Formatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        if self._lines is None:
            from .log_format import line_formatter

            self._lines = line_formatter(self._form, self._redactor)
        return self._lines.format(record)
