"""A workspace with a log, a mail server and a ping server, and what must be true of it after
any harm.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from fakes.ping_server import PingServer
from fakes.smtp import MailHost, MailHostRunning
from fakes.warm_command import Ended, WarmCommands
from fakes.watched_settings import WATCHED

from loopnote.runtime.messages.report_names import report_name
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

from .tally import Tally

MONDAY = datetime(2026, 11, 23, 8, 5, tzinfo=ZoneInfo("Asia/Seoul"))
READERS = ("ann@example.org", "ben@example.org")
CONFIG = f"""
[[teams]]
name = "sales"
language = "en"
timezone = "Asia/Seoul"
[[teams]]
name = "영업"
timezone = "Asia/Seoul"
[[recipients]]
address = "ann@example.org"
teams = ["sales"]
[[recipients]]
address = "ben@example.org"
teams = ["영업"]
[[sources]]
name = "trials"
team = "sales"
kind = "file"
path = "trials.csv"
[[sources]]
name = "기록"
team = "영업"
kind = "file"
path = "log.csv"
{WATCHED}timeout_s = 5
answer_timeout_s = 5
[archive]
folder = "archive"
[schedule]
sync_every_minutes = 1
"""
TRIALS = "date,goal,hypothesis,action,result,retrospective,owner\n"
LOG = "날짜,목표,가설,실행,결과,회고,담당\n"


@dataclass
class Workspace:
    """A folder with its servers; `rows` counts the rows that each log has."""

    folder: Path
    url: str
    host: MailHost
    ping: PingServer
    commands: WarmCommands
    port: int
    rows: int = 0

    def write_config(self) -> None:
        text = CONFIG.format(store=self.url, ping=self.ping.url, port=self.port)
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def add_row(self, now: datetime) -> None:
        """Write a row into each log, as a team does."""
        self.rows += 1
        day = (now - timedelta(days=4)).date()
        append(
            self.folder / "trials.csv",
            TRIALS,
            (
                f"{day},goal {self.rows % 7},idea number {self.rows},did "
                f"{self.rows},success,fine {self.rows},Ada\n"
            ),
        )
        append(
            self.folder / "log.csv",
            LOG,
            (
                f"{day},목표 {self.rows % 7},가설 {self.rows}번,실행 {self.rows},성공,회고 "
                f"{self.rows},지현\n"
            ),
        )

    def run(
        self,
        *arguments: str,
        now: datetime,
        life: float | None = None,
        room: int | None = None,
    ) -> Ended:
        """Do a command, killed after `life` seconds, while no file may grow beyond `room` bytes."""
        return self.commands.run(
            *arguments, folder=self.folder, life=life, room=room, LOOPNOTE_NOW=now.isoformat()
        )

    def told(self) -> str:
        """Return every word that the operator was mailed."""
        return " ".join(self.host.texts_to("op@example.org"))

    def heard(self) -> int:
        """Return how often the ping URL heard of a failure, or the operator of a trouble."""
        return sum(path.endswith("/fail") for path in self.ping.heard) + sum(
            one.address == "op@example.org" for one in self.host.bodies
        )

    def store_url(self) -> str:
        return f"sqlite:///{self.folder}/loopnote.db" if "sqlite" in self.url else self.url

    def judge(self, tally: Tally, *, weeks: int) -> None:
        """Hold what arrived against the ledger, and what is kept against the logs."""
        arrived = Counter(
            (one.address, one.body) for one in self.host.bodies if one.address != "op@example.org"
        )
        tally.count("doubled", "a mail was taken twice", sum(arrived.values()) - len(arrived))
        words = self.told()
        with Store.open(self.store_url()) as store:
            lines = [
                one
                for one in Deliveries(store.database).lines(limit=100_000)
                if "preview" not in one.report
            ]
            notes = sum(1 for _ in store.notes(include_gone=True))
            gone = sum(1 for one in store.notes(include_gone=True) if one.gone)
        per_reader = Counter(address for address, _ in arrived)
        for address in READERS:
            mine = [one for one in lines if one.mailbox == address]
            sent = sum(one.state == "sent" for one in mine)
            tally.count("lost", f"{address}: sent, and not arrived", sent - per_reader[address])
            for one in mine:
                if one.state != "sent" and report_name(one.label, "en") not in words:
                    tally.count("silent", f"{one.report} is {one.state}, and nobody was told")
            missing = weeks - len(mine)
            if missing > 0 and "did not go out" not in words:
                tally.count("silent", f"{address}: {missing} weeks without a line in the ledger")
        tally.count(
            "lost", f"{2 * self.rows - notes} rows of the logs are no notes", 2 * self.rows - notes
        )
        tally.count("lost", f"{gone} notes are gone that stand in the logs", gone)


def append(file: Path, header: str, row: str) -> None:
    """Write a row at the end of a log, which may not be there yet."""
    text = file.read_text(encoding="utf-8") if file.exists() else header
    file.write_text(text + row, encoding="utf-8")


@contextmanager
def workspace(
    folder: Path, url: str, commands: WarmCommands, host: MailHost | None = None
) -> Iterator[Workspace]:
    """Give a workspace that has done its first run, with one row in each log."""
    folder.mkdir(parents=True, exist_ok=True)
    host = host or MailHost()
    with MailHostRunning(host) as running, PingServer() as ping:
        made = Workspace(folder, url, host, ping, commands, running.port)
        made.write_config()
        made.add_row(MONDAY - timedelta(weeks=1))
        first = made.run("run", now=MONDAY - timedelta(days=2))
        if first.code:
            raise RuntimeError(f"the first run failed: {first.out}{first.err}")
        yield made
