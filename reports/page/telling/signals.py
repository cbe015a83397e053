"""The three signals and the three traps (METHOD.md §4 and §5)."""

from reports.answers import Number
from reports.page.view import Block, Columns, Line, Lines, Section
from reports.sections import LeadingSignal, ProcessSignal, RecordedSignal, Signals, Trap

from .moves import change_of_number, metric_name, value
from .voice import Voice


def signals(voice: Voice, found: Signals, traps: tuple[Trap, ...]) -> Section | None:
    """Return signals and traps side by side; None where the log holds neither."""
    three = (_process(voice, found.process), _leading(voice, found.leading), _recorded(voice, found.recorded))
    left = [line for line in three if line]
    right = [_trap(voice, trap) for trap in traps if trap.caught]
    if not left and not traps:
        return None
    signs = Lines(tuple(left), voice("signals.label"), "good", empty=voice("signals.none"))
    caught = Lines(tuple(right), voice("traps.label"), "bad", empty=voice("traps.none"))
    blocks: tuple[Block, ...] = (Columns(signs, caught),) if left else (caught,)
    return Section("signals", voice("signals.title"), blocks)


def _process(voice: Voice, one: ProcessSignal | None) -> Line | None:
    if one is None:
        return None
    if not one.enough:
        return Line(voice("signals.process_few", n=one.notes))
    share = round(100 * one.process / max(1, one.process + one.person))
    text = voice("signals.process", n=one.process, total=one.process + one.person, share=share)
    if one.previous_share is not None:
        text += f" {voice('signals.process_before', share=round(100 * one.previous_share))}"
    return Line(f"{text} {voice('signals.bottleneck')}" if one.person else text)


def _leading(voice: Voice, one: LeadingSignal | None) -> Line | None:
    """Return agreed activities, the first input, the first rate, and where input and output part, in one line."""
    if one is None:
        return None
    parts = [voice("signals.agreed", n=one.done, total=one.agreed)] if one.agreed else []
    if one.agreed and one.previous_agreed:
        parts.append(voice("signals.agreed_before", n=one.previous_done, total=one.previous_agreed))
    numbers = (*one.inputs[:1], *one.quality[:1])
    if numbers:
        parts.append(voice.start(", ".join(_number(voice, number) for number in numbers)) + ".")
    parting = one.parting not in {"unknown", "together"}
    parts += [voice(f"signals.parting.{one.parting}")] if parting else []
    sources = voice.sources(*(number.evidence for number in numbers), label="")
    return Line(" ".join(parts), sources, "warn" if parting else "plain") if parts else None


def _number(voice: Voice, number: Number) -> str:
    change = change_of_number(voice, number)
    shown = f"{metric_name(voice, number.name)} {value(voice, number.value, number.unit)}"
    return f"{shown} ({change.arrow}{change.text})" if change else shown


def _recorded(voice: Voice, one: RecordedSignal | None) -> Line | None:
    if one is None:
        return None
    if one.warning:
        return Line(voice("signals.no_failures", n=one.weeks_without_failure), tone="warn")
    if not one.finished:
        return None
    text = voice("signals.recorded", n=one.finished, cause=one.with_cause, failed=one.failures)
    return Line(text, voice.sources(*one.without_cause, label="signals.without_cause"))


def _trap(voice: Voice, trap: Trap) -> Line:
    text = voice(f"traps.{trap.kind}", n=trap.count, total=trap.total)
    if trap.names:
        text += f" {', '.join(voice.quote(name, 20) for name in trap.names[:7])}"
    if trap.consolation:
        text += f" {voice('traps.consolation', n=trap.consolation)}"
    return Line(text, voice.sources(*trap.items, total=trap.count if trap.items else 0, label=""))
