"""The log: one line a unit of work, key=value or JSON, on stderr, without secrets.

    log = structlog.get_logger(); log.info("pulled", source="trials", rows=120, problems=1, took_s=0.8)

Every line carries the run's id once `bind_run` was called. Rotation is the system's business. What the libraries log
goes the same way; secrets are veiled in the finished line, wherever they came from.
"""

import logging
import sys
from collections.abc import Iterable
from typing import Any, Literal, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor

Format = Literal["text", "json"]
_SHORTEST_SECRET = 4


class Veil:
    """Knows the secrets of this process and covers them in any text.

    >>> veil = Veil(["hunter2"])
    >>> veil.over("password=hunter2 ok")
    'password=*** ok'
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> str:
        """Cover this one from now on, in all its forms, and return it; what is too short to be one is left."""
        if len(secret) >= _SHORTEST_SECRET:
            inside = repr(secret)[1:-1]  # as a record shows it, and as that record is quoted in turn
            self._forms |= {secret, quote(secret, safe=""), inside, _escaped(secret), _escaped(inside)}
            lines = [line for line in secret.splitlines() if len(line) >= 16]  # a private key is printed line by line
            self._forms |= set(lines)
        return secret

    def over(self, text: str) -> str:
        """Return the text with every secret covered."""
        for form in sorted(self._forms, key=lambda form: (-len(form), form)):
            text = text.replace(form, "***")
        return text


def set_up_logs(
    *, form: Format = "text", level: str = "warning", veil: Veil | None = None, stream: TextIO | None = None
) -> None:
    """Send every log line of this process to stderr (or a stream), from that level on."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(form), _Cover(veil)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("httpx", "httpcore", "urllib3", "google", "alembic"):  # their URLs are of no use to anybody
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def bind_run(run_id: str) -> None:
    """Put the run's id on every following line of this run."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(run=run_id)


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
    return {key: " ⏎ ".join(value.splitlines()) if isinstance(value, str) else value for key, value in event.items()}


class _Cover:
    """The last processor: the finished line without secrets."""

    def __init__(self, veil: Veil | None) -> None:
        self._veil = veil or Veil()

    def __call__(self, _logger: Any, _name: str, line: Any) -> str:
        return self._veil.over(str(line))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
