"""The ping URL against a real server: success, failure, silence, and a server that is not there."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from fakes.ports import free_port

from loopnote.alerts.ping import ping, service_time


class WatchedServer(HTTPServer):
    def __init__(self, handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.heard: list[str] = []


class Watcher(BaseHTTPRequestHandler):
    server: WatchedServer

    def do_GET(self):
        self.server.heard.append(self.path)
        self.send_response(500 if "broken" in self.path else 200)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def date_time_string(self, timestamp=None):
        return "Mon, 23 Nov 2026 08:00:00 GMT"

    def log_message(self, *_):
        pass


@pytest.fixture
def watcher():
    server = WatchedServer(Watcher)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_success_and_failure_are_two_addresses(watcher):
    url = f"http://127.0.0.1:{watcher.server_port}/uuid"
    assert ping(url, ok=True) == "ok"
    assert ping(f"{url}/", ok=False) == "ok"
    assert watcher.heard == ["/uuid", "/uuid/fail"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{port}/x", "http://[oops", "nowhere", "http://127.0.0.1:99999/"]
)
def test_a_watcher_that_is_not_there_never_stops_a_run(url):
    assert ping(url.format(port=free_port()), ok=True, timeout_s=1) == "failed"
    assert service_time(url.format(port=free_port()), timeout_s=1) is None


def test_a_watcher_that_answers_with_an_error_has_not_heard(watcher):
    assert ping(f"http://127.0.0.1:{watcher.server_port}/broken", ok=True) == "failed"


def test_a_service_tells_the_time_in_its_answer(watcher):
    told = service_time(f"http://127.0.0.1:{watcher.server_port}/v1")
    assert told == ("127.0.0.1", datetime(2026, 11, 23, 8, tzinfo=UTC))
