"""Rhythm and numbers: execution, Big 3, key result, BHAG, structure, behaviours (METHOD.md §8)."""

from reports.page import charts
from reports.page.view import Bar, Block, Chart, Line, Lines, Meter, Section
from reports.page.words import figures
from reports.sections import Behaviour, BhagProgress, Rhythm, StructureChange, WeekShare

from .business import agreed_line
from .first import period_label
from .moves import size, value
from .voice import Voice


def rhythm(voice: Voice, found: Rhythm) -> Section | None:
    """Return the section; None where the log holds no plan, no key result and no habit."""
    blocks: list[Block] = []
    for title, shares in (("rhythm.execution", found.execution), ("rhythm.big3", found.big3)):
        if any(share.planned for share in shares):
            blocks.append(_shares(voice, title, shares))
    if found.big3_items:
        blocks.append(Lines(tuple(agreed_line(voice, one) for one in found.big3_items[:3]), voice("rhythm.big3_items")))
    blocks += _key_result(voice, found)
    if found.bhag:
        blocks += _bhag(voice, found.bhag)
    facts = [line for line in (_structure(voice, found.structure), _weeks(voice, found.retrospective_weeks)) if line]
    if facts:
        blocks.append(Lines(tuple(facts)))
    if found.behaviours:
        blocks.append(_behaviours(voice, found.behaviours))
    return Section("rhythm", voice("rhythm.title"), tuple(blocks)) if blocks else None


def _shares(voice: Voice, title: str, shares: tuple[WeekShare, ...]) -> Chart:
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
    done, planned = (figures.number(n, voice.language, decimals=1) for n in (now.done, now.planned))
    text = voice(f"{title}_text", done=done, planned=planned) if now.planned else voice("rhythm.no_plan")
    if now.unplanned:
        text += f" {voice('rhythm.unplanned', n=now.unplanned)}"
    return Chart(voice(title), text, bars)


def _key_result(voice: Voice, found: Rhythm) -> list[Block]:
    number = found.key_result
    if number is None:
        return (
            [Lines((Line(voice.quote(found.key_result_text, 80), lead=voice("rhythm.key_result")),))]
            if found.key_result_text
            else []
        )
    shown = value(voice, number.value, number.unit)
    if number.target is None or number.reached is None:
        return [
            Lines(
                (
                    Line(
                        f"{voice.quote(number.name, 40)} {shown}",
                        voice.sources(number.evidence, label=""),
                        lead=voice("rhythm.key_result"),
                    ),
                )
            )
        ]
    text = voice("rhythm.of_target", value=shown, target=value(voice, number.target, number.unit))
    title = f"{voice('rhythm.key_result')} · {voice.quote(found.key_result_text or number.name, 40)}"
    return [Meter(title, text, charts.percent(number.reached, 1), evidence=voice.sources(number.evidence))]


def _bhag(voice: Voice, one: BhagProgress) -> list[Block]:
    title = f"BHAG · {voice.quote(one.text, 60)}"
    if one.share is None or one.value is None or one.target is None:
        return [Lines((Line(voice("rhythm.bhag_open")),), title)]
    share, line = round(100 * one.share), None if one.line is None else round(100 * one.line)
    text = ""
    if line is not None:
        behind = line - share
        key = "rhythm.bhag_on" if abs(behind) < 1 else "rhythm.bhag_behind" if behind > 0 else "rhythm.bhag_ahead"
        text = voice(key, line=line, share=share, far=size(voice, abs(behind), "%"))
    shown = voice(
        "rhythm.of_target", value=value(voice, one.value, one.unit), target=value(voice, one.target, one.unit)
    )
    mark = None if line is None else max(0, min(100, line))
    return [Meter(title, shown, max(0, min(100, share)), text, evidence=voice.sources(one.evidence), mark=mark)]


def _structure(voice: Voice, one: StructureChange | None) -> Line | None:
    if one is None or not (one.new or one.repeated or one.stopped):
        return None
    text = voice("rhythm.structure", new=one.new, repeated=one.repeated, stopped=one.stopped)
    total = one.new + one.repeated + one.stopped
    if one.base_new is not None and one.base_weeks:
        share, base = round(100 * one.new / total), round(100 * one.base_new)
        text += f" {voice('rhythm.structure_base', share=share, base=base, weeks=one.base_weeks)}"
    return Line(text, lead=voice("rhythm.structure_label"))


def _weeks(voice: Voice, weeks: int) -> Line | None:
    return Line(voice("rhythm.retrospectives", n=weeks)) if weeks > 1 else None


def _behaviours(voice: Voice, found: tuple[Behaviour, ...]) -> Lines:
    items = tuple(_behaviour(voice, one) for one in found[:3])
    more = tuple(_behaviour(voice, one) for one in found[3:13])
    return Lines(
        items, voice("behaviour.title"), more=more, more_text=voice("list.more", n=len(found) - 3) if more else ""
    )


def _behaviour(voice: Voice, one: Behaviour) -> Line:
    text = voice.quote(one.text, 50)
    if one.actual is None:
        return Line(f"{text}: {voice('behaviour.unknown')}", voice.sources(one.evidence, label=""))
    if one.share is not None:
        actual = f"{figures.number(100 * one.actual, voice.language, decimals=0)}%"
    else:
        actual = voice("behaviour.times", n=one.actual)
    basis = f" ({voice('behaviour.self_reported')})" if one.basis == "self_reported" else ""
    met = "" if one.met is None else f" · {voice('behaviour.met' if one.met else 'behaviour.not_met')}"
    return Line(f"{text}: {actual}{met}{basis}", voice.sources(one.evidence, label=""))
