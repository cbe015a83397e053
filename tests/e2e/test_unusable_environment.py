"""A proxy or certificates of the environment that nobody can use: said, told, and no other
team's trouble.
"""

from pathlib import Path

import pytest
from fakes.command import loopnote

CONFIG = """
[[teams]]
name = "sales"
language = "en"
[[teams]]
name = "ops"
language = "en"
[[recipients]]
address = "ann@example.org"
teams = ["sales"]
[[sources]]
name = "far"
team = "ops"
kind = "notion"
database = "0123456789abcdef0123456789abcdef"
[[sources]]
name = "near"
team = "sales"
kind = "file"
path = "log.csv"
[notion]
token_env = "OUR_TOKEN"
base_url = "https://notion.invalid"
[operator]
address = "op@example.org"
language = "en"
ping_url = "https://watcher.invalid/uuid"
[mail]
from = "loop@example.org"
"""
ROWS = "date,hypothesis,action,result\n2026-11-17,calls bring them back,called 30,failed\n"
WRONG = {
    "socks": {"ALL_PROXY": "socks5://user:geheim@127.0.0.1:9"},
    "unknown": {"HTTPS_PROXY": "gopher://user:geheim@127.0.0.1:9"},
    "certificates": {"SSL_CERT_FILE": "/nowhere/ca.pem"},
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "log.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", WRONG)
def test_a_source_that_cannot_be_asked_says_why_and_the_other_teams_mail_leaves(name, workspace):
    ran = loopnote(
        "run",
        folder=workspace,
        LOOPNOTE_NOW="2026-11-23T08:05:00+09:00",
        OUR_TOKEN="ntn_0123456789",
        **WRONG[name],
    )
    assert ran.code == 1, ran.err
    assert "the proxy or the certificates that the environment names cannot be used" in ran.err
    assert "unforeseen" not in ran.err
    assert "geheim" not in ran.out + ran.err
    mails = [mail.read_text(encoding="utf-8") for mail in (workspace / "outbox").glob("*.eml")]
    assert sorted("To: op@example.org" in mail for mail in mails) == [False, True]


@pytest.mark.parametrize("name", WRONG)
def test_an_address_that_cannot_be_asked_for_a_log_gets_a_next_step(name, workspace):
    tried = loopnote(
        "try", "https://files.invalid/log.csv", folder=workspace, LOOPNOTE_LANG="ko", **WRONG[name]
    )
    assert tried.code == 2
    assert "프록시나 인증서를 쓸 수 없습니다" in tried.err
    assert "geheim" not in tried.err
