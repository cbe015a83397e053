"""Trouble with the watcher itself: every kind is heard at the ping URL and by the operator within
one run.

From outside: a process, a real mail server, a real HTTP server, SQLite and PostgreSQL.
"""

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from fakes.http_service import slow
from fakes.notion_server import TOKEN, notion_server
from fakes.ping_server import PingServer
from fakes.ports import free_port
from fakes.smtp import MailHost, MailHostRunning
from fakes.warm_command import Ended, WarmCommands
from fakes.watched_settings import WATCHED

CONFIG = f"""
[[teams]]
name = "sales"
language = "en"
timezone = "Asia/Seoul"

[[recipients]]
address = "mina@example.org"

[[sources]]
name = "trials"
team = "sales"
kind = "file"
path = "trials.csv"
{WATCHED}"""
TRIALS = """date,goal,hypothesis,action,result,before,after,retrospective,learned
2026-11-16,more replies,short mails get replies,sent short mails,success,11%,22%,mails fit a phone,\
short is better
"""
NEXT_WEEK = (
    "2026-11-24,more replies,short mails get replies,sent "
    "more,success,22%,30%,fine,shorter is better\n"
)
MONDAY = "2026-11-23T08:05:00+09:00"
NEXT_MONDAY = "2026-11-30T07:00:00+09:00"


@dataclass
class Home:
    """A workspace with everything around it."""

    folder: Path
    ping: PingServer
    host: MailHost
    commands: WarmCommands
    store_url: str = ""

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def store(self) -> Path:
        return self.folder / "data" / "loopnote.db"

    def run(self, *options: str, at: str = MONDAY, command: str = "run") -> Ended:
        state = str(self.folder / "state")
        return self.commands.run(
            command,
            *options,
            folder=self.folder,
            LOOPNOTE_NOW=at,
            XDG_STATE_HOME=state,
            TZ="Asia/Seoul",
        )

    def told(self) -> list[str]:
        return self.host.texts_to("op@example.org")

    def leader(self) -> int:
        return sum(one.address == "mina@example.org" for one in self.host.bodies)


@pytest.fixture
def make_home(tmp_path: Path, commands: WarmCommands) -> Iterator[Callable[[str], Home]]:
    host = MailHost()
    with MailHostRunning(host) as running, PingServer() as ping:

        def make(store_url: str) -> Home:
            (tmp_path / "data").mkdir()
            (tmp_path / "trials.csv").write_text(TRIALS, encoding="utf-8")
            text = CONFIG.format(store=store_url, ping=ping.url, port=running.port)
            (tmp_path / "config.toml").write_text(text, encoding="utf-8")
            home = Home(tmp_path, ping, host, commands, store_url)
            first = home.run()
            assert first.code == 0, first.err
            assert home.leader() == 1
            assert ping.heard == ["/uuid"]
            return home

        yield make


def heard_once_and_over(home: Home, trouble: Callable[[Home], Callable[[], None]], word: str):
    """Make trouble, see it heard once, mend it, see that it is over and nothing was sent twice."""
    mend = trouble(home)
    for times in (1, 2):
        ran = home.run(at="2026-11-23T08:35:00+09:00")
        assert ran.code == 2, ran.err
        assert home.ping.heard[1:] == ["/uuid/fail"] * times
        assert len(home.told()) == 1, ran.err
    assert word in home.told()[0]
    mend()
    ran = home.run(at="2026-11-23T09:05:00+09:00")
    assert ran.code == 0, ran.err
    assert home.ping.heard[-1] == "/uuid"
    assert len(home.told()) == 2
    assert "solved: " in home.told()[1]
    assert home.leader() == 1


def keep_aside(home: Home) -> Callable[[], None]:
    """Keep the store's files, and return what puts them back."""
    shutil.copytree(home.store.parent, home.folder / "kept")

    def put_back() -> None:
        shutil.rmtree(home.store.parent, ignore_errors=True)
        shutil.copytree(home.folder / "kept", home.store.parent)

    return put_back


def gone(home: Home):
    put_back = keep_aside(home)
    for file in home.store.parent.iterdir():
        file.unlink()
    return put_back


