"""Checks of service addresses: on this machine, or reachable only without encryption."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(url: str) -> bool:
    r"""Return whether an address names this machine; requests to it bypass any proxy.

    >>> is_loopback("http://[::1]:8000"), is_loopback(r"http://evil.example\\@127.0.0.1")
    (True, False)
    """
    if "\\" in url:  # some clients take what stands before it for the host, and others what follows
        return False
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_in_clear(url: str) -> bool:
    """Return whether traffic to an address is unencrypted: plain HTTP to another machine.

    >>> is_in_clear("http://api.example.org"), is_in_clear("http://127.0.0.1:8000"), is_in_clear("http://127.evil.example")
    (True, False, True)
    """
    return not url.lower().startswith("https://") and not is_loopback(url)
