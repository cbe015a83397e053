"""One source's trouble is that source's trouble.

A death, a hang, a hunger for memory, a fault in its reading.
"""

import faulthandler
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from loopnote.commands.reading.columns import read_sources
from loopnote.commands.reading.columns_page import draw_sources, drawing_words
from loopnote.commands.setup.doctor import check
from loopnote.config.read import LoadedConfig, parse
from loopnote.services.wiring import Wiring
from notes.model.errors import SourceError, SourceRefusedError
from notes.store.store import Store
from notes.system import compiled_tables
from notes.system.compiled_tables import compiled, kept_pattern
from sync.contents.workbook import Grid, Workbook
from sync.parse_result import ParseOptions
from sync.parsing.vocabulary import header_phrases
from sync.pulls.child_process import Limits, can_fork, in_child
from sync.pulls.isolated_pull import IsolatedPulls, pull_all
from sync.pulls.pull import SourceJob
from sync.pulls.warm_vocabulary import built
from sync.retry import RateLimiter
from sync.source import Fetch, FetchOutcome

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system cannot fork")

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ROWS = [
    ["날짜", "목표", "가설", "회고"],
    ["2026-11-16", "재방문 40%", "쿠폰을 주면 다시 온다", "기한이 짧을수록 낫다"],
    ["2026-11-17", "별점 4.8", "포장을 바꾸면 오른다", "국물이 샜다"],
]


@dataclass
class Log:
    """A source that does something when it is read."""

    name: str
    act: Any = None
    team: str = "팀"
    rate_limiter: RateLimiter = field(default_factory=lambda: RateLimiter(100))

    def fetch(self, state, *, full, known):
        def contents():
            if self.act is not None:
                self.act(self)
            yield Workbook("log", (Grid("기록", ROWS),))

        return Fetch(contents(), lambda: FetchOutcome({"read": 1}))

    def check(self):
        return []


def abort(_log=None):
    """End this process as a fault in a library would, without pytest's dump of its stacks."""
    faulthandler.disable()
    os.abort()


def hang(_log):
    time.sleep(60)


def devour(_log):
    held = [bytearray(50 << 20) for _ in range(100)]
    assert held


def raise_index_error(_log):
    [].pop()


def job(source):
    return SourceJob(source, ParseOptions())


LIMITS = Limits(seconds=20, memory_mb=400)


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as opened:
        opened.begin_run("sync", NOW)
        yield opened


def pulled(store, *sources, limits=LIMITS):
    run_id = store.begin_run("sync", NOW)
    jobs = [job(source) for source in sources]
    return list(
        pull_all(store, jobs, run_id=run_id, now=NOW, progress=lambda _text: None, limits=limits)
    )


ENDS = [
    (abort, LIMITS, "more than 400 MB"),
    (lambda _log: os.kill(os.getpid(), signal.SIGKILL), LIMITS, "SIGKILL"),
    (hang, Limits(seconds=3), "not read within"),
    (devour, LIMITS, "more than 400 MB"),
    (raise_index_error, LIMITS, "IndexError"),
]
POSTGRES, SLOW = pytest.mark.postgres, pytest.mark.slow


@pytest.mark.parametrize(
    ("store_url", "act", "limits", "says"),
    [
        *(pytest.param("sqlite", *end) for end in ENDS),
        pytest.param("postgresql", *ENDS[0], marks=POSTGRES),
        # how a child ends has nothing to do with the database
        *(pytest.param("postgresql", *end, marks=[POSTGRES, SLOW]) for end in ENDS[1:]),
    ],
    indirect=["store_url"],
)
def test_what_happens_to_one_source_leaves_the_others_alone(store, act, limits, says):
    pulled(store, Log("bad"), Log("good"))
    first, second = pulled(store, Log("bad", act), Log("good"), limits=limits)
    assert not first.ok
    assert re.search(says, first.error), first.error
    assert first.hint
    assert second.ok
    health = {one.source: one for one in store.health()}
    assert health["bad"].error
    assert not health["good"].error
    assert len(list(store.notes())) == 4  # the last good data of the bad one are still there


def test_what_a_child_has_stored_is_there_for_its_parent(store):
    [result] = pulled(store, Log("log"))
    assert (result.ok, result.counts.new) == (True, 2)
    assert len(list(store.notes())) == 2
    [again] = pulled(store, Log("log"))
    assert (again.counts.new, again.counts.unchanged) == (0, 2)


@pytest.mark.parametrize(
    "store_url", ["sqlite", pytest.param("postgresql", marks=[POSTGRES, SLOW])], indirect=True
)
def test_what_two_children_had_to_build_is_built_once_for_all_that_follow(
    store, monkeypatch, tmp_path
):
    kept = [getattr(sys.modules[room], name) for room, name in built()]
    for one in kept:
        one.cache_clear()
    said = tmp_path / "built"

    def told(*asked):
        with said.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")
        return compiled(*asked)

    monkeypatch.setattr(header_phrases, "compiled", told)
    results = pulled(store, *(Log(f"log {number}") for number in range(5)))
    assert [one.counts.new for one in results] == [2] * 5
    builders = said.read_text(encoding="utf-8").split()
    assert len(set(builders)) == len(builders) == 3
    assert builders[2] == str(os.getpid())  # two children, then the parent of the other three


