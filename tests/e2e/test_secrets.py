"""No secret in any output, log, traceback, store or mail, whatever goes wrong."""

import base64
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.certificates import Certificates
from fakes.command import clean_environment, loopnote
from fakes.smtp import MailHost, MailHostRunning

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
SLOW = pytest.mark.slow
PASSWORD = "tr0ub4dor-&3-왕비"
TOKEN = "ya29.a0AfH6SMC-secret-token"
MONDAY = "2026-11-23T08:05:00+09:00"
CONFIG = """
[[teams]]
name = "sales"
language = "en"
[[recipients]]
address = "mina@example.org"
[[sources]]
name = "trials"
team = "sales"
kind = "file"
path = "trials.csv"
[operator]
address = "op@example.org"
[log]
level = "debug"
format = "{form}"
[mail]
transport = "smtp"
host = "{host}"
port = {port}
security = "{security}"
user = "robot@example.org"
from = "robot@example.org"
ca_file = "{ca}"
{credential}
timeout_s = 5
"""


def forms_of(secret: str) -> list[bytes]:
    """Return the secret as it may be hiding: plain, in base64 at every offset, percent-encoded."""
    found = [secret.encode(), secret.encode("unicode_escape")]
    for shift in range(3):
        encoded = base64.b64encode(b"x" * shift + secret.encode())
        found.append(encoded[4 if shift else 0 : -4])
    return found


def everything_under(home: Path) -> bytes:
    hidden = {"password.txt", "print_token.py"}
    return b"\n".join(
        file.read_bytes()
        for file in sorted(home.rglob("*"))
        if file.is_file() and file.name not in hidden
    )


def prepare(home: Path, port: int, **changes) -> None:
    values = {
        "form": "text",
        "host": "127.0.0.1",
        "port": port,
        "security": "starttls",
        "ca": home / "authority.pem",
    }
    (home / "config.toml").write_text(CONFIG.format(**{**values, **changes}), encoding="utf-8")
    (home / "config.toml").chmod(0o600)
    (home / "trials.csv").write_text(
        "date,goal,action,result\n2026-11-16,Regulars,Sent a coupon,success\n", encoding="utf-8"
    )


def commands(home: Path, **environment: str) -> str:
    said = []
    for command in (["run"], ["doctor"], ["send", "--to", "me@example.org"], ["status"]):
        ran = loopnote(
            "--verbose",
            *command,
            folder=home,
            LOOPNOTE_NOW=MONDAY,
            LOOPNOTE_DEBUG="1",
            **environment,
        )
        said += [ran.out, ran.err]
    return "\n".join(said)


def hold_clean(home: Path, said: str, *secrets: str) -> None:
    everything = said.encode() + everything_under(home)
    for secret in secrets:
        for form in forms_of(secret):
            assert form not in everything, form


@pytest.mark.parametrize(
    ("form", "right"),
    [
        ("text", False),
        pytest.param("json", False, marks=SLOW),
        pytest.param("text", True, marks=SLOW),
    ],
)
def test_a_password_is_nowhere_whether_it_is_right_or_wrong(tmp_path, form, right):
    certificates = Certificates(tmp_path)
    host = MailHost(password=PASSWORD if right else "another")
    with MailHostRunning(
        host, security="starttls", certificates=certificates, plain_auth=right
    ) as running:
        prepare(
            tmp_path, running.port, form=form, credential='password_env = "LOOPNOTE_SMTP_PASSWORD"'
        )
        said = commands(tmp_path, LOOPNOTE_SMTP_PASSWORD=PASSWORD)
    hold_clean(tmp_path, said, PASSWORD)
    assert bool(host.bodies) is right
    assert ("refuses the log-in" in said) is not right


@SLOW
def test_a_password_file_that_others_may_read_is_a_finding_and_its_content_is_nowhere(tmp_path):
    certificates = Certificates(tmp_path)
    (tmp_path / "password.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    (tmp_path / "password.txt").chmod(0o644)
    with MailHostRunning(
        MailHost(password="another"), security="tls", certificates=certificates
    ) as running:
        prepare(tmp_path, running.port, security="tls", credential='password_file = "password.txt"')
        said = commands(tmp_path)
    hold_clean(tmp_path, said, PASSWORD)
    assert "chmod 600" in said


@SLOW
@pytest.mark.parametrize("works", [True, False])
def test_a_token_is_nowhere_and_neither_is_what_its_command_says_when_it_fails(tmp_path, works):
    certificates = Certificates(tmp_path)
    script = (
        f"import sys; print({TOKEN!r}, file=sys.{'stdout' if works else 'stderr'}); "
        f"sys.exit({0 if works else 3})"
    )
    (tmp_path / "print_token.py").write_text(script, encoding="utf-8")
    host = MailHost(token="another")
    with MailHostRunning(host, security="starttls", certificates=certificates) as running:
        command = f'token_command = ["{sys.executable}", "{tmp_path / "print_token.py"}"]'
        prepare(tmp_path, running.port, credential=command)
        said = commands(tmp_path)
    hold_clean(tmp_path, said, TOKEN)
    assert ("gave no token" in said) is not works


@SLOW
def test_without_tls_nothing_is_said_to_the_server(tmp_path):
    Certificates(tmp_path)
    host = MailHost(password=PASSWORD)
    with MailHostRunning(host) as running:  # offers no STARTTLS
        prepare(tmp_path, running.port, credential='password_env = "LOOPNOTE_SMTP_PASSWORD"')
        said = commands(tmp_path, LOOPNOTE_SMTP_PASSWORD=PASSWORD)
    hold_clean(tmp_path, said, PASSWORD)
    assert host.log_ins == []
    assert "no encryption" in said


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_what_loopnote_writes_is_its_owners_alone(tmp_path):
    prepare(tmp_path, 1, ca="", credential="")
    text = (tmp_path / "config.toml").read_text(encoding="utf-8")
    folder = text.replace('transport = "smtp"', 'transport = "folder"').replace(
        'ca_file = ""\n', ""
    )
    (tmp_path / "config.toml").write_text(folder, encoding="utf-8")
    assert loopnote("run", folder=tmp_path, LOOPNOTE_NOW=MONDAY).code == 0
    made = [file for file in tmp_path.rglob("*") if file.name not in {"config.toml", "trials.csv"}]
    assert any(file.suffix == ".eml" for file in made)
    for file in made:
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_folders_are_their_owners_alone_whatever_the_mask_says(tmp_path):
    prepare(tmp_path, 1, ca="", credential="")
    archive = '[archive]\nfolder = "archive"\n'
    text = (tmp_path / "config.toml").read_text(encoding="utf-8").replace('ca_file = ""\n', "")
    (tmp_path / "config.toml").write_text(text + archive, encoding="utf-8")
    lines = ("sync", "report --week 2026-W47 --out pages", "archive")
    every = (
        "import sys; from loopnote.cli import main; "
        "sys.exit(max(main(one.split()) for one in sys.argv[1:]))"
    )
    subprocess.run(
        [sys.executable, "-c", every, *lines],
        cwd=tmp_path,
        env=clean_environment() | {"LOOPNOTE_NOW": MONDAY},
        umask=0,
        check=True,
    )
    folders = [one for one in tmp_path.rglob("*") if one.is_dir()]
    assert {one.name for one in folders} >= {"pages", "archive", "notes"}
    for one in folders:
        assert stat.S_IMODE(one.stat().st_mode) & 0o077 == 0, one
