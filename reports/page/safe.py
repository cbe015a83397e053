"""Makes a team's text safe to print: invisible characters, long words, markup, links."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote, urlsplit

from notes.model.mail_addresses import address_error, in_ascii

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]"
)
_PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_PRINTABLE_YET_BAD = re.compile("[\ufffc\ufffd]")
_SPACES = re.compile(r"\s+")
_LONGEST_WORD = 30
"""Letters of a word that fit into a line at 375 px."""
_LONG = re.compile(rf"[^\s\u200b]{{{_LONGEST_WORD + 1},}}")
_MARKUP = re.compile(
    r"(?P<url>(?:https?://|mailto:)[A-Za-z0-9%/:?#\[\]@!$&'()*+,;=._~-]+)"
    r"|(?<=\{)(?=[{%#])|(?<=<)(?=[A-Za-z/!])|(?<=&)(?=#?\w+;)"
    r"|\bNa(?=N\b)|\bun(?=defined\b)|\[object(?= Object)"
)
_SIGNS_OF_MARKUP = ("{", "<", "&", "NaN", "undefined", "[object")
"""One of these stands in whatever `_MARKUP` changes: a cheap test that spares most texts the costly
one.
"""
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
"""A mail address as it stands in a link, other letters encoded."""
_LOCAL = ("localhost", "0.0.0.0", "::1")  # noqa: S104  addresses that no reader can open
_OPENING = "([‘“"
_CLOSING = frozenset(")]’”")
"""A cut leaves no bracket or quotation mark open: what stands in it goes as a whole."""
BREAK = "\u200b"
"""A zero-width space: a place where a line may break."""


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Return the text on one line without control, direction and zero-width characters.

    Piles of accents are cut to two.
    """
    if text.isprintable() and "  " not in text and not _PRINTABLE_YET_BAD.search(text):
        return (text if text.isascii() else _PILE.sub(r"\1", text)).strip()
    return _SPACES.sub(" ", _PILE.sub(r"\1", _INVISIBLE.sub(" ", text))).strip()


def shortened(text: str, width: int, *, whole: Sequence[str] = ()) -> str:
    """Return the cleaned text cut to a width in columns, at a word where that costs little.

    `whole` are names that are never cut in two: the cut then stands before them.

    >>> shortened("짧은 말", 20), shortened("첫 화면에서 바로 묻는다", 12)
    ('짧은 말', '첫 화면에서…')
    >>> shortened("창고에 칸 하나 부탁 (먼저: 상자 다섯)", 30)
    '창고에 칸 하나 부탁…'
    """
    text = clean(text)
    if 2 * len(text) <= width or columns(text) <= width:
        return text
    cut, used = 0, 0
    for used_to, letter in enumerate(text):
        used += columns(letter)
        if used > width - 1:
            cut = used_to
            break
    space = text.rfind(" ", 0, cut + 1)
    end = _before_names(text, space if space > cut * 0.6 else cut, whole)
    opened = max(text.rfind(one, 0, end) for one in _OPENING)
    if opened > cut * 0.4 and not _CLOSING & set(text[opened:end]):
        end = opened
    return text[:end].rstrip(" ,.·:;(-‘“") + "…"


def _before_names(text: str, end: int, names: Sequence[str]) -> int:
    """Return where to cut so that no name is cut in two, except one that begins the text."""
    for name in names:
        at = text.find(name, max(0, end - len(name) + 1))
        if 0 < at < end < at + len(name):
            return at
    return end


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal or a narrow screen."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def soft_breaks(text: str, every: int = 20) -> str:
    """Return the text with a possible line break in every word that is too long for a phone.

    Clients that drop `overflow-wrap` (Gmail) would otherwise widen the whole mail.
    """

    def broken(match: re.Match[str]) -> str:
        word = match[0]
        return BREAK.join(word[at : at + every] for at in range(0, len(word), every))

    return (
        _LONG.sub(broken, text) if max(map(len, text.split()), default=0) > _LONGEST_WORD else text
    )


def inert(text: str) -> str:
    """Return the text with an invisible break inside anything like markup or template syntax.

    Escaping keeps a browser safe; this keeps checkers, previews and plain-text readers from taking
    a cell that says `{{x}}` or `<div>` for ours.
    """
    if not any(sign in text for sign in _SIGNS_OF_MARKUP):
        return text
    return _MARKUP.sub(lambda match: match[0] if match["url"] else match[0] + BREAK, text)


@lru_cache(maxsize=4096)
def safe_url(url: str) -> str:
    """Return the link if a reader may follow it, else "".

    Only http, https and mailto; no user information, no look-alike (non-ASCII or punycode) host,
    nothing invisible.
    """
    if not url or _INVISIBLE.search(url) or _SPACES.search(url) or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return url if _ADDRESS.fullmatch(parts.path) and _tidy(url) == url else ""
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not _public(host):
        return ""
    return _tidy(url)


def _public(host: str) -> bool:
    labels = host.split(".")
    return (
        host.isascii()
        and bool(host)
        and host not in _LOCAL
        and not host.startswith("127.")
        and not any(label.startswith("xn--") for label in labels)
    )


def _tidy(url: str) -> str:
    """Return the url with every character percent-encoded that RFC 3986 does not allow.

    Braces and quotes included.
    """
    return quote(url, safe="%/:?#[]@!$&'()*+,;=-._~")


def mailto(address: str, subject: str = "", body: str = "") -> str:
    """Return a link that opens a new mail, subject and body encoded; "" without a valid address."""
    if address_error(address):
        return ""
    fields = [
        f"{name}={quote(text, safe='')}"
        for name, text in (("subject", subject), ("body", body))
        if text
    ]
    whole = f"mailto:{quote(in_ascii(address), safe='@.+-_')}"
    return f"{whole}?{'&'.join(fields)}" if fields else whole
