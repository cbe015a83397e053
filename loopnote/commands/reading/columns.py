"""`columns`: parses the sources without storing anything, and names overrides that meet nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from loopnote.commands.reading.sync import jobs
from loopnote.config.model import AnySource
from loopnote.services.wiring import Progress, Wiring
from notes.model.errors import LoopnoteError
from notes.model.findings import Finding

if TYPE_CHECKING:  # loaded where something is read: an idle run reads nothing (ADR 0410)
    from sync.parse_result import ParseResult
    from sync.pulls.pull import SourceJob


def read_sources(
    wiring: Wiring, *, only: str = "", progress: Progress
) -> "Iterator[tuple[str, ParseResult | LoopnoteError]]":
    """Read sources as `sync` would and yield how they were understood, or why one cannot be read.

    Each in a child process, and nothing is stored.
    """
    from sync.pulls.child_process import in_child

    limits = replace(wiring.limits(), answer_mb=wiring.config.limits.memory_mb)
    for job in jobs(wiring, only, progress):
        name = job.source.name
        try:
            readings, stopped = in_child(partial(_read_apart, job), limits, name=name)
        except LoopnoteError as error:  # whatever became of the child (ADR 0210)
            readings, stopped = [], error
        yield from ((name, reading) for reading in readings)
        if stopped is not None:
            yield name, stopped


def _read_apart(job: "SourceJob") -> "tuple[list[ParseResult], LoopnoteError | None]":
    """Return the readings of a source, and why they ended before its end."""
    readings: list[ParseResult] = []
    try:
        readings.extend(_readings_of(job))
    except LoopnoteError as error:
        return readings, error
    return readings, None


def _readings_of(job: "SourceJob") -> "Iterator[ParseResult]":
    from sync.contents.workbook import Workbook
    from sync.parse_result import join_results
    from sync.parsing.logs.content import parse_content

    fetch = job.source.fetch({}, full=True, known=list)
    for content in fetch.contents:
        found = parse_content(content, job.options, file=content.name)
        yield from [join_results(found)] if isinstance(content, Workbook) else found


def override_findings(wiring: Wiring, settings: AnySource, *, progress: Progress) -> list[Finding]:
    """Read a source, where its settings name tabs or columns, and return what of these is not
    there.
    """
    from sync.parsing.overrides import has_overrides

    if not has_overrides(wiring.hints(settings)):
        return []
    read = read_sources(wiring, only=settings.name, progress=progress)
    return override_mistakes(wiring, settings, [reading for _, reading in read])


def override_mistakes(
    wiring: Wiring, settings: AnySource, results: "Iterable[ParseResult | LoopnoteError]"
) -> list[Finding]:
    """Return what the configuration says of a source's tabs and columns that is not in its
    readings.
    """
    from sync.parsing.overrides import FoundNames, find_mistakes, override_error

    found = FoundNames.empty()
    for one in results:
        if isinstance(one, LoopnoteError):
            # it could not be read to the end: what is missing may only not have been seen
            return []
        found.add(one)
    subject = f"source {settings.name}"
    mistakes = find_mistakes(wiring.hints(settings), found) if found.tabs else []
    return [Finding.of(override_error(one), subject, id_="source.overrides") for one in mistakes]
