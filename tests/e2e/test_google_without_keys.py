"""Every way to a Google Sheet without a key, as an operator goes it: doctor, sync and the page."""

import json
import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes.command import clean_environment
from fakes.google_logins import Logins
from fakes.google_server import PERSON, google_server

pytestmark = pytest.mark.slow

ROWS = [
    ["날짜", "가설", "실행", "결과"],
    ["2026-11-17", "전화하면 다시 온다", "30명에게 전화했다", "실패"],
]
CONFIG = """[[teams]]
name = "영업"
timezone = "Asia/Seoul"
[[sources]]
name = "일지"
team = "영업"
kind = "google_sheets"
spreadsheet = "{book}"
[google]
sheets_url = "{google}"
drive_url = "{google}"
iam_url = "{logins}"
{settings}
"""
ADC = "application_default = true\n"
NOW = "2026-11-27T08:00:00+09:00"


@dataclass
class Machine:
    """An operator's machine: a folder, a home without any login, and the services."""

    folder: Path
    logins: Logins
    book: str
    environment: dict[str, str]

    def configure(self, settings: str) -> None:
        text = CONFIG.format(
            book=self.book, google=self.logins.google.url, logins=self.logins.url, settings=settings
        )
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "loopnote", *words],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture
def machine(tmp_path):
    with google_server() as google:
        book = google.world.spreadsheet("일지")
        book.tab("11월", ROWS)
        logins = Logins(google)
        environment = clean_environment() | {
            "HOME": str(tmp_path),
            "CLOUDSDK_CONFIG": str(tmp_path / "gcloud"),
            "LOOPNOTE_LANG": "ko",
            "LOOPNOTE_NOW": NOW,
            "OAUTHLIB_INSECURE_TRANSPORT": "1",
            "GCE_METADATA_HOST": "127.0.0.1:9",
            "GCE_METADATA_IP": "127.0.0.1:9",
        }
        environment.pop("GOOGLE_APPLICATION_CREDENTIALS", None)
        yield Machine(tmp_path, logins, book.id, environment)
        logins.server.shutdown()
        logins.server.server_close()


def own_login(machine: Machine) -> str:
    """Sign in in a browser: `loopnote login google`."""
    client = {
        "client_id": "client",
        "client_secret": "secret",
        "auth_uri": f"{machine.logins.url}/auth",
        "token_uri": f"{machine.logins.url}/token",
        "redirect_uris": ["http://localhost"],
    }
    secrets = machine.folder / "secrets"
    secrets.mkdir()
    (secrets / "google-client.json").write_text(json.dumps({"installed": client}), encoding="utf-8")
    machine.configure(
        'client_file = "secrets/google-client.json"\ntoken_file = "secrets/google-token.json"\n'
    )
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "loopnote", "login", "google", "--no-browser"],
        cwd=machine.folder, env=machine.environment, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        address = next(line.strip() for line in process.stdout if line.strip().startswith("http"))
        with urllib.request.urlopen(address) as answer:
            assert "로그인했습니다" in answer.read().decode()
        said = process.stdout.read()
    assert process.returncode == 0
    assert "이 사용자만 읽을 수 있습니다" in said
    return PERSON


def test_signing_in_answers_a_program_with_the_token_file_alone(machine):
    own_login(machine)
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "loopnote", "--json", "login", "google", "--no-browser"],
        cwd=machine.folder, env=machine.environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        address = next(line.strip() for line in process.stderr if line.strip().startswith("http"))
        with urllib.request.urlopen(address) as answer:
            answer.read()
        said, _ = process.communicate()
    assert json.loads(said) == {"token_file": str(machine.folder / "secrets/google-token.json")}


def named_in_the_environment(machine: Machine) -> str:
    """Application default credentials by a file: of gcloud's own login Google's address alone
    gives tokens.
    """
    file = machine.folder / "adc.json"
    key = machine.logins.google.key()
    file.write_text(json.dumps(key), encoding="utf-8")
    machine.environment["GOOGLE_APPLICATION_CREDENTIALS"] = str(file)
    machine.configure(ADC)
    return str(key["client_email"])


def acting_as_another(machine: Machine) -> str:
    token = machine.folder / "token.json"
    token.write_text(json.dumps(machine.logins.person()), encoding="utf-8")
    token.chmod(0o600)
    machine.configure('token_file = "token.json"\nimpersonate = "reader@project.example"\n')
    return "reader@project.example"


def attached_account(machine: Machine) -> str:
    host = machine.logins.url.removeprefix("http://")
    machine.environment |= {"GCE_METADATA_HOST": host, "GCE_METADATA_IP": host}
    machine.configure(ADC)
    return "vm@project.example"


def workload_identity(machine: Machine) -> str:
    (machine.folder / "oidc").write_text("subject-token", encoding="utf-8")
    told = {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",  # noqa: E501
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": f"{machine.logins.url}/sts",
        "credential_source": {"file": str(machine.folder / "oidc")},
    }
    file = machine.folder / "federation.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    machine.environment["GOOGLE_APPLICATION_CREDENTIALS"] = str(file)
    machine.configure(ADC)
    return PERSON


WAYS = [own_login, named_in_the_environment, acting_as_another, attached_account, workload_identity]


@pytest.mark.skipif(os.name == "nt", reason="gcloud keeps its login elsewhere")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_sheet_is_read_without_a_key_from_doctor_to_the_page(machine, way):
    account = way(machine)
    checked = machine.run("doctor")
    assert "스프레드시트를 읽을 수 있습니다" in checked.stdout, checked.stdout + checked.stderr
    assert account in checked.stdout
    assert "No project ID" not in checked.stderr
    read = machine.run("sync")
    assert read.returncode == 0, read.stderr
    made = machine.run("report", "--week", "2026-W47", "--out", "pages")
    assert made.returncode == 0, made.stderr
    (page,) = (machine.folder / "pages").glob("*.html")
    assert "30명에게 전화했다" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("way", "step"),
    [(own_login, "loopnote login google"), (acting_as_another, "서비스 계정 토큰 생성자")],
    ids=["own_login", "acting_as_another"],
)
def test_a_login_that_was_revoked_says_what_to_do_in_korean(machine, way, step):
    way(machine)
    machine.logins.refuse = True
    for command in ("doctor", "sync"):
        ran = machine.run(command)
        assert ran.returncode == 1, ran.stdout + ran.stderr
        assert step in ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
