"""Compression of stored pages: zlib; pages of a year are mostly the same words."""

import zlib


def compress(text: str) -> bytes:
    """Return the compressed text; b"" for an empty one."""
    return zlib.compress(text.encode(), 9) if text else b""


def decompress(kept: bytes) -> str:
    """Return the text of its compressed form."""
    return zlib.decompress(kept).decode() if kept else ""
