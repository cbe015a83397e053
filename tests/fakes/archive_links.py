"""A built archive, looked at from outside: its files and the ways between them."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

OWN = (".loopnote-archive", ".loopnote-archive.lock", ".loopnote-archive.memory")


def files(root: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path, the lock left out."""
    found = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }
    return {path: content for path, content in found.items() if path != OWN[1]}


class _Ways(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ways: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src", "action"} and value is not None:
                self.ways.append(value)
            if name == "id" and value:
                self.ids.add(value)


def _read(page: Path) -> _Ways:
    found = _Ways()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def dead_ways(root: Path) -> list[str]:
    """Return every way of every page that leads nowhere, or out of the folder without a scheme."""
    pages = {page.resolve(): _read(page) for page in root.rglob("*.html")}
    dead = []
    for page, found in pages.items():
        for way in found.ways:
            parts = urlsplit(way)
            if parts.scheme in {"http", "https", "mailto"}:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            there = target.is_file() and target.is_relative_to(root.resolve())
            named = (
                not parts.fragment
                or target not in pages
                or unquote(parts.fragment) in pages[target].ids
            )
            if not (there and named):
                dead.append(f"{page.relative_to(root.resolve())}: {way}")
    return dead


def reached(root: Path) -> set[str]:
    """Return the pages that can be reached from the home page without a script."""
    root = root.resolve()
    seen, waiting = {root / "index.html"}, [root / "index.html"]
    while waiting:
        page = waiting.pop()
        for way in _read(page).ways:
            parts = urlsplit(way)
            target = (page.parent / unquote(parts.path)).resolve()
            if (
                not parts.scheme
                and parts.path.endswith(".html")
                and target not in seen
                and target.is_file()
            ):
                seen.add(target)
                waiting.append(target)
    return {page.relative_to(root).as_posix() for page in seen}
