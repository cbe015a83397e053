"""A Monday morning of many teams with worker processes: how far it is, and what came of it.

The teams live in one zone, or in two whose Monday begins a quarter of an hour apart; the clock runs
as the system's does, from shortly before the first eight o'clock on. Logs are files, mail server
and PostgreSQL are real.
"""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fakes.host_link import HostLink
from fakes.postgres import Postgres
from fakes.smtp import MailHost, MailHostRunning
from fakes.worker_fleet import Fleet, lay_out, seconds_ahead

from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

from .tally import Tally

ZONES = ("Asia/Seoul", "Australia/Eucla")
"""Nine hours, and eight and three quarters, ahead of UTC."""

LATEST = timedelta(minutes=5)
"""A mail that is due at eight has to be there before five past."""

IN_DOUBT = "unknown"


FIRST = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo(ZONES[0])).timestamp()
"""The first eight o'clock (seconds since 1970)."""


@dataclass(frozen=True)
class Size:
    """How many teams, in how many zones, and how many seconds before the first eight o'clock it
    begins.

    The first team's log has `large` rows more than the others'. `fast` is how many seconds the
    fastest worker's clock is ahead: a rehearsal's clock is not put right by the database's, as a
    real one is.
    """

    teams: int
    zones: int = 1
    before: float = 60.0
    seed: int = 1
    large: int = 0
    fast: float = 0.0


@dataclass
class Monday:
    """One morning: the workers, what the mail server took and when, and the scene's chance."""

    fleet: Fleet
    host: MailHost
    server: Postgres
    url: str
    size: Size
    ahead: float
    chance: random.Random
    tended: bool = False
    arrivals: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    began: float = field(default_factory=time.monotonic)
    remarks: list[str] = field(default_factory=list)
    links: list[HostLink] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the time of the morning."""
        return datetime.fromtimestamp(time.time() + self.ahead, UTC)

    def due_at(self, team: int) -> datetime:
        """Return when the mail of a team is due."""
        zone = ZoneInfo(ZONES[team % self.size.zones])
        return datetime(2026, 11, 23, 8, tzinfo=zone).astimezone(UTC)

    def arrived(self, address: str) -> None:
        """Write down that a mail came."""
        self.arrivals[address].append(self.now())

    def states(self) -> Counter[str]:
        """Count the lines of the ledger by their state; none while the database is away."""
        return Counter(dict(self._asked("SELECT state, count(*) FROM delivery GROUP BY state")))

    def large_log_is_read(self) -> bool:
        """Say whether the first team's log was read."""
        asked = "SELECT rows_read FROM source WHERE name = 'log0000' AND last_success IS NOT NULL"
        return bool(self._asked(asked))

    def _asked(self, statement: str) -> list[tuple[Any, ...]]:
        import psycopg

        try:
            with psycopg.connect(self.url, autocommit=True) as connection:
                return connection.execute(statement.encode()).fetchall()
        except psycopg.Error:
            return []

    def made(self) -> float:
        """Return the share of the mails that are made."""
        return self.states().total() / self.size.teams

    def sent(self) -> float:
        """Return the share of the mails that left."""
        return self.states()["sent"] / self.size.teams

    def settled(self) -> bool:
        """Say whether every mail has left, or is in doubt."""
        states = self.states()
        return states["sent"] + states[IN_DOUBT] >= self.size.teams

    def tend(self) -> None:
        """Start a worker for each that ended, as systemd does (`Restart=always`)."""
        if self.tended:
            self.fleet.replace_ended()


@contextmanager
def morning(folder: Path, server: Postgres, size: Size, *, tended: bool) -> Iterator[Monday]:
    """Lay out the teams; give the morning."""
    host = MailHost(think_s=0.05)
    ahead = float(seconds_ahead(FIRST - size.before))
    with (
        MailHostRunning(host) as running,
        Fleet(folder, LOOPNOTE_NOW=f"{ahead:+.3f}") as fleet,
    ):
        url, zones = server.database(), ZONES[: size.zones]
        lay_out(folder, teams=size.teams, url=url, port=running.port, zones=zones, large=size.large)
        monday = Monday(fleet, host, server, url, size, ahead, random.Random(size.seed), tended)
        host.on_body = monday.arrived
        yield monday


def judge(monday: Monday, tally: Tally) -> None:
    """Count what is lost, doubled, silent or late; say how long it took."""
    with Store.open(monday.url) as store:
        lines = {line.mailbox: line.state for line in Deliveries(store.database).lines(limit=9**6)}
        notes = Counter(one.team for one in store.notes())
        read = {one.source for one in store.health() if not one.error}
    for number in range(monday.size.teams):
        address, team = f"lead{number:04}@example.org", f"T{number:04}"
        came, state = monday.arrivals[address], lines.get(address, "never planned")
        tally.tried += 1
        tally.count("doubled", f"{address} got {len(came)} mails", len(came) - 1)
        if not came and state != IN_DOUBT:
            tally.count("lost", f"{address} got no mail, which is {state}")
        wanted = 2 if number else 2 + monday.size.large
        if notes[team] != wanted:
            kind = "doubled" if notes[team] > wanted else "lost"
            tally.count(kind, f"{team}: {notes[team]} notes of {wanted}")
        if f"log{number:04}" not in read:
            tally.count("lost", f"log{number:04} was not read")
        after = (came[0] - monday.due_at(number)).total_seconds() if came else 0.0
        if not -monday.size.fast <= after < LATEST.total_seconds():
            tally.count("late", f"{address} got it {after:.0f} s after its time")
    in_doubt = sorted(address for address, state in lines.items() if state == IN_DOUBT)
    told = " ".join(monday.host.texts_to("op@example.org"))
    for address in in_doubt:
        if address not in told:
            tally.count("silent", f"{address} is in doubt, and the operator was not told")
    tally.notes[:0] = [_figures(monday, tally.name, in_doubt), *monday.remarks]


def _figures(monday: Monday, name: str, in_doubt: list[str]) -> str:
    late = [
        came[0] - monday.due_at(number)
        for number in range(monday.size.teams)
        if (came := monday.arrivals[f"lead{number:04}@example.org"])
    ]
    reached = sum(1 for address in in_doubt if monday.arrivals[address])
    last = max(late, default=timedelta(0)).total_seconds()
    return (
        f"{name}: {len(late)} of {monday.size.teams} mails came, the last {last:.0f} s "
        f"after its hour; in doubt "
        f"{len(in_doubt)} (came all the same: {reached}); "
        f"{time.monotonic() - monday.began:.0f} s in all"
    )
