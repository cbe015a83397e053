"""`init` checks each answer when it is given, and adds to what is there."""

import stat
import tomllib

import pytest
from fakes.command import loopnote
from fakes.notion_server import TOKEN, notion_server
from fakes.pseudo_terminal import Terminal
from fakes.smtp import MailHost, MailHostRunning

ROWS = "날짜,가설,실행,결과\n2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패\n"


def config(folder):
    return tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))


def test_a_wrong_answer_is_asked_again_with_the_reason(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    answers = (
        "영업\nko\nAsia/Soul\nAsia/Seoul\n없는.csv\n영업.csv\nleader\nleader@example.com\n\n\n"
    )
    ran = loopnote("init", folder=tmp_path, answers=answers, LOOPNOTE_LANG="ko")
    assert ran.code == 0, ran.err
    assert "혹시 Asia/Seoul?" in ran.err
    assert "없는.csv에 파일이 없습니다" in ran.err
    assert "메일 주소가 아닙니다" in ran.err
    held = config(tmp_path)
    assert held["teams"][0]["timezone"] == "Asia/Seoul"
    assert held["sources"][0]["path"] == "영업.csv"
    assert f"--config {tmp_path / 'config.toml'} run" in ran.out
    assert loopnote("doctor", folder=tmp_path).code == 0


def test_what_try_prints_asks_only_what_is_missing(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    answers = "\n\n\nleader@example.com\n\n\n"
    ran = loopnote("init", "--from", "영업.csv", folder=tmp_path, answers=answers, TZ="Asia/Seoul")
    assert ran.code == 0, ran.err
    assert config(tmp_path)["teams"][0]["name"] == "영업"


def test_a_team_a_source_and_a_reader_are_added_and_comments_stay(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "연구.csv").write_text(ROWS, encoding="utf-8")
    start = "영업\nko\nAsia/Seoul\n영업.csv\nleader@example.com\n\n\n"
    loopnote("init", folder=tmp_path, answers=start)
    before = (tmp_path / "config.toml").read_text(encoding="utf-8")
    for what, answers in (
        ("team", "연구\nko\nAsia/Seoul\n"),
        ("source", "연구\n연구.csv\n연구 기록\n"),
        ("reader", "kim@example.com\n연구\n"),
    ):
        ran = loopnote("init", "--add", what, folder=tmp_path, answers=answers)
        assert ran.code == 0, ran.err
    held = config(tmp_path)
    assert [team["name"] for team in held["teams"]] == ["영업", "연구"]
    assert held["sources"][1] == {
        "name": "연구 기록", "team": "연구", "kind": "file", "path": "연구.csv"
    }  # fmt: skip
    assert held["recipients"][1] == {"address": "kim@example.com", "teams": ["연구"]}
    comments = [line for line in before.splitlines() if line.startswith("#")]
    after = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert all(comment in after for comment in comments)


def test_notion_gets_a_token_file_because_cron_has_no_environment(tmp_path):
    address = "https://www.notion.so/team/0123456789abcdef0123456789abcdef"
    answers = f"영업\nko\nAsia/Seoul\n{address}\nleader@example.com\n\n\n"
    ran = loopnote("init", folder=tmp_path, answers=answers)
    assert ran.code == 0, ran.err
    assert config(tmp_path)["notion"] == {"token_file": "secrets/notion-token"}
    assert "secrets/notion-token" in ran.out


def test_it_ends_with_what_doctor_found_and_a_line_for_cron_in_its_own_language(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    answers = "영업\nko\nAsia/Seoul\n영업.csv\nleader@example.com\n\n\n"
    ran = loopnote("init", folder=tmp_path, answers=answers, LOOPNOTE_LANG="ko")
    assert ran.code == 0, ran.err
    assert "[source.access]" in ran.out
    assert "[mail.nobody]" in ran.out
    assert "LOOPNOTE_LANG=ko" in ran.out
    assert ran.out.count("*/30") == 1


def test_units_for_this_machine_are_written_beside_the_configuration(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    answers = "영업\nko\nAsia/Seoul\n영업.csv\nleader@example.com\n\n\n"
    ran = loopnote("init", "--schedule", "systemd", folder=tmp_path, answers=answers)
    assert ran.code == 0, ran.err
    unit = (tmp_path / "loopnote.service").read_text(encoding="utf-8")
    assert f"--config {tmp_path / 'config.toml'} run" in unit
    assert (tmp_path / "loopnote.timer").exists()
    assert "sudo systemctl enable --now loopnote.timer" in ran.out
    later = loopnote("init", "--add", "schedule", "--schedule", "launchd", folder=tmp_path)
    assert later.code == 0, later.err
    assert (tmp_path / "loopnote.run.plist").exists()


def test_answers_wait_when_the_conversation_breaks_off(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    broken = loopnote("init", folder=tmp_path, answers="영업\nko\nAsia/Seoul\n영업.csv\n")
    assert broken.code == 2
    assert "Your answers are kept" in broken.err
    assert not (tmp_path / "config.toml").exists()
    again = loopnote("init", folder=tmp_path, answers="\n\n\n\nleader@example.com\n\n\n")
    assert again.code == 0, again.err
    assert config(tmp_path)["sources"][0]["path"] == "영업.csv"
    assert not list(tmp_path.glob(".*answers"))


def test_ctrl_c_keeps_the_answers_and_says_so(tmp_path):
    terminal = Terminal("init", folder=tmp_path)
    terminal.expect("Name of the team")
    terminal.type("Sales")
    terminal.expect("Language of the page")
    terminal.press(b"\x03")
    assert terminal.ended() == 130
    assert "Your answers are kept" in terminal.shown
    assert "Traceback" not in terminal.shown
    again = loopnote("init", folder=tmp_path, answers="")
    assert "Name of the team [Sales]" in again.err


KEPT = "Your answers are kept"
QUESTIONS = [
    ("Name of the team", "Sales"),
    ("Language of the page", ""),
    ("Time zone of the team", ""),
    ("Where is the log?", "영업.csv"),
    ("Mail address of the leader", "leader@example.com"),
    ("Mail address to tell", ""),
    ("The mail server", ""),
    ("What starts it every half hour", ""),
]


AT_ONCE = {1, 3, len(QUESTIONS) - 1}
"""Questions of the quick tests: the second, the log, and the one behind which all is written."""


@pytest.mark.parametrize(
    "last",
    [
        pytest.param(n, marks=() if n in AT_ONCE else pytest.mark.slow, id=QUESTIONS[n][0])
        for n in range(1, len(QUESTIONS))
    ],
)
def test_ctrl_c_at_any_question_keeps_what_was_answered(tmp_path, last):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    terminal = Terminal("init", folder=tmp_path)
    for question, answer in QUESTIONS[:last]:
        terminal.expect(question)
        terminal.type(answer)
    terminal.expect(QUESTIONS[last][0])
    terminal.press(b"\x03")
    assert terminal.ended() == 130, terminal.shown
    assert "Traceback" not in terminal.shown
    if last == len(QUESTIONS) - 1:
        assert "config.toml is written, and stays" in terminal.shown
        assert "init --add schedule" in terminal.shown
        assert config(tmp_path)["teams"][0]["name"] == "Sales"
        assert not list(tmp_path.glob(".*answers"))
        return
    assert KEPT in terminal.shown
    assert not (tmp_path / "config.toml").exists()
    again = loopnote("init", folder=tmp_path, answers="")
    assert f"Name of the team [{QUESTIONS[0][1]}]" in again.err


IN_TURN = {"team": "ko", "source": "en", "reader": "ko", "mail": "en", "schedule": "ko"}
"""In which language the quick tests break off each addition."""


@pytest.mark.parametrize(
    ("what", "spoken", "said"),
    [
        pytest.param(what, spoken, said, marks=() if spoken == quick else pytest.mark.slow)
        for what, quick in IN_TURN.items()
        for spoken, said in (("en", "is as it was"), ("ko", "그대로입니다"))
    ],
)
def test_ctrl_c_in_an_addition_leaves_the_configuration_as_it_was(tmp_path, what, spoken, said):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    loopnote(
        "init", folder=tmp_path, answers="영업\nko\nAsia/Seoul\n영업.csv\nleader@example.com\n\n\n"
    )
    before = sorted((one.name, one.read_bytes()) for one in tmp_path.glob("*.toml"))
    terminal = Terminal("init", "--add", what, folder=tmp_path, LOOPNOTE_LANG=spoken)
    terminal.expect("? ")
    terminal.press(b"\x03")
    assert terminal.ended() == 130, terminal.shown
    assert said in terminal.shown
    assert sorted((one.name, one.read_bytes()) for one in tmp_path.glob("*.toml")) == before


def test_a_mail_server_is_tried_when_it_is_named(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    start = "영업\nen\nAsia/Seoul\n영업.csv\nleader@example.com\n\n\n"
    loopnote("init", folder=tmp_path, answers=start)
    with MailHostRunning(MailHost()) as running:
        server = f"127.0.0.1:{running.port}"
        ran = loopnote("init", "--add", "mail", folder=tmp_path, answers=f"{server}\n\n")
        assert ran.code == 0, ran.err
        assert loopnote("doctor", folder=tmp_path).code == 1  # a password was named, and is missing
    held = config(tmp_path)["mail"]
    assert (held["host"], held["transport"], held["user"]) == (
        "127.0.0.1", "smtp", "leader@example.com",
    )  # fmt: skip
    gone = loopnote("init", "--add", "mail", folder=tmp_path, answers=f"{server}\n")
    assert gone.code == 2
    assert "cannot be reached" in gone.err


NOTION_WITHOUT_TOKEN = """[[teams]]
name = "Team"
language = "en"
timezone = "Europe/London"

[notion]
base_url = "{url}"
"""


@pytest.mark.parametrize("mended", ["typed", "in its file"])
def test_a_token_is_typed_unseen_tried_at_once_and_tried_again_when_it_was_mended(tmp_path, mended):
    with notion_server() as server:
        place = server.world.database("Trials")
        server.world.data_source(place, "Trials", {"Name": "title"})
        text = NOTION_WITHOUT_TOKEN.format(url=server.url)
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        terminal = Terminal("init", "--add", "source", folder=tmp_path)
        terminal.expect("Whose log is it")
        terminal.type("")
        terminal.expect("Where is the log?")
        terminal.type(place)
        terminal.expect("source's name")
        terminal.type("")
        terminal.expect("The connection's token")
        terminal.type("ntn_not_the_right_one")
        terminal.expect("try again")
        secret = tmp_path / "secrets" / "notion-token"
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        if mended != "typed":
            secret.write_text(TOKEN, encoding="utf-8")
        terminal.type("")
        terminal.expect("Type it once more")
        terminal.type(TOKEN if mended == "typed" else "")
        assert terminal.ended() == 0, terminal.shown
    assert "not_the_right" not in terminal.shown
    assert "\x1b[31m✗" in terminal.raw
    assert "read “Trials” (properties: 1)" in terminal.shown
    assert config(tmp_path)["notion"]["token_file"] == "secrets/notion-token"


def test_a_second_source_is_opened_with_the_token_that_is_there(tmp_path):
    with notion_server() as server:
        place = server.world.database("Trials")
        server.world.data_source(place, "Trials", {"Name": "title"})
        (tmp_path / "config.toml").write_text(
            f'[[teams]]\nname = "Team"\nlanguage = "en"\ntimezone = "Europe/London"\n'
            f'\n[notion]\ntoken_env = "NOTION_SECRET"  # ours\nbase_url = "{server.url}"\n',
            encoding="utf-8",
        )
        ran = loopnote(
            "init", "--add", "source", folder=tmp_path, answers=f"Team\n{place}\nTrials\n",
            NOTION_SECRET=TOKEN,
        )  # fmt: skip
        assert ran.code == 0, ran.err
        assert "✓ source Trials" in ran.out
        wrong = loopnote(
            "init", "--add", "source", folder=tmp_path, answers=f"Team\n{place}\nAgain\n",
            NOTION_SECRET="ntn_wrong",
        )  # fmt: skip
    assert wrong.code == 0, wrong.err
    assert "✗ source Again" in wrong.out
    assert [one["name"] for one in config(tmp_path)["sources"]] == ["Trials", "Again"]
    assert "# ours" in (tmp_path / "config.toml").read_text(encoding="utf-8")


def test_a_team_that_is_none_and_a_name_that_is_taken_are_asked_again(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    loopnote(
        "init", folder=tmp_path, answers="영업\nko\nAsia/Seoul\n영업.csv\nleader@example.com\n\n\n"
    )
    ran = loopnote(
        "init", "--add", "source", folder=tmp_path, answers="영엽\n영업\n영업.csv\n영업\n둘째\n"
    )
    assert ran.code == 0, ran.err
    assert "there is no team 영엽; did you mean 영업?" in ran.err
    assert "영업 is taken already" in ran.err


def test_login_and_adc_are_ways_to_read_a_sheet(tmp_path):
    sheet = (
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdef/edit"
    )
    answers = f"영업\nko\nAsia/Seoul\n{sheet}\nlogin\nleader@example.com\n\n\n"
    ran = loopnote("init", folder=tmp_path, answers=answers)
    assert ran.code == 0, ran.err
    assert config(tmp_path)["google"]["token_file"] == "secrets/google-token.json"
    assert "login google" in ran.out


def test_a_wrong_answer_stands_there_to_be_corrected(tmp_path):
    (tmp_path / "기록.csv").write_text(ROWS, encoding="utf-8")
    terminal = Terminal("init", "--team", "영업", folder=tmp_path, LOOPNOTE_LANG="ko")
    for question in ("리포트의 언어", "팀의 시간대"):
        terminal.expect(question)
        terminal.type("")
    terminal.expect("기록은 어디에")
    terminal.type("기록.cs")
    terminal.expect("혹시 기록.csv?")
    terminal.expect("*.xlsx) 기록.cs", within_s=30)
    terminal.type("v")
    terminal.expect("리더의 메일 주소")
    terminal.press(b"\x03")
    assert terminal.ended() == 130
    assert loopnote("init", folder=tmp_path, answers="").code == 2
    assert "기록.csv" in (tmp_path / ".config.toml.answers").read_text(encoding="utf-8")


def test_a_path_in_quotes_and_a_port_that_is_none(tmp_path):
    (tmp_path / "영업 일지.csv").write_text(ROWS, encoding="utf-8")
    answers = "영업\nko\nAsia/Seoul\n'영업 일지.csv'\nleader@example.com\n\nlocalhost:99999\n\n\n"
    ran = loopnote("init", folder=tmp_path, answers=answers, LOOPNOTE_LANG="ko")
    assert ran.code == 0, ran.err
    assert config(tmp_path)["sources"][0]["path"] == "영업 일지.csv"
    assert "99999번 포트는 없습니다" in ran.err


def test_no_mail_server_yet_is_an_answer_and_is_not_asked_again(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    given = ["--team", "영업", "--log", "영업.csv", "--language", "ko", "--timezone", "Asia/Seoul"]
    given += ["--to", "leader@example.com", "--operator", "op@example.com", "--mail-host", ""]
    ran = loopnote("init", *given, "--schedule", "cron", folder=tmp_path)
    assert ran.code == 0, ran.err
    assert "smtp.gmail.com" not in ran.err
    assert config(tmp_path)["mail"]["transport"] == "folder"


def test_a_wrong_option_is_asked_again_on_a_terminal(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    given = ["--team", "영업", "--log", "영엽.csv", "--language", "ko", "--timezone", "Asia/Seoul"]
    given += ["--to", "leader@example.com", "--operator", "op@example.com", "--mail-host", ""]
    terminal = Terminal("init", *given, "--schedule", "cron", folder=tmp_path)
    terminal.expect("did you mean")
    terminal.expect("Where is the log?")
    terminal.type("'영업.csv'")
    assert terminal.ended() == 0, terminal.shown
    assert config(tmp_path)["sources"][0]["path"] == "영업.csv"
