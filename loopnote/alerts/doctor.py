"""The checks of `doctor`: everything that the next report needs.

Each check returns findings, good ones too; none raises for what a person can mend. What is checked
is handed in, so that the composition root alone knows how things are made.
"""

import os
import shutil
import stat
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from loopnote.delivery.due import Holiday, next_due, no_holidays
from loopnote.runtime.machine import command_words
from loopnote.runtime.messages.report_names import report_name
from loopnote.runtime.messages.terminal import language
from loopnote.runtime.schedule_files import ScheduledRun, cron_line
from notes.messages.problems import reason_of
from notes.model.deliveries import Subscription
from notes.model.errors import LoopnoteError
from notes.model.findings import Finding, Level
from notes.model.mail_addresses import in_ascii
from notes.model.notes import NOT_READ, WRITTEN_IN, YEAR_UNKNOWN, Problem, cells_without_year
from notes.store.delivery.alarms import Heartbeats
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.system.time_zones import is_zone
from notes.system.url_checks import is_in_clear
from reports.delivery.transport import Transport

from .report_commands import quoted, resend_step

LITTLE_SPACE = 500_000_000
NO_SPACE = 50_000_000
"""Bytes free beside the store: a warning below the first, an error below the second. A backup of a
store of years needs hundreds of megabytes, a run some; judgement."""

SKEW = timedelta(minutes=2)
"""Clock difference without a finding: Google refuses tokens at about 5 minutes. Judgement."""

SILENCE = timedelta(hours=26)
"""A run is missed after so long: cron lines for working hours only pause over a night."""


class Checkable(Protocol):
    """Something that can say whether it will work on Monday."""

    def check(self) -> list[Finding]:
        """Return what was found, good findings too."""
        ...


@dataclass(frozen=True, slots=True)
class DoctorInputs:
    """What is to be examined.

    `open_store` opens the store as a run would; `sources`, `templates` and `transport` are made
    when asked for, so that a mistake in one is a finding. `templates` are (name, render) pairs.
    `private` are files that hold secrets, `folders` those that loopnote writes into. `remote_time`
    asks a service for the time, where one is configured. `overrides` reads a source and returns
    what the configuration says of it that is not there. `outbox` is the folder that mails are
    written into, None where they leave this machine.
    """

    now: datetime
    config: Path
    open_store: Callable[[], Store]
    sources: Sequence[tuple[str, Callable[[], Checkable]]] = ()
    overrides: Callable[[str], list[Finding]] = field(default=lambda _: [])
    templates: Sequence[tuple[str, Callable[[], object]]] = ()
    transport: Callable[[], Transport] | None = None
    subscriptions: Sequence[Subscription] = ()
    holiday: Callable[[], Holiday] = field(default=lambda: no_holidays)
    private: Sequence[Path] = ()
    folders: Sequence[Path] = ()
    remote_time: Callable[[], tuple[str, datetime] | None] = field(default=lambda: None)
    operator: str = ""
    ping_url: str = ""
    outbox: Path | None = None


def run_checks(premises: DoctorInputs) -> Iterator[Finding]:
    """Yield what was found, one check after the other, as each ends."""
    yield Finding("config.read", "ok", str(premises.config), "read, nothing unknown in it")
    yield from check_private(premises.private)
    yield from check_config(premises.config)
    yield from check_store(premises)
    yield from check_folders(premises.folders)
    for name, make in premises.sources:
        yield from _explained(
            "source.access", f"source {name}", partial(_check_source, premises, name, make)
        )
    for name, render in premises.templates:
        yield from check_template(name, render)
    yield from check_addresses(premises.subscriptions)
    yield from check_zones(premises.subscriptions)
    yield from _explained("schedule.holidays", "public holidays", lambda: _known(premises.holiday))
    if premises.transport is not None:
        make_transport = premises.transport
        yield from _explained("mail.login", "mail", lambda: make_transport().check())
    yield from check_clock(premises.now, premises.remote_time())
    yield from check_outbox(premises.outbox)
    yield from check_operator(premises.operator, premises.ping_url, mails=premises.outbox is None)


def check_private(files: Iterable[Path]) -> Iterator[Finding]:
    """Return findings about files with secrets that others may read.

    Silent where the system knows no such rights.
    """
    for file in files:
        if not file.exists():
            yield Finding(
                "file.missing",
                "error",
                str(file),
                "is not there",
                "correct its path in the configuration",
            )
        elif sys.platform != "win32" and file.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
            yield Finding(
                "file.private",
                "warning",
                str(file),
                "others may read or change it",
                f"chmod 600 {file}",
            )


def check_config(file: Path) -> Iterator[Finding]:
    """Return whether others may change the configuration, which names commands to run."""
    if (
        sys.platform != "win32"
        and file.exists()
        and file.stat().st_mode & (stat.S_IWOTH | stat.S_IWGRP)
    ):
        yield Finding(
            "file.private", "warning", str(file), "others may change it", f"chmod go-w {file}"
        )


