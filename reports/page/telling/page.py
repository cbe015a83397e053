"""WeeklyReport ─► PageView: the order of the sections, and nothing that a section knows better itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from loopnote.notes import StoredNote, Version
from loopnote.weeks import Week
from reports.page.safe import mailto, shortened
from reports.page.view import Block, Change, Line, Link, Notice, PageView, Part, Section
from reports.page.words import figures
from reports.page.words.words import Words
from reports.report import SectionAction, WeeklyReport

from .business import business
from .commitments import commitments
from .data import data_state, rules_line, warning
from .first import ask, headline, key_lines, key_move, key_number
from .funnel import funnels
from .learning import learning, playbook, unapplied
from .moves import change_of_move, change_of_number, metric_name, value
from .next_period import milestones, next_period
from .notes import cards
from .people import people
from .rhythm import rhythm
from .signals import signals
from .voice import DEFAULT_SETTING, PageSetting, Voice

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
    words: Words,
    *,
    setting: PageSetting = DEFAULT_SETTING,
    notes: Mapping[str, StoredNote] | None = None,
    versions: Mapping[str, Sequence[Version]] | None = None,
) -> PageView:
    """Return the report in words, for one language and one way of naming people.

    `notes` and `versions` are those behind the statements (`evidence_ids` names them); without them the page has links
    but no cards to open.
    """
    voice = _voice(report, words, setting, notes or {})
    part = _part(voice, report, notes or {}, versions or {})
    period = period_id(report)
    return PageView(
        language=voice.language,
        id=f"{period}-r{setting.revision}",
        title=voice("page.title", team=part.team, period=figures.period_name(report.scope.period, voice.language)),
        brand=voice("page.brand", team=part.team),
        subject=subject(voice, report, part),
        preheader=preheader(part),
        eyebrow=_eyebrow(voice, report),
        parts=(part,),
        correction=correction(voice),
        footer=footer(voice, report),
        footer_links=footer_links(voice),
        url=setting.url,
        url_text=voice("page.open") if setting.url else "",
        labels=tuple(sorted(words.under("page_label").items())),
    )


def period_id(report: WeeklyReport) -> str:
    """Return 2026-W47 or 2026-11."""
    return str(report.scope.period)


def _voice(report: WeeklyReport, words: Words, setting: PageSetting, notes: Mapping[str, StoredNote]) -> Voice:
    monthly = not isinstance(report.scope.period, Week)
    zone = ZoneInfo(report.scope.timezone)
    return Voice(words, setting, frozenset(notes), _people_of(report, notes), monthly, zone)


def _people_of(report: WeeklyReport, notes: Mapping[str, StoredNote]) -> tuple[str, ...]:
    """Return every name the report knows, longest first, so that a mask never leaves half of one."""
    found = {person for stored in notes.values() for person in (*stored.note.owners, *stored.note.people)}
    found |= {one.person for one in report.people.answers if one.person}
    found |= {one.person for one in report.people.speed} | {one.person for one in report.people.thanks}
    found |= {owner for activity in report.business.kept for owner in activity.owners}
    found |= {person for pair in report.learning.pairs for person in (*pair.owners, *pair.appliers)}
    found |= {owner for action in report.next.actions for owner in action.owners}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _part(
    voice: Voice, report: WeeklyReport, notes: Mapping[str, StoredNote], versions: Mapping[str, Sequence[Version]]
) -> Part:
    number, move = report.leader.key_number, report.leader.headline.activity_move
    shown = key_number(voice, number) if number else key_move(voice, move, report.leader.headline.evidence)
    return Part(
        id="team",
        team=voice.quote(report.scope.team, 40),
        headline=headline(voice, report.leader.headline),
        key_lines=key_lines(voice, report),
        key_number=shown,
        warning=warning(voice, report.data),
        sections=tuple(_sections(voice, report)),
        cards=cards(voice, notes, versions),
    )


def _sections(voice: Voice, report: WeeklyReport) -> Iterator[Section]:
    """Give the sections in reading order, each with its next action last; a section without a word is left out."""
    actions: dict[str, SectionAction] = {action.section: action for action in report.actions}
    found: list[tuple[str, Section | None]] = [
        ("business", _celebrated(voice, report, business(voice, report.business))),
        ("learning", learning(voice, report.learning)),
        ("people", people(voice, report.people)),
        ("signals", signals(voice, report.signals, report.traps)),
        ("commitments", commitments(voice, report.commitments, weeks=report.rules.commitment_weeks)),
        ("rhythm", rhythm(voice, report.rhythm)),
        ("funnel", funnels(voice, report.funnels)),
        ("next", _decided(voice, report, next_period(voice, report.next, report.leader))),
    ]
    for name, section in found:
        if section:
            action = actions.get(name) or (actions.get("traps") if name == "signals" else None)
            text = _action(voice, action) if action else voice(f"action.{_plain_action(name, report)}")
            yield replace(section, next=text, next_label=voice("action.label"))
    yield from (one for one in (unapplied(voice, report.learning.unapplied), playbook(voice, report.playbook)) if one)
    yield data_state(voice, report)


def _plain_action(section: str, report: WeeklyReport) -> str:
    if section == "learning" and not report.learning.learned_total:
        return "write_learning"
    if section == "people" and not report.people.answers:
        return "name_person"
    return _PLAIN_ACTION[section]


def _celebrated(voice: Voice, report: WeeklyReport, section: Section) -> Section:
    reached = milestones(voice, report.milestones)
    return replace(section, blocks=(*section.blocks, reached)) if reached else section


def _decided(voice: Voice, report: WeeklyReport, section: Section) -> Section:
    decision = report.leader.decision
    if decision is None:
        return section
    blocks: tuple[Block, ...] = (*section.blocks, ask(voice, decision, report.scope.team, period_id(report)))
    return replace(section, blocks=blocks)


def _action(voice: Voice, action: SectionAction) -> str:
    facts = {"what": voice.quote(action.text, 60), "person": voice.name(action.person) if action.person else ""}
    key = f"action.{action.kind}"
    bare = f"{key}_bare"
    return voice(bare if not action.text and voice.words.has(bare) else key, **facts)


def _eyebrow(voice: Voice, report: WeeklyReport) -> str:
    scope = report.scope
    return voice(
        "page.eyebrow",
        period=figures.period_name(scope.period, voice.language),
        days=figures.span(scope.period, voice.language),
        n=scope.notes,
        year=str(scope.first.year),
    )


def subject(voice: Voice, report: WeeklyReport, part: Part) -> str:
    """Return `[팀 47주차] 핵심 숫자(변화), 결정 요청 1건`, at most 90 characters, the number near the start."""
    period = figures.period_name(report.scope.period, voice.language)
    asked = voice("subject.ask") if report.leader.decision else ""
    mark = voice("subject.correction") if voice.setting.revision > 1 else ""
    head = voice("subject.head", mark=mark, team=shortened(part.team, 24), period=period)
    rest = f"{_subject_number(voice, report, part)}{asked}"
    return f"{head} {rest}"


def _subject_number(voice: Voice, report: WeeklyReport, part: Part) -> str:
    """Return the number of the week with its change, or how much there is to judge."""
    line = report.leader.headline
    if part.key_number:
        change, shown = part.key_number.change, f"{part.key_number.value}{part.key_number.unit}"
        return _with_change(f"{shortened(part.key_number.label, 24)} {shown}", change)
    number = ""
    if line.activity_move:
        move = line.activity_move
        shown = "" if move.after is None else f" {value(voice, move.after, move.unit)}"
        number = _with_change(metric_name(voice, move.name, 24) + shown, change_of_move(voice, move))
    elif line.number:
        shown = f"{metric_name(voice, line.number.name, 24)} {value(voice, line.number.value, line.number.unit)}"
        number = _with_change(shown, change_of_number(voice, line.number))
    if line.kind == "first_ever":
        return voice("subject.first_ever" if number else "subject.first_ever_bare", number=number, n=line.notes)
    return number or voice(
        f"subject.{line.kind if line.kind in {'empty', 'too_few'} else 'nothing_moved'}", n=line.notes
    )


def _with_change(shown: str, change: Change | None) -> str:
    return f"{shown} ({change.arrow}{change.text})" if change and change.arrow else shown


def preheader(part: Part) -> str:
    """Return what an inbox shows behind the subject: what the subject lacks."""
    return " ".join(line.text for line in (part.key_lines[3], part.key_lines[0]))


def correction(voice: Voice) -> Notice | None:
    """Return what a corrected report says about itself; None for a first one."""
    if voice.setting.revision < 2:
        return None
    why = voice.quote(voice.setting.corrected, 160)
    lines = (Line(why),) if why else ()
    return Notice(voice("page.corrected", n=voice.setting.revision), lines)


def footer(voice: Voice, report: WeeklyReport) -> tuple[str, ...]:
    """Return the lines of the foot: where the figures come from, by which rules, which edition this is."""
    made = figures.moment(voice.setting.made, voice.language) if voice.setting.made else ""
    edition = f"{period_id(report)}-r{voice.setting.revision}"
    return (
        voice("footer.source"),
        rules_line(voice, report.rules),
        voice("footer.made", made=made, edition=edition) if made else voice("footer.edition", edition=edition),
    )


def footer_links(voice: Voice) -> tuple[Link, ...]:
    """Return whom to ask."""
    address = mailto(voice.setting.reply_to, voice("footer.ask_subject"))
    return (Link(voice("footer.ask"), address),) if address else ()
