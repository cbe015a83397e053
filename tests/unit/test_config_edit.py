import stat
import tomllib

import pytest

from loopnote.config.edit import append_tables, edit_config, name_columns, write_whole
from notes.model.errors import ConfigError

TEXT = """# 우리 팀 설정
[[teams]]
name = "영업"   # 이름

[[sources]]
name = "log"
team = "영업"
kind = "file"
path = "log.csv"  # 매주 새로 받음

# 메일은 나중에
[mail]
folder = "out"
"""


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0o640)
    return path


def test_an_answer_stands_below_the_other_settings_and_every_comment_stays(config):
    edit_config(config, name_columns("log", {"거시기": "hypothesis"}))
    written = config.read_text(encoding="utf-8")
    assert written == TEXT.replace(
        "# 매주 새로 받음\n", '# 매주 새로 받음\ncolumns = {"거시기" = "hypothesis"}\n'
    )
    assert stat.S_IMODE(config.stat().st_mode) == 0o640
    edit_config(config, name_columns("log", {"비고": "ignore", "거시기": "goal"}))
    columns = tomllib.loads(config.read_text(encoding="utf-8"))["sources"][0]["columns"]
    assert columns == {"거시기": "goal", "비고": "ignore"}


def test_answers_go_into_a_table_of_columns_that_is_already_there(config):
    config.write_text(
        TEXT.replace("# 메일은", '[sources.columns]\n"한 일" = "execution"  # 맞음\n\n# 메일은'),
        encoding="utf-8",
    )
    edit_config(config, name_columns("log", {"느낌": "retrospective"}))
    written = config.read_text(encoding="utf-8")
    assert '"한 일" = "execution"  # 맞음\n' in written
    assert tomllib.loads(written)["sources"][0]["columns"]["느낌"] == "retrospective"


def test_a_change_that_would_be_a_mistake_leaves_the_file_as_it_was(config):
    with pytest.raises(ConfigError, match="no meaning"):
        edit_config(config, name_columns("log", {"거시기": "hypotesis"}))
    assert config.read_text(encoding="utf-8") == TEXT
    assert [path.name for path in config.parent.iterdir()] == ["config.toml"]


def test_a_second_team_is_added_at_the_end(config):
    edit_config(
        config,
        append_tables(
            {
                "teams": ("", {"name": "연구"}),
                "recipients": ("", {"address": "kim@example.com"}),
            }
        ),
    )
    held = tomllib.loads(config.read_text(encoding="utf-8"))
    assert [team["name"] for team in held["teams"]] == ["영업", "연구"]
    assert held["recipients"] == [{"address": "kim@example.com"}]
    assert "# 메일은 나중에\n[mail]" in config.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        write_whole(tmp_path / "file" / "config.toml", "")
