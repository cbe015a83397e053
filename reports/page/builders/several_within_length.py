"""Keeps a mail about several teams within its length (method §7): the worst news stands whole.

What a mail gives up stands on the teams' own pages. Headline, warning and decision of every first
screen stay.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from reports.page.view import Lines, PageView, Part, Section

from .mail_excerpt import MAIL_CHARACTERS, first_screen_length, length


def within_length(view: PageView, opened: str) -> PageView:
    """Return the view of several teams, shortened step by step until a mail holds it.

    `opened` is the short text of a link to a team's page.
    """
    for shorter in _steps(view, opened):
        if length_of(view) <= MAIL_CHARACTERS:
            break
        view = shorter(view)
    return view


def length_of(view: PageView) -> int:
    """Return how many characters a mail of several teams takes."""
    around = (view.brand, view.eyebrow, view.lead, view.url_text, *view.mail_footer)
    links = sum(len(link.text) + 3 for link in view.footer_links)
    told = [line.text for line in view.correction.lines] if view.correction else []
    title = [view.correction.title] if view.correction else []
    frame = sum(len(text) + 1 for text in (*around, *title, *told)) + links
    return frame + sum(map(_closing_length, view.closing)) + sum(map(_part_length, view.parts))


def _closing_length(section: Section) -> int:
    blocks = [block for block in section.blocks if isinstance(block, Lines)]
    lines = sum(length(line) for block in blocks for line in block.items)
    return len(section.title) + lines + sum(len(block.more_text) for block in blocks)


def _part_length(part: Part) -> int:
    page = len(part.page.text) + 1 if part.page else 0
    return first_screen_length(part) + len(part.team) + 1 + page


Step = Callable[[PageView], PageView]


def _steps(view: PageView, opened: str) -> Iterator[Step]:
    """Yield what is given up, one after the other: first by the team whose news is the best."""
    others = range(len(view.parts) - 1, 0, -1)
    for shorter in (_one_line, _without_number, partial(_without_lines, opened)):
        for at in others:
            yield partial(_in_part, at, shorter)
    yield _without_rows
    for lines in (2, 1):
        yield partial(_in_part, 0, partial(_lines, lines))


def _in_part(at: int, shorter: Callable[[Part], Part], view: PageView) -> PageView:
    parts = (*view.parts[:at], shorter(view.parts[at]), *view.parts[at + 1 :])
    return replace(view, parts=parts)


def _lines(most: int, part: Part) -> Part:
    return replace(part, key_lines=part.key_lines[:most])


def _one_line(part: Part) -> Part:
    ask = replace(part.ask, fact="") if part.ask else None
    return replace(_lines(1, part), ask=ask)


def _without_number(part: Part) -> Part:
    return replace(part, key_number=None, remarks=())


def _without_lines(opened: str, part: Part) -> Part:
    page = replace(part.page, text=opened) if part.page else None
    return replace(part, key_lines=(), page=page)


def _without_rows(view: PageView) -> PageView:
    """Return the view without how many rows of each team were read; each page says it."""
    return replace(view, closing=tuple(one for one in view.closing if not one.quiet))
