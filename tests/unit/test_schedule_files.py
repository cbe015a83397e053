"""What starts a run by itself: entries for four systems, with real paths however odd they are."""

import plistlib
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from loopnote.runtime.machine import shipped_file
from loopnote.runtime.schedule_files import (
    KINDS,
    ScheduledRun,
    ScheduleKind,
    cron_line,
    install_commands,
    schedule_files,
    usual_kind,
)

RUN = ScheduledRun(
    program=("/srv/our tools/bin/loopnote",),
    config=Path("/srv/영업 50%/config.toml"),
    language="ko",
    user="kim",
    writable=(Path("/srv/영업 50%"), Path("/mnt/archive")),
    timer=Path(shipped_file("examples/loopnote.timer")).read_bytes(),
)


def content(kind: ScheduleKind, name: str = "") -> bytes:
    return next(one.content for one in schedule_files(RUN, kind) if name in one.name)


def test_the_line_for_cron_quotes_blanks_and_escapes_what_would_end_it():
    assert cron_line(RUN) == (
        "*/30 * * * * LOOPNOTE_LANG=ko '/srv/our tools/bin/loopnote'"
        " --config '/srv/영업 50\\%/config.toml' run"
    )


def test_a_run_that_hangs_is_ended_where_the_system_can():
    limited = replace(RUN, has_timeout=True)
    assert " LOOPNOTE_LANG=ko timeout -k 60 11h '/srv/our tools/" in cron_line(limited)


def test_a_unit_quotes_blanks_and_doubles_per_cent_signs():
    text = content("systemd", "service").decode()
    assert (
        'ExecStart="/srv/our tools/bin/loopnote" --verbose --config "/srv/영업 '
        '50%%/config.toml" run'
    ) in text
    assert "WorkingDirectory=/srv/영업 50%%\n" in text
    assert 'ReadWritePaths="-/srv/영업 50%%" -/mnt/archive\n' in text
    assert "User=kim\n" in text


def test_a_folder_of_a_unit_may_be_missing_and_its_dollar_sign_is_no_variable():
    run = replace(RUN, config=Path("/srv/$a/config.toml"), writable=(Path("/srv/$a"),))
    unit = next(one.content.decode() for one in schedule_files(run, "systemd"))
    assert "ReadWritePaths=-/srv/$a\n" in unit
    assert "--config /srv/$$a/config.toml run" in unit


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_itself_accepts_the_units(tmp_path):
    run = replace(
        RUN,
        program=("/bin/true",),
        config=tmp_path / "config.toml",
        user="root",
        writable=(tmp_path,),
    )
    for one in schedule_files(run, "systemd"):
        (tmp_path / one.name).write_bytes(one.content)
    ran = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "loopnote.timer")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "loopnote." not in ran.stderr, ran.stderr


def test_the_timer_is_the_one_of_the_examples():
    text = content("systemd", "timer").decode()
    assert "OnCalendar=*:00/30" in text
    assert "[Install]" in text


def test_a_property_list_holds_every_word_by_itself():
    held = plistlib.loads(content("launchd"))
    assert held["ProgramArguments"] == list(RUN.words)
    assert held["WorkingDirectory"] == "/srv/영업 50%"
    assert held["EnvironmentVariables"] == {"LOOPNOTE_LANG": "ko"}


def test_a_task_is_xml_that_task_scheduler_knows():
    text = content("windows").decode("utf-16")
    tree = ET.fromstring(text.partition("?>")[2])
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    exec_ = tree.find(f"{space}Actions/{space}Exec")
    assert exec_ is not None
    assert exec_.findtext(f"{space}Command") == "/srv/our tools/bin/loopnote"
    assert exec_.findtext(f"{space}Arguments") == '--config "/srv/영업 50%/config.toml" run'
    assert tree.findtext(f".//{space}Interval") == "PT30M"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_how_it_is_installed(kind):
    commands = " ".join(install_commands(kind, Path("/srv/x")))
    assert all(Path(one.name).name in commands for one in schedule_files(RUN, kind))


def test_each_system_has_its_usual_kind():
    assert [usual_kind(one) for one in ("linux", "darwin", "win32")] == [
        "cron", "launchd", "windows"
    ]  # fmt: skip
