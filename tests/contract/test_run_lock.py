"""One run at a time, and whoever dies lets go."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from notes.store.tables.run_lock import LockHolder, lock_holder, run_lock

HOLDER = """
import sys, time
from pathlib import Path
from notes.store.tables.run_lock import run_lock
from notes.store.store import Store
with Store.open(sys.argv[1]) as store, run_lock(store.database) as held:
    print(held, flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_turned_away_and_the_next_one_let_in(store):
    with run_lock(store.database) as first:
        assert first
        with run_lock(store.database) as second:
            assert not second
        with run_lock(store.database) as still:
            assert not still
    with run_lock(store.database) as after:
        assert after


def test_a_killed_process_lets_go(store, store_url):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, store_url], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().strip() == "True"
    with run_lock(store.database) as held:
        assert not held
    process.kill()
    process.wait(60)
    process.stdout.close()
    for _ in range(100):
        with run_lock(store.database) as held:
            if held:
                break
    assert held


FORKING_HOLDER = """
import os, sys, time
from datetime import UTC, datetime
from notes.store.tables.run_lock import run_lock
from notes.store.store import Store
with Store.open(sys.argv[1]) as store, run_lock(store.database, datetime(2026, 11, 23, \
tzinfo=UTC)) as held:
    pid = os.fork()
    if pid:
        print(held, pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_an_orphan_of_a_killed_holder_does_not_keep_the_lock(store, store_url):
    process = subprocess.Popen(
        [sys.executable, "-c", FORKING_HOLDER, store_url], stdout=subprocess.PIPE, text=True
    )
    held, orphan = process.stdout.readline().split()
    assert held == "True"
    holder = lock_holder(store.database)
    assert (holder.pid, holder.since) == (process.pid, datetime(2026, 11, 23, tzinfo=UTC))
    process.kill()
    process.wait(60)
    try:
        assert any(_is_free(store) for _ in range(200))
        os.kill(int(orphan), 0)  # it is still there, and holds nothing
    finally:
        os.kill(int(orphan), signal.SIGKILL)
        process.stdout.close()


def _is_free(store) -> bool:
    with run_lock(store.database) as held:
        return held


def test_the_name_of_a_holder_says_who_it_is_and_fits_into_a_name_of_postgresql():
    holder = LockHolder(
        4_194_304, "서버.a-very-long-name-of-a-machine.example", datetime(2026, 11, 23, tzinfo=UTC)
    )
    assert len(holder.text()) <= 63
    assert holder.text().isascii()
    assert "4194304@" in holder.text()
