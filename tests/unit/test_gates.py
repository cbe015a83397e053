"""What guards a change stays on guard: the matrix, the targets, the profiles and the markers."""

import ast
import os
import re
import string
import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import settings
from hypothesis_profiles import DEV, DEV_EXAMPLES, RANDOM, RANDOM_SHARE, examples

import bootstrap

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))


@pytest.fixture
def commands(monkeypatch):
    """The commands that a target would run, as texts; each one succeeds."""
    asked: list[str] = []

    def record(*command: object, quiet: bool = False) -> int:
        asked.append(" ".join(map(str, command)))
        return 0

    monkeypatch.setattr(bootstrap, "run", record)
    return asked


def test_ci_tries_each_python_that_the_classifiers_name():
    named = re.findall(
        r"Programming Language :: Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"])
    )
    assert WORKFLOW["jobs"]["python"]["strategy"]["matrix"]["python"] == named
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"
    assert tuple(map(int, named[0].split("."))) == bootstrap.OLDEST


def test_make_test_leaves_out_what_is_slow_and_an_argument_can_ask_for_it(commands):
    bootstrap.test(Path("python"), ["-m", "slow"])
    (command,) = commands
    workers = bootstrap.cores() + 1
    assert command.startswith(f"python -m pytest -m not slow and not endurance -n {workers} ")
    assert command.endswith(" -m slow")


def test_tests_keep_the_bytecode_that_each_of_their_processes_would_make_anew(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    seen: list[str | None] = []

    def record(*_command: object) -> int:
        seen.append(os.environ.get("PYTHONDONTWRITEBYTECODE"))
        return 0

    monkeypatch.setattr(bootstrap, "run", record)
    bootstrap.test(Path("python"), [])
    assert seen == [None]
    assert os.environ["PYTHONDONTWRITEBYTECODE"] == "1"


def test_make_test_all_leaves_out_nothing_and_then_measures_coverage(commands):
    assert bootstrap.test_all(Path("python"), []) == 0
    everything, measured, floors = commands
    assert everything.startswith("python -m pytest -m  --durations")
    assert "--cov" in measured
    assert "tests/unit" in measured
    assert floors == "python tests/coverage_floors.py"


def test_the_random_run_asks_for_random_examples(commands):
    bootstrap.test_random(Path("python"), [])
    assert "-m hypothesis --hypothesis-profile=random" in commands[0]


def test_test_all_fails_where_one_of_its_runs_fails(monkeypatch):
    for failing in ("--durations=25", "--cov", "coverage_floors"):

        def run(*command: object, failing: str = failing) -> int:
            return int(any(failing in str(part) for part in command))

        monkeypatch.setattr(bootstrap, "run", run)
        assert bootstrap.test_all(Path("python"), []) == 1, failing


def test_check_types_the_tests_as_well(commands, monkeypatch):
    monkeypatch.setattr(bootstrap, "audit", lambda _python, _arguments: 0)
    bootstrap.check(Path("python"), [])
    assert "python -m mypy" in commands
    assert "python -m mypy --config-file tests/mypy.ini" in commands


def test_ci_runs_every_test_and_forbids_to_skip_what_needs_a_server():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.findall(r"^make (.+)$", script, re.MULTILINE) == [
        "check",
        "wheel",
        "test",
        """test ARGS='-m "slow or endurance" tests/contract tests/e2e tests/unit'""",
        "test-random",
        "endure ARGS=--short",
        "coverage",
    ]
    assert "LOOPNOTE_REQUIRE_PG=1" in script
    assert WORKFLOW["jobs"]["all"]["steps"][-1]["run"] == "bash .ci/run"


def test_make_test_tries_the_same_few_examples_and_the_random_run_others():
    dev, random = settings.get_profile(DEV), settings.get_profile(RANDOM)
    assert (dev.derandomize, dev.database, dev.max_examples) == (True, None, DEV_EXAMPLES)
    assert (random.derandomize, random.deadline) == (False, None)
    if settings.get_current_profile_name() == RANDOM:
        assert examples(30) == 30 * RANDOM_SHARE
    else:
        assert (examples(300), examples(5)) == (DEV_EXAMPLES, 5)


def test_no_property_test_is_fixed_to_one_seed_or_one_budget():
    """A number in place of `examples(…)` would keep the random run small; 1000 is a slow test's."""
    fixed = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"derandomize=|max_examples=(?!examples\(|1000)", line)
        and path.name not in {"hypothesis_profiles.py", Path(__file__).name}
    ]
    assert not fixed


def test_every_target_that_make_names_runs_something():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (names,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    rules = re.findall(r"^([a-z][a-z -]*):(?: .*)?$", makefile, re.MULTILINE)
    assert set(names.split()) == {name for rule in rules for name in rule.split()}


FOR_DEVELOPERS = {"check", "audit"}


def said_texts() -> list[str]:
    """Return the sentences that bootstrap.py says to whoever sets loopnote up."""
    module = ast.parse((ROOT / "bootstrap.py").read_text(encoding="utf-8"))
    functions = [one for one in module.body if isinstance(one, ast.FunctionDef)]
    return [
        str(call.args[0].value)
        for function in functions
        if function.name not in FOR_DEVELOPERS
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"say", "stop"}
        and isinstance(call.args[0], ast.Constant)
    ]


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_what_an_operator_meets_before_anything_is_installed_is_there_in_korean():
    said = said_texts()
    assert len(said) > 5
    assert {text for text in said if text not in bootstrap.KOREAN} == set()
    for english, korean in bootstrap.KOREAN.items():
        assert facts_of(english) == facts_of(korean)


def test_it_speaks_as_the_terminal_does(monkeypatch, capsys):
    for name in ("LOOPNOTE_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    with pytest.raises(SystemExit):
        bootstrap.try_(Path("python"), [])
    assert "기록을 적으세요" in capsys.readouterr().err
    monkeypatch.setenv("LOOPNOTE_LANG", "en")
    with pytest.raises(SystemExit):
        bootstrap.try_(Path("python"), [""])
    assert "name the log" in capsys.readouterr().err
