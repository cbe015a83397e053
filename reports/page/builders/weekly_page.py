"""WeeklyReport ─► PageView.

The order of the sections, and nothing that a section knows better itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from notes.model.notes import StoredNote, Version
from notes.model.periods import Week
from reports.analysis.records.report import SectionAction, WeeklyReport
from reports.page.formatting.metric_texts import (
    change_of_move,
    change_of_number,
    metric_name,
    value,
)
from reports.page.formatting.note_texts import cards
from reports.page.formatting.text_formatter import DEFAULT_OPTIONS, PageOptions, TextFormatter
from reports.page.messages import figures
from reports.page.messages.catalogue import MessageCatalogue
from reports.page.safe import mailto, shortened
from reports.page.sections.business import business_section
from reports.page.sections.commitments import commitments_section
from reports.page.sections.data_quality import data_quality_section, data_warning, rules_line
from reports.page.sections.first_screen import (
    decision_block,
    headline_sentence,
    key_lines,
    key_move,
    key_number,
)
from reports.page.sections.funnel import funnels_section
from reports.page.sections.learning import learning_section, playbook_section, unapplied_list
from reports.page.sections.next_period import milestones_list, next_period_section
from reports.page.sections.people import people_section
from reports.page.sections.rhythm import rhythm_section
from reports.page.sections.signals import signals_section
from reports.page.view import Block, ChangeText, Line, Notice, PageView, Part, PlaceLink, Section

_PLAIN_ACTION = {
    "business": "measure_bare",
    "learning": "apply_bare",
    "people": "name_helper_bare",
    "signals": "ask_bottleneck",
    "commitments": "answer_commitment_bare",
    "rhythm": "write_plan",
    "funnel": "fix_step_bare",
    "next": "fill_plan_bare",
}
"""What a section asks for where the report names no next action: its last line is always one."""


def page_view(
    report: WeeklyReport,
    words: MessageCatalogue,
    *,
    setting: PageOptions = DEFAULT_OPTIONS,
    notes: Mapping[str, StoredNote] | None = None,
    versions: Mapping[str, Sequence[Version]] | None = None,
) -> PageView:
    """Return the report in words, for one language and one way of naming people.

    `notes` and `versions` are those behind the statements (`evidence_ids` names them); without them
    the page has links but no cards to open.
    """
    formatter = _voice(report, words, setting, notes or {})
    part = _part(formatter, report, notes or {}, versions or {})
    period = period_id(report)
    return PageView(
        language=formatter.language,
        id=f"{period}-r{setting.revision}",
        title=formatter(
            "page.title",
            team=part.team,
            period=figures.period_name(report.scope.period, formatter.language),
        ),
        brand=formatter("page.brand", team=part.team),
        subject=subject(formatter, report, part),
        preheader=preheader(part),
        eyebrow=_eyebrow(formatter, report),
        parts=(part,),
        correction=correction(formatter),
        footer=footer(formatter, report),
        footer_links=footer_links(formatter),
        url=setting.url,
        url_text=formatter("page.open") if setting.url else "",
        labels=tuple(sorted(words.under("page_label").items())),
    )


def period_id(report: WeeklyReport) -> str:
    """Return 2026-W47 or 2026-11."""
    return str(report.scope.period)


def _voice(
    report: WeeklyReport,
    words: MessageCatalogue,
    setting: PageOptions,
    notes: Mapping[str, StoredNote],
) -> TextFormatter:
    monthly = not isinstance(report.scope.period, Week)
    zone = ZoneInfo(report.scope.timezone)
    return TextFormatter(words, setting, frozenset(notes), _people_of(report, notes), monthly, zone)


def _people_of(report: WeeklyReport, notes: Mapping[str, StoredNote]) -> tuple[str, ...]:
    """Return every name the report knows, longest first, so that a mask never leaves half of one."""
    found = {
        person for stored in notes.values() for person in (*stored.note.owners, *stored.note.people)
    }
    found |= {one.person for one in report.people.answers if one.person}
    found |= {one.person for one in report.people.speed} | {
        one.person for one in report.people.thanks
    }
    found |= {owner for activity in report.business.kept for owner in activity.owners}
    found |= {person for pair in report.learning.pairs for person in (*pair.owners, *pair.appliers)}
    found |= {owner for action in report.next.actions for owner in action.owners}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _part(
    formatter: TextFormatter,
    report: WeeklyReport,
    notes: Mapping[str, StoredNote],
    versions: Mapping[str, Sequence[Version]],
) -> Part:
    number, move = report.leader.key_number, report.leader.headline.activity_move
    shown = (
        key_number(formatter, number)
        if number
        else key_move(formatter, move, report.leader.headline.evidence)
    )
    return Part(
        id="team",
        team=formatter.quote(report.scope.team, 40),
        headline=headline_sentence(formatter, report.leader.headline),
        key_lines=key_lines(formatter, report),
        key_number=shown,
        warning=data_warning(formatter, report.data),
        sections=tuple(_sections(formatter, report)),
        cards=cards(formatter, notes, versions),
    )


def _sections(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Section]:
    """Give the sections in reading order, each with its next action last.

    A section without a word is left out.
    """
    actions: dict[str, SectionAction] = {action.section: action for action in report.actions}
    found: list[tuple[str, Section | None]] = [
        ("business", _celebrated(formatter, report, business_section(formatter, report.business))),
        ("learning", learning_section(formatter, report.learning)),
        ("people", people_section(formatter, report.people)),
        ("signals", signals_section(formatter, report.signals, report.traps)),
        (
            "commitments",
            commitments_section(formatter, report.commitments, weeks=report.rules.commitment_weeks),
        ),
        ("rhythm", rhythm_section(formatter, report.rhythm)),
        ("funnel", funnels_section(formatter, report.funnels)),
        (
            "next",
            _decided(formatter, report, next_period_section(formatter, report.next, report.leader)),
        ),
    ]
    for name, section in found:
        if section:
            action = actions.get(name) or (actions.get("traps") if name == "signals" else None)
            text = (
                _action(formatter, action)
                if action
                else formatter(f"action.{_plain_action(name, report)}")
            )
            yield replace(section, next=text, next_label=formatter("action.label"))
    yield from (
        one
        for one in (
            unapplied_list(formatter, report.learning.unapplied),
            playbook_section(formatter, report.playbook),
        )
        if one
    )
    yield data_quality_section(formatter, report)


def _plain_action(section: str, report: WeeklyReport) -> str:
    if section == "learning" and not report.learning.learned_total:
        return "write_learning"
    if section == "people" and not report.people.answers:
        return "name_person"
    return _PLAIN_ACTION[section]


def _celebrated(formatter: TextFormatter, report: WeeklyReport, section: Section) -> Section:
    reached = milestones_list(formatter, report.milestones)
    return replace(section, blocks=(*section.blocks, reached)) if reached else section


def _decided(formatter: TextFormatter, report: WeeklyReport, section: Section) -> Section:
    decision = report.leader.decision
    if decision is None:
        return section
    blocks: tuple[Block, ...] = (
        *section.blocks,
        decision_block(formatter, decision, report.scope.team, period_id(report)),
    )
    return replace(section, blocks=blocks)


def _action(formatter: TextFormatter, action: SectionAction) -> str:
    facts = {
        "what": formatter.quote(action.text, 60),
        "person": formatter.name(action.person) if action.person else "",
    }
    key = f"action.{action.kind}"
    bare = f"{key}_bare"
    return formatter(bare if not action.text and formatter.words.has(bare) else key, **facts)


def _eyebrow(formatter: TextFormatter, report: WeeklyReport) -> str:
    scope = report.scope
    return formatter(
        "page.eyebrow",
        period=figures.period_name(scope.period, formatter.language),
        days=figures.span(scope.period, formatter.language),
        n=scope.notes,
        year=str(scope.first.year),
    )


def subject(formatter: TextFormatter, report: WeeklyReport, part: Part) -> str:
    """Return `[팀 47주차] 핵심 숫자(변화), 결정 요청 1건`, at most 90 characters, the number near the start."""
    period = figures.period_name(report.scope.period, formatter.language)
    asked = formatter("subject.ask") if report.leader.decision else ""
    mark = formatter("subject.correction") if formatter.setting.revision > 1 else ""
    head = formatter("subject.head", mark=mark, team=shortened(part.team, 24), period=period)
    rest = f"{_subject_number(formatter, report, part)}{asked}"
    return f"{head} {rest}"


def _subject_number(formatter: TextFormatter, report: WeeklyReport, part: Part) -> str:
    """Return the number of the week with its change, or how much there is to judge."""
    line = report.leader.headline
    if part.key_number:
        change, shown = part.key_number.change, f"{part.key_number.value}{part.key_number.unit}"
        return _with_change(f"{shortened(part.key_number.label, 24)} {shown}", change)
    number = ""
    if line.activity_move:
        move = line.activity_move
        shown = "" if move.after is None else f" {value(formatter, move.after, move.unit)}"
        number = _with_change(
            metric_name(formatter, move.name, 24) + shown, change_of_move(formatter, move)
        )
    elif line.number:
        shown = f"{metric_name(formatter, line.number.name, 24)} {value(formatter, line.number.value, line.number.unit)}"
        number = _with_change(shown, change_of_number(formatter, line.number))
    if line.kind == "first_ever":
        return formatter(
            "subject.first_ever" if number else "subject.first_ever_bare",
            number=number,
            n=line.notes,
        )
    return number or formatter(
        f"subject.{line.kind if line.kind in {'empty', 'too_few'} else 'nothing_moved'}",
        n=line.notes,
    )


def _with_change(shown: str, change: ChangeText | None) -> str:
    return f"{shown} ({change.arrow}{change.text})" if change and change.arrow else shown


def preheader(part: Part) -> str:
    """Return what an inbox shows behind the subject: what the subject lacks."""
    return " ".join(line.text for line in (part.key_lines[3], part.key_lines[0]))


def correction(formatter: TextFormatter) -> Notice | None:
    """Return what a corrected report says about itself; None for a first one."""
    if formatter.setting.revision < 2:
        return None
    why = formatter.quote(formatter.setting.corrected, 160)
    lines = (Line(why),) if why else ()
    return Notice(formatter("page.corrected", n=formatter.setting.revision), lines)


def footer(formatter: TextFormatter, report: WeeklyReport) -> tuple[str, ...]:
    """Return the lines of the foot.

    Where the figures come from, by which rules, which edition this is.
    """
    made = (
        figures.moment(formatter.setting.made, formatter.language) if formatter.setting.made else ""
    )
    edition = f"{period_id(report)}-r{formatter.setting.revision}"
    return (
        formatter("footer.source"),
        rules_line(formatter, report.rules),
        formatter("footer.made", made=made, edition=edition)
        if made
        else formatter("footer.edition", edition=edition),
    )


def footer_links(formatter: TextFormatter) -> tuple[PlaceLink, ...]:
    """Return whom to ask."""
    address = mailto(formatter.setting.reply_to, formatter("footer.ask_subject"))
    return (PlaceLink(formatter("footer.ask"), address),) if address else ()
