"""Report service: builds a report from the store and renders it as page, text and mail.

gather ─► weekly_report ─► page_view ─► page · text · mail
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from loopnote.config.model import Config, RecipientSettings, TeamSettings
from notes.messages.catalogue import MessageCatalogue
from notes.model.deliveries import ReportKind
from notes.model.errors import RenderError
from notes.model.notes import Language, StoredNote, Version
from notes.model.periods import Period, Week
from notes.model.report_keys import NAMES, Names
from notes.store.store import Store
from notes.system.private_file import write_private
from reports.analysis.data.team_log import build_log
from reports.analysis.learnings.playbook import whole_playbook
from reports.analysis.learnings.shared_learnings import shared_learnings
from reports.analysis.load_inputs import load_inputs
from reports.analysis.records.answers import BetterDirection
from reports.analysis.records.inputs import KeyPerson, MetricFacts, ReportInputs, ReportTeam
from reports.analysis.records.report_record import WeeklyReport
from reports.analysis.text.changed_lines import IgnoredText
from reports.analysis.weekly import weekly_report
from reports.archive.addresses import edition_page, href, report_page, slug, team_folders
from reports.page.builders.multi_team_page import TeamReport, multi_team_view
from reports.page.builders.playbook_markdown import playbook_markdown
from reports.page.builders.playbook_page import TeamPlaybook, playbook_view
from reports.page.builders.preview_page import preview_view
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.note_texts import evidence_ids
from reports.page.formatting.text_formatter import PageOptions
from reports.page.mail import Envelope, MailAddress, RenderedReport, build_mail, message_id
from reports.page.messages.page_sentences import load_messages
from reports.page.render import render_page
from reports.page.view import PageView


@dataclass(frozen=True, slots=True)
class ReportVariant:
    """For whom a report is worded: the language, how people are named, and which revision it is."""

    language: Language
    names: Names = "names"
    revision: int = 1


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The files of a report that was written without sending it."""

    page: Path
    text: Path
    mail: Path


