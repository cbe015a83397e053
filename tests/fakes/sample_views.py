"""Views, notebooks and envelopes for looking at pages.

The sample reports told in words, ready to be rendered. A view is a value: each is made once a
test process.
"""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from fakes.sample_reports import SAMPLES

from notes.model.notes import LANGUAGES, Language, Metric, Note, RawRow, StoredNote, Version
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.report_record import SharedLearning, WeeklyReport
from reports.page.builders.multi_team_page import TeamReport, multi_team_view
from reports.page.builders.preview_page import preview_view
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.note_texts import evidence_ids
from reports.page.formatting.text_formatter import PageOptions
from reports.page.mail import Envelope, MailAddress, message_id
from reports.page.messages.page_sentences import load_messages
from reports.page.view import PageView

MADE = datetime(2026, 11, 23, 7, 58, tzinfo=ZoneInfo("Asia/Seoul"))
SEEN = datetime(2026, 11, 16, 1, tzinfo=UTC)
SETTING = PageOptions(
    url="https://reports.example.org/r/2026-W47", reply_to="loopnote@example.org", made=MADE
)
ENVELOPE = Envelope(
    MailAddress("loopnote@example.org", "루프노트"),
    (MailAddress("gaon@example.org", "박가온"), MailAddress("dana@example.org", "Dana Whitlock")),
    message_id("team/2026-W47/r1", kind="weekly", period="2026-W47", domain="example.org"),
    MADE,
    reply_to="team@example.org",
    list_id="weekly.loopnote.example.org",
    unsubscribe="loopnote@example.org",
)

Notebook = tuple[dict[str, StoredNote], dict[str, list[Version]]]


def notes_behind(report: WeeklyReport) -> Notebook:
    """Return a stored note with two versions for every note that the report's page may open."""
    evidence = {one.note_id: one for one in _all(report)}
    notes = {note_id: _stored(evidence[note_id]) for note_id in evidence_ids(report)}
    return notes, {note_id: _history(stored) for note_id, stored in notes.items()}


def _all(value: object) -> list[Evidence]:
    if isinstance(value, Evidence):
        return [value]
    if isinstance(value, tuple):
        return [one for item in value for one in _all(item)]
    if is_dataclass(value):
        return [one for field in fields(value) for one in _all(getattr(value, field.name))]
    return []


def _stored(evidence: Evidence) -> StoredNote:
    note = Note(
        "experiment",
        evidence.place,
        evidence.url,
        evidence.key,
        evidence.what,
        execution=evidence.what,
        outcome="success",
        start_date=date(2026, 11, 16),
        end_date=date(2026, 11, 20),
        owners=("윤슬기",),
        metric=Metric("유지율", 48, 57, 60, "%"),
        success_factors="바로 보관함",
    )
    cells = (("실험", evidence.what), ("결과", "성공"), ("지표", "48% → 57%"), ("담당", "윤슬기"))
    return StoredNote(
        evidence.note_id, "team", "trials", note, RawRow(evidence.place, cells), 2, SEEN, SEEN
    )


def _history(stored: StoredNote) -> list[Version]:
    changes = (("outcome", "", "성공"), ("metric", "", "48% → 57%"))
    return [
        Version(stored.id, 1, SEEN, "r1", "new", stored.note),
        Version(
            stored.id,
            2,
            datetime(2026, 11, 20, 3, tzinfo=UTC),
            "r2",
            "changed",
            stored.note,
            changes,
        ),
    ]


def language_of(name: str) -> Language:
    """Return the language of a sample by the end of its name, "full_en"."""
    code = name.rpartition("_")[2]
    return next(language for language in LANGUAGES if language == code)


@cache
def sample_view(
    name: str, language: Language | None = None, setting: PageOptions = SETTING
) -> PageView:
    """Return a sample report in words, with the cards of its notes."""
    report = SAMPLES[name]()
    notes, versions = notes_behind(report)
    return page_view(
        report,
        load_messages(language or language_of(name)),
        setting=setting,
        notes=notes,
        versions=versions,
    )


@cache
def several_sample(
    language: Language, names: tuple[str, ...] = ("full", "ordinary", "empty")
) -> PageView:
    """Return one view of several teams, one of which could use what another learned."""
    teams = [
        _team(f"{name}_{language}", f"{'팀' if language == 'ko' else 'Team'} {at}")
        for at, name in enumerate(names)
    ]
    learned = teams[0].report.learning.pairs[0]
    shared = SharedLearning(
        teams[0].report.scope.team,
        teams[1].report.scope.team,
        learned.learned,
        learned.evidence,
        "same_metric",
        "유지율",
    )
    return multi_team_view(
        teams, load_messages(language), setting=replace(SETTING, url=""), shared=(shared,)
    )


def _team(name: str, label: str) -> TeamReport:
    report = SAMPLES[name]()
    return TeamReport(
        replace(report, scope=replace(report.scope, team=label)),
        f"https://reports.example.org/{name}",
    )


@cache
def preview_sample(language: Language) -> PageView:
    """Return the Friday preview of the full week."""
    return preview_view(
        SAMPLES[f"full_{language}"](), load_messages(language), setting=replace(SETTING, url="")
    )
