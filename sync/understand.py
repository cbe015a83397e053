"""From what a source delivered to what it means: the readings of a workbook or of a batch of pages.

Grid ─► Sheet ─► Block (tables) ─► Frame (bodies, sideways) ─► columns ─► normalize ─► Entry | Problem | Skipped
"""

from collections.abc import Iterator
from contextlib import closing

from .grid import Workbook
from .pages import PageSet
from .reading import Hints, Reading
from .shelf import Shelf


def understand(content: Workbook | PageSet, hints: Hints, *, file: str = "") -> Iterator[Reading]:
    """Give what a workbook (some rows a reading) or a set of pages (a batch a reading) says; same in, same out."""
    if isinstance(content, Workbook):
        from .reader.workbooks import read_workbook  # each of the two is much to load, and a source needs but one

        with closing(Shelf()) as shelf:
            yield from read_workbook(content, hints, shelf, file=file)
    else:
        from loopnote.store.waiting import Waiting

        from .reader.pagesets import read_pages

        yield from read_pages(content, hints, Waiting(most=4))
