"""A real HTTP server in the place of a service that notices silence; it remembers what it heard.

It fails where a path names something broken, and it is always 23 November 2026, 8:00 UTC there.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.server.heard.append(self.path)
        self.send_response(500 if "broken" in self.path else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def date_time_string(self, timestamp: float | None = None) -> str:
        return "Mon, 23 Nov 2026 08:00:00 GMT"

    def log_message(self, *_: object) -> None:
        return


class PingServer:
    """A context; `url` is what goes into the configuration, `heard` the paths in order."""

    def __enter__(self) -> "PingServer":
        self._server = _Server()
        self.heard = self._server.heard
        self.server_port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.server_port}/uuid"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
