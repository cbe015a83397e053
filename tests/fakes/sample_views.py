"""Views, notebooks and envelopes for looking at pages: the sample reports told in words, ready to be rendered."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from fakes.sample_reports import SAMPLES

from loopnote.notes import Language, Metric, Note, RawRow, StoredNote, Version
from reports.evidence import Evidence
from reports.page.mail import Envelope, Person, message_id
from reports.page.telling.notes import evidence_ids
from reports.page.telling.page import page_view
from reports.page.telling.preview import preview_view
from reports.page.telling.several import TeamReport, several_view
from reports.page.telling.voice import PageSetting
from reports.page.view import PageView
from reports.page.words.words import load_words
from reports.report import SharedLearning, WeeklyReport

MADE = datetime(2026, 11, 23, 7, 58, tzinfo=ZoneInfo("Asia/Seoul"))
SEEN = datetime(2026, 11, 16, 1, tzinfo=UTC)
SETTING = PageSetting(url="https://reports.example.org/r/2026-W47", reply_to="loopnote@example.org", made=MADE)
ENVELOPE = Envelope(
    Person("loopnote@example.org", "루프노트"),
    (Person("gaon@example.org", "박가온"), Person("dana@example.org", "Dana Whitlock")),
    message_id("team/2026-W47/r1", kind="weekly", period="2026-W47", domain="example.org"),
    MADE,
    reply_to="team@example.org",
    list_id="weekly.loopnote.example.org",
    unsubscribe="loopnote@example.org",
)

Notebook = tuple[dict[str, StoredNote], dict[str, list[Version]]]


def notebook(report: WeeklyReport) -> Notebook:
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
    return StoredNote(evidence.note_id, "team", "trials", note, RawRow(evidence.place, cells), 2, SEEN, SEEN)


def _history(stored: StoredNote) -> list[Version]:
    changes = (("outcome", "", "성공"), ("metric", "", "48% → 57%"))
    return [
        Version(stored.id, 1, SEEN, "r1", "new", stored.note),
        Version(stored.id, 2, datetime(2026, 11, 20, 3, tzinfo=UTC), "r2", "changed", stored.note, changes),
    ]


def language_of(name: str) -> Language:
    """Return the language of a sample by its name."""
    return "en" if name.endswith("_en") else "ko"


def sample_view(name: str, language: Language | None = None, setting: PageSetting = SETTING) -> PageView:
    """Return a sample report in words, with the cards of its notes."""
    report = SAMPLES[name]()
    notes, versions = notebook(report)
    return page_view(report, load_words(language or language_of(name)), setting=setting, notes=notes, versions=versions)


def several_sample(language: Language, names: tuple[str, ...] = ("full", "ordinary", "empty")) -> PageView:
    """Return one view of several teams, one of which could use what another learned."""
    teams = [
        _team(f"{name}_{language}", f"{'팀' if language == 'ko' else 'Team'} {at}") for at, name in enumerate(names)
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
    return several_view(teams, load_words(language), setting=replace(SETTING, url=""), shared=(shared,))


def _team(name: str, label: str) -> TeamReport:
    report = SAMPLES[name]()
    return TeamReport(replace(report, scope=replace(report.scope, team=label)), f"https://reports.example.org/{name}")


def preview_sample(language: Language) -> PageView:
    """Return the Friday preview of the full week."""
    return preview_view(SAMPLES[f"full_{language}"](), load_words(language), setting=replace(SETTING, url=""))
