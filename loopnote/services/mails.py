"""Mail composition: the mails that are due, made from the reports."""

from collections.abc import Callable, Sequence
from datetime import datetime

from loopnote.config.model import Config, TeamSettings
from loopnote.delivery.send import BuiltMail, NothingToSend
from notes.messages.catalogue import language_named
from notes.model.deliveries import ALL_TEAMS, DueMail, Message
from notes.model.report_keys import Audience, ReportKey
from notes.store.delivery.asked_decisions import asked_facts
from notes.store.delivery.ledger import Deliveries
from reports.analysis.records.report_record import WeeklyReport
from reports.analysis.summary.asked_before import asked_of
from reports.page.mail import MailAddress
from reports.page.view import PageView

from .reports import ReportService, ReportVariant
from .subscriptions import subscriptions
from .team_reports import TeamReports


class MailBuilder:
    """Builds the mails of one sending, each team's report once.

    A correction refers to the mail that it corrects.
    """

    def __init__(
        self,
        config: Config,
        report_service: ReportService,
        ledger: Deliveries,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._config = config
        self._report_service = report_service
        self._reports = TeamReports(report_service)
        self._ledger = ledger
        self._clock = clock

    def __call__(self, due: DueMail, revision: int) -> BuiltMail | NothingToSend:
        """Return the mail, or why there is none."""
        now = self._clock()
        reports = [self._reports.report(team, due.period, now) for team in self._teams(due)]
        if all(report.data.all_failed for report in reports) and not self._tells_of_it(due, now):
            step = "mend the source (see `loopnote doctor`); a run of the same day then sends it"
            return NothingToSend("no source could be read", final=False, hint=step)
        if due.kind == "preview" and not reports[0].fixes:
            return NothingToSend("nothing is missing")
        mail = self._report_service.mail(
            self._view(due, reports, revision, now=now),
            reports[0],
            due.kind,
            to=self._readers(due),
            now=now,
            scope=due.scope,
            references=self._corrected(due, revision),
        )
        return BuiltMail(
            Message(
                id=mail.message_id,
                language=due.language,
                audience=due.audience,
                subject=mail.subject,
                body=mail.eml,
                date=now,
                page=mail.page,
                notes=self._report_service.behind(reports),
            ),
            asked_facts({one.scope.team: asked_of(one, now) for one in reports}),
        )

    def _tells_of_it(self, due: DueMail, now: datetime) -> bool:
        """Return whether a leader hears that nothing of his teams could be read.

        Not where no team of all could be read: then the operator hears of it (method §11). But
        where another's leader gets a mail, his own is no quiet week either.
        """
        if due.kind == "preview":
            return False
        own = {team.name for team in self._teams(due)}
        others = (team for team in self._config.teams if team.name not in own)
        return any(
            not self._reports.report(team, due.period, now).data.all_failed for team in others
        )

    def _teams(self, due: DueMail) -> Sequence[TeamSettings]:
        if due.scope != ALL_TEAMS:
            return [self._config.team(due.scope)]
        return next(
            self._config.teams_of(one)
            for one in self._config.recipients
            if one.address == due.address
            and (one.every == "month") == (due.kind == "monthly")
            and len(self._config.teams_of(one)) > 1
        )

    def _view(
        self, due: DueMail, reports: Sequence[WeeklyReport], revision: int, *, now: datetime
    ) -> PageView:
        variant = ReportVariant(
            language_named(due.language), Audience.parse(due.audience).names, revision
        )
        if due.scope == ALL_TEAMS:
            inputs = (self._reports.inputs(team, due.period, now) for team in self._teams(due))
            return self._report_service.several(reports, variant, now, inputs=inputs)
        return (
            self._report_service.preview if due.kind == "preview" else self._report_service.view
        )(reports[0], variant, now)

    def _corrected(self, due: DueMail, revision: int) -> str:
        before = self._ledger.kept(
            str(ReportKey(due.report, revision - 1)), due.language, due.audience
        )
        return before.id if before else ""

    def _readers(self, due: DueMail) -> list[MailAddress]:
        """Return all recipients of the same bytes.

        The mail shows them all, so that reply-all works.
        """
        same = [
            one
            for one in subscriptions(self._config, scopes={due.scope})
            if (one.kind, one.scope, one.language, one.audience)
            == (due.kind, due.scope, due.language, due.audience)
        ]
        names = {recipient.address: recipient.name for recipient in self._config.recipients}
        return [MailAddress(one.address, names.get(one.address, "")) for one in same]
