"""Parses every form of Notion address into the id of a database or data source. Pure."""

import re
from urllib.parse import unquote, urlsplit

_ID = re.compile(r"[0-9a-f]{32}")
_DASHED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
"""A Notion id is a UUID, with or without dashes."""


def parse_notion_id(address: str) -> str | None:
    """Return the id, with dashes, of the database or data source that an id or an address names.

    None where none is.

    The view (`?v=…`) is not it; a page opened in the side (`?p=…`) is not it either.

    >>> parse_notion_id("https://app.notion.com/p/Trials-af0d49d1376b458d83070aa0c1d2d33a?v=11f014912b684ed38e4c3b0035c9a9d4")
    'af0d49d1-376b-458d-8307-0aa0c1d2d33a'
    """
    text = address.strip()
    if "//" not in text and "/" in text and "." in text.partition("/")[0]:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket where a host should be
        return None
    path = (
        f"{parts.netloc}/{unquote(parts.path)}"
        if "//" in text
        else text.partition("?")[0].partition("#")[0]
    )
    for part in reversed(path.rstrip("/").split("/")):
        found = _last_id(part.lower())
        if found:
            return found
    return None


def _last_id(text: str) -> str | None:
    dashed = _DASHED.findall(text)
    if dashed and text.endswith(dashed[-1]):
        return str(dashed[-1])
    tail = text[-32:]
    if not _ID.fullmatch(tail):
        return None
    return f"{tail[:8]}-{tail[8:12]}-{tail[12:16]}-{tail[16:20]}-{tail[20:]}"
