"""What a person meets on the command line besides the work itself: help, completion, colour,
foreign folders.
"""

import shutil
import subprocess
import sys

import pytest
from fakes.command import clean_environment, loopnote
from fakes.pseudo_terminal import Terminal

CONFIG = """[[teams]]
name = "영업"
language = "ko"
timezone = "Asia/Seoul"

[[sources]]
name = "영업"
team = "영업"
kind = "file"
path = "영업.csv"
"""
ROWS = "날짜,가설,실행,결과\n2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패\n"


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def test_help_in_korean_has_no_english_of_the_parser(tmp_path):
    for command in ("history", "schedule", "init"):
        ran = loopnote(command, "--help", folder=tmp_path, LOOPNOTE_LANG="ko")
        for english in ("[OPTIONS]", "[required]", "[default", "<str>", "Usage", "Options:"):
            assert english not in ran.out, (command, english)
    assert "[기본값: 60" in loopnote("schedule", "-h", folder=tmp_path, LOOPNOTE_LANG="ko").out


@pytest.mark.parametrize(
    ("arguments", "korean"),
    [
        (["schedule", "--every", "abc"], "‘--every’에는 정수를 쓰세요"),
        (["schedule", "--every", "0"], "‘--every’에는 1 이상을 쓰세요"),
        (["schedule", "--every", "9999"], "‘--every’에는 3600 이하를 쓰세요"),
        (["history", "a", "b"], "인수가 너무 많습니다: b"),
        (["snyc"], "혹시 'sync'?"),
        (["completion", "tcsh"], "'tcsh': 자동 완성을 쓸 수 없는 셸입니다"),
    ],
)
def test_a_mistyped_command_is_explained_in_korean(tmp_path, arguments, korean):
    ran = loopnote(*arguments, folder=tmp_path, LOOPNOTE_LANG="ko")
    assert ran.code == 2
    assert korean in ran.err


def test_a_shell_completes_commands_and_options(tmp_path):
    script = loopnote("completion", "bash", folder=tmp_path).out
    assert "complete -o default -F" in script
    for line, word, wanted in (("loopnote s", "1", "sync"), ("loopnote sync --", "2", "--source")):
        told = {"_LOOPNOTE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": word}
        ran = subprocess.run(
            [sys.executable, "-m", "loopnote"], cwd=tmp_path, env={**clean_environment(), **told},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert wanted in ran.stdout.split(), ran.stderr


def complete(shell, folder, **told):
    environment = clean_environment() | {"_LOOPNOTE_COMPLETE": f"complete_{shell}", **told}
    ran = subprocess.run(
        [sys.executable, "-m", "loopnote"], cwd=folder, env=environment | {"LOOPNOTE_LANG": "ko"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ran.stdout


def test_fish_gets_one_line_a_command_however_long_its_help_is(tmp_path):
    args = {"_TYPER_COMPLETE_FISH_ACTION": "get-args", "_TYPER_COMPLETE_ARGS": "loopnote "}
    lines = complete("fish", tmp_path, **args).splitlines()
    assert [line.partition("\t")[0] for line in lines if "\t" not in line] == []
    assert {"join", "similar", "undo"} <= {line.partition("\t")[0] for line in lines}


@pytest.mark.parametrize("before", ["", "autoload -Uz compinit; compinit -u -D\n"])
@pytest.mark.skipif(not shutil.which("zsh"), reason="there is no zsh")
def test_zsh_completes_with_and_without_a_start_file(tmp_path, before):
    script = loopnote("completion", "zsh", folder=tmp_path).out
    (tmp_path / "complete.zsh").write_text(script, encoding="utf-8")
    asked = f"{before}source ./complete.zsh\nprint -l $_comps[loopnote]\n"
    home = {**clean_environment(), "HOME": str(tmp_path), "ZDOTDIR": str(tmp_path)}
    ran = subprocess.run(
        ["zsh", "-f"], cwd=tmp_path, env=home, input=asked,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout.strip() == "_loopnote_completion", ran.stderr
    assert "command not found" not in ran.stderr


def test_doctor_has_colour_for_a_person_who_wants_it_and_none_elsewhere(workspace):
    loopnote("sync", folder=workspace)
    assert "\x1b" not in loopnote("doctor", folder=workspace).out
    for environment, coloured in (
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ):
        terminal = Terminal("doctor", folder=workspace, **environment)
        terminal.ended()
        assert ("\x1b[32m✓\x1b[0m" in terminal.raw) is coloured, environment


def test_tables_do_not_fill_a_folder_of_others(workspace):
    loopnote("sync", folder=workspace)
    ran = loopnote("export", "--format", "csv", "--out", ".", folder=workspace)
    assert ran.code == 2
    assert "holds other files" in ran.err
    assert not list(workspace.glob("notes.csv"))
    pages = loopnote("export", "--format", "markdown", "--out", ".", folder=workspace)
    assert pages.code == 2
    first = loopnote("export", "--format", "csv", "--out", "tables", folder=workspace)
    again = loopnote("export", "--format", "csv", "--out", "tables", folder=workspace)
    assert (first.code, again.code) == (0, 0), again.err
    forced = loopnote("export", "--format", "csv", "--out", ".", "--force", folder=workspace)
    assert forced.code == 0, forced.err


@pytest.mark.parametrize(
    ("command", "said"),
    [("undo", "No joins or splits."), ("replay 2026-W01", "No mail was made about 2026-W01.")],
)
def test_nothing_found_is_no_line_for_a_program_and_a_sentence_for_a_person(
    workspace, command, said
):
    plain = loopnote(*command.split(), folder=workspace)
    assert plain.out.strip() == said
    asked = loopnote("--json", *command.split(), folder=workspace)
    assert (asked.code, asked.out) == (0, "")
    assert said in asked.err
