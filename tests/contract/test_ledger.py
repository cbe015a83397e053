"""The ledger's promises: one claim, the same bytes for ever, nothing resent by itself."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notes.model.deliveries import Message
from notes.model.periods import Week
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)
MINA = "Mina@example.org"


@pytest.fixture
def ledger(store: Store) -> Deliveries:
    return Deliveries(store.database)


def mail(
    body: bytes = b"Subject: x\r\n\r\nfirst", language: str = "ko", audience: str = "leader"
) -> Message:
    return Message("<weekly.1@example.org>", language, audience, "x", body, NOW)


def planned(ledger: Deliveries, address: str = MINA):
    key = ledger.open_report("판교/팀", Week(2026, 47), "weekly", subject="x", now=NOW)
    kept = ledger.keep(key, mail())
    return ledger.plan(key, address, kept, now=NOW)


def test_a_plan_is_written_once(ledger):
    first = planned(ledger)
    assert (first.report, first.mailbox, first.state) == (
        "판교/팀/2026-W47/weekly/r1",
        "mina@example.org",
        "planned",
    )
    assert (first.label, first.revision) == ("판교/팀/2026-W47/weekly", 1)
    ledger.claim(first, "run1", NOW)
    assert planned(ledger, "mina@EXAMPLE.org").state == "sending"


def test_the_bytes_that_were_kept_first_stay(ledger):
    line = planned(ledger)
    again = ledger.keep(line.report, mail(b"Subject: x\r\n\r\nsecond"))
    assert again.body == mail().body
    assert ledger.claim(line, "run1", NOW) == mail().body
    english = ledger.keep(line.report, mail(b"other", language="en"))
    assert english.body == b"other"


def test_the_page_and_the_notes_behind_it_are_kept_with_the_mail(ledger):
    key = ledger.open_report("판교/팀", Week(2026, 47), "weekly", subject="x", now=NOW)
    made = replace(mail(), page="<h1>보고</h1>" * 200, notes=(("a1", 3), ("b2", 1)))
    ledger.keep(key, made)
    assert ledger.kept(key, "ko", "leader") == made


def test_only_one_of_two_claims_succeeds(ledger):
    line = planned(ledger)
    assert ledger.claim(line, "run1", NOW)
    assert ledger.claim(line, "run2", NOW) is None
    assert ledger.latest()["판교/팀/2026-W47/weekly", "mina@example.org"].run_id == "run1"


def test_of_many_claims_at_the_same_moment_one_succeeds(ledger):
    line = planned(ledger)
    start = threading.Barrier(8)
    won = []

    def claim(name: str) -> None:
        start.wait()
        if ledger.claim(line, name, NOW):
            won.append(name)

    threads = [threading.Thread(target=claim, args=(f"run{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1


@pytest.mark.parametrize("state", ["sent", "refused", "unknown", "skipped"])
def test_what_is_settled_is_never_claimed_again(ledger, state):
    line = planned(ledger)
    ledger.claim(line, "run1", NOW)
    ledger.settle(line, "run1", state, now=NOW, code="250", reply="taken")
    assert ledger.claim(line, "run2", LATER) is None


def test_what_is_deferred_may_be_claimed_again_and_counts_its_attempts(ledger):
    line = planned(ledger)
    ledger.claim(line, "run1", NOW)
    ledger.settle(line, "run1", "deferred", now=NOW, code="451", reply="later")
    ledger.defer(line, NOW, "no connection")
    assert ledger.claim(line, "run2", LATER)
    (stands,) = ledger.lines()
    assert (stands.attempts, stands.state) == (3, "sending")


def test_a_leftover_of_a_dead_process_becomes_unknown_and_stays(ledger):
    line = planned(ledger)
    ledger.claim(line, "dead", NOW)
    assert ledger.abandon(LATER, but="dead") == []
    (left,) = ledger.abandon(LATER, but="run2")
    assert (left.state, left.run_id) == ("unknown", "dead")
    assert ledger.claim(line, "run2", LATER) is None


def test_a_process_that_was_only_taken_for_dead_may_still_tell_the_truth(ledger):
    line = planned(ledger)
    ledger.claim(line, "slow", NOW)
    ledger.abandon(LATER)
    ledger.settle(line, "slow", "sent", now=LATER, code="250")
    assert ledger.lines()[0].state == "sent"


def test_nobody_settles_what_another_run_claimed(ledger):
    line = planned(ledger)
    ledger.claim(line, "run1", NOW)
    ledger.settle(line, "run2", "sent", now=NOW)
    assert ledger.lines()[0].state == "sending"


def test_a_person_may_ask_for_what_is_settled_but_not_for_what_is_under_way(ledger):
    line = planned(ledger)
    ledger.claim(line, "run1", NOW)
    assert not ledger.request_again(line, LATER)
    ledger.settle(line, "run1", "unknown", now=LATER)
    assert ledger.request_again(line, LATER)
    assert ledger.claim(line, "run2", LATER) == mail().body


def test_a_correction_is_a_revision_of_its_own(ledger):
    line = planned(ledger)
    ledger.claim(line, "run1", NOW)
    ledger.settle(line, "run1", "sent", now=NOW)
    key = ledger.correct_report(line.label, subject="[정정] x", now=LATER)
    assert key == "판교/팀/2026-W47/weekly/r2"
    corrected = ledger.plan(key, MINA, ledger.keep(key, mail(b"corrected")), now=LATER)
    assert ledger.latest()[line.label, line.mailbox] == corrected
    assert ledger.open_report("판교/팀", Week(2026, 47), "weekly", subject="x", now=LATER) == key
    assert ledger.kept(line.report, "ko", "leader").body == mail().body


def test_nothing_to_say_is_settled_too(ledger):
    key = ledger.open_report("팀", Week(2026, 47), "preview", subject="", now=NOW)
    ledger.skip(key, MINA, NOW, reason="nothing to mend")
    assert ledger.latest()["팀/2026-W47/preview", "mina@example.org"].state == "skipped"


def test_lines_come_latest_change_first(ledger):
    first, second = planned(ledger), planned(ledger, "leader@example.org")
    ledger.claim(first, "run1", LATER)
    assert [line.mailbox for line in ledger.lines()] == [first.mailbox, second.mailbox]
    assert ledger.lines(labels=["other"]) == []
