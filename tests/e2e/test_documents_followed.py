"""README and how-tos, followed: every command that they print is typed into a shell, from top to
bottom.

Each document has a folder of its own, with a log and servers on this machine; README begins with
the clone. `SUBSTITUTES` holds what a reader replaces, `NOT_RUN` what one machine cannot do, and
why.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.command import clean_environment
from fakes.documented_commands import DOCUMENTS, ROOT, DocumentedCommand, commands_of
from fakes.google_server import google_server
from fakes.notion_server import TOKEN, notion_server
from fakes.office import MONDAY, Services, make_office, write_workbook
from fakes.smtp import MailHost, MailHostRunning

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the documents print commands of a POSIX shell"),
]

FIRST_NOTE = r"""$(loopnote --json notes | sed -n 's/^{"id":"\([0-9a-f]*\)".*/\1/p' | head -n 1)"""
SUBSTITUTES = {
    "REPOSITORY": str(ROOT),
    "/path/to/loopnote/": "$PWD/",
    "/path/to/config.toml": "$PWD/config.toml",
    "/srv/loopnote/": "$PWD/",
    "history ID": f"history {FIRST_NOTE}",
    "--resend ADDRESS": "--resend head@example.com",
    "--resend 주소": "--resend head@example.com",
    "erase NAME": "erase Kim",
    "erase 이름": "erase 김하늘",
    "내주소@": "me@",
    "search WORD": "search queue",
    "search 낱말": "search 대기",
}
"""What a reader puts in the place of what the document writes."""

NOT_RUN = {
    r"^(sudo|journalctl|cd /srv)": (
        "needs another user or systemd; the units are tested by themselves"
    ),
    r"^(pipx|uv) ": (
        "installs for the user, from a registry; `make wheel` tests the installed wheel"
    ),
    r"^git pull": "needs a newer version",
    (
        r"^git tag|^python -m build|^bash "
        r"\.ci/run|^make (wheel|test|check)$"
    ): "is CI's and the release's",
    r"^gcloud ": "needs an account of Google's",
    r"^loopnote login google": (
        "needs a person in a browser; tests/contract/test_google_logins.py plays one"
    ),
    r"^python -m bench": "takes minutes and measures this machine",
    r"^loopnote worker": "keeps running, on PostgreSQL; tests of its own start it",
    r"^rsync ": "needs another host",
    r"^loopnote completion fish": "is for another shell",
    r"^open ": "opens a window, on a Mac",
}

INIT = {
    "README.md": ["Sales", "en", "Asia/Seoul", "my-log.xlsx", "head@example.com", "", "", "cron"],
    "README.ko.md": ["영업", "ko", "Asia/Seoul", "my-log.xlsx", "head@example.com", "", "", "cron"],
}
ANSWERS = {
    "loopnote columns --ask": ["7"],
    "loopnote erase": ["yes"],
    "loopnote init --add team": ["Third", "en", "Asia/Seoul"],
    "loopnote init --add source": ["Third", "third.xlsx", "third"],
    "loopnote init --add reader": ["another@example.com", "*"],
    "loopnote init --add mail": ["127.0.0.1:MAIL_PORT", ""],
    "loopnote init --add schedule": ["cron"],
}
"""What a reader types where a command asks."""

BEFORE = {
    r"^make try": "cp ../*.xlsx .",
    r"^loopnote init$": "rm -f config.toml .config.toml.state",
    r"^loopnote import tables": "export LOOPNOTE_CONFIG=new.toml",
    r"config\.toml init": "mv config.toml config.held",
    r"^loopnote init --add schedule --schedule systemd": (
        "test ! -e config.held || mv -f config.held config.toml"
    ),
}
"""What has to be so where a command of a document begins at another place than the one before it.
"""


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    mail = MailHostRunning(MailHost())
    with google_server() as google, notion_server() as notion, mail:
        yield Services(mail.port, google, notion)


@pytest.fixture(scope="module")
def offices(services: Services, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workspaces that documents begin with, after a first Monday's run."""
    made = {}
    for language in ("en", "ko"):
        folder = tmp_path_factory.mktemp(language)
        make_office(folder, language, services)
        ran = shell(folder, [("loopnote run", [])], language)
        assert ran[0][0] == 0, ran
        made[language] = folder
    return made


