"""The kinds of source, the setting that says where each is, and how an address shows its kind."""

import re
from typing import Literal, get_args

SourceKind = Literal["google_sheets", "notion", "file"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
WHERE_OF_KIND: dict[SourceKind, str] = {
    "google_sheets": "spreadsheet",
    "notion": "database",
    "file": "path",
}
"""The setting that says where a source of each kind is."""

_GOOGLE = re.compile(r"docs\.google\.com/spreadsheets/|^[A-Za-z0-9_-]{40,}$")
_NOTION = re.compile(
    r"notion\.(so|site|com)/|^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$", re.IGNORECASE
)
"""Addresses of Google Sheets and Notion, or the bare id that people copy out of one: some 44
characters at Google, 32 hexadecimal digits (a UUID) at Notion."""


def kind_of(log: str) -> SourceKind:
    """Return the kind of source that an address or path is.

    >>> kind_of("https://docs.google.com/spreadsheets/d/abc/edit#gid=0")
    'google_sheets'
    >>> kind_of("logs/*.xlsx")
    'file'
    """
    if _GOOGLE.search(log):
        return "google_sheets"
    return "notion" if _NOTION.search(log) else "file"
