"""A house whose reports are made by nobody: everything of a round is real but the report itself."""

from datetime import datetime
from hashlib import sha256

from loopnote.mail import Appointment, Due, Message, SendAt
from loopnote.reporting import Made, Nothing, Office
from loopnote.rounds import House, Operator
from loopnote.store.deliveries import Deliveries
from loopnote.store.store import Store


def appointment(name: str, *, kind="weekly", scope="team", send_at="Mon 08:00", zone="Asia/Seoul") -> Appointment:
    return Appointment(kind, scope, f"{name}@example.org", SendAt.parse(send_at), zone, "Asia/Seoul")


class ReportMaker:
    """Makes the same mail for the same report; `fails` and `withholds` are report labels."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.withholds: dict[str, Nothing] = {}

    def __call__(self, due: Due, revision: int) -> Made | Nothing:
        if due.report in self.fails:
            raise self.fails[due.report]
        if due.report in self.withholds:
            return self.withholds[due.report]
        self.made.append(due.report)
        key = f"{due.report}/r{revision} {due.language} {due.audience}"
        name = sha256(key.encode()).hexdigest()[:24]
        word = "[corrected] " if revision > 1 else ""
        body = f"Message-ID: <{name}@example.org>\r\nSubject: {word}weekly {name}\r\n\r\n{name}\r\n"
        return Made(Message(f"<{name}@example.org>", due.language, due.audience, "weekly", body.encode(), due.at))


class Clock:
    """A clock that somebody else turns."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def house(store: Store, transport, clock: Clock, *appointments: Appointment, **changes) -> House:
    maker = changes.pop("maker", None) or ReportMaker()
    office = Office(Deliveries(store.database), transport, maker, clock, changes.pop("run_id", "run"))
    options = {"pull": lambda: None, "health": list, "operator": Operator("op@example.org", "en", "loop@example.org")}
    return House(store.database, office, appointments, **{**options, **changes})
