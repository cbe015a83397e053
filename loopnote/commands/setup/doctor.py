"""`doctor`: builds the inputs of the checks from the configuration."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from loopnote.alerts.doctor import Checkable, DoctorInputs, run_checks
from loopnote.commands.reading.columns import override_findings
from loopnote.commands.run_state.remote_time import remote_time
from loopnote.delivery.holidays import public_holidays
from loopnote.services.subscriptions import subscriptions
from loopnote.services.wiring import Progress, Wiring
from notes.model.findings import Finding
from sync.pulls.child_process import Limits, in_child
from sync.source import Source

from .doctor_workers import check_workers


def check(wiring: Wiring, *, progress: Progress) -> Iterator[Finding]:
    """Run all checks; yield the findings."""
    config, country = wiring.config, wiring.config.schedule.holidays
    premises = DoctorInputs(
        now=wiring.clock(),
        config=wiring.loaded.path,
        open_store=wiring.open_store,
        sources=[
            (settings.name, _maker(wiring, settings.name, progress)) for settings in config.sources
        ],
        overrides=lambda name: override_findings(
            wiring, wiring.sources(name)[0], progress=progress
        ),
        templates=[(team.name, _rehearsal(wiring, team.name)) for team in config.teams],
        transport=wiring.transport,
        subscriptions=subscriptions(config),
        holiday=lambda: public_holidays([country] if country else []),
        private=_secret_files(wiring),
        folders=wiring.loaded.written_folders(),
        remote_time=lambda: remote_time(wiring),
        operator=config.operator.address or "",
        ping_url=config.operator.ping_url or "",
        outbox=wiring.loaded.resolve(config.mail.folder)
        if config.mail.transport == "folder"
        else None,
    )
    yield from run_checks(premises)
    yield from check_workers(wiring)


@dataclass(frozen=True, slots=True)
class _CheckedApart:
    """A source whose check reads in a child process: a bad file must not end `doctor`."""

    source: Source
    limits: Limits

    def check(self) -> list[Finding]:
        return in_child(self.source.check, self.limits, name=self.source.name)


def _maker(wiring: Wiring, name: str, progress: Progress) -> Callable[[], Checkable]:
    def make() -> Checkable:
        progress(name)
        return _CheckedApart(wiring.source(wiring.sources(name)[0], progress), wiring.limits())

    return make


def _rehearsal(wiring: Wiring, team: str) -> Callable[[], object]:
    """Return a call that makes a team's last report, to see that its templates and words work."""

    def render() -> object:
        from loopnote.services.reports import ReportVariant
        from reports.page.mail import MailAddress

        now, settings = wiring.clock(), wiring.team(team)
        with wiring.store() as store:
            report_service = wiring.report_service(store)
            report = report_service.report(settings, wiring.last_week(team), now)
            view = report_service.view(report, ReportVariant(settings.language), now)
            return report_service.mail(
                view, report, "weekly", to=[MailAddress("doctor@example.invalid")], now=now
            )

    return render


def _secret_files(wiring: Wiring) -> list[Path]:
    config = wiring.config
    named = [
        config.mail.password_file,
        config.notion.token_file,
        config.google.service_account_file,
        config.google.token_file,
        config.google.client_file,
        *(one.token_file for one in config.notion.accounts.values()),
        *(one.service_account_file for one in config.google.accounts.values()),
        *(one.token_file for one in config.google.accounts.values()),
    ]
    return [wiring.loaded.resolve(name) for name in named if name]
