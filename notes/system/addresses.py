"""Addresses of services: which stay on this machine, and which would carry a secret in clear."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(url: str) -> bool:
    """Say whether an address names this machine, where no proxy of the environment may come between."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_in_clear(url: str) -> bool:
    """Say whether what is sent to an address can be read on the way: plain HTTP to another machine.

    >>> is_in_clear("http://api.example.org"), is_in_clear("http://127.0.0.1:8000"), is_in_clear("http://127.evil.example")
    (True, False, True)
    """
    return not url.lower().startswith("https://") and not is_loopback(url)
