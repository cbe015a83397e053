import re
import tomllib
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from loopnote.config.contact import contact_of, contact_tables, read_contact
from loopnote.config.edit import edit_config, name_columns
from loopnote.config.first_config_text import InitAnswers, config_text
from loopnote.config.model import Config
from loopnote.config.read import load, parse
from loopnote.config.secrets import read_secret
from loopnote.config.section import Section
from notes.model.errors import ConfigError
from notes.model.notes import LANGUAGES, PAGE_LANGUAGE

ROOT = Path(__file__).resolve().parents[2]

SIX_MISTAKES = """
[[teams]]
name = "영업"
langauge = "ko"
timezone = "Asia/Soul"

[[recipients]]
address = "leader"
send_at = "Monday 8"

[[sources]]
name = "trials"
team = "영엽"
kind = "google_sheet"

[mail]
port = "587"
"""

GOOD = """
[[teams]]
name = "영업"

[[recipients]]
address = "leader@example.org"
"""


def mistakes(text):
    with pytest.raises(ConfigError) as caught:
        parse(tomllib.loads(text), path=Path("config.toml"))
    return str(caught.value).splitlines()


def test_all_mistakes_are_told_at_once_each_with_its_place():
    told = mistakes(SIX_MISTAKES)
    assert told[0] == "config.toml has 7 mistakes:"
    assert any(line.startswith("  teams[1] (영업).timezone: ") for line in told)
    assert "  teams[1] (영업).langauge: no such setting; did you mean language?" in told
    assert any(
        line.startswith("  recipients[1] (leader).address: not a mail address") for line in told
    )
    assert any("write it like Mon 08:00" in line for line in told)
    assert any("did you mean google_sheets?" in line for line in told)
    assert any(line.startswith("  mail.port: ") for line in told)
    assert any("there is no team '영엽'" in line for line in told)


def test_a_key_without_a_near_one_gets_all_the_known_ones():
    assert (
        mistakes('[[teams]]\nname = "a"\n[log]\nxyzzy = 1\n')[1]
        == "  log.xyzzy: no such setting; known are: format, level"
    )


def test_no_team_at_all_is_one_mistake():
    assert mistakes("teams = []")[1].startswith("  teams: there is none")


@pytest.mark.parametrize(
    "line", ["teams = 5", "teams = 2026-11-30T08:00:00", 'teams = "a"', "teams = [{}]"]
)
def test_a_value_that_is_no_list_of_names_is_a_mistake_and_no_crash(line):
    told = mistakes(f"{GOOD}{line}\n")
    assert any(one.startswith("  recipients[1] (leader@example.org).teams") for one in told)


@pytest.mark.parametrize("kind", ["{}", "[]", "5"])
def test_a_kind_that_is_no_text_is_a_mistake_and_no_crash(kind):
    told = mistakes(f'{GOOD}[[sources]]\nname = "a"\nteam = "영업"\nkind = {kind}\n')
    assert any(one.startswith("  sources[1] (a)") for one in told[1:])


def test_a_machine_without_time_zones_is_not_taken_for_a_wrong_zone(monkeypatch):
    monkeypatch.setattr("loopnote.config.model.is_zone", lambda name: False)
    told = mistakes('[[teams]]\nname = "a"\ntimezone = "Asia/Seoul"\n')
    assert told[1].startswith("  teams[1] (a).timezone: this machine has no time zone data")


def test_names_must_differ():
    text = '[[teams]]\nname = "a"\n[[teams]]\nname = "a"\n'
    assert mistakes(text)[1] == "  teams: the name 'a' stands 2 times; names must differ"


def test_a_source_needs_its_credential():
    text = (
        f'[[teams]]\nname="a"\n[[sources]]\nname="s"\nteam="a"\nkind="notion"\n'
        f'database="{"0" * 32}"\n'
    )
    assert mistakes(text)[1].startswith("  notion.token_env: is missing")


def test_unencrypted_mail_stays_on_this_machine():
    text = (
        '[[teams]]\nname="a"\n[mail]\ntransport="smtp"\nhost="mail.example.com"\nsecurity="none"\n'
    )
    assert "only for this very machine" in mistakes(text)[1]


