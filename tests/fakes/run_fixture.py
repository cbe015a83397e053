"""A run whose reports are made by nobody: everything of a run is real but the report itself."""

from datetime import datetime
from hashlib import sha256

from loopnote.delivery.send import BuiltMail, DeliveryContext, NothingToSend
from loopnote.services.run import OperatorContact, RunContext
from notes.model.deliveries import DueMail, Message, Subscription
from notes.model.send_times import SendAt
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store


def subscription(
    name: str, *, kind="weekly", scope="team", send_at="Mon 08:00", zone="Asia/Seoul"
) -> Subscription:
    return Subscription(
        kind, scope, f"{name}@example.org", SendAt.parse(send_at), zone, "Asia/Seoul"
    )


class ReportMaker:
    """Makes the same mail for the same report; `fails` and `withholds` are report labels."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.withholds: dict[str, NothingToSend] = {}

    def __call__(self, due: DueMail, revision: int) -> BuiltMail | NothingToSend:
        if due.report in self.fails:
            raise self.fails[due.report]
        if due.report in self.withholds:
            return self.withholds[due.report]
        self.made.append(due.report)
        key = f"{due.report}/r{revision} {due.language} {due.audience}"
        name = sha256(key.encode()).hexdigest()[:24]
        word = "[corrected] " if revision > 1 else ""
        body = f"Message-ID: <{name}@example.org>\r\nSubject: {word}weekly {name}\r\n\r\n{name}\r\n"
        return BuiltMail(
            Message(
                f"<{name}@example.org>", due.language, due.audience, "weekly", body.encode(), due.at
            )
        )


class Clock:
    """A clock that somebody else turns."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def run_context(
    store: Store, transport, clock: Clock, *subscriptions: Subscription, **changes
) -> RunContext:
    maker = changes.pop("maker", None) or ReportMaker()
    delivery = DeliveryContext(
        Deliveries(store.database), transport, maker, clock, changes.pop("run_id", "run")
    )
    options = {
        "pull": lambda: (),
        "health": list,
        "operator": OperatorContact("op@example.org", "en", "loop@example.org"),
    }
    return RunContext(store.database, delivery, subscriptions, **{**options, **changes})