def folder_gone(home: Home):
    put_back = keep_aside(home)
    shutil.rmtree(home.store.parent)
    return put_back


def empty(home: Home):
    put_back = keep_aside(home)
    for file in home.store.parent.glob("loopnote.db-*"):
        file.unlink()
    home.store.write_bytes(b"")
    return put_back


def no_database(home: Home):
    put_back = keep_aside(home)
    home.store.write_bytes(b"a cat walked over the keyboard " * 300)
    return put_back


def damaged(home: Home):
    put_back = keep_aside(home)
    with closing(sqlite3.connect(home.store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(home.store.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    home.store.write_bytes(data)
    return put_back


def statements(*texts: str):
    def make(home: Home):
        put_back = keep_aside(home)
        with closing(sqlite3.connect(home.store)) as connection:
            for text in texts:
                connection.execute(text)
            connection.commit()
        return put_back

    return make


LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""


def locked(home: Home):
    process = subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(home.store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().strip() == "locked"

    def let_go() -> None:
        process.communicate("\n", timeout=120)

    return let_go


def no_lock_file(home: Home):
    lock = home.store.with_name("loopnote.db.lock")
    lock.unlink()
    lock.mkdir()
    return lock.rmdir


def another_store(home: Home):
    put_back = keep_aside(home)
    for file in home.store.parent.iterdir():
        file.unlink()
    with renamed(home.folder / ".config.toml.state"):
        other = home.run(command="sync", at="2026-11-22T08:00:00+09:00")
    assert other.code == 0, other.err
    return put_back


@contextmanager
def renamed(file: Path) -> Iterator[None]:
    """Give a block in which a file is not there; what was written in its place is lost."""
    aside = file.with_name("aside")
    file.rename(aside)
    try:
        yield
    finally:
        aside.replace(file)


SQLITE = "sqlite:///data/loopnote.db"


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        pytest.param(gone, "is gone, or empty", id="gone"),
        pytest.param(folder_gone, "is gone, or empty", id="folder gone", marks=pytest.mark.slow),
        pytest.param(empty, "is gone, or empty", id="empty", marks=pytest.mark.slow),
        pytest.param(no_database, "not a loopnote store", id="foreign", marks=pytest.mark.slow),
        pytest.param(damaged, "is damaged", id="damaged", marks=pytest.mark.slow),
        pytest.param(
            statements("UPDATE alembic_version SET version_num = '9999'"),
            "newer loopnote",
            id="newer",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            statements(
                "CREATE TRIGGER ro BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'x'); END"
            ),
            "failed",
            id="may not be written",
            marks=pytest.mark.slow,
        ),
        pytest.param(locked, "another program is using", id="locked", marks=pytest.mark.slow),
        pytest.param(no_lock_file, "cannot be made", id="no lock file", marks=pytest.mark.slow),
        pytest.param(another_store, "does not know the last run", id="another"),
    ],
)
def test_a_store_in_trouble_is_heard_within_one_run_and_once(make_home, trouble, word):
    heard_once_and_over(make_home(SQLITE), trouble, word)


def postgres_statements(url: str, *texts: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for text in texts:
            connection.execute(text)


def postgres_emptied(home: Home):
    schema = home.store_url.rpartition("%3D")[2]
    postgres_statements(
        home.store_url, f"ALTER SCHEMA {schema} RENAME TO aside", f"CREATE SCHEMA {schema}"
    )
    return lambda: postgres_statements(
        home.store_url, f"DROP SCHEMA {schema} CASCADE", f"ALTER SCHEMA aside RENAME TO {schema}"
    )


def postgres_read_only(home: Home):
    setting = "ALTER ROLE loopnote {} default_transaction_read_only"
    postgres_statements(home.store_url, f"{setting.format('SET')} = on")
    return lambda: postgres_statements(
        home.store_url, "SET default_transaction_read_only = off", setting.format("RESET")
    )


def postgres_newer(home: Home):
    postgres_statements(
        home.store_url,
        "CREATE TABLE kept AS SELECT * FROM alembic_version",
        "UPDATE alembic_version SET version_num = '9999'",
    )
    return lambda: postgres_statements(
        home.store_url, "UPDATE alembic_version SET version_num = (SELECT version_num FROM kept)"
    )


def postgres_locked(home: Home):
    import psycopg

    other = psycopg.connect(home.store_url)
    other.execute("LOCK TABLE run IN ACCESS EXCLUSIVE MODE")
    return other.close


SOCKET = ".s.PGSQL.5432"


def by_own_socket(url: str, folder: Path) -> str:
    """Return an address of the same server, by a socket that a test may take away."""
    real = url.partition("host=")[2].partition("&")[0]
    (folder / SOCKET).symlink_to(Path(real) / SOCKET)
    return url.replace(real, str(folder))


def postgres_unreachable(home: Home):
    (home.folder / SOCKET).rename(home.folder / "aside")
    return lambda: (home.folder / "aside").rename(home.folder / SOCKET)


def postgres_silent(home: Home):
    put_back = postgres_unreachable(home)
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(home.folder / SOCKET))
    server.listen()  # connections are taken, and never answered

    def mend() -> None:
        server.close()
        (home.folder / SOCKET).unlink()
        put_back()

    return mend


def postgres_forgot_the_run(home: Home):
    postgres_statements(home.store_url, "CREATE TABLE kept AS SELECT * FROM run", "DELETE FROM run")
    return lambda: postgres_statements(home.store_url, "INSERT INTO run SELECT * FROM kept")


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        pytest.param(postgres_emptied, "is gone, or empty", id="emptied"),
        pytest.param(postgres_read_only, "read-only", id="read-only"),
        pytest.param(postgres_newer, "newer loopnote", id="newer"),
        pytest.param(postgres_forgot_the_run, "does not know the last run", id="older"),
        pytest.param(postgres_locked, "another program is using", id="locked"),
        pytest.param(postgres_unreachable, "does not answer", id="unreachable"),
        pytest.param(postgres_silent, "does not answer", id="silent"),
    ],
)
def test_a_postgresql_store_in_trouble_is_heard_within_one_run_and_once(
    make_home, postgres, tmp_path, trouble, word
):
    home = make_home(by_own_socket(postgres.database(), tmp_path))
    heard_once_and_over(home, trouble, word)


