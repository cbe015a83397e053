"""From what a source delivered to what it means: the reading of a workbook or of a batch of pages.

Grid ─► Sheet ─► Block (tables) ─► Frame (bodies, sideways) ─► columns ─► normalize ─► Entry | Problem | Skipped
"""

from collections.abc import Iterator

from .grid import Workbook
from .pages import PageSet
from .reader.pagesets import read_pages
from .reader.workbooks import read_workbook
from .reading import Hints, Reading


def understand(content: Workbook | PageSet, hints: Hints, *, file: str = "") -> Iterator[Reading]:
    """Give what a workbook (one reading) or a set of pages (one reading a batch) says; the same in, the same out."""
    if isinstance(content, Workbook):
        yield read_workbook(content, hints, file=file)
    else:
        yield from read_pages(content, hints)