def test_a_child_leaves_the_patterns_that_it_compiled_for_other_processes(
    store, monkeypatch, tmp_path
):
    monkeypatch.setattr(compiled_tables, "_PATTERNS", compiled_tables._Patterns())
    monkeypatch.setattr(compiled_tables, "_HERE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    pulled(store, Log("log", lambda _log: kept_pattern("compiled in a (child)")))
    [kept] = tmp_path.rglob("patterns*.tables")
    assert b"compiled in a (child)" in kept.read_bytes()


def test_a_child_that_dies_before_its_end_has_stored_nothing(store):
    class Half(Log):
        def fetch(self, state, *, full, known):
            def contents():
                yield Workbook("log", (Grid("기록", ROWS),))
                abort()

            return Fetch(contents(), lambda: FetchOutcome({}))

    [result] = pulled(store, Half("log"))
    assert not result.ok
    assert list(store.notes()) == []


def test_what_one_source_sends_counts_for_the_pace_of_the_next(store):
    pace = RateLimiter(100)
    apart = IsolatedPulls(store, LIMITS)
    run_id = store.begin_run("sync", NOW)

    def ask(log):
        for _ in range(7):
            log.rate_limiter.wait()

    for name in ("one", "two"):
        apart.pull_source(
            job(Log(name, ask, rate_limiter=pace)),
            run_id=run_id,
            now=NOW,
            full=False,
            progress=lambda _text: None,
        )
    assert len(pace.state()[0]) == 14


def test_when_the_time_of_a_round_is_used_up_the_rest_has_its_turn_later(store):
    clock = iter([0.0, 0.0, 200.0])
    apart = IsolatedPulls(
        store, Limits(seconds=20, round_seconds=100), clock=lambda: next(clock, 300.0)
    )
    run_id = store.begin_run("sync", NOW)
    first, second = (
        apart.pull_source(
            job(Log(name)), run_id=run_id, now=NOW, full=False, progress=lambda _text: None
        )
        for name in ("one", "two")
    )
    assert first.ok
    assert second.code == "source.no_time_left"


def test_an_answer_and_an_error_come_back_as_they_are():
    assert in_child(lambda: {"a": [1, 2]}, LIMITS, name="x") == {"a": [1, 2]}

    def refuse():
        raise SourceRefusedError("no", hint="ask", code="x.y", facts={"a": "b"})

    with pytest.raises(SourceRefusedError) as caught:
        in_child(refuse, LIMITS, name="x")
    assert (str(caught.value), caught.value.hint, caught.value.code, caught.value.facts) == (
        "no",
        "ask",
        "x.y",
        {"a": "b"},
    )


def test_an_answer_beyond_all_measure_is_not_taken_in():
    with pytest.raises(SourceError, match="more than can be taken in"):
        in_child(lambda: bytes(80 << 20), Limits(memory_mb=1000), name="x")


def test_a_child_ends_with_its_parent(tmp_path):
    script = f"""
import os, time
from sync.pulls.child_process import Limits, in_child
def work():
    open({str(tmp_path / "pid")!r}, "w").write(str(os.getpid()))
    time.sleep(60)
in_child(work, Limits(), name="x")
"""
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=str(Path.cwd()))
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.02)
    child = int((tmp_path / "pid").read_text())
    parent.kill()
    parent.wait()
    for _ in range(3000):  # a minute: a busy machine is no failure
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        with Path(f"/proc/{child}/stat").open() as file:
            if file.read().rsplit(")", 1)[1].split()[0] == "Z":
                return
        time.sleep(0.02)
    pytest.fail("the child lives on")


class TroubledWiring(Wiring):
    """A configuration of two sources, of which the first does something when it is read."""

    def __init__(self, folder: Path, act: Any) -> None:
        source = {"team": "팀", "kind": "file", "path": "log.csv"}
        settings = {
            "teams": [{"name": "팀"}],
            "sources": [{**source, "name": "bad"}, {**source, "name": "good"}],
            "limits": {"memory_mb": 400},
        }
        file = folder / "config.toml"
        super().__init__(LoadedConfig(parse(settings, path=file), file))
        self.act = act

    def source(self, settings, progress):
        return Log(settings.name, self.act if settings.name == "bad" else None)


@pytest.mark.parametrize("act", [abort, devour, raise_index_error])
def test_what_is_read_without_being_kept_is_read_in_a_child_too(tmp_path, act):
    wiring = TroubledWiring(tmp_path, act)
    found = dict(read_sources(wiring, progress=lambda _text: None))
    assert isinstance(found["bad"], SourceError)
    assert len(found["good"].entries) == 2
    drawn = dict(
        draw_sources(
            wiring, only="", out=tmp_path, wording=drawing_words(), progress=lambda _text: None
        )
    )
    assert isinstance(drawn["bad"], SourceError)
    assert "쿠폰을 주면" in drawn["good"].read_text(encoding="utf-8")


def test_a_check_that_ends_its_process_is_a_finding_of_that_source(tmp_path):
    class Checked(Log):
        def check(self):
            abort()

    class CheckedWiring(TroubledWiring):
        def source(self, settings, progress):
            return (Checked if settings.name == "bad" else Log)(settings.name)

    wiring = CheckedWiring(tmp_path, None)
    levels = {one.subject: one.level for one in check(wiring, progress=lambda _text: None)}
    assert levels["source bad"] == "error"
    assert levels.get("source good") != "error"
