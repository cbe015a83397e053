"""A real HTTP server for a fake service.

Faults on demand, a rate limit, a log, and no forgiveness for writes.
"""

import json
import random
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """One request as it came in; `query` keeps repeated names."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    body: bytes

    def value(self, name: str) -> str | None:
        return next((value for key, value in self.query if key == name), None)

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.query if key == name]


@dataclass(frozen=True)
class Answer:
    """What goes back; `payload` is sent as JSON unless `raw` is given."""

    status: int
    payload: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    content_type: str = "application/json; charset=utf-8"
    cut: bool = False

    def data(self) -> bytes:
        return (
            self.raw
            if self.raw is not None
            else json.dumps(self.payload, ensure_ascii=False).encode()
        )


class CutError(Exception):
    """The connection is reset instead of an answer."""


Fault = Callable[[Request], "Answer | None"]
"""Gives another answer than the right one; None lets the right one through, raising CutError resets
the connection."""

HTML = Answer(
    502, raw=b"<html><body><h1>502 Bad Gateway</h1></body></html>", content_type="text/html"
)


def reset(_request: Request) -> Answer | None:
    raise CutError


def html(status: int) -> Fault:
    return lambda _request: Answer(status, raw=HTML.raw, content_type="text/html; charset=utf-8")


def slow(seconds: float) -> Fault:
    def wait(_request: Request) -> Answer | None:
        time.sleep(seconds)
        return None

    return wait


class HttpService:
    """Answers with `handle`.

    Give faults with `fail`, look at `log`, and ask `violations` at the end.
    """

    def __init__(self) -> None:
        self.log: list[Request] = []
        self.violations: list[str] = []
        self.faults: deque[Fault] = deque()
        self.truncate: deque[bool] = deque()
        self.random_faults: tuple[float, random.Random, list[Fault]] | None = None
        self.before: Callable[[Request], None] = lambda _request: None
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.limit: tuple[int, float] | None = None
        self.refused_by_limit = 0
        self._window: deque[float] = deque()
        self._lock = threading.RLock()
        self.url = ""

    def handle(self, request: Request) -> Answer:
        raise NotImplementedError

    def limited(self, request: Request) -> Answer:
        return Answer(429, {"message": "slow down"}, {"Retry-After": "1"})

    def fail(self, *faults: Fault) -> None:
        """Let the next requests fail, one fault each."""
        self.faults.extend(faults)

    def fail_at_random(self, rate: float, faults: list[Fault], seed: int = 1) -> None:
        self.random_faults = (rate, random.Random(seed), faults)

    def answer(self, request: Request) -> Answer:
        with self._lock:
            self.log.append(request)
            self.before(request)
            over = self._over_limit(request)
            if over:
                return over
            if self.faults:
                fault = self.faults.popleft()(request)
                if fault is not None:
                    return fault
            elif self.random_faults and self.random_faults[1].random() < self.random_faults[0]:
                fault = self.random_faults[1].choice(self.random_faults[2])(request)
                if fault is not None:
                    return fault
            return self.handle(request)

    def _over_limit(self, request: Request) -> Answer | None:
        if self.limit is None:
            return None
        count, window = self.limit
        now = self.now().timestamp()
        while self._window and self._window[0] <= now - window:
            self._window.popleft()
        if len(self._window) >= count:
            self.refused_by_limit += 1
            return self.limited(request)
        self._window.append(now)
        return None

    def paths(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self.log]


def _handler(service: HttpService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536
        disable_nagle_algorithm = True

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = tuple(parse_qsl(parts.query, keep_blank_values=True))
            request = Request(self.command, parts.path, query, headers, self.rfile.read(length))
            try:
                self.send(service.answer(request))
            except CutError:
                self.connection.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
                self.close_connection = True
                self.connection.close()
            except Exception as error:  # a mistake of the fake fails the test, loudly
                service.violations.append(f"the fake failed: {error!r}")
                raise

        def send(self, answer: Answer) -> None:
            data = answer.data()
            self.send_response_only(answer.status)
            self.send_header("Date", format_datetime(service.now(), usegmt=True))
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(data)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.cut:
                self.wfile.write(data[: len(data) // 2])
                self.wfile.flush()
                raise CutError
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            return

    return Handler


@contextmanager
def served(service: HttpService) -> Iterator[HttpService]:
    """Serve until the block ends; fail when the client wrote, asked nonsense, or broke the fake."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, request: Any, client_address: Any) -> None:
            return

    server = Server(("127.0.0.1", 0), _handler(service))
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert not service.violations, service.violations
