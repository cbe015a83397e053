"""Classifies the text of an application cell: nothing, an announcement, or an application."""

import re
from typing import Literal

from .vocabulary import contains_term, is_term

_PARTS = re.compile(r"[\n;·]|,\s|\s/\s")
"""Where a cell with several applications is split: each part is judged by itself."""


def read_application(text: str) -> Literal["none", "planned", "applied"]:
    """Return what an application cell says: nothing, an announcement, or where it was done.

    A tick or a yes alone names no place, and a learning is applied somewhere (method §3).

    >>> read_application("다음 주 적용 예정"), read_application("-")
    ('planned', 'none')
    >>> read_application("Y"), read_application("적용 (11/10 전체 발송)")
    ('none', 'applied')
    >>> read_application("예약 안내문, 다음 달 앱에도 적용 예정")
    'applied'
    """
    parts = [
        part
        for part in _PARTS.split(text)
        if not (is_term("placeholder", part) or is_term("no_place", part))
    ]
    if any(
        contains_term("applied", part) or not contains_term("announced", part) for part in parts
    ):
        return "applied"
    return "planned" if parts else "none"
