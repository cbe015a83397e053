"""How the store keeps a page of text: deflated, for a year of pages is mostly the same words."""

import zlib


def compress(text: str) -> bytes:
    """Return a text as it is kept; nothing for an empty one."""
    return zlib.compress(text.encode(), 9) if text else b""


def decompress(kept: bytes) -> str:
    """Return the text that was kept."""
    return zlib.decompress(kept).decode() if kept else ""
