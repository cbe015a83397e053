"""Builds the page of a weekly or monthly report: PageView from WeeklyReport."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from notes.messages import figures
from notes.messages.catalogue import MessageCatalogue
from notes.model.notes import StoredNote, Version
from notes.model.periods import Week
from reports.analysis.data.person_spellings import names_in
from reports.analysis.records.report_record import LeaderLines, SectionAction, WeeklyReport
from reports.analysis.text.quoting import comparison_key
from reports.page.formatting.metric_texts import (
    change_of_move,
    change_of_number,
    metric_name,
    period_name_of,
    value,
)
from reports.page.formatting.note_texts import cards
from reports.page.formatting.text_formatter import DEFAULT_OPTIONS, PageOptions, TextFormatter
from reports.page.safe import mailto, shortened
from reports.page.sections.business import business_section
from reports.page.sections.commitments import commitments_section
from reports.page.sections.data_quality import (
    data_quality_section,
    data_warning,
    rules_line,
    unknown,
)
from reports.page.sections.first_screen.decision import answered, decision_block
from reports.page.sections.first_screen.headline import headline_sentence, step_name
from reports.page.sections.first_screen.key_lines import key_lines
from reports.page.sections.first_screen.key_number import key_number
from reports.page.sections.funnel import funnels_section
from reports.page.sections.learning import learning_section, playbook_section, unapplied_list
from reports.page.sections.next_period import milestones_list, next_period_section
from reports.page.sections.people import people_section
from reports.page.sections.rhythm import rhythm_section
from reports.page.sections.signals import signals_section
from reports.page.view import ChangeText, Line, Notice, PageView, Part, PlaceLink, Section

from .mail_excerpt import with_brief


def page_view(
    report: WeeklyReport,
    words: MessageCatalogue,
    *,
    setting: PageOptions = DEFAULT_OPTIONS,
    notes: Mapping[str, StoredNote] | None = None,
    versions: Mapping[str, Sequence[Version]] | None = None,
) -> PageView:
    """Return the report's view in one language and with one way of showing people.

    `notes` and `versions` are those behind the statements (`evidence_ids` names them); without them
    the page has links but no cards to open.
    """
    formatter = _voice(report, words, setting, notes=notes or {})
    part = _part(formatter, report, notes or {}, versions=versions or {})
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
        mail_footer=mail_footer(formatter, report),
        footer_links=footer_links(formatter),
        url=setting.url,
        url_text=formatter("page.open") if setting.url else "",
        labels=tuple(sorted(words.under("page_label").items())),
    )


def period_id(report: WeeklyReport) -> str:
    """Return a period's id: 2026-W47 or 2026-11."""
    return str(report.scope.period)


def _voice(
    report: WeeklyReport,
    words: MessageCatalogue,
    setting: PageOptions,
    *,
    notes: Mapping[str, StoredNote],
) -> TextFormatter:
    monthly = not isinstance(report.scope.period, Week)
    zone = ZoneInfo(report.scope.timezone)
    return TextFormatter(
        words=words,
        setting=setting,
        known=frozenset(notes),
        people=people_of(report, notes),
        monthly=monthly,
        zone=zone,
        asked=report.data.open_columns > 0,
    )


def people_of(report: WeeklyReport, notes: Mapping[str, StoredNote]) -> tuple[str, ...]:
    """Return every name the report knows, longest first, so that masking leaves no half name."""
    found = {*report.names, *names_in(notes.values())}
    found |= {one.person for one in report.people.answers if one.person}
    found |= {one.person for one in report.people.speed} | {
        one.person for one in report.people.thanks
    }
    found |= {owner for activity in report.business.kept for owner in activity.owners}
    found |= {person for pair in report.learning.pairs for person in (*pair.owners, *pair.appliers)}
    found |= {owner for action in report.next.actions for owner in action.owners}
    found -= {name[0].upper() + name[1:] for name in report.names if name[0].islower()}  # roles
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _part(
    formatter: TextFormatter,
    report: WeeklyReport,
    notes: Mapping[str, StoredNote],
    *,
    versions: Mapping[str, Sequence[Version]],
) -> Part:
    number = report.leader.key_number
    asked = decision_block(formatter, report, report.scope.team, period=period_id(report))
    part = Part(
        id="team",
        team=formatter.plain(report.scope.team, 40),
        headline=headline_sentence(
            formatter, report.leader.headline, known=_knows_moves(formatter, report)
        ),
        key_lines=key_lines(formatter, report),
        key_number=key_number(formatter, number) if number else None,
        warning=data_warning(formatter, report.data),
        sections=tuple(_sections(formatter, report)),
        cards=cards(formatter, notes, versions),
        ask=asked,
        quiet="" if asked or _is_unread(report) else formatter("decision.none"),
        remarks=remarks(formatter, report),
    )
    return with_brief(formatter, report, part)