def broken_toml(home: Home):
    text = home.config.read_text(encoding="utf-8")
    home.config.write_text(text + '\n[archive]\nfolder = "open\n', encoding="utf-8")
    return lambda: home.config.write_text(text, encoding="utf-8")


def unknown_setting(home: Home):
    text = home.config.read_text(encoding="utf-8")
    home.config.write_text(text.replace("[operator]", "colour = 1\n[operator]"), encoding="utf-8")
    return lambda: home.config.write_text(text, encoding="utf-8")


def config_gone(home: Home):
    home.config.rename(home.folder / "aside.toml")
    return partial((home.folder / "aside.toml").rename, home.config)


def config_half(home: Home):
    text = home.config.read_text(encoding="utf-8")
    home.config.write_text(text[: text.index("[store]")] + "[store\n", encoding="utf-8")
    return lambda: home.config.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        pytest.param(broken_toml, "is not valid TOML", id="broken"),
        pytest.param(unknown_setting, "no such setting", id="unknown", marks=pytest.mark.slow),
        pytest.param(config_gone, "there is no configuration", id="gone", marks=pytest.mark.slow),
        pytest.param(config_half, "is not valid TOML", id="half of it", marks=pytest.mark.slow),
    ],
)
def test_a_configuration_in_trouble_is_heard_within_one_run_and_once(make_home, trouble, word):
    heard_once_and_over(make_home(SQLITE), trouble, word)


@pytest.mark.slow
def test_without_a_mail_server_the_ping_is_heard_and_the_mail_follows_when_it_is_back(make_home):
    home = make_home(SQLITE)
    text = home.config.read_text(encoding="utf-8")
    port = text.partition("port = ")[2].partition("\n")[0]
    home.config.write_text(text.replace(port, str(free_port())), encoding="utf-8")
    mend = gone(home)
    assert home.run().code == 2
    assert home.ping.heard[-1] == "/uuid/fail"
    assert home.told() == []
    home.config.write_text(text, encoding="utf-8")
    assert home.run().code == 2
    assert len(home.told()) == 1
    mend()
    assert home.run().code == 0


