"""A line without options of its own does what the parser would make of it."""

import sys
from functools import wraps
from inspect import signature
from typing import Any

import pytest

from loopnote.cli import hoist_options, main
from loopnote.cli.app import build_app
from loopnote.cli.plain_lines import PLAIN, plain_command
from loopnote.cli.reading import sync
from loopnote.cli.runs import run, status
from loopnote.cli.session import Session

MODULES: dict[str, Any] = {"run": run, "status": status, "sync": sync}
LINES = [
    [],
    ["--json"],
    ["--verbose"],
    ["--config", "other.toml"],
    ["--config", ""],
    ["--json", "--config", "a.toml", "--config", "run"],
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Session]:
    """Return the sessions of the commands that are called from now on; they do nothing else."""
    sessions: list[Session] = []
    for module in MODULES.values():
        monkeypatch.setattr(module, "COMMAND", _noting(module.COMMAND, sessions))
    return sessions


def _noting(command: Any, sessions: list[Session]) -> Any:
    usual = {name: one.default for name, one in signature(command).parameters.items()}

    @wraps(command)
    def called(context: Any, **options: object) -> int:
        sessions.append(context.obj)
        assert {**usual, **options} == usual
        return 1

    return called


@pytest.mark.parametrize("name", sorted(PLAIN))
@pytest.mark.parametrize("before", LINES)
def test_a_plain_line_gives_a_command_the_session_that_the_parser_would(
    name: str, before: list[str], asked: list[Session]
) -> None:
    arguments = hoist_options([name, *before])
    plain = plain_command(arguments)
    assert plain is not None
    codes = [plain(), build_app(name)(args=arguments, prog_name="x", standalone_mode=False)]
    assert codes == [1, 1]
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    "line",
    [
        ["status", "--help"],
        ["status", "more"],
        ["run", "--dry-run"],
        ["sync", "--source", "log"],
        ["--version", "status"],
        ["--config"],
        ["--config=a.toml", "status"],
        ["--", "status"],
        ["notes"],
        ["statu"],
        ["--config", "status"],
    ],
)
def test_any_other_line_goes_through_the_parser(line: list[str]) -> None:
    assert plain_command(hoist_options(line)) is None


def test_a_plain_line_loads_no_parser(
    asked: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "loopnote.cli.app", None)
    assert main(["status", "--json"]) == 1
    assert asked == [Session(as_json=True)]
