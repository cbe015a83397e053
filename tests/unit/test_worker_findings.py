"""What `doctor` says of workers."""

from dataclasses import replace
from datetime import UTC, datetime

from loopnote.commands.run_state.worker_states import WorkStatus
from loopnote.commands.setup.doctor_workers import worker_findings
from loopnote.runtime.messages.errors import sentence_text
from notes.store.work.failures import WorkFailure
from notes.store.work.workers import WorkerProcess, WorkerState

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ONE = WorkerState(
    process=WorkerProcess(
        id="a", host="anna", pid=1, version="1 (3.10)", kinds=("sync",), concurrency=2
    ),
    started=NOW,
    last_beat=NOW,
    silent_s=3,
    skew_s=0.4,
    ended=False,
)


def findings(*workers: WorkerState, failures: tuple[WorkFailure, ...] = ()) -> dict[str, str]:
    work = WorkStatus(workers=workers, failures=failures)
    return {one.id: f"{one.level} {one.message}" for one in worker_findings(work)}


def test_a_store_that_never_had_a_worker_is_not_spoken_of():
    assert findings() == {}


def test_living_workers_of_one_version_with_the_right_time_are_well():
    other = replace(ONE, process=replace(ONE.process, host="ben"))
    assert findings(ONE, other) == {"workers.alive": "ok 2 live, on 2 hosts"}


def test_silent_workers_are_told():
    found = findings(replace(ONE, silent_s=61), replace(ONE, ended=True))
    assert found == {"workers.alive": "warning none lives; only `loopnote run` does the work"}


def test_versions_side_by_side_and_a_wrong_clock_are_told():
    newer = replace(ONE, process=replace(ONE.process, version="2 (3.11)"), skew_s=-200)
    found = findings(ONE, newer)
    assert found["workers.version"] == "warning live side by side in versions 1 (3.10), 2 (3.11)"
    assert found["workers.clock"] == "warning its clock is 200 s behind the database's"


def test_what_failed_is_told_with_its_reason():
    found = findings(ONE, failures=(WorkFailure("sync notion:", "died"),))
    assert found["workers.failed"] == "warning died"


def test_whom_a_finding_is_about_is_said_in_korean():
    other = replace(ONE, process=replace(ONE.process, version="2 (3.11)"), skew_s=-200)
    work = WorkStatus(workers=(ONE, other), failures=(WorkFailure("sync notion:", "died"),))
    named = {sentence_text(one.subject, "ko") for one in worker_findings(work)}
    assert named == {"워커", "컴퓨터 anna", "워커: sync notion:"}
