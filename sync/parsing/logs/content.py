"""Parses what a source delivered: a workbook or a set of pages.

Grid ─► CleanSheet ─► TableBlock ─► RecordTable ─► column roles ─► normalize
─► Entry | Problem | SkippedRows
"""

from collections.abc import Iterator
from contextlib import closing

from sync.contents.pages import PageSet
from sync.contents.parsed_rows import ParsedRows
from sync.contents.row_buffer import RowBuffer
from sync.contents.text_answers import answers_at_hand
from sync.contents.workbook import Workbook
from sync.parse_result import ParseOptions, ParseResult


def parse_content(
    content: Workbook | PageSet,
    options: ParseOptions,
    *,
    file: str = "",
    parsed: ParsedRows | None = None,
) -> Iterator[ParseResult]:
    """Yield what a workbook (some rows a reading) or a set of pages (a batch a reading) says.

    Same in, same out. Rows of a workbook that are as they were in `parsed` are not parsed again.
    """
    if isinstance(content, Workbook):
        from .workbooks import parse_workbook

        answers = parsed.answers if parsed is not None else None
        with answers_at_hand(answers), closing(RowBuffer()) as buffer:
            yield from parse_workbook(content, options, buffer, file=file, parsed=parsed)
    else:
        from notes.system.spill_list import SpillList

        from .notion_databases import parse_pages

        yield from parse_pages(content, options, SpillList(most=4))