def test_a_person_lets_it_begin_anew_and_nothing_is_sent_again(make_home):
    home = make_home(SQLITE)
    gone(home)
    refused = home.run(command="sync")
    assert refused.code == 2
    assert "--accept-store" in refused.err
    assert not home.store.exists()
    accepted = home.run("--accept-store", at="2026-11-23T08:35:00+09:00")
    assert accepted.code == 0, accepted.err
    assert home.leader() == 1
    assert home.run(at="2026-11-23T09:05:00+09:00").code == 0
    assert home.leader() == 1
    assert home.run(at="2026-11-30T08:05:00+09:00").code == 0
    assert home.leader() == 2


def test_a_sending_that_breaks_off_remembers_what_went_out_before(make_home):
    home = make_home(SQLITE)
    text = home.config.read_text(encoding="utf-8")
    second = '[[recipients]]\naddress = "zoe@example.org"\n[[sources]]'
    home.config.write_text(text.replace("[[sources]]", second), encoding="utf-8")
    refuse = (
        "CREATE TRIGGER stop BEFORE UPDATE ON delivery WHEN NEW.recipient = 'zoe@example.org'"
        " AND NEW.state = 'sent'"
        " BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    statements(refuse)(home)
    (home.folder / "trials.csv").write_text(TRIALS + NEXT_WEEK, encoding="utf-8")
    assert home.run(command="sync", at=NEXT_MONDAY).code == 0
    ended = home.run("--week", "2026-W48", command="send", at=NEXT_MONDAY)
    assert ended.code == 2, (ended.out, ended.err)
    assert home.leader() == 2
    known = json.loads((home.folder / ".config.toml.state").read_text(encoding="utf-8"))["sent"]
    states = {line[1]: line[2] for line in known if "W48" in line[0]}
    assert states == {"mina@example.org": "sent", "zoe@example.org": "sending"}


def test_the_memory_outside_of_the_store_is_private_and_holds_no_secret(make_home):
    home = make_home(SQLITE)
    file = home.folder / ".config.toml.state"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "sqlite:///" not in file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_where_the_configurations_folder_may_not_be_written_the_state_folder_remembers(make_home):
    home = make_home(SQLITE)
    (home.folder / ".config.toml.state").unlink()
    (home.folder / ".config.toml.state").mkdir()
    assert home.run().code == 0
    gone(home)
    assert home.run().code == 2
    assert "is gone, or empty" in home.told()[0]


HOLDER = """
import sys, time
from datetime import datetime
from notes.store.store import Store
from notes.store.tables.run_lock import run_lock
since = datetime.fromisoformat(sys.argv[2])
with Store.open(sys.argv[1]) as store, run_lock(store.database, since) as held:
    print(held, flush=True)
    sys.stdin.readline()
"""


@contextmanager
def held_since(home: Home, since: str) -> Iterator[subprocess.Popen[str]]:
    """Give a block in which another process holds the run lock."""
    url = home.store_url
    address = f"sqlite:///{home.store}" if url.startswith("sqlite") else url
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, address, since],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().strip() == "True"
    try:
        yield process
    finally:
        process.communicate("\n", timeout=120)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_url(request) -> str:
    if request.param == "sqlite":
        return SQLITE
    return request.getfixturevalue("postgres").database()


def test_who_does_not_get_the_lock_says_who_has_it_and_tells_when_it_takes_too_long(
    make_home, either_url
):
    home = make_home(either_url)
    with held_since(home, "2026-11-23T08:10:00+09:00") as holder:
        early = home.run(at="2026-11-23T08:40:00+09:00")
        assert early.code == 0
        assert f"since 2026-11-23 08:10 Asia/Seoul (process {holder.pid}" in early.out
        assert home.told() == []
        for minute in ("20", "50"):
            late = home.run(at=f"2026-11-23T10:{minute}:00+09:00")
            assert late.code == 1
            assert "run.busy" in late.err
        assert home.ping.heard[1:] == ["/uuid/fail"] * 2
        assert len(home.told()) == 1
        assert str(holder.pid) in home.told()[0]
    after = home.run(at="2026-11-23T11:20:00+09:00")
    assert after.code == 0, after.err
    assert "solved: the run that took so long" in home.told()[1]


