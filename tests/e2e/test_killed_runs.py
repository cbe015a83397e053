"""Processes killed at any moment, crons that overlap, clocks that jump.

Nobody gets two, nothing is lost unseen.
"""

import random
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fakes.process_killer import NAMES, ProcessKiller
from fakes.smtp import MailHost, MailHostRunning

from loopnote.runtime.messages.report_names import report_name
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
]
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def bodies(host: MailHost) -> Counter:
    return Counter(
        (taken.address, taken.body) for taken in host.bodies if not taken.address.startswith("op@")
    )


def judge(url: str, host: MailHost) -> Counter:
    """Hold every mail of the ledger against what the server took, and return how many ended
    in which state.
    """
    with Store.open(url) as store:
        lines = Deliveries(store.database).lines(limit=10_000)
    arrived, words = bodies(host), " ".join(host.texts_to("op@example.org"))
    assert max(arrived.values()) == 1
    per_reader = Counter(address for address, _ in arrived)
    for name in NAMES:
        mine = [line for line in lines if line.mailbox.startswith(name)]
        assert per_reader[f"{name}@example.org"] <= len(mine)
        for line in mine:
            assert line.state in {"sent", "unknown", "refused", "deferred"}, line
            assert line.state == "sent" or report_name(line.label, "en") in words, line
        assert per_reader[f"{name}@example.org"] >= sum(line.state == "sent" for line in mine)
    return Counter(line.state for line in lines)


def weeks_of_kills(url: str, host: MailHost, *, kills: int, seed: int) -> Counter:
    """Kill a round of every week at a random moment, then another perhaps, then let one live."""
    chance = random.Random(seed)
    with MailHostRunning(host) as running, ProcessKiller(url, running.port) as killer:
        killer.round(MONDAY - timedelta(days=1), None)  # makes the store; nothing is due
        started = time.monotonic()
        killer.round(MONDAY, None)
        span = time.monotonic() - started
        done = week = 0
        while done < kills:
            week += 1
            now = MONDAY + timedelta(weeks=week)
            for hour in (0, 1):
                if hour and chance.random() < 0.5:
                    continue
                jump = timedelta(minutes=chance.choice([0, 0, -50, 90]))
                done += killer.round(
                    now + timedelta(hours=hour) + jump, chance.uniform(0, span)
                ).count(-9)
            killer.round(now + timedelta(hours=6), None)
        killer.round(now + timedelta(hours=7), None)
        killer.round(now + timedelta(hours=30), None)  # what did not go out is missed by now
    return judge(url, host)


def test_ten_kills_at_any_moment_double_nothing_and_hide_nothing(store_url):
    states = weeks_of_kills(store_url, MailHost(think_s=0.02), kills=10, seed=1)
    assert states["sent"] > 20


@pytest.mark.slow
@pytest.mark.endurance
@pytest.mark.parametrize("seed", range(5))
def test_a_hundred_kills_at_any_moment_double_nothing_and_hide_nothing(store_url, seed):
    words = ["take"] * 5 + ["refuse", "greylist", "cut_before_body", "cut_after_body", "defer_body"]
    chance = random.Random(seed)
    host = MailHost(
        {f"{name}@example.org": [chance.choice(words) for _ in range(400)] for name in NAMES},
        think_s=0.02,
    )
    states = weeks_of_kills(store_url, host, kills=100, seed=seed)
    print(states)
    assert states["sent"] > 100


def test_three_crons_at_once_send_once(store_url):
    host = MailHost()
    with MailHostRunning(host) as running, ProcessKiller(store_url, running.port) as killer:
        for week in range(3):
            assert killer.round(MONDAY + timedelta(weeks=week), None, None, None) == [0, 0, 0]
    assert bodies(host).total() == len(bodies(host)) == 3 * len(NAMES)


def test_three_crons_of_which_one_dies_send_once(store_url):
    host, chance = MailHost(think_s=0.02), random.Random(7)
    with MailHostRunning(host) as running, ProcessKiller(store_url, running.port) as killer:
        killer.round(MONDAY - timedelta(days=1), None)
        for week in range(3):
            now = MONDAY + timedelta(weeks=week)
            killer.round(now, chance.uniform(0.0, 0.3), None, None)
            killer.round(now + timedelta(hours=1), None)
    judge(store_url, host)