def check_store(premises: DoctorInputs) -> Iterator[Finding]:
    """Check the store, its disk space, its ledger and the last run."""
    try:
        with premises.open_store() as store:
            where = store.database.where
            yield Finding("store.open", "ok", where, "opens, and may be written")
            yield from _disk(where, store.database.dialect)
            yield from _ledger(store)
            yield from _unread(store)
            yield from _beat(premises, Heartbeats(store.database).last("run"))
            yield from _next(premises, store)
    except LoopnoteError as error:
        yield Finding.of(error, "store", id_="store.open")


def _disk(where: str, dialect: str) -> Iterator[Finding]:
    if dialect != "sqlite":
        return
    free = shutil.disk_usage(Path(where).parent).free
    if free >= LITTLE_SPACE:
        yield Finding("store.disk", "ok", where, "there is room on the disk")
    else:
        level: Level = "warning" if free >= NO_SPACE else "error"
        yield Finding(
            "store.disk", level, where, f"only {free // 1_000_000} MB free", "free some space"
        )


def _ledger(store: Store) -> Iterator[Finding]:
    for line in Deliveries(store.database).latest().values():
        if line.state == "unknown":
            yield Finding(
                "delivery.unknown",
                "warning",
                f"{line.report} → {line.mailbox}",
                "nobody knows whether it arrived",
                f"ask the reader; if it did not: {resend_step(line.report, line.mailbox)}",
            )


def _unread(store: Store) -> Iterator[Finding]:
    """Return findings about tabs whose texts gave no note at the last reading, and questions."""
    problems: dict[str, list[Problem]] = defaultdict(list)
    for stored in store.problems(codes=(*NOT_READ, YEAR_UNKNOWN)):
        problems[stored.source].append(stored.problem)
    for one in store.health():
        subject, found = f"source {one.source}", problems[one.source]
        for problem in found:
            if problem.code in NOT_READ:
                step = _reading_step(one.source, problem)
                told = reason_of(problem, WRITTEN_IN)
                yield Finding("source.understood", "warning", subject, told, step)
        years = cells_without_year(found)
        if years:
            what = f"nothing says which year {years} dates are in: their notes have no day"
            step = f"loopnote columns {quoted(one.source)} --ask"
            yield Finding("source.years", "warning", subject, what, step)
        if not one.unread and one.open_columns:
            what = f"{one.open_columns} columns are open questions"
            yield Finding(
                "source.questions", "ok", subject, what, f"loopnote columns {quoted(one.source)}"
            )


def _reading_step(source: str, problem: Problem) -> str:
    """Return the next step for a tab that gave no note, or whose notes vanished at once."""
    if problem.code == "log_lost":
        return f"if it is right: loopnote sync --source {quoted(source)} --accept"
    line = dict(problem.facts).get("line", "")
    return f"loopnote columns {quoted(source)}; then add to the source: {line}"


def _beat(premises: DoctorInputs, last: datetime | None) -> Iterator[Finding]:
    if last is None:
        yield Finding(
            "schedule.beat",
            "warning",
            "schedule",
            "nothing has run by itself yet",
            _cron(premises.config),
        )
    elif premises.now - last > SILENCE:
        hours = int((premises.now - last) / timedelta(hours=1))
        yield Finding(
            "schedule.beat",
            "error",
            "schedule",
            f"the last run was {hours} hours ago",
            _cron(premises.config),
        )
    elif last - premises.now > SKEW:
        what = "the last run lies in the future: the clock was set back"
        yield Finding("schedule.beat", "warning", "schedule", what, "check this machine's clock")
    else:
        minutes = max(1, int((premises.now - last) / timedelta(minutes=1)))
        yield Finding("schedule.beat", "ok", "schedule", f"the last run was {minutes} min ago")


def _cron(config: Path) -> str:
    limited = shutil.which("timeout") is not None
    line = cron_line(ScheduledRun(command_words(), config, language(), has_timeout=limited))
    return f"add a line to cron: {line} (or: loopnote init --add schedule)"


def _next(premises: DoctorInputs, store: Store) -> Iterator[Finding]:
    if not premises.subscriptions:
        what = "nobody gets a report"
        yield Finding("schedule.next", "warning", "schedule", what, "add a [[recipients]] section")
        return
    try:
        holiday = premises.holiday()
    except LoopnoteError:
        holiday = no_holidays  # its own check tells
    one = next_due(
        premises.now, premises.subscriptions, Deliveries(store.database).latest(), holiday=holiday
    )
    if one is not None:
        zone = next(
            a.timezone
            for a in premises.subscriptions
            if (a.address, a.kind) == (one.address, one.kind)
        )
        at = f"{one.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"
        yield Finding(
            "schedule.next",
            "ok",
            "schedule",
            f"next is {report_name(one.report, WRITTEN_IN)} to {one.address}, {at}",
        )