def test_the_next_run_takes_over_from_a_holder_that_was_killed(make_home, either_url):
    home = make_home(either_url)
    with held_since(home, "2026-11-23T08:10:00+09:00") as holder:
        holder.kill()
        holder.wait(60)
        after = home.run(at="2026-11-23T11:20:00+09:00")
    assert after.code == 0, after.err
    assert "Another run" not in after.out


def test_a_clock_in_another_year_is_said_and_nothing_is_sent_or_read(make_home):
    home = make_home(SQLITE)
    ran = home.run(at="2031-01-06T08:05:00+09:00")
    assert ran.code == 1
    assert "clock.jumped" in ran.err
    assert home.ping.heard[1:] == ["/uuid/fail"]
    assert "the last run was at 2026-11-23 08:05 Asia/Seoul" in home.told()[0]
    assert home.leader() == 1
    assert home.run(at="2026-11-23T08:35:00+09:00").code == 0
    accepted = home.run("--accept-clock", at="2031-01-06T08:05:00+09:00")
    assert home.leader() == 2, accepted.err


@pytest.mark.slow
@pytest.mark.endurance
def test_a_round_that_does_not_end_ends_itself_is_heard_and_lets_the_next_one_in(make_home):
    home = make_home(SQLITE)
    text = home.config.read_text(encoding="utf-8")
    with notion_server() as server:
        place = server.world.database("Trials")
        server.world.data_source(place, "Trials", {"Name": "title"})
        server.fail(slow(150))
        hanging = (
            f'[[sources]]\nname = "pages"\nteam = "sales"\nkind = "notion"\ndatabase = "{place}"\n'
            f'[notion]\ntoken_env = "NOTION_SECRET"\nbase_url = "{server.url}"\n'
            "[limits]\nrun_minutes = 1\n"
        )
        home.config.write_text(text + hanging, encoding="utf-8")
        ran = home.commands.run(
            "run",
            folder=home.folder,
            LOOPNOTE_NOW="2026-11-24T08:05:00+09:00",
            NOTION_SECRET=TOKEN,
        )
        assert ran.code == 2
        assert 55 < ran.seconds < 120
        assert "was not done within 60 seconds" in home.told()[0]
        assert home.ping.heard[-1] == "/uuid/fail"
        home.config.write_text(text, encoding="utf-8")
        assert home.run(at="2026-11-24T08:35:00+09:00").code == 0


@contextmanager
def falling_silent(real: Path, place: Path, requests: int) -> Iterator[threading.Event]:
    """Stand between a client and a PostgreSQL server, once the event is set for so many
    requests; then say nothing.
    """
    told, left, ended = threading.Event(), [requests], threading.Event()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(place))
    listener.listen()

    def pump(source: socket.socket, target: socket.socket, *, up: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                left[0] -= up and told.is_set()
                if left[0] < 0:
                    ended.wait()
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(real))
                for one, other, up in ((client, server, True), (server, client, False)):
                    threading.Thread(
                        target=pump, args=(one, other), kwargs={"up": up}, daemon=True
                    ).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield told
    finally:
        ended.set()
        listener.close()


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.endurance
def test_a_database_that_falls_silent_in_the_middle_of_a_run_ends_it_in_its_time(
    make_home, postgres, tmp_path
):
    url = postgres.database()
    real = url.partition("host=")[2].partition("&")[0]
    with falling_silent(Path(real) / SOCKET, tmp_path / SOCKET, 25) as silence:
        home = make_home(url.replace(real, str(tmp_path)))
        text = home.config.read_text(encoding="utf-8")
        home.config.write_text(f"{text}[limits]\nrun_minutes = 1\n", encoding="utf-8")
        silence.set()
        ran = home.commands.run(
            "run", folder=home.folder, life=200, LOOPNOTE_NOW="2026-11-24T08:05:00+09:00"
        )
    assert ran.code == 2, ran.err
    assert "was not done within 60 seconds" in home.told()[0]
    assert home.ping.heard[-1] == "/uuid/fail"