def _is_unread(report: WeeklyReport) -> bool:
    """Return whether nothing could be read or understood: then nothing is said about the work."""
    return report.leader.headline.kind == "unread"


def _knows_no_week(report: WeeklyReport) -> bool:
    """Return whether the notes bear no date: whether any is of this week is unknown, not no."""
    return report.leader.headline.kind == "undated"


def remarks(formatter: TextFormatter, report: WeeklyReport) -> tuple[Line, ...]:
    """Return further lines of the first screen: the last decision's answer, what is missing."""
    found = [answered(formatter, report)]
    if report.leader.key_missing:
        found.append(Line(_missing(formatter, report), tone="quiet"))
    known = not _knows_no_week(report) and not _is_unread(report)
    if report.scope.undated_many and known:
        found.append(Line(formatter("data.undated", n=report.scope.undated), tone="warn"))
    return tuple(line for line in found if line)


def _missing(formatter: TextFormatter, report: WeeklyReport) -> str:
    """Return that the key number has no value; a question where it may have a new name."""
    lines = report.leader
    facts = {"metric": metric_name(formatter, lines.key_missing, 30)}
    if report.data.is_part_unread or report.data.is_part_open:  # what was not read may hold it
        return formatter("number.unread", **facts)
    if not lines.key_renamed:
        return formatter("number.missing", **facts)
    return formatter("number.renamed", other=metric_name(formatter, lines.key_renamed, 30), **facts)


def _knows_moves(formatter: TextFormatter, report: WeeklyReport) -> bool:
    """Return whether it can be said that no number moved the right way."""
    return not unknown(formatter, report) and not report.business.may_have_moved


def _sections(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Section]:
    """Yield the page's sections in reading order, each ending with its next action if any."""
    if _is_unread(report):
        yield data_quality_section(formatter, report)
        return
    actions: dict[str, SectionAction] = {
        action.section: action for action in reversed(report.actions)
    }
    known = not unknown(formatter, report)
    business = business_section(formatter, report.business, known=known)
    found: list[tuple[str, Section | None]] = [
        ("business", _celebrated(formatter, report, business)),
        ("learning", learning_section(formatter, report.learning)),
        ("people", people_section(formatter, report.people)),
        ("signals", signals_section(formatter, report.signals, report.traps, known=known)),
        ("commitments", commitments_section(formatter, report.commitments)),
        ("rhythm", rhythm_section(formatter, report.rhythm)),
        ("funnel", funnels_section(formatter, report.funnels)),
        ("next", next_period_section(formatter, report.next, _leader(report))),
    ]
    told = {_subject(report.leader.decision.subject)} if report.leader.decision else set()
    for name, whole in found:
        section = _as_known(formatter, report, name, section=whole)
        if section:
            action = actions.get(name) or (actions.get("traps") if name == "signals" else None)
            if action is None or _subject(action.text) in told:
                yield section
            else:
                told.add(_subject(action.text))
                yield replace(
                    section, next=_action(formatter, action), next_label=formatter("action.label")
                )
    yield from (
        one
        for one in (
            unapplied_list(formatter, report.learning.unapplied),
            playbook_section(formatter, report.playbook),
        )
        if one
    )
    yield data_quality_section(formatter, report)


def _as_known(
    formatter: TextFormatter, report: WeeklyReport, name: str, *, section: Section | None
) -> Section | None:
    """Return the section without "nothing" where it is unknown: unread notes, or notes without
    dates.

    Method §1: unread is not zero.
    """
    why = unknown(formatter, report)
    dateless = _knows_no_week(report)
    if section is None or not (why or dateless) or name not in _unanswered(report):
        return section
    return None if dateless or name == "signals" else replace(section, subtitle=why)


def _unanswered(report: WeeklyReport) -> set[str]:
    """Return the sections in which the notes of the week say nothing."""
    signals = report.signals
    told = {
        "signals": any(trap.caught for trap in report.traps)
        or any((signals.process, signals.leading, signals.recorded)),
        "business": bool(report.business.executed),
        "learning": bool(report.learning.learned_total),
        "people": bool(report.people.answers),
        "next": bool(report.next.plan or report.next.actions),
    }
    return {name for name, known in told.items() if not known}


def _leader(report: WeeklyReport) -> LeaderLines:
    """Return the leader's lines without a change that a decision or next action says already."""
    leader = report.leader
    told = {_subject(action.text) for action in report.actions if action.text}
    told |= {_subject(leader.decision.subject)} if leader.decision else set()
    return (
        replace(leader, change=None)
        if leader.change and _subject(leader.change.text) in told
        else leader
    )


