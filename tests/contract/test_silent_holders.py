"""A host whose network is cut in the middle of a transaction gives back what it holds, and
the others go on.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from fakes.host_link import HostLink
from fakes.postgres import Postgres
from fakes.worker_fleet import until
from sqlalchemy import Connection, event

from loopnote.services.shared_pace import SHARED_IDLE_S
from loopnote.workers.worker_context import WorkerContext
from notes.model.deliveries import Message
from notes.model.errors import StoreBusyError, StoreError
from notes.model.periods import Week
from notes.store.database import HELD_S, Database
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.store.work.leases import LEASE_S, Leases

pytestmark = pytest.mark.postgres
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
WAITED_S = 240.0
"""Less than the 600 s for which a reader may be silent."""


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.database()


@pytest.fixture
def link(postgres: Postgres) -> Iterator[HostLink]:
    with HostLink(postgres.socket) as found:
        yield found


def over(link: HostLink, url: str) -> str:
    """Return the address of the same store by way of a link."""
    return f"postgresql://loopnote@{link.address}:{link.port}/postgres?{url.partition('&')[2]}"


def world_of(store: Store, shared: Database) -> WorkerContext:
    """Return what a worker's ledger is made of; no job is done with it."""
    nothing: dict[str, Any] = dict.fromkeys(("wiring", "holiday", "stop"))
    return WorkerContext(
        **nothing, store=store, shared=shared, run_id="cut off", leases=Leases(shared, "cut off")
    )


def idle_limit(connection: Connection) -> str:
    asked = "SHOW idle_in_transaction_session_timeout"
    return str(connection.exec_driver_sql(asked).scalar())


@pytest.mark.slow
def test_a_mail_is_sent_by_another_host_when_its_claimer_is_cut_off_inside_the_claim(url, link):
    with Store.open(url) as store, Store.open(over(link, url)) as far:
        ledger, shared = Deliveries(store.database), Database(over(link, url), idle_s=SHARED_IDLE_S)
        key = ledger.open_report("T", Week(2026, 47), "weekly", subject="x", now=NOW)
        mail = ledger.keep(key, Message("<1@example.org>", "ko", "leader", "x", b"body", NOW))
        line = ledger.plan(key, "a@example.org", mail, now=NOW)
        claimer = world_of(far, shared).ledger

        def cut(_connection, _cursor, statement: str, *_rest: object) -> None:
            if statement.startswith("UPDATE delivery"):
                link.cut()

        event.listen(claimer._database._engine, "after_cursor_execute", cut)

        def claimed_here() -> bool:
            with suppress(StoreBusyError):
                return ledger.claim(line, "here", NOW) == b"body"
            return False

        with ThreadPoolExecutor() as threads:
            theirs = threads.submit(claimer.claim, line, "cut off", NOW)
            assert until(lambda: not link.is_open)
            was_claimed = until(claimed_here, seconds=WAITED_S)
            link.mend()
            failed = theirs.exception()
        shared.close()
    assert was_claimed
    assert isinstance(failed, StoreError)


@pytest.mark.slow
def test_a_source_is_read_by_another_host_when_its_reader_is_cut_off_while_it_writes(url, link):
    def read(store: Store) -> None:
        with store.update("log", "T", "here", now=NOW) as update:
            update.finish({})

    def read_here() -> bool:
        with suppress(StoreBusyError):
            read(store)
            return True
        return False

    def read_and_be_cut_off() -> bool:
        with far.update("log", "T", "cut off", now=NOW) as update:
            update.finish({})
            link.cut()
            was_read = until(read_here, seconds=WAITED_S)
            link.mend()
            assert was_read
        return was_read

    with Store.open(url) as store, Store.open(over(link, url)) as far:
        read(store)
        with pytest.raises(StoreError):
            read_and_be_cut_off()


def test_who_writes_may_be_silent_for_as_long_as_a_lease_and_who_reads_for_longer(url):
    assert HELD_S == LEASE_S
    with Store.open(url) as store:
        with store.database.writing() as connection:
            assert idle_limit(connection) == "1min"
        with store.database.writing(alone=True) as connection:
            assert idle_limit(connection) == "10min"
        with store.database.reading() as connection:
            assert idle_limit(connection) == "10min"


def test_what_workers_share_and_their_ledger_may_be_silent_for_some_seconds_only(url):
    with Store.open(url) as store:
        shared = Database(url, idle_s=SHARED_IDLE_S)
        with world_of(store, shared).ledger._database.writing() as connection:
            assert idle_limit(connection) == "15s"
        shared.close()


def test_a_connection_notices_a_lost_server_unless_its_address_says_how(url, link):
    asked = ("keepalives_idle", "keepalives_count", "tcp_user_timeout", "connect_timeout")
    chosen = over(link, url) + "&keepalives_idle=7"
    for address, idle in ((over(link, url), "60"), (chosen, "7")):
        database = Database(address)
        with database.driver() as connection:
            found = connection.info.get_parameters()
        database.close()
        assert [found[one] for one in asked] == [idle, "4", "60000", "10"]
