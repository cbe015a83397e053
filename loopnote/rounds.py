"""One round: what `loopnote run` does, and what `loopnote schedule` does again and again.

    pull the sources ─► send what is due ─► update the archive ─► look what is wrong ─► tell the operator ─► ping

The round holds the run lock (see `loopnote.store.run_lock`); whoever does not get it has nothing to do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from loopnote.due import Holiday, missed, next_due, no_holidays, waiting
from loopnote.errors import LoopnoteError
from loopnote.mail import Alarm, Appointment, Due
from loopnote.notes import Language, SourceHealth
from loopnote.operator_mail import operator_mail
from loopnote.reporting import Office, Round, send_due
from loopnote.store.alarms import Alarms, Beats
from loopnote.store.database import Database
from loopnote.watch import EVENTS, Facts, News, Trouble, login_due, news, troubles
from reports.delivery.transport import Parcel

_APPOINTMENT = "appointment "


@dataclass(frozen=True, slots=True)
class Operator:
    """Who hears of trouble; `address` "" is nobody. `ping` calls the ping URL with whether all is well."""

    address: str = ""
    language: Language = "ko"
    sender: str = "loopnote@localhost"
    ping: Callable[[bool], str] = field(default=lambda _ok: "")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be done: with what, why, and the next step."""

    subject: str
    what: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What a round works with besides the office.

    `stale_after` is by source. `archive` brings the archive up to date after the mails (it is told whether any went
    out) and returns why it could not; nobody waits for it.
    """

    database: Database
    office: Office
    appointments: Sequence[Appointment]
    pull: Callable[[], None]
    health: Callable[[], Sequence[SourceHealth]]
    operator: Operator = Operator()
    holiday: Holiday = no_holidays
    stale_after: Mapping[str, timedelta] = field(default_factory=dict)
    archive: Callable[[bool], Fault | None] = field(default=lambda _sent: None)


@dataclass(frozen=True, slots=True)
class Told:
    """What was news, whether the operator got a mail about it, and why not where there should have been one."""

    news: News
    mailed: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What came of a round: the mails, what is wrong at its end, what the operator was told, and what comes next."""

    sent: Round
    troubles: tuple[Trouble, ...]
    told: Told
    pinged: str
    next: Due | None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; else the exit code is 1."""
        return _all_is_well(self.sent, self.troubles, self.told)


def run_round(house: House) -> RoundResult:
    """Do one round, for whoever holds the run lock.

    Raises:
        StoreError: the store cannot be read or written; the ping URL has heard of it.
    """
    try:
        result = _round(house)
    except BaseException:
        house.operator.ping(False)
        raise
    return result


def _round(house: House) -> RoundResult:
    beats = Beats(house.database)
    beats.beat("run", house.office.clock())
    house.pull()
    sent = send_due(house.office, house.appointments, house.holiday)
    fault = house.archive(bool(sent.delivered))
    now = house.office.clock()
    ledger = house.office.ledger.latest()
    following = next_due(now, house.appointments, ledger, house.holiday)
    login = _try_login(house, beats, now, following, sent)
    found = troubles(replace(_facts(house, beats, now, sent, login), archive=_as_facts(fault)))
    told = _tell(house, found, now, unseen=() if login is not None else ("mail.login",))
    pinged = house.operator.ping(_all_is_well(sent, found, told))
    return RoundResult(sent, tuple(found), told, pinged, following)


def _all_is_well(sent: Round, found: Sequence[Trouble], told: Told) -> bool:
    # An event (a refused address) counts in the round that finds it, not in every round until somebody has seen to it.
    lasting = [one for one in found if one.id not in EVENTS]
    return sent.ok and not lasting and not told.news.started and not told.fault


def _facts(house: House, beats: Beats, now: datetime, sent: Round, login: tuple[str, str] | None) -> Facts:
    ledger = house.office.ledger.latest()
    return Facts(
        now=now,
        ledger=ledger,
        late=waiting(now, house.appointments, ledger, house.holiday),
        missed=_missed(house, beats, now),
        failures=[(one.due.report, one.what, one.hint) for one in sent.failures],
        sources=house.health(),
        stale_after=house.stale_after,
        login=login,
    )


def _as_facts(fault: Fault | None) -> tuple[str, str, str] | None:
    return (fault.subject, fault.what, fault.hint) if fault else None


def _missed(house: House, beats: Beats, now: datetime) -> list[Due]:
    """Return what was due and did not go out, each only since its appointment has been known."""
    names = {_name(one): one for one in house.appointments}
    since = beats.known_since(_APPOINTMENT, names, now)
    ledger = house.office.ledger.latest()
    return [
        due
        for name, appointment in names.items()
        for due in missed(now, since[name], [appointment], ledger, house.holiday)
    ]


def _name(one: Appointment) -> str:
    return f"{one.kind} {one.scope} {one.address} {one.send_at} {one.timezone} {one.country}"


def _try_login(house: House, beats: Beats, now: datetime, following: Due | None, sent: Round) -> tuple[str, str] | None:
    if any(one.state == "sent" for one in sent.delivered):
        return "", ""
    if not login_due(now, following.at if following else None, beats.last("mail.login")):
        return None
    beats.beat("mail.login", now)
    faults = [finding for finding in house.office.transport.check() if finding.level == "error"]
    return (faults[0].what, faults[0].next_step) if faults else ("", "")


def _tell(house: House, found: Sequence[Trouble], now: datetime, *, unseen: Sequence[str]) -> Told:
    alarms = Alarms(house.database)
    alarms.start(Alarm(one.id, one.subject, now) for one in found)
    told = news(found, alarms.open(), unseen=unseen)
    alarms.end(told.closed, now)
    if not told.worth_a_mail:
        return Told(told)
    fault = _send_to_operator(house, told, now) if house.operator.address else ""
    if fault:
        return Told(told, fault=fault)
    alarms.told((Alarm(one.id, one.subject, now) for one in told.started), now)
    alarms.end(told.recovered, now)
    return Told(told, mailed=bool(house.operator.address))


def _send_to_operator(house: House, told: News, now: datetime) -> str:
    operator, transport = house.operator, house.office.transport
    body = operator_mail(told, sender=operator.sender, to=operator.address, language=operator.language, now=now)
    try:
        with transport:
            transport.ready()
            handover = transport.send(Parcel(f"operator/{now:%Y-%m-%dT%H%M}", operator.address, body))
    except LoopnoteError as error:
        return str(error)
    return "" if handover.state in {"sent", "unknown"} else handover.reply
