"""The examples are tried: what cron, systemd and a container would run is run."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fakes.command import clean_environment

from loopnote.cli.help.command_names import COMMAND_MODULES

EXAMPLES = Path(__file__).parents[2] / "examples"
UNITS = sorted(EXAMPLES.glob("*.service")) + sorted(EXAMPLES.glob("*.timer"))
COMMANDS = set(COMMAND_MODULES)


def test_every_unit_and_the_crontab_call_commands_that_exist():
    lines = [
        line
        for file in (*UNITS, EXAMPLES / "crontab")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    called = [
        line.split("config.toml")[1].split()
        for line in lines
        if "--config" in line and not line.startswith("#")
    ]
    assert len(called) == 4
    assert {
        next(word for word in words if not word.startswith("-")) for words in called
    } <= COMMANDS
    assert re.search(
        r'CMD \["schedule"\]', (EXAMPLES / "Containerfile").read_text(encoding="utf-8")
    )


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path, unit):
    for file in UNITS:
        text = (
            file.read_text(encoding="utf-8")
            .replace("/usr/local/bin/loopnote", "/bin/true")
            .replace("User=loopnote\n", "")
        )
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    ran = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr.strip()) == (0, "")


def test_the_line_for_cron_works_in_the_bare_environment_that_cron_gives(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('[[teams]]\nname = "sales"\nlanguage = "en"\n', encoding="utf-8")
    text = (EXAMPLES / "crontab").read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("*/30")]
    command = line.split(maxsplit=5)[5].replace("/srv/loopnote/config.toml", str(config))
    bare = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONPATH": clean_environment()["PYTHONPATH"],
    }
    program = tmp_path / "loopnote"
    import sys

    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m loopnote "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    ran = subprocess.run(
        ["/bin/sh", "-c", command.replace("loopnote --config", f"{program} --config", 1)],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
