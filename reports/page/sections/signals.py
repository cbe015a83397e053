"""The three signals and the three traps (method §4 and §5)."""

from reports.analysis.records.answers import PeriodMetric
from reports.analysis.records.section_results import (
    LeadingSignal,
    ProcessSignal,
    RecordedSignal,
    Signals,
    Trap,
)
from reports.page.formatting.metric_texts import change_of_number, metric_name, value
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Block, Line, Lines, Section, TwoColumns


def signals_section(
    formatter: TextFormatter, found: Signals, traps: tuple[Trap, ...], *, known: bool = True
) -> Section | None:
    """Return signals and traps side by side; None where the log has neither.

    That nothing is caught in a trap is said only where all is `known`.
    """
    three = (
        _process(formatter, found.process),
        _leading(formatter, found.leading),
        _recorded(formatter, found.recorded),
    )
    left = [line for line in three if line]
    known = known and not any(trap.unwritten for trap in traps)
    right = [_trap(formatter, trap) for trap in traps if trap.caught]
    if not left and not (right or (traps and known)):
        return None
    signs = Lines(tuple(left), formatter("signals.label"), "good", empty=formatter("signals.none"))
    caught = Lines(tuple(right), formatter("traps.label"), "bad", empty=formatter("traps.none"))
    blocks: tuple[Block, ...] = (TwoColumns(signs, caught),) if left else (caught,)
    if left and not right and not known:
        blocks = (signs,)
    return Section("signals", formatter("signals.title"), blocks)


def _process(formatter: TextFormatter, one: ProcessSignal | None) -> Line | None:
    if one is None:
        return None
    if not one.enough:
        return Line(formatter("signals.process_few", n=one.notes))
    share = round(100 * one.process / max(1, one.process + one.person))
    text = formatter("signals.process", n=one.process, total=one.process + one.person, share=share)
    if one.previous_share is not None:
        text += f" {formatter('signals.process_before', share=round(100 * one.previous_share))}"
    return Line(f"{text} {formatter('signals.bottleneck')}" if one.person else text)


def _leading(formatter: TextFormatter, one: LeadingSignal | None) -> Line | None:
    """Return agreed activities, the first input and rate, and where input and output part."""
    if one is None:
        return None
    marked, before = one.agreed - one.unmarked, one.previous_agreed - one.previous_unmarked
    parts = [formatter("signals.agreed", n=one.done, total=marked)] if marked else []
    unmarked = "signals.unmarked_more" if marked else "signals.unmarked"
    parts += [formatter(unmarked, n=one.unmarked)] if one.unmarked else []
    if marked and before:
        parts.append(formatter("signals.agreed_before", n=one.previous_done, total=before))
    numbers = (*one.inputs[:1], *one.quality[:1])
    if numbers:
        parts.append(
            formatter.start(", ".join(_number(formatter, number) for number in numbers)) + "."
        )
    parting = leading_text(formatter, one)
    parts += [parting] if parting else []
    sources = formatter.sources(*(number.evidence for number in numbers), label="")
    return Line(" ".join(parts), sources, "warn" if parting else "plain") if parts else None


def leading_text(formatter: TextFormatter, one: LeadingSignal | None) -> str:
    """Return where input and output part; "" where they do not, or it is unknown."""
    if one is None or one.parting in {"unknown", "together"}:
        return ""
    leading, results = (*one.inputs, *one.quality), one.outputs
    lead, result = {
        "input_up_output_not": (_first(leading, better=True), _first(results, better=False)),
        "output_up_input_not": (_first(leading, better=False), _first(results, better=True)),
        "input_down": (next((one for one in leading if one.direction == "worse"), None), None),
    }[one.parting]
    if lead is None or (result is None and one.parting != "input_down"):
        return ""
    names = {"lead": metric_name(formatter, lead.name)}
    names |= {"result": metric_name(formatter, result.name)} if result else {}
    return formatter.start(formatter(f"signals.parting.{one.parting}", **names))


def _first(numbers: tuple[PeriodMetric, ...], *, better: bool) -> PeriodMetric | None:
    """Return the first number that improved, or the first that did not."""
    moved = (one for one in numbers if one.direction is not None)
    return next((one for one in moved if (one.direction == "better") == better), None)


def _number(formatter: TextFormatter, number: PeriodMetric) -> str:
    change = change_of_number(formatter, number)
    shown = f"{metric_name(formatter, number.name)} {value(formatter, number.value, number.unit)}"
    return f"{shown} ({change.whole})" if change else shown


def _recorded(formatter: TextFormatter, one: RecordedSignal | None) -> Line | None:
    if one is None:
        return None
    if one.warning:
        return Line(formatter("signals.no_failures", n=one.weeks_without_failure), tone="warn")
    if not one.finished:
        return None
    text = formatter("signals.recorded", n=one.finished, cause=one.with_cause, failed=one.failures)
    return Line(text, formatter.sources(*one.without_cause, label="signals.without_cause"))


def _trap(formatter: TextFormatter, trap: Trap) -> Line:
    text = formatter(f"traps.{trap.kind}", n=trap.count, total=trap.total)
    if trap.names:
        text += f" {', '.join(formatter.quote(name, 20) for name in trap.names[:7])}"
    if trap.consolation:
        text += f" {formatter('traps.consolation', n=trap.consolation)}"
    return Line(
        text, formatter.sources(*trap.items, total=trap.count if trap.items else 0, label="")
    )
