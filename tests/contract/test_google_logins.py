"""Every way to read a Google Sheet without a key file, against servers on loopback."""

import json
import subprocess
import sys
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from fakes.command import clean_environment
from fakes.google_logins import Logins
from fakes.google_server import google_server

from notes.model.errors import SourceRefusedError
from sync.sheets.google_login import SCOPES, GoogleLogin
from sync.sheets.source import SheetsSource


@pytest.fixture
def world():
    with google_server() as google:
        book = google.world.spreadsheet("2026 trials")
        book.tab("2월", [["Day", "Hypothesis"], ["2026-02-03", "if so"]])
        logins = Logins(google)
        yield google, book, logins
        logins.server.shutdown()
        logins.server.server_close()


def read(world, login):
    google, book, _ = world
    source = SheetsSource(
        "trials", "growth", book.id, credentials=login, sheets_url=google.url, drive_url=google.url
    )
    fetch = source.fetch({}, full=False, known=set)
    tabs = [grid.tab for content in fetch.contents for grid in content.grids]
    return source, tabs


def test_a_persons_token_reads_and_is_refreshed_without_them(world):
    _, _, logins = world
    _, tabs = read(world, GoogleLogin(logins.person))
    assert tabs == ["2월"]
    path, form = logins.asked[0]
    assert path == "/token"
    assert form["grant_type"] == ["refresh_token"]
    assert set(form["scope"][0].split()) == set(SCOPES)


def test_a_login_that_was_revoked_says_to_sign_in_again(world):
    _, _, logins = world
    logins.refuse = True
    with pytest.raises(SourceRefusedError) as caught:
        read(world, GoogleLogin(logins.person))
    assert caught.value.code == "google.person"
    assert "loopnote login google" in caught.value.hint


def test_impersonation_asks_for_reading_alone_and_names_the_account(world):
    _, _, logins = world
    login = GoogleLogin(logins.person, act_as="reader@p.example", iam_url=logins.url)
    source, tabs = read(world, login)
    assert tabs == ["2월"]
    (form,) = [form for path, form in logins.asked if "generateAccessToken" in path]
    assert set(form["scope"]) == set(SCOPES)
    (finding,) = source.check()
    assert finding.message.startswith("reader@p.example can read")


def test_the_key_file_that_the_environment_names_is_the_default(world, monkeypatch, tmp_path):
    google, _, _ = world
    file = tmp_path / "key.json"
    file.write_text(json.dumps(google.key()), encoding="utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    _, tabs = read(world, GoogleLogin(None))
    assert tabs == ["2월"]


def test_workload_identity_exchanges_its_own_token(world, monkeypatch, tmp_path):
    _, _, logins = world
    (tmp_path / "oidc").write_text("subject-token", encoding="utf-8")
    file = tmp_path / "wif.json"
    told = {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",  # noqa: E501
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": f"{logins.url}/sts",
        "credential_source": {"file": str(tmp_path / "oidc")},
    }
    file.write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    _, tabs = read(world, GoogleLogin(None))
    assert tabs == ["2월"]
    (form,) = [form for path, form in logins.asked if path == "/sts"]
    assert form["subject_token"] == ["subject-token"]


def test_a_machine_without_any_login_says_what_to_run(world, monkeypatch, tmp_path):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "absent.json"))
    with pytest.raises(SourceRefusedError) as caught:
        read(world, GoogleLogin(None))
    assert caught.value.code == "google.default"
    assert "gcloud auth application-default login" in caught.value.hint


CONFIG = """
[[teams]]
name = "Sales"
[[sources]]
name = "log"
team = "Sales"
kind = "google_sheets"
spreadsheet = "{book}"
account = "person"
[google]
client_file = "client.json"
token_file = "secrets/token.json"
sheets_url = "{google}"
drive_url = "{google}"
[google.accounts.person]
token_file = "secrets/token.json"
"""


def test_signing_in_keeps_a_private_token_with_which_a_source_reads(world, tmp_path):
    google, book, logins = world
    client = {
        "installed": {
            "client_id": "client",
            "client_secret": "secret",
            "auth_uri": f"{logins.url}/auth",
            "token_uri": f"{logins.url}/token",
            "redirect_uris": ["http://localhost"],
        }
    }
    (tmp_path / "client.json").write_text(json.dumps(client), encoding="utf-8")
    (tmp_path / "config.toml").write_text(
        CONFIG.format(book=book.id, google=google.url), encoding="utf-8"
    )
    environment = clean_environment() | {"OAUTHLIB_INSECURE_TRANSPORT": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "loopnote", "login", "google", "--no-browser"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = next(line.strip() for line in process.stdout if line.strip().startswith("http"))
    assert set(parse_qs(urlsplit(address).query)["scope"][0].split()) == set(SCOPES)
    with urllib.request.urlopen(address) as answer:
        assert b"signed in" in answer.read()
    rest = process.stdout.read()
    assert process.wait(timeout=60) == 0
    token = tmp_path / "secrets" / "token.json"
    assert str(token) in rest
    assert oct(token.stat().st_mode)[-3:] == "600"
    ran = subprocess.run(
        [sys.executable, "-m", "loopnote", "--json", "columns"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert '"tab":"2월"' in ran.stdout, ran.stderr


def test_an_attached_service_account_reads_by_the_metadata_server(world, monkeypatch, tmp_path):
    google, book, logins = world
    host = logins.url.removeprefix("http://")
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))  # no login of gcloud's
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    for name in ("GCE_METADATA_HOST", "GCE_METADATA_IP"):
        monkeypatch.setenv(name, host)
    code = (
        "import sys; from sync.sheets.google_login import GoogleLogin; "
        "from sync.sheets.source import SheetsSource; "
        "book, url = sys.argv[1:]; "
        "source = SheetsSource('trials', 'growth', book, credentials=GoogleLogin(None), "
        "sheets_url=url, drive_url=url); print(source.check()[0].message)"
    )  # a process of its own: google-auth asks for the address when it is imported
    ran = subprocess.run(
        [sys.executable, "-c", code, book.id, google.url],
        capture_output=True, text=True, check=False, env=clean_environment(), timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("vm@project.example can read")
    tokens = [path for path, _ in logins.asked if "/token" in path]
    assert tokens
    assert all(scope in tokens[0] for scope in ("spreadsheets.readonly", "drive.metadata.readonly"))
