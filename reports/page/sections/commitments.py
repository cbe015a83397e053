"""The commitment ledger: what was promised, and what became of it (method §6)."""

from notes.messages import figures
from reports.analysis.records.section_results import Commitment, CommitmentLedger
from reports.page.formatting.metric_texts import arrow_of
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Block, ChangeText, Line, Lines, Meter, Section, Tone

_TONES: dict[str, Tone] = {
    "kept": "good",
    "running": "plain",
    "stopped": "plain",
    "vanished": "bad",
    "came_back": "bad",
    "unanswered": "warn",
}
_SHOWN = 3
"""Commitments shown before the fold: as the other lists (`ReportRules.list_size`)."""


def commitments_section(formatter: TextFormatter, ledger: CommitmentLedger) -> Section | None:
    """Return the closure rate and the commitments that need attention; None without any."""
    if not ledger.due and not ledger.items:
        return None
    blocks: list[Block] = []
    if ledger.closure is not None:
        counts = (*ledger.counts, ("suggested", ledger.suggested), ("unclear", ledger.unclear))
        states = " · ".join(
            formatter(f"commitment.count.{state}", n=count) for state, count in counts if count
        )
        rate = figures.number(100 * ledger.closure, formatter.language, decimals=0)
        blocks.append(
            Meter(
                formatter("commitment.closure"),
                f"{rate}%",
                min(100, round(100 * ledger.closure)),
                states,
                _change(formatter, ledger),
            )
        )
    items = tuple(_line(formatter, one) for one in ledger.items[:_SHOWN])
    more = tuple(_line(formatter, one) for one in ledger.items[_SHOWN:])
    if items:
        blocks.append(
            Lines(items, more=more, more_text=formatter("list.more", n=len(more)) if more else "")
        )
    return Section(
        "commitments",
        formatter("commitment.title"),
        tuple(blocks),
        subtitle=formatter("commitment.subtitle", n=ledger.due) if ledger.due else "",
    )


def _change(formatter: TextFormatter, ledger: CommitmentLedger) -> ChangeText | None:
    if ledger.closure is None or ledger.previous_closure is None:
        return None
    points = round(100 * ledger.closure) - round(100 * ledger.previous_closure)
    return arrow_of(formatter, points, "%", tone="good" if points > 0 else "warn")


def _line(formatter: TextFormatter, one: Commitment) -> Line:
    return Line(
        commitment_text(formatter, one),
        formatter.sources(one.evidence, one.answer, label=""),
        lead=formatter(f"commitment.{one.state}"),
        tone="plain" if _TONES[one.state] != "bad" else "bad",
    )


def commitment_text(formatter: TextFormatter, one: Commitment) -> str:
    """Return the promise, why it ended, and a mark where only likeness links the answer."""
    parts = [formatter.quote(one.text, 60) or formatter.title(one.evidence, 60)]
    parts += [formatter("commitment.why", why=formatter.quote(one.why, 50))] if one.why else []
    return " · ".join(parts) + ("" if one.sure else f" {formatter('suggestion')}")
