"""Calls the ping URL of an external monitor; asks any service for its time (`service_time`)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

from notes.system.time_limit import total_time
from notes.system.url_checks import is_loopback

_UNUSABLE = (ImportError, OSError, ValueError)
"""What httpx raises before it asks anybody: a proxy of the environment that it has no library for
or cannot read, certificates of $SSL_CERT_FILE that are not there."""


def ping(url: str, *, ok: bool, timeout_s: float = 10.0) -> Literal["ok", "failed"]:
    """Call the URL, with `/fail` appended after a failed run; never raises, times out soon.

    Source: the convention of healthchecks.io and its kin
    (https://healthchecks.io/docs/signaling_failures/).
    """
    import httpx

    address = url if ok else f"{url.rstrip('/')}/fail"
    try:
        with total_time(2 * timeout_s):
            answer = httpx.get(
                address,
                timeout=timeout_s,
                follow_redirects=True,
                trust_env=not is_loopback(url),
            )
    except (httpx.HTTPError, httpx.InvalidURL, *_UNUSABLE):
        return "failed"
    return "ok" if answer.is_success else "failed"


def service_time(url: str, *, timeout_s: float = 10.0) -> tuple[str, datetime] | None:
    """Return the host of a service and its time (RFC 9110 6.6.1, to the second), or None."""
    import httpx

    try:
        with total_time(2 * timeout_s):
            answer = httpx.head(url, timeout=timeout_s, trust_env=not is_loopback(url))
        told = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (httpx.HTTPError, httpx.InvalidURL, *_UNUSABLE):
        return None
    instant = told if told.tzinfo else told.replace(tzinfo=UTC)
    return urlsplit(url).hostname or url, instant
