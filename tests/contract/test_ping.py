"""The ping URL against a real server: success, failure, silence, and a server that is not there."""

from datetime import UTC, datetime

import pytest
from fakes.ping_server import PingServer
from fakes.ports import free_port

from loopnote.alerts.ping import ping, service_time


@pytest.fixture
def watcher():
    with PingServer() as server:
        yield server


def test_success_and_failure_are_two_addresses(watcher):
    assert ping(watcher.url, ok=True) == "ok"
    assert ping(f"{watcher.url}/", ok=False) == "ok"
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


UNUSABLE = {
    "a proxy that needs a library": ("ALL_PROXY", "socks5://127.0.0.1:{port}"),
    "a proxy of no known kind": ("HTTP_PROXY", "gopher://127.0.0.1:{port}"),
    "a proxy that is no address": ("HTTP_PROXY", "http://[oops"),
    "certificates that are not there": ("SSL_CERT_FILE", "/nowhere/ca.pem"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_environment_that_cannot_be_used_never_stops_a_run(name, watcher, monkeypatch):
    variable, value = UNUSABLE[name]
    monkeypatch.setenv(variable, value.format(port=free_port()))
    assert ping("http://watcher.invalid/x", ok=True, timeout_s=1) == "failed"
    assert service_time("http://watcher.invalid/x", timeout_s=1) is None
    assert ping(watcher.url, ok=True) == "ok", "what is on this machine needs none of it"
