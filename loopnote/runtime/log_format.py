"""Formats log lines with structlog, for our own records and those of libraries."""

import logging
from typing import Any, cast

import structlog
from structlog.stdlib import BoundLogger
from structlog.typing import EventDict, Processor

from .logging import RUN, Format
from .redaction import Redactor


def logger(name: str) -> BoundLogger:
    """Return the log of a module."""
    if not structlog.is_configured():
        structlog.configure(
            processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
            wrapper_class=BoundLogger,
            logger_factory=structlog.stdlib.LoggerFactory(),
            cache_logger_on_first_use=False,
        )
    return cast("BoundLogger", structlog.get_logger(name))


def line_formatter(form: Format, redactor: Redactor) -> logging.Formatter:
    """Return a formatter of log records that redacts every secret."""
    return structlog.stdlib.ProcessorFormatter(
        # What the libraries, and the rooms below this one, give as `extra` are fields too.
        foreign_pre_chain=[*_shared(), structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_renderers(form),
            _RedactLine(redactor),
        ],
    )


def _shared() -> list[Processor]:
    return [
        _with_run,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
    ]


def _with_run(_logger: Any, _name: str, event: EventDict) -> EventDict:
    return {**event, "run": RUN.get()} if RUN.get() else event


def _renderers(form: Format) -> list[Processor]:
    if form == "json":
        return [structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)]
    return [
        _one_line,
        structlog.processors.LogfmtRenderer(
            key_order=["at", "level", "event", "run"], drop_missing=True, bool_as_flag=False
        ),
    ]


def _one_line(_logger: Any, _name: str, event: EventDict) -> EventDict:
    return {
        key: " ⏎ ".join(value.splitlines()) if isinstance(value, str) else value
        for key, value in event.items()
    }


class _RedactLine:
    """The last processor: the finished line without secrets."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor

    def __call__(self, _logger: Any, _name: str, line: Any) -> str:
        return self._redactor.redact(str(line))
