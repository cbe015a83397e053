"""Everything that is understood of many logs, line by line: to be compared before and after a
change of the reader.

python -m bench.readings OUT [FOLDER ...]
    FOLDER holds .xlsx, .csv and recorded Notion queries (.json)

Writes a file for each log of the corpus and of the folders; `diff -r` tells the rest.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.answers import open_log
from bench.corpus.logs import notion_logs, table_logs
from bench.corpus.write import write
from sync.contents.pages import PageSet
from sync.contents.workbook import Workbook
from sync.parse_result import ParseOptions, ParseResult
from sync.parsing.logs.content import parse_content


def told(readings: Iterator[ParseResult]) -> Iterator[str]:
    """Give a line for each note, problem, row left out and table."""
    for reading in readings:
        for part in (
            reading.entries,
            reading.problems,
            reading.skipped,
            reading.tables,
            (reading.page_ids,),
        ):
            yield from map(repr, part)


def logs(folders: list[Path]) -> Iterator[tuple[str, Workbook | PageSet, ParseOptions]]:
    """Give every log with its name and what is known of it."""
    with tempfile.TemporaryDirectory() as scratch:
        for log in table_logs():
            file = open_log(write(log, Path(scratch)))
            yield log.name, file, ParseOptions(language=log.language)
    for pages in notion_logs():
        yield pages.name, pages.page_set(), ParseOptions(language=pages.language)
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in (".xlsx", ".csv") or (
                path.suffix == ".json" and path.name.count(".") == 1
            ):
                yield path.stem, open_log(path), ParseOptions()


def main(arguments: list[str]) -> int:
    """Write the lines of every log."""
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    for name, content, options in logs([Path(folder) for folder in arguments[1:]]):
        lines = "\n".join(told(parse_content(content, options, file=name)))
        (out / f"{name}.txt").write_text(lines + "\n", encoding="utf-8", errors="surrogatepass")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
