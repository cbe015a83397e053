"""Markdown to paste into a wiki: the log's words as plain text, only our own links as links."""

import re

from .safe import BREAK, clean, inert, safe_url
from .view import EvidenceLinks, PlaceLink

_MARKUP = re.compile(r"([\\`*_{}\[\]<>~|$^=!])")
_OPENING = re.compile(r"^([#+>:-])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_ADDRESS = re.compile(r"(?<=[A-Za-z])(?=://)|\b(?<=www)(?=\.)|(?<=\w)(?=@\w)", re.IGNORECASE)
"""Signs that mean something in CommonMark and its extensions, within a line or at its start,
and what turns a text into a link by itself."""
_IN_LINK = {
    "(": "%28",
    ")": "%29",
    "<": "%3C",
    ">": "%3E",
    "*": "%2A",
    "[": "%5B",
    "]": "%5D",
    ";": "%3B",
    "!": "%21",
}
"""Signs that would end an address in Markdown, percent-encoded (RFC 3986, 2.1)."""


def plain(text: str) -> str:
    r"""Return a text on one line that Markdown reads as text; no address in it becomes a link.

    >>> plain("# *강조* [눌러](http://x.example)").replace(BREAK, "|")
    '\\# \\*강조\\* \\[눌러\\](http|://x.example)'
    """
    line = _ADDRESS.sub(BREAK, inert(clean(text)))
    return _NUMBERED.sub(r"\1\\\2", _OPENING.sub(r"\\\1", _MARKUP.sub(r"\\\1", line)))


def link(place: PlaceLink) -> str:
    """Return a place as a link, or as text where it cannot be opened."""
    url = "".join(_IN_LINK.get(letter, letter) for letter in safe_url(place.url))
    return f"[{plain(place.text)}]({url})" if url else plain(place.text)


def places(evidence: EvidenceLinks | None) -> str:
    """Return the links to where a statement was read."""
    if evidence is None:
        return ""
    return ", ".join(
        [*map(link, evidence.links), *([plain(evidence.more)] if evidence.more else [])]
    )
