"""Monday without anybody.

`run`, `schedule`, `send`, `preview` and `replay` as processes on a folder of files.
"""

import re
import signal
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from fakes.command import clean_environment, loopnote

CONFIG = """
[[teams]]
name = "sales"
language = "en"
timezone = "Asia/Seoul"
preview_to = ["team@example.org"]

[[teams]]
name = "support"
language = "en"
timezone = "Asia/Seoul"

[[recipients]]
address = "mina@example.org"
teams = ["sales"]

[[recipients]]
address = "june@example.org"
teams = ["*"]

[[recipients]]
address = "noah@example.org"
teams = ["support", "sales"]
every = "month"

[[sources]]
name = "trials"
team = "sales"
kind = "file"
path = "trials.csv"

[[sources]]
name = "calls"
team = "support"
kind = "file"
path = "calls.csv"

[operator]
address = "op@example.org"
language = "en"

[mail]
transport = "folder"
folder = "outbox"
from = "loop@example.org"
"""
TRIALS = """date,goal,hypothesis,action,result,before,after,retrospective,learned
2026-11-16,more replies,short mails get replies,sent short mails,success,11%,22%,mails fit a phone,\
short is better
2026-11-18,more replies,calling first helps,called ten people,failure,22%,21%,nobody picks up in \
the morning,
"""
CALLS = """date,goal,hypothesis,action,result,retrospective
2026-11-17,fewer repeats,a checklist helps,wrote a checklist,success,the step was missing
"""
MONDAY = "2026-11-23T08:05:00+09:00"
FRIDAY = "2026-11-20T15:05:00+09:00"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "config.toml").chmod(0o600)
    (tmp_path / "trials.csv").write_text(TRIALS, encoding="utf-8")
    (tmp_path / "calls.csv").write_text(CALLS, encoding="utf-8")
    return tmp_path


def mails(home: Path) -> dict[str, bytes]:
    found = {}
    for file in sorted((home / "outbox").glob("*.eml")):
        report, _, rest = file.name.partition("--")
        found[f"{report} {rest.rpartition('-')[0]}"] = file.read_bytes()
    return found


def test_a_monday_runs_by_itself_and_once(home):
    first = loopnote("run", folder=home, LOOPNOTE_NOW=MONDAY)
    assert first.code == 0, first.err
    sent = mails(home)
    assert sorted(sent) == [
        "2026-W47-weekly-r1 june@example.org",
        "sales-2026-W47-weekly-r1 mina@example.org",
    ]
    assert loopnote("run", folder=home, LOOPNOTE_NOW="2026-11-23T08:35:00+09:00").code == 0
    assert mails(home) == sent
    both = message_from_bytes(sent["2026-W47-weekly-r1 june@example.org"], policy=default)
    text = both.get_body(("plain",)).get_content()
    assert "sales" in text
    assert "support" in text
    status = loopnote("status", "--json", folder=home, LOOPNOTE_NOW=MONDAY).out
    assert status.count('"state":"sent"') == 2


@pytest.mark.slow
def test_the_first_of_the_month_brings_the_monthly_report_to_whoever_wants_it(home):
    ran = loopnote("run", folder=home, LOOPNOTE_NOW="2026-12-01T08:05:00+09:00")
    assert ran.code == 0, ran.err
    assert list(mails(home)) == ["2026-11-monthly-r1 noah@example.org"]


def test_the_friday_preview_goes_to_the_team_and_only_when_something_is_missing(home):
    assert loopnote("run", folder=home, LOOPNOTE_NOW=FRIDAY).code == 0
    assert list(mails(home)) == ["sales-2026-W47-preview-r1 team@example.org"]
    written = loopnote("preview", "--team", "sales", folder=home, LOOPNOTE_NOW=FRIDAY)
    assert re.search(r"\d cheap fixes", written.out)
    assert list((home / "pages").glob("2026-W47-sales-en-preview.html"))


def test_a_sent_report_comes_again_byte_for_byte(home):
    loopnote("run", folder=home, LOOPNOTE_NOW=MONDAY)
    (home / "trials.csv").write_text(TRIALS.replace("22%", "95%"), encoding="utf-8")
    loopnote("sync", folder=home, LOOPNOTE_NOW=MONDAY)
    again = loopnote("replay", "2026-W47", "--team", "sales", folder=home, LOOPNOTE_NOW=MONDAY)
    (file,) = (home / "replay").iterdir()
    assert str(file.name) in again.out
    assert file.read_bytes() == mails(home)["sales-2026-W47-weekly-r1 mina@example.org"]


