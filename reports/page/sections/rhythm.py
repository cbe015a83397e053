"""Rhythm and numbers: execution, Big 3, key result, BHAG, structure, behaviours (method §8)."""

from notes.messages import figures
from reports.analysis.records.section_results import (
    Behaviour,
    BhagProgress,
    Rhythm,
    StructureChange,
    WeekShare,
)
from reports.page import charts
from reports.page.formatting.metric_texts import size, value
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Bar, Block, Chart, Line, Lines, Meter, Section

from .business import agreed_line, agreed_text
from .first_screen.key_number import period_label


def rhythm_section(formatter: TextFormatter, found: Rhythm) -> Section | None:
    """Return the section; None without a plan, a key result and a behaviour."""
    blocks: list[Block] = []
    for title, shares in (("rhythm.execution", found.execution), ("rhythm.big3", found.big3)):
        if any(share.planned for share in shares):
            blocks.append(_shares(formatter, title, shares))
    if found.big3_items:
        blocks.append(
            Lines(
                tuple(agreed_line(formatter, one) for one in found.big3_items[:3]),
                formatter("rhythm.big3_items"),
            )
        )
    blocks += _key_result(formatter, found)
    if found.bhag:
        blocks += _bhag(formatter, found.bhag)
    facts = [
        line
        for line in (
            _structure(formatter, found.structure),
            _weeks(formatter, found.retrospective_weeks),
        )
        if line
    ]
    if facts:
        blocks.append(Lines(tuple(facts)))
    if found.behaviours:
        blocks.append(_behaviours(formatter, found.behaviours))
    return Section("rhythm", formatter("rhythm.title"), tuple(blocks)) if blocks else None


def _shares(formatter: TextFormatter, title: str, shares: tuple[WeekShare, ...]) -> Chart:
    percents = [charts.percent(one.done, one.planned) if one.planned else None for one in shares]
    heights = [0 if one is None else max(6, one) for one in percents]
    last = len(shares) - 1
    bars = tuple(
        Bar(
            period_label(share.week),
            heights[at],
            "" if percents[at] is None else f"{percents[at]}",
            at == last,
            percents[at] is None,
        )
        for at, share in enumerate(shares)
    )
    now = shares[-1]
    text = agreed_text(formatter, title.partition(".")[2], now) or formatter("rhythm.no_plan")
    return Chart(formatter(title), text, bars)


def _key_result(formatter: TextFormatter, found: Rhythm) -> list[Block]:
    number = found.key_result
    if number is None:
        return (
            [
                Lines(
                    (
                        Line(
                            formatter.quote(found.key_result_text, 80),
                            lead=formatter("rhythm.key_result"),
                        ),
                    )
                )
            ]
            if found.key_result_text
            else []
        )
    shown = value(formatter, number.value, number.unit)
    if number.target is None or number.reached is None:
        return [
            Lines(
                (
                    Line(
                        f"{formatter.quote(number.name, 40)} {shown}",
                        formatter.sources(number.evidence, label=""),
                        lead=formatter("rhythm.key_result"),
                    ),
                )
            )
        ]
    text = formatter(
        "rhythm.of_target", value=shown, target=value(formatter, number.target, number.unit)
    )
    named = formatter.quote(found.key_result_text or number.name, 40)
    title = f"{formatter('rhythm.key_result')} · {named}"
    return [
        Meter(
            title,
            text,
            charts.percent(number.reached, 1),
            evidence=formatter.sources(number.evidence),
        )
    ]


def _bhag(formatter: TextFormatter, one: BhagProgress) -> list[Block]:
    named = formatter.quote(one.text, 60) or formatter.quote(one.name, 40)
    title = f"BHAG · {named}" if named else "BHAG"
    if one.deferred and one.judge_from:
        return [
            Lines(
                (
                    Line(
                        formatter(
                            "rhythm.bhag_later", day=figures.day(one.judge_from, formatter.language)
                        )
                    ),
                ),
                title,
            )
        ]
    if one.share is None or one.value is None or one.target is None:
        return [Lines((Line(formatter("rhythm.bhag_open")),), title)]
    share, line = round(100 * one.share), None if one.line is None else round(100 * one.line)
    text = ""
    if line is not None:
        behind = line - share
        key = (
            "rhythm.bhag_on"
            if abs(behind) < 1
            else "rhythm.bhag_behind"
            if behind > 0
            else "rhythm.bhag_ahead"
        )
        way = formatter("rhythm.bhag_back" if share < 0 else "rhythm.bhag_way", share=abs(share))
        text = f"{way} {formatter(key, line=line, far=size(formatter, abs(behind), '%'))}"
    shown = formatter(
        "rhythm.of_target",
        value=value(formatter, one.value, one.unit),
        target=value(formatter, one.target, one.unit),
    )
    mark = None if line is None else max(0, min(100, line))
    return [
        Meter(
            title,
            shown,
            max(0, min(100, share)),
            text,
            evidence=formatter.sources(one.evidence),
            mark=mark,
        )
    ]


def _structure(formatter: TextFormatter, one: StructureChange | None) -> Line | None:
    if one is None or not (one.new or one.repeated or one.stopped):
        return None
    text = formatter("rhythm.structure", new=one.new, repeated=one.repeated, stopped=one.stopped)
    total = one.new + one.repeated + one.stopped
    if one.base_new is not None and one.base_weeks:
        share, base = round(100 * one.new / total), round(100 * one.base_new)
        text += f" {formatter('rhythm.structure_base', share=share, base=base, n=one.base_weeks)}"
    return Line(text, lead=formatter("rhythm.structure_label"))


def _weeks(formatter: TextFormatter, weeks: int) -> Line | None:
    return Line(formatter("rhythm.retrospectives", n=weeks)) if weeks > 1 else None


def _behaviours(formatter: TextFormatter, found: tuple[Behaviour, ...]) -> Lines:
    items = tuple(_behaviour(formatter, one) for one in found[:3])
    more = tuple(_behaviour(formatter, one) for one in found[3:13])
    return Lines(
        items,
        formatter("behaviour.title"),
        more=more,
        more_text=formatter("list.more", n=len(found) - 3) if more else "",
    )


def _behaviour(formatter: TextFormatter, one: Behaviour) -> Line:
    text = formatter.quote(one.text, 50)
    if one.actual is None:
        return Line(
            f"{text}: {formatter('behaviour.unknown')}", formatter.sources(one.evidence, label="")
        )
    if one.share is not None:
        actual = f"{figures.number(100 * one.actual, formatter.language, decimals=0)}%"
    else:
        actual = (
            value(formatter, one.actual, one.unit)
            if one.unit
            else formatter("behaviour.times", n=one.actual)
        )
    basis = f" ({formatter('behaviour.self_reported')})" if one.basis == "self_reported" else ""
    met = (
        ""
        if one.met is None
        else f" · {formatter('behaviour.met' if one.met else 'behaviour.not_met')}"
    )
    return Line(f"{text}: {actual}{met}{basis}", formatter.sources(one.evidence, label=""))
