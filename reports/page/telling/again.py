"""You tried this before (이미 해 본 일): new hypotheses of the period beside the closest earlier ones, for the team."""

from collections.abc import Sequence

from reports.answers import Earlier, SameFailure, TriedAgain
from reports.page.view import Line, Lines, Notice, Section
from reports.page.words import figures

from .voice import Voice

_SHOWN = 3


def again(voice: Voice, found: Sequence[TriedAgain]) -> Section | None:
    """Return a block a hypothesis, at most three; None where nothing was tried before."""
    if not found:
        return None
    blocks = tuple(Lines((_new(voice, one), *(_line(voice, old) for old in one.earlier))) for one in found[:_SHOWN])
    return Section("again", voice("preview.again"), blocks, subtitle=voice("preview.again_why"))


def _new(voice: Voice, one: TriedAgain | SameFailure) -> Line:
    place = voice.sources(one.new, label="")
    return Line(voice.quote(one.hypothesis, 80), place, lead=voice("learning.failure_new"))


def _line(voice: Voice, old: Earlier) -> Line:
    what = voice("preview.again_was", what=voice.quote(old.hypothesis, 80), when=_when(voice, old))
    said = [voice("preview.again_came", text=voice.quote(old.why, 80))] if old.why else []
    if old.learned and old.learned != old.why:
        said.append(voice("preview.again_learned", text=voice.quote(old.learned, 80)))
    text = " ".join([what, *said, voice("preview.again_alike", reasons=reasons(voice, old))])
    return Line(text, voice.sources(old.evidence, label=""), lead=voice.start(voice(f"outcome.{old.outcome}")))


def reasons(voice: Voice, old: Earlier) -> str:
    """Return why two are thought alike."""
    parts = [voice("tried.words", words=voice.quote(", ".join(old.words), 60))] if old.words else []
    parts += [voice("tried.goal")] if old.same_goal else []
    parts += [voice("tried.metric")] if old.same_metric else []
    return " · ".join(parts)


def same_failure(voice: Voice, one: SameFailure) -> Notice:
    """Return the one alert of a report: the new hypothesis, the one that failed, and why it did."""
    lines = (
        _new(voice, one),
        Line(
            voice("learning.failure_was", what=voice.quote(one.old.hypothesis, 80), when=_when(voice, one.old)),
            voice.sources(one.old.evidence, label=""),
            lead=voice("learning.failure_old"),
        ),
        Line(voice.quote(one.old.why, 80) or voice("note.missing"), lead=voice("learning.failure_why")),
        Line(reasons(voice, one.old), lead=voice("learning.failure_alike"), tone="quiet"),
    )
    return Notice(voice("learning.failure"), tuple(line for line in lines if line.text))


def _when(voice: Voice, old: Earlier) -> str:
    return figures.full_day(old.day, voice.language) if old.day else voice("learning.before")
