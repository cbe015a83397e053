"""One sending, against a real server and a real ledger."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from fakes.ports import free_port
from fakes.smtp import MailHost, MailHostRunning

from notes.model.deliveries import Message
from notes.model.periods import Week
from notes.store.delivery.ledger import Deliveries
from reports.delivery.deliver import PlannedMail, deliver, send_copy
from reports.delivery.folder import FolderTransport
from reports.delivery.smtp import SmtpTransport
from reports.delivery.smtp_connection import MailSettings
from reports.delivery.transport import OutgoingMail

NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
NAMES = ("ann", "ben", "cho", "dan")


@pytest.fixture
def ledger(store) -> Deliveries:
    return Deliveries(store.database)


def plan(ledger: Deliveries, *names: str) -> list[PlannedMail]:
    key = ledger.open_report("team", Week(2026, 47), "weekly", subject="x", now=NOW)
    kept = ledger.keep(
        key, Message("<1@example.org>", "en", "leader", "x", b"Subject: x\r\n\r\nhello\r\n", NOW)
    )
    addresses = [f"{name}@example.org" for name in names]
    return [PlannedMail(ledger.plan(key, address, kept, now=NOW), address) for address in addresses]


def server(port: int, **changes) -> SmtpTransport:
    return SmtpTransport(
        MailSettings(
            "127.0.0.1", "loop@example.org", port, "none", command_s=0.5, body_s=0.5, **changes
        )
    )


def run(ledger, host, *names, run_id="run1", now=NOW):
    with MailHostRunning(host) as running, server(running.port) as transport:
        results = deliver(ledger, transport, plan(ledger, *names), run_id=run_id, clock=lambda: now)
    return [result.state for result in results]


def states(ledger) -> dict[str, str]:
    return {line.mailbox.partition("@")[0]: line.state for line in ledger.lines()}


def test_each_reader_has_an_envelope_and_a_line_of_their_own(ledger):
    host = MailHost({"ben@example.org": ["refuse"], "cho@example.org": ["greylist", "take"]})
    assert run(ledger, host, *NAMES) == ["sent", "refused", "deferred", "sent"]
    assert states(ledger) == {"ann": "sent", "ben": "refused", "cho": "deferred", "dan": "sent"}
    later = NOW + timedelta(minutes=30)
    assert run(ledger, host, *NAMES, run_id="run2", now=later) == ["held", "held", "sent", "held"]
    assert Counter(taken.address for taken in host.bodies) == {
        f"{name}@example.org": 1 for name in ("ann", "cho", "dan")
    }


def test_an_unknown_mail_is_left_to_a_person(ledger):
    host = MailHost({"ann@example.org": ["cut_after_body", "take"]})
    assert run(ledger, host, "ann", "ben") == ["unknown", "sent"]
    assert run(ledger, host, "ann", run_id="run2") == ["held"]
    ledger.request_again(plan(ledger, "ann")[0].line, NOW)
    assert run(ledger, host, "ann", run_id="run3") == ["sent"]
    assert len({taken.body for taken in host.bodies}) == 1


def test_a_server_out_of_reach_puts_all_off_and_is_tried_once(ledger):
    with server(free_port()) as transport:
        results = deliver(ledger, transport, plan(ledger, *NAMES), run_id="run1", clock=lambda: NOW)
    assert {result.state for result in results} == {"deferred"}
    assert all("no connection" in result.reply and result.hint for result in results)
    assert {line.attempts for line in ledger.lines()} == {1}


def test_a_server_that_stalls_at_every_mail_is_given_up_after_two(ledger):
    host = MailHost({f"{name}@example.org": ["stall_before_body"] for name in NAMES}, stall_s=3)
    assert run(ledger, host, *NAMES) == ["deferred"] * 4
    assert host.sessions == 2


def test_a_run_that_is_asked_to_stop_puts_the_rest_off(ledger, tmp_path):
    outbox, asked = FolderTransport(tmp_path), iter([False, True, True])
    results = deliver(
        ledger,
        outbox,
        plan(ledger, "ann", "ben"),
        run_id="run1",
        clock=lambda: NOW,
        stop=lambda: next(asked),
    )
    assert [result.state for result in results] == ["sent", "deferred"]


def test_a_folder_is_a_way_out_like_any_other(ledger, tmp_path):
    results = deliver(
        ledger, FolderTransport(tmp_path), plan(ledger, "ann"), run_id="run1", clock=lambda: NOW
    )
    assert results[0].state == "sent"
    assert [file.read_bytes() for file in tmp_path.glob("*.eml")] == [
        b"Subject: x\r\n\r\nhello\r\n"
    ]


def test_a_test_copy_leaves_no_trace_in_the_ledger(ledger, tmp_path):
    (line,) = [one.line for one in plan(ledger, "ann")]
    assert (
        send_copy(FolderTransport(tmp_path), OutgoingMail("copy", "me@example.org", b"x")).state
        == "sent"
    )
    assert ledger.lines() == [line]
