"""The funnel: each step against its own baseline, and the one step that would bring most."""

from reports.page.view import Line, Lines, Section, Table
from reports.page.words import figures
from reports.sections import Funnel, FunnelStep

from .voice import Voice


def funnels(voice: Voice, found: tuple[Funnel, ...]) -> Section | None:
    """Return a table for each funnel with its bottleneck in a sentence; None without a funnel."""
    if not found:
        return None
    lines = tuple(
        Line(
            _bottleneck(voice, one),
            voice.sources(*one.evidence, label=""),
            lead=f"{_name(voice, one)}:" if one.name else "",
        )
        for one in found[:2]
    )
    tables = tuple(_table(voice, one) for one in found[:2] if one.steps)
    return Section("funnel", voice("funnel.title"), (Lines(lines),), details=tables)


def _name(voice: Voice, funnel: Funnel) -> str:
    return voice.start(voice.quote(funnel.name, 30))


def _table(voice: Voice, funnel: Funnel) -> Table:
    head = tuple(voice(f"funnel.head_{name}") for name in ("step", "cases", "rate", "usual"))
    rows = tuple(_row(voice, step) for step in funnel.steps)
    strong = next((at for at, step in enumerate(funnel.steps) if step == funnel.bottleneck), None)
    return Table(_name(voice, funnel) or voice("funnel.title"), head, rows, strong)


def _row(voice: Voice, step: FunnelStep) -> tuple[str, ...]:
    name = f"{voice.quote(step.start, 20)} → {voice.quote(step.end, 20)}"
    passed, entered = (figures.number(n, voice.language) for n in (step.passed, step.entered))
    return (name, f"{passed}/{entered}", _percent(voice, step.rate), _usual(voice, step))


def _usual(voice: Voice, step: FunnelStep) -> str:
    if step.state == "too_few":
        return voice("funnel.too_few")
    if step.base_rate is None:
        return voice("funnel.no_baseline")
    interval = ""
    if step.base:
        low, high = (figures.number(100 * end, voice.language, decimals=0) for end in (step.base.low, step.base.high))
        interval = f" ({low}–{high})"
    state = voice(f"funnel.{step.state}") if step.state in {"above", "below"} else ""
    return f"{_percent(voice, step.base_rate)}{interval} {state}".rstrip()


def _percent(voice: Voice, share: float | None) -> str:
    return voice("funnel.no_rate") if share is None else f"{figures.number(100 * share, voice.language, decimals=0)}%"


def _bottleneck(voice: Voice, funnel: Funnel) -> str:
    step = funnel.bottleneck
    if step is None:
        few = any(one.state == "too_few" for one in funnel.steps)
        return voice("funnel.few" if few else "funnel.none")
    gain = round(step.gain)
    entered, passed = (figures.number(n, voice.language) for n in (step.entered, step.passed))
    facts = {
        "start": voice.quote(step.start, 20),
        "end": voice.quote(step.end, 20),
        "last": voice.quote(funnel.last_stage, 20),
        "rate": _percent(voice, step.rate),
        "usual": _percent(voice, step.base_rate),
        "entered": entered,
        "passed": passed,
    }
    return voice("funnel.bottleneck" if gain else "funnel.bottleneck_small", n=gain, **facts)
