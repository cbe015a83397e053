"""Text of earlier notes like a new one, and their `--json` records."""

from collections.abc import Iterator, Sequence
from typing import Any

from loopnote.cli.output.console import print_line
from loopnote.cli.output.json_records import note_record
from loopnote.cli.output.notes.note_text import headline, shorten
from loopnote.cli.output.place_text import place_text
from loopnote.commands.notes.similar import SimilarNote
from loopnote.runtime.messages.terminal import field_label, say

_WIDTH = 100
"""Characters of a line, as the help of the commands has."""


def similar_record(one: SimilarNote) -> dict[str, Any]:
    """Return an answer as `similar --json` gives it.

    The earlier note, and beside it why it is alike.
    """
    why = one.tried
    alike = {"score": why.score, "beyond": why.beyond, "words": list(why.words), "sure": one.sure}
    return note_record(one.stored) | {
        "similar": alike | {"same_goal": why.same_goal, "same_metric": why.same_metric},
    }


def print_similar(asked: str, found: Sequence[SimilarNote]) -> None:
    """Write what was asked about, then each earlier note.

    When, what came of it, why it is alike, what was learned.
    """
    print_line(shorten(" ".join(asked.split()), _WIDTH) or say("similar.no_text"))
    known = (
        "similar.found"
        if found and found[0].sure
        else "similar.nearest"
        if found
        else "similar.none"
    )
    sure = sum(one.sure for one in found)
    print_line(say(known, count=sure or len(found)))
    several = len({one.stored.team for one in found}) > 1
    for at, one in enumerate(found, 1):
        if sure and at == sure + 1:
            print_line(f"\n{say('similar.also', count=len(found) - sure)}")
        print_line()
        print_line(f"{at}. {_head(one, several=several)}")
        for label, text in _lines(one):
            print_line(f"   {label}: {shorten(' '.join(text.split()), _WIDTH)}")


def _head(one: SimilarNote, *, several: bool) -> str:
    stored, note_ = one.stored, one.stored.note
    day = note_.end_date or note_.start_date
    outcome = say(f"outcome.{note_.outcome}") if note_.outcome else say("similar.undecided")
    team = stored.team if several else ""
    what = shorten(headline(stored, nameless=stored.id), 70)
    parts = (stored.id[:8], day.isoformat() if day else note_.week, outcome, team, what)
    return " · ".join(part for part in parts if part)


def _lines(one: SimilarNote) -> Iterator[tuple[str, str]]:
    """Give the lines below a note: why it is alike, and what the log says of it.

    Nothing for what it does not say.
    """
    yield say("similar.why"), " · ".join(_reasons(one))
    note_ = one.stored.note
    called = headline(one.stored, nameless=one.stored.id)
    for name in ("hypothesis", "failure_factors", "success_factors", "learned"):
        text: str = getattr(note_, name)
        if text and text != called:
            yield _label(name), text
    if not (note_.failure_factors or note_.success_factors) and note_.retrospective:
        yield _label("retrospective"), note_.retrospective
    yield say("similar.where"), note_.url or place_text(note_.place)


def _label(name: str) -> str:
    words = field_label(name)
    return words[:1].upper() + words[1:]


def _reasons(one: SimilarNote) -> Iterator[str]:
    if not one.sure:
        yield say("similar.doubt")
    if one.tried.words:
        yield say("similar.words", words=", ".join(one.tried.words))
    if one.tried.same_goal:
        yield say("similar.goal")
    if one.tried.same_metric:
        yield say("similar.metric")
