"""One run at a time, and whoever dies lets go."""

import subprocess
import sys

from notes.store.tables.run_lock import run_lock

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
    process.wait(10)
    process.stdout.close()
    for _ in range(100):
        with run_lock(store.database) as held:
            if held:
                break
    assert held
