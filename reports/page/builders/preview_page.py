"""The Friday preview for the team (method §10): cheapest fixes, and what Monday's mail will say."""

from dataclasses import replace

from notes.messages import figures
from notes.messages.catalogue import MessageCatalogue
from reports.analysis.records.report_record import WeeklyReport
from reports.analysis.records.section_results import Fix
from reports.page.formatting.text_formatter import DEFAULT_OPTIONS, PageOptions, TextFormatter
from reports.page.sections.learning import unapplied_list
from reports.page.sections.repeated_hypotheses import repeated_hypotheses_section
from reports.page.view import Line, Lines, PageView, Section

from .weekly_page import page_view

_SHOWN = ("q1", "q2", "q3")
"""Ids of the sections of the three questions, which the preview shows."""


def preview_view(
    report: WeeklyReport, words: MessageCatalogue, *, setting: PageOptions = DEFAULT_OPTIONS
) -> PageView:
    """Return the preview: fixes, earlier attempts, then Monday's first screen and questions.

    It asks for no decision; a caller does not send it where `report.fixes` is empty.
    """
    formatter = TextFormatter(words, replace(setting, audience="team"), monthly=False)
    view = page_view(report, words, setting=replace(setting, audience="team"))
    (part,) = view.parts
    waiting = unapplied_list(formatter, report.learning.unapplied, page_only=False)
    kept = tuple(section for section in part.sections if section.id in _SHOWN)
    before = repeated_hypotheses_section(formatter, report.learning.again)
    first, last = (
        (_fixes(formatter, report), *((before,) if before else ())),
        ((waiting,) if waiting else ()),
    )
    period = figures.period_name(report.scope.period, formatter.language)
    title = formatter("preview.title", team=part.team, period=period)
    return replace(
        view,
        id=f"{view.id}-preview",
        title=title,
        brand=formatter("preview.brand", team=part.team),
        subject=formatter("preview.subject", team=part.team, period=period, n=len(report.fixes)),
        preheader=formatter("preview.preheader"),
        lead=formatter("preview.lead", n=len(report.fixes)),
        parts=(
            replace(
                part,
                ask=None,
                quiet="",
                remarks=(),
                sections=(*first, *kept, *last),
                brief=(*first, *part.brief, *last),
                left_out="",
            ),
        ),
    )


def _fixes(formatter: TextFormatter, report: WeeklyReport) -> Section:
    items = tuple(_fix(formatter, one) for one in report.fixes)
    rest = max(report.fixes_total, len(items)) - len(items)
    block = Lines(
        items,
        empty=formatter("preview.none"),
        more_text=formatter("data.more", n=rest) if rest else "",
    )
    action = formatter("preview.next") if items else ""
    label = formatter("action.label") if items else ""
    return Section(
        "fixes",
        formatter("preview.fixes"),
        (block,),
        subtitle=formatter("preview.why"),
        next=action,
        next_label=label,
    )


def _fix(formatter: TextFormatter, one: Fix) -> Line:
    quote = (
        f" {formatter('preview.quote', text=formatter.quote(one.quote, 60))}" if one.quote else ""
    )
    text = formatter(f"preview.fix.{one.kind}", what=formatter.title(one.evidence, 50))
    return Line(text + quote, formatter.sources(one.evidence, label="data.mend"))