class ReportService:
    """Makes reports from one store with one configuration.

    `folder` holds a team's own templates, `words` its own sentences; both may be missing.
    """

    def __init__(
        self, config: Config, store: Store, *, folder: Path | None = None, words: Path | None = None
    ) -> None:
        self._config = config
        self._store = store
        self._folder = folder
        self._words_folder = words
        self._words: dict[Language, MessageCatalogue] = {}
        self._folders = team_folders(team.name for team in config.teams)

    def report(self, team: TeamSettings, period: Period, now: datetime) -> WeeklyReport:
        """Return a team's report of a period."""
        return self.report_of(self.inputs(team, period, now))

    def report_of(self, inputs: ReportInputs) -> WeeklyReport:
        """Return the report that is made from these inputs."""
        return weekly_report(inputs)

    def inputs(self, team: TeamSettings, period: Period, now: datetime) -> ReportInputs:
        """Return what a team's report of a period is made from."""
        return load_inputs(
            self._store,
            report_team(team),
            period,
            rules=self._config.report.method(),
            now=now,
            sources=[source.name for source in self._config.sources if source.team == team.name],
        )

    def view(self, report: WeeklyReport, variant: ReportVariant, now: datetime) -> PageView:
        """Return a report in words, with the notes behind its statements and their history."""
        notes = self._notes(report)
        setting, words = self._setting(report, variant, now), self._words_of(variant.language)
        return page_view(
            report, words, setting=setting, notes=notes, versions=self._versions(notes)
        )

    def _setting(self, report: WeeklyReport, variant: ReportVariant, now: datetime) -> PageOptions:
        return PageOptions(
            names=variant.names,
            url=self._url(report, variant),
            reply_to=self._config.mail.reply_to or self._config.mail.from_,
            revision=variant.revision,
            archived=bool(self._config.archive.folder) and self._is_kept(variant),
            made=now.astimezone(ZoneInfo(self._config.team(report.scope.team).timezone)),
        )

    def preview(self, report: WeeklyReport, variant: ReportVariant, now: datetime) -> PageView:
        """Return the Friday preview of a report, for the team itself."""
        return preview_view(
            report, self._words_of(variant.language), setting=self._setting(report, variant, now)
        )

    def several(
        self,
        reports: Sequence[WeeklyReport],
        variant: ReportVariant,
        now: datetime,
        *,
        inputs: Iterable[ReportInputs],
    ) -> PageView:
        """Return one view for a leader of several teams, with learnings that another team could
        use.

        `inputs` are what the reports were made from.
        """
        hidden = variant.names != "names"
        own = [
            "" if hidden and self._is_named_elsewhere(one, variant) else self._url(one, variant)
            for one in reports
        ]
        teams = [TeamReport(report, url) for report, url in zip(reports, own, strict=True)]
        setting = replace(self._setting(reports[0], variant, now), url="")
        shared = shared_learnings(list(inputs))
        return multi_team_view(
            teams, self._words_of(variant.language), setting=setting, shared=shared
        )

    def playbook(
        self, team: TeamSettings, notes: Iterable[StoredNote], now: datetime
    ) -> TeamPlaybook:
        """Return a team's playbook from all its notes."""
        about, week = (
            report_team(team),
            Week.containing(now.astimezone(ZoneInfo(team.timezone)).date()),
        )
        inputs = ReportInputs(about, week, self._config.report.method(), now, tuple(notes))
        return TeamPlaybook(team.name, whole_playbook(build_log(inputs)))

    def playbook_files(
        self, books: Sequence[TeamPlaybook], language: Language, day: date
    ) -> tuple[str, str]:
        """Return playbooks as (a page, Markdown).

        Raises:
            RenderError: a template fails.
        """
        words = self._words_of(language)
        page = render_page(playbook_view(books, words, day=day), folder=self._folder)
        return page, playbook_markdown(books, words, day=day)

    def mail(  # noqa: PLR0913  what an envelope is made of
        self,
        view: PageView,
        report: WeeklyReport,
        kind: str,
        *,
        to: Sequence[MailAddress],
        now: datetime,
        scope: str = "",
        references: str = "",
    ) -> RenderedReport:
        """Return the mail of a view; the same view, readers and instant give the same bytes.

        `scope` is the report's team where it is not one of several; `references` the mail that this
        one corrects.
        """
        sender = MailAddress(self._config.mail.from_, self._config.mail.from_name)
        domain = sender.address.rpartition("@")[2]
        period, scope = str(report.scope.period), scope or report.scope.team
        readers = ",".join(one.address for one in to)
        variant = f"{scope}/{period}/{kind}/{view.id}/{view.language}/{readers}"
        envelope = Envelope(
            sender=sender,
            to=tuple(to),
            message_id=message_id(variant, kind=kind, period=period, domain=domain),
            date=now,
            reply_to=self._config.mail.reply_to or "",
            references=references,
            list_id=f"{kind}.loopnote.{domain}",
            unsubscribe=self._config.mail.unsubscribe or self._config.operator.address or "",
        )
        return build_mail(view, envelope, folder=self._folder)

    def write(
        self,
        report: WeeklyReport,
        variant: ReportVariant,
        now: datetime,
        *,
        out: Path,
        kind: ReportKind = "weekly",
    ) -> ReportFiles:
        """Write page, text and mail into a folder and return where they are.

        Raises:
            RenderError: a template fails, or the folder cannot be written.
        """
        view = (self.preview if kind == "preview" else self.view)(report, variant, now)
        readers = [MailAddress(one.address, one.name) for one in self._readers(report.scope.team)]
        mail = self.mail(
            view, report, kind, to=readers or [MailAddress("nobody@example.invalid")], now=now
        )
        stem = f"{report.scope.period}-{slug(report.scope.team)}-{variant.language}"
        stem += "-preview" if kind == "preview" else ""
        written = ReportFiles(out / f"{stem}.html", out / f"{stem}.txt", out / f"{stem}.eml")
        try:
            out.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(written.page, mail.page)
            write_private(written.text, mail.page_text)
            write_private(written.mail, mail.eml)
        except OSError as error:
            raise RenderError(
                f"{out} cannot be written: {error.strerror}", hint="name another folder with --out"
            ) from error
        return written

    def _readers(self, team: str) -> list[RecipientSettings]:
        wanted = self._config.team(team)
        return [one for one in self._config.recipients if wanted in self._config.teams_of(one)]

    def behind(self, reports: Sequence[WeeklyReport]) -> tuple[tuple[str, int], ...]:
        """Return the present (id, version) of every note behind the reports' statements, by id."""
        return tuple(
            sorted(
                {
                    (stored.id, stored.version)
                    for report in reports
                    for stored in self._notes(report).values()
                }
            )
        )

    def quiet(self, language: Language) -> IgnoredText:
        """Return the parts of a report's text that depend on the day it is made."""
        words = self._words_of(language)
        row = words.entries.get("place.row", "")
        pattern = (
            re.escape(row if isinstance(row, str) else "")
            .replace(r"\{tab\}", ".+?")
            .replace(r"\{row\}", r"\d+")
        )
        headings = {words("data.title"), words("page_label.places")}
        return IgnoredText(frozenset(headings), re.compile(pattern) if pattern else None)

    def _notes(self, report: WeeklyReport) -> Mapping[str, StoredNote]:
        ids = evidence_ids(report)
        return (
            {stored.id: stored for stored in self._store.notes(ids=ids, include_gone=True)}
            if ids
            else {}
        )

    def _versions(self, notes: Mapping[str, StoredNote]) -> dict[str, Sequence[Version]]:
        return {note_id: self._store.versions(note_id) for note_id in notes}

    def _words_of(self, language: Language) -> MessageCatalogue:
        if language not in self._words:
            self._words[language] = load_messages(language, self._words_folder)
        return self._words[language]

    def _url(self, report: WeeklyReport, variant: ReportVariant) -> str:
        """Return where the archive keeps the page.

        A reader without names is never led to one that names people.
        """
        base = self._config.archive.base_url if self._is_kept(variant) else None
        folder, period = self._folders[report.scope.team], str(report.scope.period)
        page = report_page(folder, period)
        if self._is_named_elsewhere(report, variant):
            page = edition_page(
                folder, period, f"{variant.language}-{variant.names}-r{variant.revision}"
            )
        return f"{base.rstrip('/')}/{href('', page)}" if base else ""

    def _is_kept(self, variant: ReportVariant) -> bool:
        """Return whether an archive keeps a page that shows as much of names as this variant."""
        return NAMES.index(variant.names) >= NAMES.index(self._config.archive.names)

    def _is_named_elsewhere(self, report: WeeklyReport, variant: ReportVariant) -> bool:
        """Return whether another variant shows more names, so that the archive shows that one
        first.
        """
        kept = NAMES.index(self._config.archive.names)
        said = [NAMES.index(one.names) for one in self._readers(report.scope.team)]
        return min((one for one in said if one >= kept), default=kept) < NAMES.index(variant.names)


def report_team(team: TeamSettings) -> ReportTeam:
    """Return a team of the configuration as the method takes it."""
    better: dict[str, BetterDirection] = {
        one.name: "down" if one.lower_is_better else "up"
        for one in team.metrics
        if one.lower_is_better is not None
    }
    bhag = team.bhag
    return ReportTeam(
        name=team.name,
        timezone=team.timezone,
        language=team.language,
        key_people=tuple(KeyPerson(name, days) for name, days in team.key_people.items()),
        better=better,
        deferred={one.name: one.judge_from for one in team.metrics if one.judge_from},
        metrics={
            one.name: MetricFacts(one.role, one.rank or place, one.target, one.unit)
            for place, one in enumerate(team.metrics, start=1)
        },
        key_metric=team.key_metric,
        bhag_metric=bhag.metric if bhag else "",
        bhag_from=bhag.from_ if bhag else None,
        bhag_to=bhag.to if bhag else None,
        bhag_start=bhag.start if bhag else None,
        bhag_end=bhag.end if bhag else None,
        spellings=tuple(dict.fromkeys((*team.aliases, *team.aliases.values()))),
    )