def check_folders(folders: Iterable[Path]) -> Iterator[Finding]:
    """Return findings about folders that cannot be written.

    One that is not there yet is judged by the folder it will lie in.
    """
    for folder in folders:
        present = next(path for path in (folder, *folder.parents) if path.exists())
        if present.is_dir() and os.access(present, os.W_OK):
            yield Finding("folder.write", "ok", str(folder), "may be written")
        else:
            yield Finding(
                "folder.write",
                "error",
                str(folder),
                "may not be written",
                "change its rights or its path",
            )


def check_template(name: str, render: Callable[[], object]) -> Iterator[Finding]:
    """Render one template with a sample."""
    try:
        render()
    except LoopnoteError as error:
        yield Finding(
            "template.render", "error", name, str(error), error.hint or "mend the template"
        )
    else:
        yield Finding("template.render", "ok", name, "a sample of it renders well")


def check_addresses(subscriptions: Iterable[Subscription]) -> Iterator[Finding]:
    """Name the readers whom not every mail server can write to: letters beyond ASCII before
    the @.
    """
    for address in sorted({one.address for one in subscriptions}):
        if not in_ascii(address).isascii():
            yield Finding(
                "mail.address",
                "warning",
                address,
                (
                    "has letters beyond ASCII before the @; only a mail server with SMTPUTF8 "
                    "delivers to it"
                ),
                "use another address of this reader; the others get their mail in any case",
            )


def check_zones(subscriptions: Iterable[Subscription]) -> Iterator[Finding]:
    """Load every time zone that mails depend on."""
    zones = sorted({zone for one in subscriptions for zone in (one.timezone, one.team_timezone)})
    lost = [zone for zone in zones if not is_zone(zone)]
    if lost:
        yield Finding(
            "time.zones", "error", ", ".join(lost), "no such time zone here", "pip install tzdata"
        )
    elif zones:
        yield Finding("time.zones", "ok", ", ".join(zones), "this machine knows these time zones")


def check_clock(now: datetime, remote: tuple[str, datetime] | None) -> Iterator[Finding]:
    """Compare this machine's clock with a service's, where one told the time."""
    if remote is None:
        return
    name, theirs = remote
    skew = abs(now - theirs)
    seconds = int(skew.total_seconds())
    if skew <= SKEW:
        yield Finding("time.clock", "ok", "clock", f"agrees with {name}")
    else:
        level: Level = "error" if skew > timedelta(hours=1) else "warning"
        ahead = f"is {seconds} seconds ahead of {name}"
        what = ahead if now > theirs else f"is {seconds} seconds behind {name}"
        yield Finding("time.clock", level, "clock", what, "let this machine set its clock by NTP")


def check_outbox(outbox: Path | None) -> Iterator[Finding]:
    """Say where mails only go into a folder, for then nobody gets one."""
    if outbox is not None:
        yield Finding(
            "mail.nobody",
            "warning",
            "mail",
            f"nobody is mailed: every mail is written to {outbox}",
            "add your mail server: loopnote init --add mail (docs/how-to/delivery.md)",
        )


def check_operator(address: str, ping_url: str, *, mails: bool = True) -> Iterator[Finding]:
    """Say whether anybody would hear of a Monday without a mail; an address is no way where
    no mail leaves.
    """
    if ping_url and is_in_clear(ping_url):
        what = f"{ping_url} is not an https:// address: others can read it and answer in its place"
        yield Finding(
            "operator.ping", "warning", "operator", what, "write operator.ping_url as https://…"
        )
    if ping_url or (address and mails):
        yield Finding("operator.told", "ok", "operator", "hears of trouble")
    elif address:
        yield Finding(
            "operator.told",
            "warning",
            "operator",
            "nobody hears of trouble: mails to the operator are only written into the outbox",
            "set operator.ping_url, or add a mail server: loopnote init --add mail",
        )
    else:
        yield Finding(
            "operator.told",
            "warning",
            "operator",
            "nobody hears of it when a report does not go out",
            "set operator.address or operator.ping_url",
        )


def _check_source(
    premises: DoctorInputs, name: str, make: Callable[[], Checkable]
) -> list[Finding]:
    found = make().check()
    readable = not any(one.level == "error" for one in found)
    return found + (premises.overrides(name) if readable else [])


def _known(holiday: Callable[[], Holiday]) -> list[Finding]:
    if holiday() is no_holidays:
        return []
    return [
        Finding("schedule.holidays", "ok", "public holidays", "known; mails are moved off them")
    ]


def _explained(
    check_id: str, subject: str, check: Callable[[], list[Finding]]
) -> Iterator[Finding]:
    try:
        yield from check()
    except LoopnoteError as error:
        yield Finding.of(error, subject, id_=check_id)
