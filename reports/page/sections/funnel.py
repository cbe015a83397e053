"""The funnel: each step against its own baseline, and the bottleneck (method §8)."""

from notes.messages import figures
from reports.analysis.records.section_results import Funnel, FunnelStep
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Line, Lines, ReportTable, Section


def funnels_section(formatter: TextFormatter, found: tuple[Funnel, ...]) -> Section | None:
    """Return a table for each funnel with its bottleneck in a sentence; None without a funnel."""
    if not found:
        return None
    lines = tuple(
        Line(
            bottleneck_text(formatter, one),
            formatter.sources(*one.evidence, label=""),
            lead=f"{_name(formatter, one)}:" if one.name else "",
        )
        for one in found[:2]
    )
    tables = tuple(_table(formatter, one) for one in found[:2] if one.steps)
    return Section("funnel", formatter("funnel.title"), (Lines(lines),), details=tables)


def _name(formatter: TextFormatter, funnel: Funnel) -> str:
    return formatter.start(formatter.quote(funnel.name, 30))


def _table(formatter: TextFormatter, funnel: Funnel) -> ReportTable:
    head = tuple(formatter(f"funnel.head_{name}") for name in ("step", "cases", "rate", "usual"))
    rows = tuple(_row(formatter, step) for step in funnel.steps)
    strong = next((at for at, step in enumerate(funnel.steps) if step == funnel.bottleneck), None)
    return ReportTable(_name(formatter, funnel) or formatter("funnel.title"), head, rows, strong)


def _row(formatter: TextFormatter, step: FunnelStep) -> tuple[str, ...]:
    name = f"{formatter.quote(step.start, 20)} → {formatter.quote(step.end, 20)}"
    passed, entered = (figures.number(n, formatter.language) for n in (step.passed, step.entered))
    return (name, f"{passed}/{entered}", _percent(formatter, step.rate), _usual(formatter, step))


def _usual(formatter: TextFormatter, step: FunnelStep) -> str:
    if step.state == "too_few":
        return formatter("funnel.too_few")
    if step.base_rate is None or step.state == "no_baseline":
        return formatter("funnel.no_baseline")
    interval = ""
    if step.base:
        low, high = (
            figures.number(100 * end, formatter.language, decimals=0)
            for end in (step.base.low, step.base.high)
        )
        interval = f" ({low}–{high})"
    state = formatter(f"funnel.{step.state}") if step.state in {"above", "below"} else ""
    return f"{_percent(formatter, step.base_rate)}{interval} {state}".rstrip()


def _percent(formatter: TextFormatter, share: float | None) -> str:
    return (
        formatter("funnel.no_rate")
        if share is None
        else f"{figures.number(100 * share, formatter.language, decimals=0)}%"
    )


def bottleneck_text(formatter: TextFormatter, funnel: Funnel) -> str:
    """Return the bottleneck in a sentence, or that none can be named."""
    step = funnel.bottleneck
    if step is None:
        states = {one.state for one in funnel.steps}
        if "too_few" in states:
            return formatter("funnel.few")
        return formatter("funnel.unknown" if "no_baseline" in states else "funnel.none")
    gain = round(step.gain)
    entered, passed = (figures.number(n, formatter.language) for n in (step.entered, step.passed))
    facts = {
        "start": formatter.quote(step.start, 20),
        "end": formatter.quote(step.end, 20),
        "last": formatter.quote(funnel.last_stage, 20),
        "rate": _percent(formatter, step.rate),
        "usual": _percent(formatter, step.base_rate),
        "entered": entered,
        "passed": passed,
    }
    text = formatter("funnel.bottleneck" if gain else "funnel.bottleneck_small", n=gain, **facts)
    return f"{text} {formatter('funnel.pooled', n=step.weeks)}" if step.weeks > 1 else text
