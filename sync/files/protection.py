"""Recognises files under document protection (DRM, 문서보안), which cannot be read here."""

import re

from notes.model.errors import SourceRefusedError

_MARKS = re.compile(
    (
        rb"fasoosecurecontainer|drmone|scdsa0|nasca drm|markany|document "
        rb"safer|softcamp|<!--\s*drm|securecontainer"
    ),
    re.IGNORECASE,
)
_HEAD = 512
"""The protecting programs put their name into the first bytes of a file (Fasoo, SoftCamp,
MarkAny, NASCA; 2026-11)."""


def is_protected(content: bytes) -> bool:
    """Return whether the bytes of a file are those of a protected document.

    >>> is_protected(b"<!-- FasooSecureContainer - Ver FSN 1.1 -->"), is_protected(b"PK")
    (True, False)
    """
    return _MARKS.search(content[:_HEAD]) is not None and not content.startswith(b"PK")


def protected(name: str) -> SourceRefusedError:
    """Return the error for a protected document."""
    return SourceRefusedError(
        (
            f"{name} is under document protection (DRM, 문서보안); only your company's program "
            f"can open it"
        ),
        hint=(
            "have it released, or export a copy for the machine that runs loopnote, and name "
            "that in `path`"
        ),
        code="file.protected",
        facts={"name": name},
    )
