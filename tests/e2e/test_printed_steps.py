"""The next steps that commands print, typed as they are printed, with a configuration elsewhere."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from fakes.command import clean_environment, loopnote

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell runs what was printed")

CONFIG = """[[teams]]
name = "팀 둘"
language = "ko"
timezone = "Asia/Seoul"

[[sources]]
name = "일지 $1"
team = "팀 둘"
kind = "file"
path = "일지.csv"

[[recipients]]
address = "Leader@example.com"
"""
ROWS = (
    "날짜,가설,실행,결과,메모\n"
    "2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패,아침에 다시 해 보기로 했다\n"
    "언젠가,쿠폰을 주면 또 온다,쿠폰을 돌렸다,성공,점심에 다시 해 보기로 했다\n"
)
STEP = re.compile(r"(?:^|[`: ])((?:[^\s`]*/)?loopnote --config [^`(;]+?)(?=[`(;]|$)", re.MULTILINE)
ASKS = re.compile(r" (--add|--ask|send|init|run)\b")
"""Steps that ask a person or mail one, and the line for cron."""


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "ko"])
def test_what_is_printed_is_typed_as_it_is_and_works(tmp_path: Path, language: str) -> None:
    place = tmp_path / "팀 폴더"
    place.mkdir()
    (place / "일지.csv").write_text(ROWS, encoding="utf-8")
    (place / "config.toml").write_text(CONFIG, encoding="utf-8")
    said = ""
    for command in ("notes", "problems", "sync", "doctor", "columns"):
        ran = loopnote(
            "--config", "팀 폴더/config.toml", command, folder=tmp_path, LOOPNOTE_LANG=language
        )
        said += ran.out + ran.err
    steps = {one.strip().rstrip(".") for one in STEP.findall(said)}
    typed = sorted(one for one in steps if not ASKS.search(one))
    assert any("problems --source '일지 $1'" in one for one in typed), said
    assert {"sync", "columns"} <= {one.rpartition("config.toml' ")[2].split()[0] for one in typed}
    for line in typed:
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=tmp_path,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"


def test_a_mail_in_doubt_is_sent_again_to_whoever_the_step_names(tmp_path: Path) -> None:
    """The ledger writes addresses in small letters; the configuration need not."""
    (tmp_path / "일지.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    monday = "2026-11-23T00:30:00+00:00"
    assert loopnote("run", folder=tmp_path, LOOPNOTE_NOW=monday).code == 0
    arguments = ("send", "--week", "2026-W47", "--team", "팀 둘", "--resend", "leader@example.com")
    again = loopnote(*arguments, folder=tmp_path, LOOPNOTE_NOW=monday)
    assert "Leader@example.com" in again.out
    other = loopnote(*arguments[:-1], "other@example.com", folder=tmp_path, LOOPNOTE_NOW=monday)
    assert "Leader" not in other.out


def test_try_beside_a_configuration_adds_the_log_to_it(tmp_path: Path) -> None:
    (tmp_path / "일지.csv").write_text(ROWS, encoding="utf-8")
    alone = loopnote("try", "일지.csv", "--out", "one", folder=tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    beside = loopnote("try", "일지.csv", "--out", "two", folder=tmp_path)
    assert "loopnote init --from " in alone.out
    assert "loopnote init --add source --from " in beside.out
