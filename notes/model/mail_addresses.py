"""Mail addresses: which text is one, and when two are the same mailbox.

One grammar for the configuration, every option and what goes to a mail server.
"""

import re
import unicodedata

_NOT_IN_ADDRESS = re.compile(r"[\s<>()\[\]\\,;:\"\x00-\x1f\x7f]")
_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
"""What may stand behind the @ in a mail's header once it is in ASCII (RFC 5321 4.1.2)."""


_ASCII = re.compile(r"[A-Za-z0-9]")
"""What a top-level domain in another script has none of: ".com책방" is two words run together."""


def mailbox(address: str) -> str:
    """Return the address as the ledger compares it, so that another spelling is no second reader.

    >>> mailbox(" Leader@Example.ORG ")
    'leader@example.org'
    """
    return unicodedata.normalize("NFC", address.strip()).casefold()


def in_ascii(address: str) -> str:
    """Return a mail address with its domain in ASCII (IDNA); as it is where that cannot be.

    >>> in_ascii("user@한글.kr")
    'user@xn--bj0bj06e.kr'
    """
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else address
    except UnicodeError:
        return address


def address_error(address: str) -> str:
    """Return why the text cannot be one mail address, or "" when it can.

    Strict on purpose: no display name, no comment, no quoting, no control character. Letters beyond
    ASCII may stand on both sides of the @ (RFC 6531); the domain needs a dot and, in ASCII, the
    letters of a host name, and its last part is of one script (ICANN delegates no other).

    >>> address_error("지현@예시.한국")
    ''
    >>> address_error("지현@example.com책방")
    'an address looks like name@example.org'
    """
    local, _, domain = address.rpartition("@")
    if _NOT_IN_ADDRESS.search(address) or any(
        unicodedata.category(char).startswith("C") for char in address
    ):
        return "an address has no spaces, brackets, quotes or control characters"
    if not local or "@" in local or ".." in address or not _is_domain(domain):
        return "an address looks like name@example.org"
    if len(local.encode()) > 64 or len(address.encode()) > 254:
        return "an address has at most 254 bytes, 64 of them before the @"
    return ""


def _is_domain(domain: str) -> bool:
    if domain.startswith((".", "-")) or domain.endswith((".", "-")):
        return False
    last = domain.rpartition(".")[2]
    if not last.isascii() and _ASCII.search(last):
        return False
    return _DOMAIN.fullmatch(in_ascii(f"x@{domain}").partition("@")[2]) is not None
