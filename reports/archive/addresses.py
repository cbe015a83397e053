"""Addresses of the archive's pages, and relative links between them.

Every address is a path with slashes, relative to the archive's folder. Names are letters, digits
and "-", short enough for every file system, and no two differ by case alone. The addresses of weeks
are printed in mails and must not change.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import quote

HOME = "index.html"
STYLE = "assets/archive.css"
SCRIPT = "assets/archive.js"
SEARCH_FOLDER = "search"
SEARCH = f"{SEARCH_FOLDER}/index.html"
SEVERAL = "together"
"""Folder of the reports on several teams."""

_LONGEST = 40
"""Characters of a folder's name: short enough for every file system with the path around it."""
_TAKEN = frozenset(
    {"assets", "notes", SEVERAL, "search", "shelves", "index", "con", "prn", "aux", "nul"}
)
"""Names that the archive uses itself, and device names of Windows."""
_DEVICES = frozenset(f"{name}{number}" for name in ("com", "lpt") for number in range(10))
"""Numbered device names of Windows, which no file may have."""


def slug(name: str) -> str:
    """Return a name that is safe as a file name and in an address; letters of every script stay.

    >>> slug("영업 / B2B 팀")
    '영업-B2B-팀'
    """
    kept = "".join(
        letter if letter.isalnum() else "-" for letter in unicodedata.normalize("NFC", name)
    )
    parts = "-".join(part for part in kept.split("-") if part)
    return parts[:_LONGEST].strip("-") or "team"


def team_folders(teams: Iterable[str]) -> dict[str, str]:
    """Return each team's folder; names that would collide on some file system get a number.

    >>> team_folders(["Lab", "LAB", "notes"])
    {'Lab': 'Lab', 'LAB': 'LAB-2', 'notes': 'notes-2'}
    """
    found: dict[str, str] = {}
    taken = set(_TAKEN | _DEVICES)
    for team in dict.fromkeys(teams):
        wanted, number = slug(team), 1
        folder = wanted
        while _folded(folder) in taken:
            number += 1
            folder = f"{wanted}-{number}"
        taken.add(_folded(folder))
        found[team] = folder
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def note_page(note_id: str) -> str:
    """Return the address of a note; two letters of its id keep the folders small."""
    return f"notes/{note_id[:2]}/{note_id}.html"


def team_page(folder: str) -> str:
    """Return the address of a team's own page."""
    return f"{folder}/index.html"


def report_page(folder: str, period: str) -> str:
    """Return the address of a week or month: its report as it was sent."""
    return f"{folder}/{period}.html"


def edition_page(folder: str, period: str, edition: str) -> str:
    """Return the address of another edition of a report (`edition`: "en-initials-r1")."""
    return f"{folder}/{period}-{edition}.html"


def week_notes_page(folder: str, week: str) -> str:
    """Return the address of the list of a week's notes."""
    return f"{folder}/{week}-notes.html"


def month_page(folder: str, month: date, part: int = 1) -> str:
    """Return the address of the list of a month's notes; a full month has several parts."""
    return f"{folder}/notes/{month:%Y-%m}{f'-{part}' if part > 1 else ''}.html"


def href(page: str, target: str) -> str:
    """Return the link from one page to another, or to a part ("notes/ab/ab12.html#history").

    >>> href("team/2026-W47.html", "notes/ab/ab12.html"), href("index.html", "영업/index.html")
    ('../notes/ab/ab12.html', '%EC%98%81%EC%97%85/index.html')
    """
    return "../" * page.count("/") + _quoted(target)


@lru_cache(maxsize=4096)
def _quoted(target: str) -> str:
    path, mark, part = target.partition("#")
    return quote(path, safe="/-._~") + mark + quote(part, safe="-._~")
