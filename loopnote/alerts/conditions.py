"""Alert conditions: decides what to tell the operator. Pure: no clock, database or network.

    inputs ─► alerts ─► against the open streaks ─► changes (what started, what is over)

One mail reports the start of a streak and one its end, none in between. What is only an
event (a refused address, a mail in doubt) ends without a word.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from loopnote.delivery.due import Ledger
from notes.model.deliveries import Alarm, DueMail
from notes.model.mail_addresses import mailbox
from notes.model.notes import SourceHealth

from .report_commands import quoted, resend_step, send_step

PATIENCE = timedelta(hours=1)
"""A due mail may be deferred so long without an alert; greylisting ends within it."""

SOURCE_PATIENCE = timedelta(hours=2)
"""A source may fail in passing so long without an alert: two hourly readings. Judgement."""

LEDGER_MEMORY = timedelta(days=8)
"""A refused mail is reported for a week and a day: until the next weekly mail is due."""

LOGIN_AHEAD = timedelta(hours=24)
"""The mail account is tested so long before the next mail: a day to renew a credential."""

LOGIN_EVERY = timedelta(hours=6)
"""Four tests in that day: judgement, few enough for providers that limit log-ins."""

FAILING = "source.failing"
"""The id of a source that cannot be read."""

EVENTS = frozenset({"delivery.refused", "delivery.unknown", "report.missed", "report.missed_long"})
"""Alerts without a mail at their end: they report one event, not a state."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that the operator should know.

    `id` is stable ("source.failing"), `subject` says with whom or what, `facts` fill the sentence
    of that id in `loopnote.alerts.alert_texts`, `message` is the original error and `hint` the next
    step it names.
    """

    id: str
    subject: str
    message: str = ""
    hint: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """The identity of a streak: id and subject."""
        return self.id, self.subject


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed task: its subject, the message and the hint."""

    subject: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LoginCheck:
    """What a log-in to the mail account answered; a `message` of "" means that it worked."""

    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class WorkInputs:
    """What is known of work that others do: `silent` is for how long no worker has lived, where
    that is too long.

    `failures` are reports that could not be made, `jobs` other work that failed for good, `archive`
    its folder where it could not be brought up to date. `broken` are sources whose reading failed
    in a way that does not pass by itself.
    """

    silent: timedelta | None = None
    broken: frozenset[str] = frozenset()
    failures: tuple[Failure, ...] = ()
    jobs: tuple[Failure, ...] = ()
    archive: Failure | None = None


@dataclass(frozen=True, slots=True)
class AlertInputs:
    """The inputs of the alert conditions, as known after a run.

    `late` are mails that are due and have not gone out, `missed` those that no longer will,
    `missed_long` the missed ones of earlier weeks that nobody has been told of, by time.
    `failures` are the reports that could not be made. `login` is what the mail account said when it
    was last tried, None where it was not. `archive` is its folder where it could not be brought up
    to date. `silent` is for how long no worker has lived, None where that is well; `jobs` are what
    they gave up. `broken` are sources that failed in a way that does not pass by itself, or of
    whose failing the streak is open.
    """

    now: datetime
    ledger: Ledger
    late: Sequence[DueMail] = ()
    missed: Sequence[DueMail] = ()
    missed_long: Sequence[DueMail] = ()
    failures: Sequence[Failure] = ()
    sources: Sequence[SourceHealth] = ()
    stale_after: Mapping[str, timedelta] = field(default_factory=dict)
    login: LoginCheck | None = None
    archive: Failure | None = None
    silent: timedelta | None = None
    jobs: Sequence[Failure] = ()
    broken: frozenset[str] = frozenset()


def with_work(facts: AlertInputs, work: WorkInputs) -> AlertInputs:
    """Return the inputs with what is known of other workers."""
    return replace(
        facts,
        archive=work.archive,
        silent=work.silent,
        jobs=work.jobs,
        broken=facts.broken | work.broken,
        failures=(*facts.failures, *work.failures),
    )


@dataclass(frozen=True, slots=True)
class AlertChanges:
    """What to tell the operator now: streaks that started, streaks that are over.

    `closed` end without a word.
    """

    started: tuple[Alert, ...] = ()
    recovered: tuple[Alarm, ...] = ()
    closed: tuple[Alarm, ...] = ()

    @property
    def worth_a_mail(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.started or self.recovered)


