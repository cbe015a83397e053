"""The long-running process: it survives its rounds, and ends cleanly when asked."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from notes.model.errors import SourceUnavailableError
from loopnote.runtime.logging import set_up_logging
from loopnote.delivery.scheduler import StopSignal, run_schedule

set_up_logging(level="info")
stop, count = StopSignal(), 0
stop.on_signals()

def tick():
    global count
    count += 1
    print("tick", count, flush=True)
    if count == 1:
        raise RuntimeError("a mistake of ours")
    if count == 2:
        raise SourceUnavailableError("no answer", hint="wait")

failures = run_schedule(tick, stop=stop, every_s=1, tell=lambda: "Monday")
sys.exit(0 if failures == 2 else 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_a_round_that_fails_does_not_end_the_schedule_and_sigterm_does():
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert [process.stdout.readline().strip() for _ in range(3)] == ["tick 1", "tick 2", "tick 3"]
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=120)
    assert process.returncode == 0
    assert 'event="schedule started" every_s=1 next=Monday' in log
    assert "a mistake of ours" in log
    assert "Traceback" in log.partition("SourceUnavailable")[0]
    assert 'event="schedule stopped" failures=2' in log