def shell(folder: Path, lines: list[tuple[str, list[str]]], language: str) -> list[tuple[int, str]]:
    """Type lines into one shell, each with its answers; return each one's exit code and what
    it said.
    """
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    write_tool(tools / "loopnote", f'#!/bin/sh\nexec "{sys.executable}" -m loopnote "$@"\n')
    write_tool(tools / "python3", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    write_tool(tools / "editor", f'#!/bin/sh\nprintf %s "{TOKEN}" > "$1"\n')
    script = ["exec 2>&1"]
    for number, (line, answers) in enumerate(lines):
        (tools / f"answers-{number}").write_text("".join(f"{one}\n" for one in answers))
        script.append(f'{{ {line}\n}} < "{tools}/answers-{number}"\nprintf "\\n@@@ %d\\n" $?')
    home = folder / "home"
    home.mkdir(exist_ok=True)
    environment = {
        **clean_environment(),
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "EDITOR": str(tools / "editor"),
        "BROWSER": "true",
        "LOOPNOTE_LANG": language,
        "LOOPNOTE_NOW": MONDAY,
        "LOOPNOTE_OFFLINE": "1",
    }
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
        timeout=600,
    )  # fmt: skip
    parts = re.split(r"^@@@ (\d+)\n", done.stdout, flags=re.MULTILINE)
    return [(int(code), said) for said, code in zip(parts[0::2], parts[1::2], strict=False)]


def language_of(document: Path) -> str:
    return "ko" if document.name.endswith(".ko.md") else "en"


def write_tool(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def runnable(command: DocumentedCommand) -> bool:
    return not any(re.search(pattern, command.text) for pattern in NOT_RUN)


def typed(command: DocumentedCommand) -> str:
    text = command.text
    for written, meant in SUBSTITUTES.items():
        text = text.replace(written, meant)
    return text


def follow(document: Path, folder: Path, services: Services) -> None:
    """Type a document's commands; each one must end well."""
    commands = [one for one in commands_of(document) if runnable(one)]
    lines = []
    for command in commands:
        text = typed(command)
        before = next((BEFORE[found] for found in BEFORE if re.search(found, text)), "")
        if command.text.startswith("git clone"):
            text += f'\n"{sys.executable}" "{ROOT}/tests/fakes/ready_environment.py"'
        answers = [
            one.replace("MAIL_PORT", str(services.mail_port)) for one in answers_to(document, text)
        ]
        lines.append((f"{before}\n{text}", answers))
    ran = shell(folder, lines, language_of(document))
    for command, (code, said) in zip(commands, ran, strict=False):
        assert code == 0, f"{command.place}: {command.text}\n{said}"
        assert "Traceback (most recent call last)" not in said, f"{command.place}\n{said}"
    assert len(ran) == len(commands)


def answers_to(document: Path, text: str) -> list[str]:
    if text == "loopnote init" or "config.toml init" in text:
        return INIT.get(document.name, INIT["README.md"])
    starts = [start for start in ANSWERS if text.startswith(start)]
    return ANSWERS[max(starts, key=len)] if starts else []


@pytest.mark.parametrize("document", DOCUMENTS[:2], ids=lambda path: path.name)
def test_readme_can_be_followed_from_the_clone_to_the_first_run(
    document: Path, services: Services, tmp_path: Path
) -> None:
    language = language_of(document)
    for name in ("my-log.xlsx", "내기록.xlsx"):
        write_workbook(tmp_path / name, language)
    follow(document, tmp_path, services)


@pytest.mark.parametrize("document", DOCUMENTS[2:], ids=lambda path: path.name)
def test_a_how_to_can_be_followed(
    document: Path, offices: dict[str, Path], services: Services, tmp_path: Path
) -> None:
    language = language_of(document)
    kinds = {"google-sheets": "google", "notion": "notion"}
    reads = kinds.get(document.name.partition(".")[0], "file")
    if reads == "file":
        shutil.copytree(offices[language], tmp_path, dirs_exist_ok=True)
    else:
        make_office(tmp_path, language, services, reads=reads)
    for name in ("trials.xlsx", "실험기록.xlsx", "my-log.xlsx", "third.xlsx"):
        write_workbook(tmp_path / name, language)
    follow(document, tmp_path, services)


def test_what_is_not_run_stands_in_the_documents() -> None:
    texts = [one.text for document in DOCUMENTS for one in commands_of(document)]
    unused = [pattern for pattern in NOT_RUN if not any(re.search(pattern, text) for text in texts)]
    assert not unused


def test_most_commands_are_run() -> None:
    commands = [one for document in DOCUMENTS for one in commands_of(document)]
    assert len(commands) > 150
    assert sum(map(runnable, commands)) > 0.75 * len(commands)
