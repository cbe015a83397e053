"""What a command does and returns does not depend on who reads its answer, or in which letters."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command import clean_environment
from fakes.csv_workspace import one_log

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells of Unix")

ROWS = "날짜,가설,실행,결과\n2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패\n"
READER = '\n[[recipients]]\naddress = "mina@example.org"\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    one_log(tmp_path, ROWS)
    config = tmp_path / "config.toml"
    config.write_text(config.read_text(encoding="utf-8") + READER, encoding="utf-8")
    return tmp_path


def typed(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Type a line into a shell; `loopnote` in it is the command line, $? at its end the code."""
    line = line.replace("loopnote", f"{sys.executable} -m loopnote")
    whole = clean_environment() | {"LOOPNOTE_NOW": "2026-11-23T08:05:00+09:00"} | environment
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=whole, capture_output=True, check=False, timeout=120
    )


def mails(folder: Path) -> int:
    return len(list((folder / "outbox").glob("*.eml")))


@pytest.mark.parametrize(
    "redirection",
    [
        pytest.param(">&-", marks=pytest.mark.slow),
        pytest.param("2>&-", marks=pytest.mark.slow),
        "<&- >&- 2>&-",
        pytest.param("| true; exit ${PIPESTATUS[0]}", id="reader gone"),
    ],
)
@pytest.mark.parametrize("buffered", ["", pytest.param("1", marks=pytest.mark.slow)])
def test_a_run_whose_streams_are_closed_sends_its_mail_and_says_done(
    workspace, redirection, buffered
):
    ran = typed(f"loopnote run {redirection}", workspace, PYTHONUNBUFFERED=buffered)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert mails(workspace) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is always full")
def test_an_answer_that_finds_no_room_is_said_and_the_mail_leaves(workspace):
    ran = typed("loopnote run > /dev/full", workspace)
    assert ran.returncode == 1
    assert "the answer could not be written: No space left" in ran.stderr.decode()
    assert mails(workspace) == 1
    assert typed("loopnote status > /dev/full 2>&1", workspace).returncode == 1


def test_a_file_of_ours_never_gets_the_number_of_a_stream(tmp_path):
    program = (
        "import os, sys\n"
        "from loopnote.cli.output.streams import standard_streams\n"
        "os.close(0), os.close(1)\n"
        "with standard_streams(): numbers = [os.open(sys.executable, 0) for _ in range(2)]\n"
        "sys.exit(min(numbers) <= 2)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], env=clean_environment(), cwd=tmp_path, check=False
    )
    assert ran.returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", pytest.param("cp949", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "command", ["search 전화", pytest.param("doctor", marks=pytest.mark.slow), "--help"]
)
def test_letters_that_a_terminal_has_not_are_written_otherwise(workspace, command, encoding):
    ran = typed(f"loopnote {command}", workspace, PYTHONIOENCODING=encoding)
    assert ran.returncode == 0, ran.stderr
    assert "unforeseen" not in (ran.stdout + ran.stderr).decode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", pytest.param("cp949", marks=pytest.mark.slow)])
def test_json_is_json_in_every_encoding(workspace, encoding):
    for command in ("notes", "search 전화"):
        ran = typed(f"loopnote {command} --json", workspace, PYTHONIOENCODING=encoding)
        records = [json.loads(line) for line in ran.stdout.decode(encoding).splitlines()]
        assert [one["hypothesis"] for one in records] == ["전화하면 다시 온다"]


def test_a_pipe_that_does_not_wait_gets_the_whole_answer(workspace):
    program = (
        "import os, subprocess, sys, time\n"
        "ours, theirs = os.pipe()\n"
        "os.set_blocking(theirs, False)\n"
        "ran = subprocess.Popen([sys.executable, '-c', 'from loopnote.cli.output.streams "
        "import *\\n"
        "import sys\\nwith standard_streams(): print(300_000 * chr(65))'], stdout=theirs)\n"
        "os.close(theirs)\n"
        "time.sleep(0.3)\n"
        "print(len(open(ours).read()), ran.wait())\n"
    )
    whole = clean_environment()
    done = subprocess.run(
        [sys.executable, "-c", program], env=whole, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["300001", "0"], done.stderr


def test_three_streams_are_back_where_they_were_when_a_command_has_ended():
    from loopnote.cli import main

    before = sys.stdin, sys.stdout, sys.stderr
    assert main(["--version"]) == 0
    assert (sys.stdin, sys.stdout, sys.stderr) == before
    assert os.fstat(1)