def _subject(text: str) -> str:
    return comparison_key(text)


def _celebrated(formatter: TextFormatter, report: WeeklyReport, section: Section) -> Section:
    reached = milestones_list(formatter, report.milestones)
    return replace(section, blocks=(*section.blocks, reached)) if reached else section


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
    counted = report.data.is_whole and not (_knows_no_week(report) and not scope.notes)
    return formatter(
        "page.eyebrow" if counted else "page.eyebrow_unread",
        period=figures.period_name(scope.period, formatter.language),
        days=figures.span(scope.period, formatter.language),
        n=scope.notes,
        year=figures.span_year(scope.period, formatter.language),
    )


def subject(formatter: TextFormatter, report: WeeklyReport, part: Part) -> str:
    """Return the subject, at most 90 characters: `[팀 47주차] 핵심 숫자(변화), 결정 요청 1건`."""
    period = figures.period_name(report.scope.period, formatter.language)
    asked = formatter("subject.ask") if report.leader.decision else ""
    mark = formatter("subject.correction") if formatter.setting.revision > 1 else ""
    head = formatter("subject.head", mark=mark, team=shortened(part.team, 24), period=period)
    return f"{head} {subject_number(formatter, report)}{asked}"


def subject_number(formatter: TextFormatter, report: WeeklyReport) -> str:
    """Return the number of the week with its change, or how much there is to judge."""
    line = report.leader.headline
    number = line.number or (
        report.leader.key_number if line.kind not in _WITHOUT_KEY_NUMBER else None
    )
    told = ""
    if line.kind == "funnel" and line.step:
        told = formatter(
            "subject.funnel",
            step=step_name(formatter, line.step),
            rate=round(100 * (line.step.rate or 0)),
        )
    elif number:
        named = period_name_of(formatter, number, _IN_SUBJECT)
        shown = f"{named} {value(formatter, number.value, number.unit)}"
        told = _with_change(shown, change_of_number(formatter, number))
    elif line.activity_move:
        move = line.activity_move
        shown = "" if move.after is None else f" {value(formatter, move.after, move.unit)}"
        told = _with_change(
            metric_name(formatter, move.name, 24) + shown, change_of_move(formatter, move)
        )
    if line.kind == "first_ever":
        return formatter(
            "subject.first_ever" if told else "subject.first_ever_bare", number=told, n=line.notes
        )
    unmoved = "nothing_moved" if _knows_moves(formatter, report) else "cannot_tell"
    key = line.kind if line.kind in _OWN_SUBJECT else unmoved
    return told or formatter(
        f"subject.{key}", n=line.undated if line.kind == "undated" else line.notes
    )


_IN_SUBJECT = 28
"""Columns of a number's name in a subject line, which has room for 90 in all."""
_WITHOUT_KEY_NUMBER = frozenset({"unread", "moved", "wrong_way"})
"""Headlines whose subject line does not use the key number."""
_OWN_SUBJECT = frozenset({"unsure", "empty", "too_few", "unread", "undated"})
"""Headlines whose subject line says that there is nothing, or too little, to judge."""


def _with_change(shown: str, change: ChangeText | None) -> str:
    return f"{shown} ({change.arrow} {change.text})" if change and change.arrow else shown


def preheader(part: Part) -> str:
    """Return what an inbox shows after the subject: what the subject does not say."""
    return shortened(
        f"{part.ask.text} {part.ask.until}" if part.ask else part.quiet or part.headline, PREHEADER
    )


PREHEADER = 120
"""Columns of the preheader: about what an inbox on a phone shows after the subject."""


def correction(formatter: TextFormatter) -> Notice | None:
    """Return what a corrected report says about itself; None for a first one."""
    if formatter.setting.revision < 2:
        return None
    why = formatter.quote(formatter.setting.corrected, 160)
    lines = (Line(why),) if why else ()
    return Notice(formatter("page.corrected", n=formatter.setting.revision), lines)


def footer(formatter: TextFormatter, report: WeeklyReport) -> tuple[str, ...]:
    """Return the lines of the foot: source of the figures, rules, edition."""
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


def mail_footer(formatter: TextFormatter, report: WeeklyReport) -> tuple[str, ...]:
    """Return the lines of the mail's foot: source of the figures, edition."""
    lines = footer(formatter, report)
    return (lines[0], lines[-1])


def footer_links(formatter: TextFormatter) -> tuple[PlaceLink, ...]:
    """Return the links to the people to ask."""
    address = mailto(formatter.setting.reply_to, formatter("footer.ask_subject"))
    return (PlaceLink(formatter("footer.ask"), address),) if address else ()
