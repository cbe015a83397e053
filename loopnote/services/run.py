"""One run: pull, send, update the archive, alert, ping. `schedule` repeats it.

    pull the sources ─► send what is due ─► update the archive ─► look what is wrong ─► tell the
    operator ─► ping

The round holds the run lock (see `notes.store.tables.run_lock`); whoever does not get it has
nothing to do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from loopnote.alerts.conditions import (
    EVENTS,
    FAILING,
    Alert,
    AlertChanges,
    AlertInputs,
    Failure,
    LoginCheck,
    WorkInputs,
    find_alerts,
    is_login_due,
    news,
    with_work,
)
from loopnote.delivery.clock_jump import is_far
from loopnote.delivery.due import (
    LOOK_BACK,
    Holiday,
    Ledger,
    missed,
    next_due,
    no_holidays,
    overdue,
)
from loopnote.delivery.send import DeliveryContext, DeliveryResult, send_due
from notes.model.deliveries import Alarm, DueMail, Subscription, written_file
from notes.model.errors import LoopnoteError
from notes.model.notes import PAGE_LANGUAGE, Language, SourceHealth
from notes.store.database import Database
from notes.store.delivery.alarms import Alarms, Heartbeats
from notes.store.tables.run_lock import LockHolder
from notes.system.clock import utc_minute
from reports.delivery.transport import OutgoingMail, Transport

if TYPE_CHECKING:  # pulling loads the readers; an idle run pulls nothing (ADR 0410)
    from sync.pulls.pull import PullResult

_SUBSCRIPTION = "appointment "
_MISSED_TOLD = "missed"
"""The sign of life of the last round after which the operator knew of all mails that were missed.
"""
_LONGEST_LOOK_BACK = timedelta(days=400)
"""Missed mails are counted back to here: what is older than a year changes nothing any more."""


@dataclass(frozen=True, slots=True)
class OperatorContact:
    """Where alerts go; an `address` of "" means nowhere.

    `ping` calls the ping URL with whether all is well. `called` is how whoever reads a mail calls
    loopnote, from any folder.
    """

    address: str = ""
    language: Language = PAGE_LANGUAGE
    sender: str = "loopnote@localhost"
    ping: Callable[[bool], str] = field(default=lambda _ok: "")
    called: str = "loopnote"


@dataclass(frozen=True, slots=True)
class RunContext:
    """The dependencies of a run besides those of sending.

    `stale_after` is by source. `archive` brings the archive up to date after the mails (it is told
    whether any went out) and returns why it could not; nobody waits for it. `clock_is_right` is
    asked where the clock is far from the last run: whether a service or a person says so. `work` is
    what is known of workers, where there are some.
    """

    database: Database
    delivery: DeliveryContext
    subscriptions: Sequence[Subscription]
    pull: "Callable[[], Sequence[PullResult]]"
    health: Callable[[], Sequence[SourceHealth]]
    operator: OperatorContact = OperatorContact()
    holiday: Holiday = no_holidays
    stale_after: Mapping[str, timedelta] = field(default_factory=dict)
    archive: Callable[[bool], Failure | None] = field(default=lambda _sent: None)
    clock_is_right: Callable[[datetime], bool] = field(default=lambda _now: False)
    work: Callable[[], WorkInputs] = field(default=WorkInputs)


@dataclass(frozen=True, slots=True)
class Notification:
    """What was news, whether the operator got a mail about it, and why not where there should have
    been one.

    `written` is the file that the mail was written into where mails do not leave this machine.
    """

    changes: AlertChanges
    mailed: bool = False
    fault: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class RunResult:
    """The result of a run.

    The mails, what is wrong at its end, what the operator was told, and what comes next.
    """

    sent: DeliveryResult
    alerts: tuple[Alert, ...]
    notification: Notification
    next: DueMail | None
    pulled: "tuple[PullResult, ...]" = ()

    @property
    def stood_still(self) -> bool:
        """Whether nothing was done because the clock is far from the last run's."""
        return any(one.id == "clock.jumped" for one in self.alerts)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong that the operator has to hear of."""
        return _all_is_well(self.sent, self.alerts, self.notification)

    @property
    def all_read(self) -> bool:
        """Whether each source that was pulled in this round was read, and understood."""
        return all(one.ok and one.understood for one in self.pulled)


@dataclass(frozen=True, slots=True)
class BusyRun:
    """Another process is at it: which, and what the operator was told where that has been too
    long.
    """

    holder: LockHolder | None
    alert: Alert | None = None
    notification: Notification | None = None


def run_once(context: RunContext) -> RunResult:
    """Do one run; the caller holds the run lock.

    Nothing but saying so is done where the clock is far from the last run's (ADR 0814).

    Raises:
        StoreError: the store cannot be read or written.
    """
    return _if_clock_is_right(context, lambda heartbeats: _run(context, heartbeats))


def watch_once(context: RunContext, work: WorkInputs) -> RunResult:
    """Look what is wrong and tell the operator, where workers pull and send.

    Raises:
        StoreError: the store cannot be read or written.
    """
    return _if_clock_is_right(
        context, lambda heartbeats: _look(context, heartbeats, DeliveryResult(), work=work)
    )


def _if_clock_is_right(context: RunContext, act: Callable[[Heartbeats], RunResult]) -> RunResult:
    heartbeats, now = Heartbeats(context.database), context.delivery.clock()
    believed = heartbeats.last("run")
    if is_far(now, believed) and not context.clock_is_right(now):
        return _stand_still(context, now, believed or now)
    heartbeats.record_beat("run", now)
    return act(heartbeats)


def _stand_still(context: RunContext, now: datetime, believed: datetime) -> RunResult:
    facts = {"now": f"{utc_minute(now)} UTC", "last": f"{utc_minute(believed)} UTC"}
    alert = Alert("clock.jumped", "clock", facts=facts)
    notification = tell_alone(context, alert, now)
    context.operator.ping(False)
    return RunResult(sent=DeliveryResult(), alerts=(alert,), notification=notification, next=None)


def tell_alone(context: RunContext, alert: Alert, now: datetime) -> Notification:
    """Tell the operator of one trouble, where nothing else was looked at; what is open stays so."""
    others = {one.id for one in Alarms(context.database).open()} - {alert.id}
    return _tell(context, [alert], now, unseen=tuple(others))


def _run(context: RunContext, heartbeats: Heartbeats) -> RunResult:
    pulled = tuple(context.pull())
    sent = send_due(context.delivery, context.subscriptions, context.holiday)
    fault = context.archive(bool(sent.delivered))
    broken = frozenset(one.source for one in pulled if not one.ok and not one.passing)
    work = replace(context.work(), archive=fault, broken=broken)
    return replace(_look(context, heartbeats, sent, work=work), pulled=pulled)


def _look(
    context: RunContext, heartbeats: Heartbeats, sent: DeliveryResult, *, work: WorkInputs
) -> RunResult:
    now = context.delivery.clock()
    ledger = context.delivery.ledger.latest()
    following = next_due(now, context.subscriptions, ledger, holiday=context.holiday)
    login = _try_login(context, heartbeats, now, following=following, sent=sent)
    facts = _facts(context, heartbeats, now, ledger=ledger, sent=sent, login=login)
    found = find_alerts(with_work(facts, work))
    notification = _tell(context, found, now, unseen=() if login is not None else ("mail.login",))
    if not notification.fault:
        heartbeats.record_beat(_MISSED_TOLD, now)
    context.operator.ping(_all_is_well(sent, found, notification))
    return RunResult(
        sent=sent,
        alerts=tuple(found),
        notification=notification,
        next=following,
    )


def _all_is_well(sent: DeliveryResult, found: Sequence[Alert], notification: Notification) -> bool:
    # An event (a refused address) counts in the round that finds it, not in every round until
    # somebody has seen to it.
    lasting = [one for one in found if one.id not in EVENTS]
    return sent.ok and not lasting and not notification.changes.started and not notification.fault


def _facts(
    context: RunContext,
    heartbeats: Heartbeats,
    now: datetime,
    *,
    ledger: Ledger,
    sent: DeliveryResult,
    login: LoginCheck | None,
) -> AlertInputs:
    week = _missed(context, heartbeats, now, ledger=ledger, look_back=LOOK_BACK)
    return AlertInputs(
        now=now,
        ledger=ledger,
        late=overdue(now, context.subscriptions, ledger, holiday=context.holiday),
        missed=week,
        missed_long=_missed_long(context, heartbeats, now, ledger=ledger, week=week),
        failures=[Failure(one.due.report, one.message, one.hint) for one in sent.failures],
        sources=context.health(),
        stale_after=context.stale_after,
        login=login,
        broken=frozenset(
            one.subject for one in Alarms(context.database).open() if one.id == FAILING
        ),
    )


def _missed_long(
    context: RunContext,
    heartbeats: Heartbeats,
    now: datetime,
    *,
    ledger: Ledger,
    week: Sequence[DueMail],
) -> list[DueMail]:
    """Return what was missed before the last week, since the operator was last told what was,
    by time.
    """
    told = heartbeats.last(_MISSED_TOLD)
    if told is None or now - told <= LOOK_BACK:
        return []
    before = min(now - told + LOOK_BACK, _LONGEST_LOOK_BACK)
    recent = {(one.report, one.address) for one in week}
    every = _missed(context, heartbeats, now, ledger=ledger, look_back=before)
    earlier = [one for one in every if one.until > told and (one.report, one.address) not in recent]
    return sorted(earlier, key=lambda one: (one.at, one.address))


def _missed(
    context: RunContext,
    heartbeats: Heartbeats,
    now: datetime,
    *,
    ledger: Ledger,
    look_back: timedelta,
) -> list[DueMail]:
    """Return what was due and did not go out, each only since its subscription has been known."""
    names = {_name(one): one for one in context.subscriptions}
    since = heartbeats.known_since(_SUBSCRIPTION, names, now)
    return [
        due
        for name, subscription in names.items()
        for due in missed(
            now,
            since[name],
            [subscription],
            ledger=ledger,
            holiday=context.holiday,
            look_back=look_back,
        )
    ]


def _name(one: Subscription) -> str:
    return f"{one.kind} {one.scope} {one.address} {one.send_at} {one.timezone} {one.country}"


def _try_login(
    context: RunContext,
    heartbeats: Heartbeats,
    now: datetime,
    *,
    following: DueMail | None,
    sent: DeliveryResult,
) -> LoginCheck | None:
    if any(one.state == "sent" for one in sent.delivered):
        return LoginCheck()
    if not is_login_due(now, following.at if following else None, heartbeats.last("mail.login")):
        return None
    heartbeats.record_beat("mail.login", now)
    faults = [finding for finding in context.delivery.transport.check() if finding.level == "error"]
    return LoginCheck(faults[0].message, faults[0].hint) if faults else LoginCheck()


def _tell(
    context: RunContext, found: Sequence[Alert], now: datetime, *, unseen: Sequence[str]
) -> Notification:
    alarms = Alarms(context.database)
    alarms.start(Alarm(one.id, one.subject, now) for one in found)
    changes = news(found, alarms.open(), unseen=unseen)
    alarms.end(changes.closed, now)
    if not changes.worth_a_mail:
        return Notification(changes)
    operator, transport = context.operator, context.delivery.transport
    fault, written = (
        send_to_operator(operator, transport, changes, now=now) if operator.address else ("", "")
    )
    if fault:
        return Notification(changes, fault=fault)
    alarms.told((Alarm(one.id, one.subject, now) for one in changes.started), now)
    alarms.end(changes.recovered, now)
    mailed = bool(operator.address) and not written
    return Notification(changes, mailed=mailed, written=written)


def send_to_operator(
    operator: OperatorContact, transport: Transport, changes: AlertChanges, *, now: datetime
) -> tuple[str, str]:
    """Mail an operator who has an address; return (why it could not be sent, the file it was
    written into).

    Raises:
        RenderError: a template fails.
    """
    # It makes pages: much to load for a run that is well.
    from loopnote.alerts.alert_mail import operator_mail

    body = operator_mail(
        changes,
        sender=operator.sender,
        to=operator.address,
        language=operator.language,
        now=now,
        called=operator.called,
    )
    try:
        with transport:
            transport.ready()
            send_result = transport.send(
                OutgoingMail(f"operator/{now:%Y-%m-%dT%H%M}", operator.address, body)
            )
    except LoopnoteError as error:
        return str(error), ""
    if send_result.state not in {"sent", "unknown"}:
        return send_result.reply or send_result.state, ""
    return "", written_file(send_result.state, send_result.reply)
