import os
import subprocess
import sys

import pytest

from loopnote.cli import main
from loopnote.cli.help.command_names import COMMAND_MODULES, command_of
from loopnote.cli.help.root_help import root_help

BOTH = """
import os
from loopnote.cli.app import build_app
from loopnote.cli.help.root_help import root_help
for columns in (40, 72, 80, 100, 200):
    os.environ["COLUMNS"] = str(columns)
    print(root_help(), "=====", sep="\\n", flush=True)
    build_app()(args=["--help"], prog_name="loopnote", standalone_mode=False)
    print("=====", flush=True)
"""


@pytest.mark.parametrize(("spoken", "heading"), [("en", "Usage"), ("ko", "사용법")])
def test_the_quick_help_is_the_parsers_help(spoken, heading):
    environment = os.environ | {"LOOPNOTE_LANG": spoken, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, "-c", BOTH], env=environment, capture_output=True, text=True, check=True
    )
    texts = [text.splitlines() for text in ran.stdout.split("=====\n")][:-1]
    assert len(texts) == 2 * 5
    assert texts[0][0].startswith(f"{heading}: loopnote")
    for quick, parsers in zip(texts[::2], texts[1::2], strict=True):
        assert quick == parsers


@pytest.mark.parametrize("typed", [[], ["-h"], ["--help"]])
def test_loopnote_alone_shows_its_help(typed, capsys):
    assert main(typed) == 0
    assert capsys.readouterr().out == root_help() + "\n"


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        (["status"], "status"),
        (["--json", "sync", "run"], "sync"),
        (["--config", "run", "status"], "status"),
        (["--config=run", "search", "report"], "search"),
        (["nonsense", "run"], ""),
        (["--verbose"], ""),
    ],
)
def test_the_command_called_is_the_first_word(typed, called):
    assert command_of(typed) == called


@pytest.mark.parametrize("name", COMMAND_MODULES)
def test_every_command_is_built_alone(name, capsys):
    assert main([name, "--help"]) == 0
    assert f"loopnote {name}" in capsys.readouterr().out


def test_an_unknown_command_is_refused_with_a_proposal_or_a_hint(capsys):
    assert main(["statsu"]) == 2
    assert "statsu" in capsys.readouterr().err


def test_a_language_that_loopnote_does_not_speak_is_told_as_an_error_and_not_a_crash():
    environment = os.environ | {"LOOPNOTE_LANG": "xx"}
    ran = subprocess.run(
        [sys.executable, "-m", "loopnote", "--help"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "xx" in ran.stderr
    assert "Traceback" not in ran.stderr
