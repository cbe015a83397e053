"""The text of a small file that a person edited: in UTF-8, or as editors on Windows mark it."""

import codecs
from typing import Literal


def file_text(content: bytes, errors: Literal["strict", "replace"] = "strict") -> str:
    """Return a file as text: UTF-16 where its first bytes say so ("Unicode" of Notepad), or UTF-8.

    Raises:
        UnicodeDecodeError: it is no text, and errors are not replaced.

    >>> file_text("secret".encode("utf-16")), file_text(b"secret")
    ('secret', 'secret')
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig", errors)
