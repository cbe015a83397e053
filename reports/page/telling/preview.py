"""The Friday preview, to the team only: what Monday's mail will say, and the cheapest cells to fill before it."""

from dataclasses import replace

from reports.page.view import Line, Lines, PageView, Section
from reports.page.words import figures
from reports.page.words.words import Words
from reports.report import WeeklyReport
from reports.sections import Fix

from .again import again
from .learning import unapplied
from .page import page_view
from .voice import DEFAULT_SETTING, PageSetting, Voice

_SHOWN = ("q1", "q2", "q3")


def preview_view(report: WeeklyReport, words: Words, *, setting: PageSetting = DEFAULT_SETTING) -> PageView:
    """Return the preview: the fixes, what was tried before, then Monday's first screen and its three questions.

    It asks for no decision; a caller does not send it where `report.fixes` is empty.
    """
    voice = Voice(words, replace(setting, audience="team"), monthly=False)
    view = page_view(report, words, setting=replace(setting, audience="team"))
    (part,) = view.parts
    waiting = unapplied(voice, report.learning.unapplied, page_only=False)
    kept = tuple(section for section in part.sections if section.id in _SHOWN)
    before = again(voice, report.learning.again)
    sections = (_fixes(voice, report), *((before,) if before else ()), *kept, *((waiting,) if waiting else ()))
    period = figures.period_name(report.scope.period, voice.language)
    title = voice("preview.title", team=part.team, period=period)
    return replace(
        view,
        id=f"{view.id}-preview",
        title=title,
        brand=voice("preview.brand", team=part.team),
        subject=voice("preview.subject", team=part.team, period=period, n=len(report.fixes)),
        preheader=voice("preview.preheader"),
        lead=voice("preview.lead", n=len(report.fixes)),
        parts=(replace(part, key_lines=part.key_lines[:3], sections=sections),),
    )


def _fixes(voice: Voice, report: WeeklyReport) -> Section:
    items = tuple(_fix(voice, one) for one in report.fixes)
    rest = max(report.fixes_total, len(items)) - len(items)
    block = Lines(items, empty=voice("preview.none"), more_text=voice("list.more", n=rest) if rest else "")
    action = voice("preview.next") if items else ""
    label = voice("action.label") if items else ""
    return Section(
        "fixes", voice("preview.fixes"), (block,), subtitle=voice("preview.why"), next=action, next_label=label
    )


def _fix(voice: Voice, one: Fix) -> Line:
    quote = f" {voice('preview.quote', text=voice.quote(one.quote, 60))}" if one.quote else ""
    text = voice(f"preview.fix.{one.kind}", what=voice.title(one.evidence, 50))
    return Line(text + quote, voice.sources(one.evidence, label="data.mend"))
