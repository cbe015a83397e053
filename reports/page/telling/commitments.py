"""The ledger of commitments: what was promised, and what became of it."""

from reports.page.view import Block, Change, Line, Lines, Meter, Section, Tone
from reports.page.words import figures
from reports.sections import Commitment, CommitmentLedger

from .moves import arrow_of
from .voice import Voice

_TONES: dict[str, Tone] = {
    "kept": "good",
    "running": "plain",
    "stopped": "plain",
    "vanished": "bad",
    "came_back": "bad",
    "unanswered": "warn",
}
_SHOWN = 3


def commitments(voice: Voice, ledger: CommitmentLedger, *, weeks: int = 4) -> Section | None:
    """Return the loop-closure rate and the commitments that need a look first; None where nothing was promised.

    `weeks` is how long a commitment stays in the ledger.
    """
    if not ledger.due and not ledger.items:
        return None
    blocks: list[Block] = []
    if ledger.closure is not None:
        states = " · ".join(voice(f"commitment.count.{state}", n=count) for state, count in ledger.counts if count)
        rate = figures.number(100 * ledger.closure, voice.language, decimals=0)
        blocks.append(
            Meter(
                voice("commitment.closure"),
                f"{rate}%",
                min(100, round(100 * ledger.closure)),
                states,
                _change(voice, ledger),
            )
        )
    items = tuple(_line(voice, one) for one in ledger.items[:_SHOWN])
    more = tuple(_line(voice, one) for one in ledger.items[_SHOWN:])
    if items:
        blocks.append(Lines(items, more=more, more_text=voice("list.more", n=len(more)) if more else ""))
    return Section(
        "commitments",
        voice("commitment.title"),
        tuple(blocks),
        subtitle=voice("commitment.subtitle", n=ledger.due, weeks=weeks),
    )


def _change(voice: Voice, ledger: CommitmentLedger) -> Change | None:
    if ledger.closure is None or ledger.previous_closure is None:
        return None
    points = round(100 * ledger.closure) - round(100 * ledger.previous_closure)
    return arrow_of(voice, points, "%", "good" if points > 0 else "warn")


def _line(voice: Voice, one: Commitment) -> Line:
    parts = [voice.quote(one.text, 60)]
    parts += [voice("commitment.why", why=voice.quote(one.why, 50))] if one.why else []
    parts += [] if one.sure else [voice("suggestion")]
    sources = voice.sources(one.evidence, one.answer, label="")
    return Line(
        " · ".join(parts),
        sources,
        lead=voice(f"commitment.{one.state}"),
        tone="plain" if _TONES[one.state] != "bad" else "bad",
    )