def test_a_file_that_is_no_toml_says_where(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("[[teams]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a = " + 50_000 * "[", id="lists in lists"),
        pytest.param("a = " + 5_000 * "{a=", id="tables in tables"),
        pytest.param(".".join(1_500 * "a") + " = 1", id="dotted keys"),  # quadratic in tomllib
        pytest.param("a = " + 5_000 * "9", id="a number without end"),
    ],
)
def test_a_file_that_the_parser_stumbles_over_is_a_mistake_and_whom_to_tell_is_found(
    tmp_path, text
):
    path = tmp_path / "config.toml"
    path.write_text(f'{text}\n[operator]\nping_url = "https://watch.example.org"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"not valid TOML|nested deeper"):
        load(path)
    contact = read_contact(path)
    assert contact is not None
    assert contact.config.operator.ping_url == "https://watch.example.org"


@pytest.mark.parametrize(
    ("team", "operator", "spoken"),
    [("en", "", "en"), ("ko", "", "ko"), ("en", "ko", "ko"), ("tlh", "", PAGE_LANGUAGE)],
)
def test_the_operator_is_told_in_the_first_teams_language_where_no_other_is_named(
    tmp_path, team, operator, spoken
):
    path = tmp_path / "config.toml"
    named = f'language = "{operator}"\n' if operator else ""
    text = (
        f'[[teams]]\nname = "a"\nlanguage = "{team}"\n[[teams]]\nname = "b"\nlanguage = "ko"\n'
        f'[operator]\naddress = "op@example.org"\n{named}'
    )
    path.write_text(text, encoding="utf-8")
    if team in LANGUAGES:
        config = load(path).config
        assert config.operator_language == spoken
        told = contact_of(contact_tables(config), path)
        assert told is not None
        assert told.config.operator_language == spoken
    path.write_text(f"{text}[oh\n", encoding="utf-8")
    broken = read_contact(path)
    assert broken is not None
    assert broken.config.operator_language == spoken


def test_a_file_without_any_table_names_nobody_to_tell(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes("name = 1\n[operator]".encode("utf-16"))
    assert read_contact(path) is None


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_file_that_an_editor_wrote_as_unicode_still_names_whom_to_tell(tmp_path, order):
    path = tmp_path / "config.toml"
    text = '[[teams]]\r\nname = "영업"\r\n[operator]\r\naddress = "운영@example.org"\r\n'
    path.write_bytes(("\ufeff" + text).encode(order))
    with pytest.raises(ConfigError, match="not a text file in UTF-8"):
        load(path)
    contact = read_contact(path)
    assert contact is not None
    assert contact.config.operator.address == "운영@example.org"


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_secret_is_read_however_an_editor_saved_it(tmp_path, code):
    file = tmp_path / "token"
    file.write_bytes("ntn_123\r\n".encode(code))
    assert read_secret("notion.token", variable=None, file=file) == "ntn_123"


def test_a_secret_that_is_no_text_names_its_file(tmp_path):
    file = tmp_path / "token"
    file.write_bytes(b"\xff\xfaabc")
    with pytest.raises(ConfigError, match=r"token is not a text file in UTF-8"):
        read_secret("notion.token", variable=None, file=file)


def test_a_team_is_one_whichever_way_its_letters_are_put_together(tmp_path):
    path = tmp_path / "config.toml"
    apart = unicodedata.normalize("NFD", "영업")
    text = f'[[teams]]\nname = "영업"\n[[sources]]\nname = "{apart}"\nteam = "{apart}"\n'
    path.write_text(text + 'kind = "file"\npath = "a.csv"\n', encoding="utf-8")
    (source,) = load(path).config.sources
    assert (source.name, source.team) == ("영업", "영업")
    edit_config(path, name_columns("영업", {"거시기": "goal"}))
    (source,) = load(path).config.sources
    assert source.columns == {"거시기": "goal"}


def test_an_address_under_another_kind_says_which_one_it_is():
    team = '[[teams]]\nname="a"\n[notion]\ntoken_file="t"\n[[sources]]\nname="s"\nteam="a"\n'
    sheet = f"https://docs.google.com/spreadsheets/d/{'A' * 44}/edit"
    told = mistakes(f'{team}kind="notion"\ndatabase="{sheet}"\n')
    assert told[1].endswith('write kind = "google_sheets" and spreadsheet = …')


def test_a_missing_file_names_init(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "config.toml")
    assert "loopnote init" in caught.value.hint


def sections_of(annotation):
    inner = get_args(annotation)
    if not inner:
        return (
            [annotation] if isinstance(annotation, type) and issubclass(annotation, Section) else []
        )
    return [found for part in inner for found in sections_of(part)]


def keys_of(model, prefix=""):
    for name, field in model.model_fields.items():
        key = f"{prefix}{field.alias or name}"
        inner = [] if key in FREE else sections_of(field.annotation)
        if not inner:
            yield key
        for section in inner:
            yield from keys_of(section, f"{key}.")


def keys_in(value, prefix=""):
    for name, item in value.items():
        if isinstance(item, list) and item and isinstance(item[0], dict):
            for each in item:
                yield from keys_in(each, f"{prefix}{name}.")
        elif isinstance(item, dict) and prefix + name not in FREE:
            yield from keys_in(item, f"{prefix}{name}.")
        else:
            yield prefix + name


FREE = {
    "teams.aliases",
    "teams.key_people",
    "sources.columns",
    "sources.tables",
    "sources.header_rows",
    "google.accounts",
    "notion.accounts",
}


def test_the_example_shows_every_setting_and_no_other():
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    lines = [re.sub(r"^# (?=[a-z_]+ = )", "", line) for line in text.splitlines()]
    uncommented = [line for line in lines if not line.startswith("#")]
    shown = set(keys_in(tomllib.loads("\n".join(uncommented))))
    assert shown == set(keys_of(Config))


def test_the_example_is_a_valid_configuration():
    assert load(ROOT / "config.example.toml").config.teams[0].name == "영업교육팀"


def test_the_example_shows_the_defaults_of_the_rules():
    example = load(ROOT / "config.example.toml").config.report.method()
    assert example == parse({"teams": [{"name": "a"}]}, path=Path("x")).report.method()


@pytest.mark.parametrize(
    "log",
    [
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdef/edit#gid=0",
        "https://www.notion.so/team/0123456789abcdef0123456789abcdef?v=1",
        'C:\\logs\\"our" log.xlsx',
        "logs/*.csv",
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_init_writes_is_valid_and_says_the_same(log, language):
    answers = InitAnswers(
        '팀 "하나"', language, "Asia/Seoul", log, "leader@example.com", "op@example.com", "key.json"
    )
    config = parse(
        tomllib.loads(config_text(answers, operator_language=language)), path=Path("config.toml")
    )
    assert config.teams[0].name == '팀 "하나"'
    source = config.sources[0]
    assert log in {getattr(source, key, "") for key in ("spreadsheet", "database", "path")}


def test_secrets_come_from_where_the_file_says(tmp_path, monkeypatch):
    monkeypatch.setenv("A_PASSWORD", " hush ")
    file = tmp_path / "token"
    file.write_text("token\n", encoding="utf-8")
    assert read_secret("mail.password", variable="A_PASSWORD", file=None) == "hush"
    assert read_secret("notion.token", variable=None, file=file) == "token"
    assert read_secret("notion.token", variable=None, file=None) == ""
    with pytest.raises(ConfigError, match="B_PASSWORD is not set"):
        read_secret("mail.password", variable="B_PASSWORD", file=None)


@pytest.mark.parametrize(
    "address", ["leader@exa_mple.org", "a..b@example.org", "x@example", "x@-a.org"]
)
def test_an_address_that_no_mail_can_bear_is_a_mistake(address):
    told = mistakes(GOOD.replace("leader@example.org", address))
    assert any("not a mail address" in line for line in told)


@pytest.mark.parametrize("address", ["대표@example.org", "user@한글.kr"])
def test_letters_beyond_ascii_may_stand_in_an_address(address):
    parse(tomllib.loads(GOOD.replace("leader@example.org", address)), path=Path("config.toml"))


@pytest.mark.parametrize("key", ["from", "reply_to"])
def test_an_address_that_every_mail_names_is_one_that_every_server_takes(key):
    told = mistakes(GOOD + f'[mail]\n{key} = "알림@example.org"')
    assert any(f"mail.{key}: a sender's address has only ASCII before the @" in one for one in told)
    taken = GOOD + f'[mail]\n{key} = "bot@예시.한국"'
    parse(tomllib.loads(taken), path=Path("config.toml"))


def test_one_report_goes_to_one_reader_once():
    again = '\n[[recipients]]\naddress = "Leader@example.org"\nteams = ["*"]\n'
    assert "recipients[2] (Leader@example.org): has the same report as recipients[1]" in str(
        mistakes(GOOD + again)
    )
    parse(tomllib.loads(GOOD + again + 'every = "month"\n'), path=Path("config.toml"))


def test_a_domain_in_letters_and_in_ascii_is_one_reader():
    both = "".join(
        f'[[recipients]]\naddress = "user@{domain}"\n' for domain in ("한글.kr", "XN--bj0bj06e.kr")
    )
    told = mistakes(f'[[teams]]\nname = "a"\n{both}')
    assert any("has the same report as recipients[1]" in line for line in told)


def test_the_korean_example_has_the_same_settings_and_only_korean_comments():
    english, korean = (
        (ROOT / name).read_text(encoding="utf-8").splitlines()
        for name in ("config.example.toml", "config.example.ko.toml")
    )

    def is_setting(line):
        return not line.startswith("#") or re.match(r"# [a-z_]+ = ", line)

    assert list(filter(is_setting, english)) == list(filter(is_setting, korean))
    comments = [line for line in korean if line and not is_setting(line)]
    assert [line for line in comments if not re.search("[가-힣]", line)] == []


@pytest.mark.parametrize("written", ["월 08:00", "월요일 08:00", "Mon 08:00"])
def test_times_of_the_week_are_written_in_either_language(written):
    data = {
        "teams": [{"name": "영업"}],
        "recipients": [{"address": "a@example.com", "send_at": written}],
    }
    assert parse(data, path=Path("x")).recipients[0].send_at == "Mon 08:00"
