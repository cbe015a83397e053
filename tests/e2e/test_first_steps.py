import stat

import pytest
from fakes.command import loopnote


def test_help_teaches_and_needs_no_configuration(tmp_path):
    ran = loopnote("--help", folder=tmp_path)
    assert ran.code == 0
    assert "init → doctor → columns" in " ".join(ran.out.split())


def test_help_speaks_korean_where_the_locale_is_korean(tmp_path):
    assert (
        "월요일"
        in loopnote("--help", folder=tmp_path, LOOPNOTE_LANG="", LANG="ko_KR.UTF-8", LC_ALL="").out
    )


def test_a_mistyped_command_is_a_sentence_and_exit_code_2(tmp_path):
    ran = loopnote("snyc", folder=tmp_path)
    assert ran.code == 2
    assert "snyc" in ran.err


def test_without_a_configuration_the_next_step_is_init(tmp_path):
    ran = loopnote("sync", folder=tmp_path)
    assert ran.code == 2
    assert "loopnote init" in ran.err


def test_init_asks_and_writes_a_private_file_that_works(tmp_path):
    answers = "영업팀\nko\nAsia/Seoul\nlogs/*.xlsx\nleader@example.com\n\n"
    ran = loopnote("init", folder=tmp_path, answers=answers)
    assert ran.code == 0, ran.err
    config = tmp_path / "config.toml"
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert 'path = "logs/*.xlsx"' in config.read_text(encoding="utf-8")
    assert "loopnote doctor" in ran.out


def test_init_never_overwrites(tmp_path):
    (tmp_path / "config.toml").write_text("mine", encoding="utf-8")
    ran = loopnote("init", folder=tmp_path)
    assert ran.code == 2
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "mine"


def test_init_without_answers_says_which_one_is_missing(tmp_path):
    ran = loopnote("init", folder=tmp_path, answers="")
    assert ran.code == 2
    assert "Name of the team" in ran.err
    assert not (tmp_path / "config.toml").exists()


def test_init_with_wrong_answers_writes_nothing(tmp_path):
    arguments = [
        "--team",
        "a",
        "--log",
        "x.csv",
        "--to",
        "nobody",
        "--language",
        "en",
        "--timezone",
        "Mars/Base",
    ]
    ran = loopnote("init", *arguments, "--operator", "op@example.com", folder=tmp_path)
    assert ran.code == 2
    assert "Mars/Base" in ran.err
    assert "is no mail address" in ran.err
    assert "x.csv" in ran.err
    assert not (tmp_path / "config.toml").exists()


@pytest.mark.parametrize("command", ["sync", "columns", "notes", "problems", "report", "doctor"])
def test_every_command_tells_all_mistakes_of_a_configuration(tmp_path, command):
    (tmp_path / "config.toml").write_text(
        '[[teams]]\nnam = "a"\n[mail]\nport = "x"\n', encoding="utf-8"
    )
    ran = loopnote(command, folder=tmp_path)
    assert ran.code == 2
    assert "3 mistakes" in ran.err
    assert "did you mean name?" in ran.err
