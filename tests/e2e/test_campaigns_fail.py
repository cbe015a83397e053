"""Each campaign of `make endure` finds what it looks for: a fault, seeded in a copy, makes it
fail.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command import clean_environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
]
ROOT = Path(__file__).parents[2]
COPIED = ("loopnote", "notes", "reports", "sync", "templates", "tests/endure", "tests/fakes")

SEND = "    send_result = transport.send(OutgoingMail(one.line.report, one.address, body))\n"
FAULTS = {
    "kills": (("--kills", "2"), "reports/delivery/deliver.py", SEND, SEND * 2, "doubled"),
    "mails": (
        ("--count", "3"),
        "loopnote/alerts/conditions.py",
        'if line.state in {"refused", "unknown"}',
        "if line.state in {}",
        "silent",
    ),
    "clocks": (
        ("--count", "3"),
        "loopnote/delivery/clock_jump.py",
        "return last is not None and not",
        "return False and last is not None and not",
        "doubled",
    ),
    "disks": (
        ("--count", "2"),
        "loopnote/commands/runs/failed_runs.py",
        "    except Exception as error:\n        tell_trouble(config, error)\n",
        "    except Exception:\n",
        "silent",
    ),
    "erasures": (
        ("--count", "1"),
        "notes/store/maintenance/erasure.py",
        "        mails = _rewrite_mails(connection, replace)\n",
        "        mails = 0\n",
        "leaked",
    ),
    "files": (
        ("--count", "2"),
        "sync/files/xlsx.py",
        "        zipfile.BadZipFile,\n        zlib.error,\n",
        "",
        "aborted",
    ),
}
"""A campaign: how long it is, the file with the fault, a line of it, what stands there instead,
what is counted."""


def campaign(root: Path, name: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run one campaign on the code of a folder, on SQLite alone."""
    environment = {
        name: value for name, value in clean_environment().items() if name != "PYTHONPATH"
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.endure", "--sqlite", "--only", name, *options],
        cwd=root,
        env={**environment, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_counted_by_its_campaign(tmp_path, name):
    options, place, line, instead, counted = FAULTS[name]
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    file = tmp_path / place
    text = file.read_text(encoding="utf-8")
    assert line in text
    file.write_text(text.replace(line, instead, 1), encoding="utf-8")
    ended = campaign(tmp_path, name, *options)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert f": {counted}: " in ended.stdout, ended.stdout