def test_a_correction_says_so_and_refers_to_what_it_corrects(home):
    loopnote("run", folder=home, LOOPNOTE_NOW=MONDAY)
    (home / "trials.csv").write_text(TRIALS.replace("22%", "19%"), encoding="utf-8")
    later = "2026-11-23T11:00:00+09:00"
    loopnote("sync", folder=home, LOOPNOTE_NOW=later)
    ran = loopnote(
        "send",
        "--correct",
        "--team",
        "sales",
        "--week",
        "2026-W47",
        folder=home,
        LOOPNOTE_NOW=later,
    )
    assert ran.code == 0, ran.err
    first = message_from_bytes(
        mails(home)["sales-2026-W47-weekly-r1 mina@example.org"], policy=default
    )
    second = message_from_bytes(
        mails(home)["sales-2026-W47-weekly-r2 mina@example.org"], policy=default
    )
    assert second["References"] == first["Message-ID"]
    assert second["Message-ID"] != first["Message-ID"]
    assert "orrect" in second["Subject"]


@pytest.mark.slow
def test_a_test_copy_and_a_rehearsal_leave_no_trace(home):
    loopnote("sync", folder=home, LOOPNOTE_NOW=MONDAY)
    assert loopnote("send", "--dry-run", folder=home, LOOPNOTE_NOW=MONDAY).code == 0
    would = loopnote("run", "--dry-run", folder=home, LOOPNOTE_NOW=MONDAY).out
    assert "mina@example.org" in would
    assert "noah@example.org" not in would
    assert not (home / "outbox").exists()
    assert (
        loopnote(
            "send", "--to", "me@example.org", "--team", "sales", folder=home, LOOPNOTE_NOW=MONDAY
        ).code
        == 0
    )
    assert '"delivery"' not in loopnote("status", "--json", folder=home, LOOPNOTE_NOW=MONDAY).out
    assert loopnote("run", folder=home, LOOPNOTE_NOW=MONDAY).code == 0
    assert len(mails(home)) == 3


def test_if_every_source_fails_leaders_get_nothing_and_the_operator_hears_why(home):
    (home / "trials.csv").unlink()
    (home / "calls.csv").unlink()
    ran = loopnote("run", folder=home, LOOPNOTE_NOW=MONDAY)
    assert ran.code == 1
    assert [name.partition("-")[0] for name in mails(home)] == ["operator"]
    quiet = loopnote("run", folder=home, LOOPNOTE_NOW="2026-11-23T08:35:00+09:00")
    assert quiet.code == 1
    assert (quiet.out + quiet.err).count("[report.failed]") == 2
    assert (quiet.out + quiet.err).count("no source could be read") == 2, "once a report"
    assert (quiet.out + quiet.err).count("→ mend the source") == 2
    assert len(mails(home)) == 1
    status = loopnote("status", "--json", folder=home, LOOPNOTE_NOW=MONDAY).out
    assert '"command":"run"' in status
    assert '"ok":false' in status
    assert '"kind":"trouble","id":"report.failed"' in status


def test_a_leader_hears_that_his_team_could_not_be_read_where_another_was(home):
    (home / "trials.csv").unlink()
    loopnote("run", folder=home, LOOPNOTE_NOW=MONDAY)
    sent = mails(home)
    assert "2026-W47-weekly-r1 june@example.org" in sent
    own = message_from_bytes(sent["sales-2026-W47-weekly-r1 mina@example.org"], policy=default)
    assert "could not be read" in own.get_body(("plain",)).get_content()


@pytest.mark.slow
def test_doctor_knows_when_the_schedule_is_silent(home):
    loopnote("run", folder=home, LOOPNOTE_NOW=FRIDAY)
    ill = loopnote("doctor", folder=home, LOOPNOTE_NOW=MONDAY)
    assert ill.code == 1
    assert "schedule.beat" in ill.out


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_the_schedule_says_what_comes_next_does_it_and_ends_when_asked(home):
    process = subprocess.Popen(
        [sys.executable, "-m", "loopnote", "--verbose", "schedule", "--every", "1"],
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**clean_environment(), "LOOPNOTE_NOW": MONDAY, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout.readline().startswith("Next: ")
    rounds = 0
    while rounds < 2:
        line = process.stderr.readline()
        assert line, "the schedule ended by itself"
        rounds += "event=round" in line
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "schedule stopped" in err
    assert len(mails(home)) == 2
