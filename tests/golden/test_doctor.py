"""Doctor against real parts; its whole output is a golden file."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.ports import free_port
from fakes.run_fixture import subscription

from loopnote.alerts.doctor import (
    DoctorInputs,
    check_clock,
    check_folders,
    check_private,
    check_store,
    run_checks,
)
from notes.model.deliveries import Message
from notes.model.errors import ConfigError, RenderError, SourceRefusedError, StoreError
from notes.model.findings import Finding
from notes.model.periods import Week
from notes.store.delivery.alarms import Heartbeats
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from reports.delivery.folder import FolderTransport
from reports.delivery.smtp import SmtpTransport
from reports.delivery.smtp_connection import MailSettings

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
GOLDEN = Path(__file__).parent


class GoodSource:
    name, team = "trials", "team"

    def fetch(self, state, *, full, known):
        raise AssertionError("doctor reads no log")

    def check(self):
        return [Finding("source.access", "ok", "source trials", "may be read")]


def refused():
    raise SourceRefusedError(
        "Notion does not know this database", hint="share it with the integration"
    )


def broken_template():
    raise RenderError(
        "weekly.html.j2, line 3: ‘answr’ is undefined", hint="mend templates/weekly.html.j2"
    )


def lines(findings, tmp_path: Path) -> str:
    found = []
    for one in findings:
        found.append(f"{one.level:7} {one.id:18} {one.subject}: {one.message}")
        if one.hint:
            found.append(f"        → {one.hint}")
    return "\n".join(found).replace(str(tmp_path), "HOME") + "\n"


def config_in(tmp_path: Path) -> Path:
    config = tmp_path / "config.toml"
    config.write_text("")
    config.chmod(0o600)
    return config


def hold(name: str, text: str) -> None:
    golden = GOLDEN / name
    if os.environ.get("LOOPNOTE_GOLDEN") == "update":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_a_house_in_order(tmp_path):
    url = f"sqlite:///{tmp_path}/store.db"
    with Store.open(url) as store:
        Heartbeats(store.database).record_beat("run", NOW - timedelta(minutes=12))
    premises = DoctorInputs(
        NOW,
        config_in(tmp_path),
        lambda: Store.open(url),
        sources=[("trials", GoodSource)],
        templates=[("weekly, ko", lambda: "page")],
        transport=lambda: FolderTransport(tmp_path / "outbox"),
        subscriptions=[subscription("mina")],
        remote_time=lambda: ("api.example.org", NOW + timedelta(seconds=3)),
        folders=[tmp_path / "outbox"],
        operator="op@example.org",
    )
    hold("doctor-well.txt", lines(run_checks(premises), tmp_path))


def test_a_house_where_everything_is_wrong(tmp_path, monkeypatch):
    config = config_in(tmp_path)
    config.chmod(0o666)
    (tmp_path / "file").write_text("")

    def closed() -> Store:
        raise StoreError(
            "the folder HOME/none does not exist", hint="create the folder, or correct store.url"
        )

    def no_library():
        raise ConfigError(
            "moving mails off holidays needs a library", hint="pip install 'loopnote[holidays]'"
        )

    port = free_port()
    server = SmtpTransport(MailSettings("127.0.0.1", "loop@example.org", port, "none"))
    premises = DoctorInputs(
        NOW,
        config,
        closed,
        sources=[("trials", GoodSource), ("ideas", refused)],
        templates=[("weekly, en", broken_template)],
        transport=lambda: server,
        subscriptions=[subscription("mina", zone="Asia/Soul")],
        holiday=no_library,
        private=[tmp_path / "key.json"],
        folders=[tmp_path / "file" / "outbox"],
        remote_time=lambda: ("api.example.org", NOW + timedelta(hours=3)),
    )
    hold("doctor-ill.txt", lines(run_checks(premises), tmp_path).replace(str(port), "PORT"))


def test_the_schedule_is_judged_by_its_last_sign_of_life(store, tmp_path):
    def beat_finding(last: datetime | None) -> str:
        if last is not None:
            Heartbeats(store.database).record_beat("run", last)
        url = store.database.where
        premises = DoctorInputs(NOW, tmp_path, lambda: Store.open(f"sqlite:///{url}"))
        return next(one.level for one in check_store(premises) if one.id == "schedule.beat")

    if store.database.dialect != "sqlite":
        pytest.skip("the same code on either database")
    assert beat_finding(None) == "warning"
    assert beat_finding(NOW - timedelta(days=2)) == "error"
    assert beat_finding(NOW + timedelta(hours=2)) == "warning"
    assert beat_finding(NOW) == "ok"


def test_a_mail_in_doubt_is_a_finding(store, tmp_path):
    ledger = Deliveries(store.database)
    key = ledger.open_report("team", Week(2026, 46), "weekly", subject="x", now=NOW)
    mail = ledger.keep(key, Message("<1@x>", "ko", "names", "x", b"x", NOW))
    line = ledger.plan(key, "mina@example.org", mail, now=NOW)
    ledger.claim(line, "dead", NOW)
    ledger.abandon(NOW)
    premises = DoctorInputs(NOW, tmp_path, lambda: store)
    assert [one.subject for one in check_store(premises) if one.id == "delivery.unknown"] == [
        "team/2026-W46/weekly/r1 → mina@example.org"
    ]


@pytest.mark.parametrize(
    ("skew", "level"),
    [(60, "ok"), (-60, "ok"), (600, "warning"), (-600, "warning"), (7200, "error")],
)
def test_a_clock_that_differs_is_told(skew, level):
    (finding,) = check_clock(NOW, ("api.example.org", NOW + timedelta(seconds=skew)))
    assert finding.level == level


@pytest.mark.skipif(os.name == "nt", reason="rights work otherwise on Windows")
def test_files_with_secrets_are_private_or_a_finding(tmp_path):
    secret = config_in(tmp_path)
    assert not list(check_private([secret]))
    secret.chmod(0o640)
    assert not list(check_private([secret]))
    secret.chmod(0o644)
    assert [one.hint for one in check_private([secret])] == [f"chmod 600 {secret}"]


def test_a_folder_that_is_not_there_yet_is_judged_by_its_parent(tmp_path):
    assert [one.level for one in check_folders([tmp_path / "a" / "b"])] == ["ok"]
