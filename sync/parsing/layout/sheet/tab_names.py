"""Tests what a tab's name or a page's title says it is: a guide, a summary, a template."""

import re

from sync.parsing.cells.text import fold
from sync.parsing.layout.line_kinds import line_words, strip_decoration

_LONGEST = 200
"""Signs of a name or a title that are looked at."""


def tab_kind(name: str) -> str:
    """Return what a tab's name says it is: "guide", "lookup", "summary", "backlog", or "".

    >>> tab_kind("📖 읽어주세요"), tab_kind("대시보드"), tab_kind("9월"), tab_kind("월별 집계")
    ('guide', 'summary', '', 'summary')
    """
    plain = strip_decoration(fold(re.sub(r"[^\w\s-]", " ", name[:_LONGEST])))
    pieces = {plain, *re.split(r"[\s_-]+", plain)}
    joined = {f"{one} {two}" for one, two in zip(plain.split(), plain.split()[1:], strict=False)}
    for kind in ("guide", "summary", "lookup", "backlog"):
        known = line_words("tabs", kind)
        if plain in known or (pieces | joined) & known or plain.replace(" ", "") in known:
            return kind
    return ""


def is_template(title: str) -> bool:
    """Return whether a title marks a template: "[복사용 틀]", "Template – copy me".

    >>> is_template("[복사용 틀]"), is_template("New trial (template)"), is_template(
    ...     "신청 양식 바꾸기")
    (True, True, False)
    """
    title = title[:_LONGEST]
    known = line_words("template")
    plain = strip_decoration(fold(title))
    inside = [fold(part).strip() for part in re.findall(r"[\[(<{【]([^\])>}】]+)[\])>}】]", title)]
    if plain in known or any(part in known or set(part.split()) & known for part in inside):
        return True
    return bool(re.match(r"^(?:template|템플릿)\b|.*\b(?:template|템플릿)$", plain))