def find_alerts(facts: AlertInputs) -> list[Alert]:
    """Return everything that is wrong, by id and subject, each once."""
    found = [*_deliveries(facts), *_late(facts), *_missed(facts), *_sources(facts), *_login(facts)]
    found += [_of_failure("report.failed", one) for one in facts.failures]
    found += [_of_failure("archive.failed", facts.archive)] if facts.archive else []
    found += [_of_failure("work.failed", one) for one in facts.jobs]
    if facts.silent is not None:
        minutes = str(int(facts.silent / timedelta(minutes=1)))
        found.append(Alert("workers.silent", "workers", facts={"minutes": minutes}))
    return sorted({one.key: one for one in reversed(found)}.values(), key=lambda one: one.key)


def _of_failure(alert_id: str, failure: Failure) -> Alert:
    return Alert(alert_id, failure.subject, failure.message, failure.hint)


def news(
    found: Sequence[Alert], open_: Sequence[Alarm], *, unseen: Collection[str] = ()
) -> AlertChanges:
    """Return the changes against the open streaks; one never reported is reported now.

    `unseen` are the ids that nobody looked at this time: their streaks go on.
    """
    told = {(one.id, one.subject) for one in open_ if one.told is not None}
    present = {one.key for one in found}
    given_up = {one.facts["report"] for one in found if one.id == "report.missed"}
    over = [one for one in open_ if (one.id, one.subject) not in present and one.id not in unseen]
    recovered = tuple(
        one
        for one in over
        if one.told is not None and one.id not in EVENTS and one.subject not in given_up
    )
    return AlertChanges(
        started=tuple(one for one in found if one.key not in told),
        recovered=recovered,
        closed=tuple(one for one in over if one not in recovered),
    )


def is_login_due(now: datetime, next_at: datetime | None, last_tried: datetime | None) -> bool:
    """Return whether the mail account should be tested now, ahead of the next mail."""
    if next_at is None or next_at - now > LOGIN_AHEAD:
        return False
    return last_tried is None or not timedelta(0) <= now - last_tried < LOGIN_EVERY


def _deliveries(facts: AlertInputs) -> Iterable[Alert]:
    for line in facts.ledger.values():
        if line.state in {"refused", "unknown"} and facts.now - line.changed < LEDGER_MEMORY:
            step = resend_step(line.report, line.mailbox)
            words = {"report": line.report, "address": line.mailbox, "step": step}
            words["anew"] = send_step(line.report)
            yield Alert(
                f"delivery.{line.state}", f"{line.report} → {line.mailbox}", line.reply, facts=words
            )


def _late(facts: AlertInputs) -> Iterable[Alert]:
    for one in facts.late:
        line = facts.ledger.get((one.report, mailbox(one.address)))
        if facts.now - one.at >= PATIENCE or (
            line is not None and line.attempts > 0 and not line.code
        ):
            yield Alert(
                "report.late", one.report, line.reply if line else "", facts={"report": one.report}
            )


def _missed(facts: AlertInputs) -> Iterable[Alert]:
    for one in facts.missed:
        line = facts.ledger.get((one.report, mailbox(one.address)))
        step = send_step(one.report)
        words = {"report": one.report, "address": one.address, "step": step}
        yield Alert(
            "report.missed",
            f"{one.report} → {one.address}",
            line.reply if line else "",
            facts=words,
        )
    if facts.missed_long:
        first, last = (f"{facts.missed_long[end].at:%Y-%m-%d}" for end in (0, -1))
        words = {"count": str(len(facts.missed_long)), "first": first, "last": last}
        yield Alert("report.missed_long", f"{first} – {last}", facts=words)


def _sources(facts: AlertInputs) -> Iterable[Alert]:
    for health in facts.sources:
        last = health.last_success
        stale = facts.stale_after.get(health.source)
        silent = last is None or facts.now - last >= SOURCE_PATIENCE
        lasting = health.failures_in_a_row >= 2 and silent
        if health.error and (lasting or health.source in facts.broken):
            yield Alert(FAILING, health.source, health.error, health.hint)
        elif health.unread:
            words = {"tabs": ", ".join(health.unread), "source": quoted(health.source)}
            yield Alert("source.unread", health.source, facts=words)
        elif stale and last is not None and facts.now - last >= stale:
            days = str((facts.now - last).days)
            yield Alert("source.stale", health.source, health.error, health.hint, {"days": days})


def _login(facts: AlertInputs) -> Iterable[Alert]:
    if facts.login is not None and facts.login.message:
        yield Alert("mail.login", "mail", facts.login.message, facts.login.hint)
