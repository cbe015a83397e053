"""What is due, what a person asks to send, and how things stand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from loopnote.due import due, next_due
from loopnote.editor import Edition
from loopnote.mail import ALL_TEAMS, Alarm, Appointment, Delivery, Due
from loopnote.notes import SourceHealth
from loopnote.postroom import Maker, appointments, operator
from loopnote.public_holidays import public_holidays
from loopnote.reporting import Office, Round, send_again, send_correction, send_period
from loopnote.rounds import House, RoundResult, run_round
from loopnote.store.alarms import Alarms
from loopnote.store.deliveries import Deliveries
from loopnote.store.run_lock import run_lock
from loopnote.store.run_table import RunRecord
from loopnote.store.store import Store
from loopnote.weeks import Month, Period
from loopnote.wiring import Progress, Wiring
from reports.delivery.deliver import send_copy
from reports.delivery.transport import Handover, Parcel
from reports.page.mail import Person

from .archiving import after_a_round
from .keeping import tidy
from .reading import pull_stale
from .recording import recorded


def run(wiring: Wiring, *, progress: Progress, stop: Callable[[], bool] = lambda: False) -> RoundResult | None:
    """Do what is due now: sync, mails, the operator's news; None when another run is at it.

    Raises:
        StoreError: the store cannot be read or written.
    """
    with wiring.store() as store, run_lock(store.database) as mine:
        if not mine:
            return None
        with recorded(wiring, store, "run") as record:
            result = run_round(_house(wiring, store, record.run_id, progress, stop))
            record.ok = result.ok
            tidy(wiring, store)
            return result


def due_now(wiring: Wiring) -> list[Due]:
    """Return the mails that a run would send now, as far as the ledger alone can tell."""
    country = wiring.config.schedule.holidays
    with wiring.store() as store:
        ledger = Deliveries(store.database).latest()
    return due(wiring.clock(), appointments(wiring.config), ledger, public_holidays([country] if country else []))


def send(
    wiring: Wiring, *, team: str, period: Period | None, resend: str, correct: bool, progress: Progress
) -> Round | None:
    """Send a period's reports now to whoever has not got them; with `resend` again to that one reader.

    With `correct` a new revision goes to whoever has the report, and says that it corrects.

    None when another run is at it.
    """
    with wiring.store() as store, run_lock(store.database) as mine:
        if not mine:
            return None
        progress("…")
        with recorded(wiring, store, "send") as record:
            office, wanted = _office(wiring, store, record.run_id), _wanted(wiring, team, resend)
            about = {one: period or _last(wiring, one) for one in wanted}
            act = send_correction if correct else send_again if resend else send_period
            rounds = [
                act(office, [one for one in wanted if about[one] == each], each)
                for each in dict.fromkeys(about.values())
            ]
            record.ok = all(one.ok for one in rounds)
    return Round(
        tuple(line for one in rounds for line in one.delivered),
        tuple(line for one in rounds for line in one.failures),
        tuple(line for one in rounds for line in one.skipped),
        tuple(line for one in rounds for line in one.abandoned),
    )


@dataclass(frozen=True, slots=True)
class Copy:
    """A test copy of a team's report, and what became of it."""

    team: str
    handover: Handover


def send_copies(wiring: Wiring, address: str, *, team: str, period: Period | None) -> Iterator[Copy]:
    """Send each team's report to one address as a test; the ledger stays as it is."""
    now = wiring.clock()
    with wiring.store() as store:
        editor = wiring.editor(store)
        for settings in wiring.teams(team):
            report = editor.report(settings, period or wiring.last_week(settings.name), now)
            view = editor.view(report, Edition(settings.language), now)
            mail = editor.mail(view, report, "copy", [Person(address)], now)
            parcel = Parcel(f"{settings.name}/{report.scope.period}/copy", address, mail.eml)
            yield Copy(settings.name, send_copy(wiring.transport(), parcel))


def to_send(wiring: Wiring, *, team: str, period: Period | None) -> Iterator[tuple[Appointment, Period]]:
    """Yield what `send` would send, to whom and about which period."""
    for one in _wanted(wiring, team, ""):
        yield one, period or _last(wiring, one)


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: sources, the latest deliveries and runs, what comes next, and the troubles that are open."""

    now: datetime
    health: tuple[SourceHealth, ...]
    deliveries: tuple[Delivery, ...]
    runs: tuple[RunRecord, ...]
    next: Due | None
    alarms: tuple[Alarm, ...] = ()


def standing(wiring: Wiring) -> Standing:
    """Return how things stand."""
    now = wiring.clock()
    with wiring.store() as store:
        ledger = Deliveries(store.database)
        return Standing(
            now,
            tuple(store.health([(source.name, source.team) for source in wiring.config.sources])),
            tuple(ledger.lines(limit=20)),
            tuple(store.runs(limit=5)),
            next_due(now, appointments(wiring.config), ledger.latest()),
            tuple(Alarms(store.database).open()),
        )


def _wanted(wiring: Wiring, team: str, address: str) -> list[Appointment]:
    if team:
        wiring.team(team)
    return [
        one
        for one in appointments(wiring.config)
        if one.kind != "preview" and team in {"", one.scope} and address in {"", one.address}
    ]


def _last(wiring: Wiring, appointment: Appointment) -> Period:
    team = wiring.config.teams[0].name if appointment.scope == ALL_TEAMS else appointment.scope
    week = wiring.last_week(team)
    return Month.containing(week.last).back() if appointment.kind == "monthly" else week


def _office(wiring: Wiring, store: Store, run_id: str, stop: Callable[[], bool] = lambda: False) -> Office:
    ledger = Deliveries(store.database)
    return Office(
        ledger=ledger,
        transport=wiring.transport(),
        make=Maker(wiring.config, wiring.editor(store), ledger, wiring.clock),
        clock=wiring.clock,
        run_id=run_id,
        stop=stop,
    )


def _house(wiring: Wiring, store: Store, run_id: str, progress: Progress, stop: Callable[[], bool]) -> House:
    config = wiring.config
    country = config.schedule.holidays
    return House(
        database=store.database,
        office=_office(wiring, store, run_id, stop),
        appointments=appointments(config),
        pull=lambda: pull_stale(wiring, store, run_id, progress),
        health=lambda: store.health([(source.name, source.team) for source in config.sources]),
        operator=operator(config),
        holiday=public_holidays([country] if country else []),
        stale_after={source.name: timedelta(days=source.stale_after_days) for source in config.sources},
        archive=lambda sent: after_a_round(wiring, store, progress, sent=sent),
    )
