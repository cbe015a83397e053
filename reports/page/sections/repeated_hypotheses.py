"""New hypotheses beside the closest earlier ones (이미 해 본 일), for the preview on Friday."""

from collections.abc import Sequence

from notes.messages import figures
from reports.analysis.records.answers import EarlierHypothesis, RepeatedFailure, RepeatedHypothesis
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Line, Lines, Notice, Section

_SHOWN = 3
"""Hypotheses shown in the preview: as its other lists (`ReportRules.list_size`)."""


def repeated_hypotheses_section(
    formatter: TextFormatter, found: Sequence[RepeatedHypothesis]
) -> Section | None:
    """Return a block for each hypothesis, at most three; None without any."""
    if not found:
        return None
    blocks = tuple(
        Lines((_new(formatter, one), *(_line(formatter, old) for old in one.earlier)))
        for one in found[:_SHOWN]
    )
    return Section(
        "again", formatter("preview.again"), blocks, subtitle=formatter("preview.again_why")
    )


def _new(formatter: TextFormatter, one: RepeatedHypothesis | RepeatedFailure) -> Line:
    place = formatter.sources(one.new, label="")
    return Line(formatter.quote(one.hypothesis, 80), place, lead=formatter("learning.failure_new"))


def _line(formatter: TextFormatter, old: EarlierHypothesis) -> Line:
    what = formatter(
        "preview.again_was", what=formatter.quote(old.hypothesis, 80), when=_when(formatter, old)
    )
    said = [formatter("preview.again_came", text=formatter.quote(old.why, 80))] if old.why else []
    if old.learned and old.learned != old.why:
        said.append(formatter("preview.again_learned", text=formatter.quote(old.learned, 80)))
    text = " ".join(
        [what, *said, formatter("preview.again_alike", reasons=similarity_reasons(formatter, old))]
    )
    return Line(
        text,
        formatter.sources(old.evidence, label=""),
        lead=formatter.start(formatter(f"outcome.{old.outcome}")),
    )


def similarity_reasons(formatter: TextFormatter, old: EarlierHypothesis) -> str:
    """Return why two hypotheses are thought alike."""
    parts = (
        [formatter("tried.words", words=formatter.quote(", ".join(old.words), 60))]
        if old.words
        else []
    )
    parts += [formatter("tried.goal")] if old.same_goal else []
    parts += [formatter("tried.metric")] if old.same_metric else []
    return " · ".join(parts)


def repeated_failure_line(formatter: TextFormatter, one: RepeatedFailure) -> Notice:
    """Return the one alert: the new hypothesis, the failed one, and why it failed."""
    lines = (
        _new(formatter, one),
        Line(
            formatter(
                "learning.failure_was",
                what=formatter.quote(one.old.hypothesis, 80),
                when=_when(formatter, one.old),
            ),
            formatter.sources(one.old.evidence, label=""),
            lead=formatter("learning.failure_old"),
        ),
        Line(
            formatter.quote(one.old.why, 80),  # "": not written, or not to be quoted
            lead=formatter("learning.failure_why"),
        ),
        Line(
            similarity_reasons(formatter, one.old),
            lead=formatter("learning.failure_alike"),
            tone="quiet",
        ),
    )
    return Notice(formatter("learning.failure"), tuple(line for line in lines if line.text))


def _when(formatter: TextFormatter, old: EarlierHypothesis) -> str:
    return (
        figures.full_day(old.day, formatter.language) if old.day else formatter("learning.before")
    )
