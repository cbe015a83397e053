#!/usr/bin/env python3
"""Sets up everything and runs one target: `python3 bootstrap.py demo`.

Needs only Python 3.11 or newer.

It makes a virtual environment in .venv, installs what the target needs from the lock file, and runs
it; the second time it only runs it. Settings, all optional, from the environment:

    PYTHON            the interpreter to build .venv with
    LOOPNOTE_VENV     where the environment goes instead of .venv
    LOOPNOTE_OFFLINE  when 1, never installs: uses what is there
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
NEWEST_TRIED = 15


# Everything else that loopnote says stands in its message files; this runs before there is anything
# to read them with.
KOREAN = {
    "PYTHON={python} is not Python {oldest} or newer": (
        "PYTHON={python}: Python {oldest} 이상이 아닙니다"
    ),
    "loopnote needs Python {oldest} or newer; this is {version}": (
        "loopnote에는 Python {oldest} 이상이 필요합니다. 지금은 {version}입니다"
    ),
    "making {folder} with {python}": "{folder} 환경을 만듭니다({python})",
    (
        "this Python cannot make environments; on Debian or Ubuntu: sudo apt-get install -y "
        "python3-venv"
    ): (
        "이 Python으로는 가상 환경을 만들 수 없습니다. Debian이나 Ubuntu라면: sudo apt-get "
        "install -y python3-venv"
    ),
    "the environment is not up to date and LOOPNOTE_OFFLINE=1 forbids installing": (
        "환경을 새로 설치해야 하는데 LOOPNOTE_OFFLINE=1이라 설치할 수 없습니다"
    ),
    "installing the libraries (a minute the first time)": "라이브러리를 설치합니다(처음에는 1분쯤)",
    "the libraries could not be installed; see above. Is the network there?": (
        "라이브러리를 설치하지 못했습니다. 위의 글과 네트워크를 확인하세요"
    ),
    "the project could not be installed; see above": (
        "loopnote를 설치하지 못했습니다. 위의 글을 확인하세요"
    ),
    "name the log:  make try LOG=my-log.xlsx   (or: python3 bootstrap.py try my-log.xlsx)": (
        "기록을 적으세요:  make try LOG=내기록.xlsx   (또는: python3 bootstrap.py try 내기록.xlsx)"
    ),
    "ready: {program}": "준비되었습니다: {program}",
}
"""What an operator may meet, by the English sentence; what only developers meet is English."""


def is_korean() -> bool:
    """Tell whether the person's terminal is Korean, as loopnote itself decides it."""
    names = ("LOOPNOTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return chosen.lower().startswith("ko")


def say(text: str, **facts: object) -> None:
    """Tell a person what happens; the results of targets own stdout."""
    spoken = KOREAN.get(text, text) if is_korean() else text
    print(f"[loopnote] {spoken.format(**facts)}", file=sys.stderr, flush=True)


def stop(text: str, **facts: object) -> "None":
    """Say why it cannot go on, and end."""
    say(text, **facts)
    raise SystemExit(2)


def good(python: str) -> bool:
    """Tell whether this command is a Python new enough that can make environments."""
    question = f"import sys; raise SystemExit(sys.version_info < {OLDEST})"
    try:
        return (
            subprocess.run([python, "-c", question], capture_output=True, check=False).returncode
            == 0
        )
    except OSError:
        return False


def find_python() -> str:
    """Return the interpreter to use: $PYTHON, this one, or the newest on the PATH."""
    named = os.environ.get("PYTHON")
    oldest = f"{OLDEST[0]}.{OLDEST[1]}"
    if named and not good(named):
        stop("PYTHON={python} is not Python {oldest} or newer", python=named, oldest=oldest)
    if named:
        return named
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(NEWEST_TRIED, OLDEST[1] - 1, -1):
        candidate = shutil.which(f"python3.{minor}")
        if candidate and good(candidate):
            return candidate
    version = sys.version.split()[0]
    stop(
        "loopnote needs Python {oldest} or newer; this is {version}", oldest=oldest, version=version
    )
    return ""


def venv_folder() -> Path:
    """Return where the environment lives."""
    return Path(os.environ.get("LOOPNOTE_VENV") or ROOT / ".venv").expanduser().resolve()


def venv_python(folder: Path) -> Path:
    """Return the environment's interpreter."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(*command: object, quiet: bool = False) -> int:
    """Run a command in the project's folder and return its exit code."""
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, stdout=sys.stderr if quiet else None, check=False
    ).returncode


def make_environment(folder: Path) -> None:
    """Create the environment, with pip inside it in one way or another."""
    python = find_python()
    say("making {folder} with {python}", folder=folder.name, python=python)
    if run(python, "-m", "venv", "--clear", folder, quiet=True) == 0:
        return
    if run(
        python, "-m", "venv", "--clear", "--without-pip", folder, quiet=True
    ) == 0 and borrow_pip(python, folder):
        return
    shutil.rmtree(folder, ignore_errors=True)
    stop(
        "this Python cannot make environments; on Debian or Ubuntu: sudo apt-get install "
        "-y python3-venv"
    )


def borrow_pip(python: str, folder: Path) -> bool:
    """Install pip into an environment with the pip of another Python (22.3 or newer)."""
    return (
        run(
            python, "-m", "pip", "--python", venv_python(folder), "install", "-q", "pip", quiet=True
        )
        == 0
    )


def stamp_of(lock: Path) -> str:
    """Return a fingerprint of all that decides what is installed."""
    digest = hashlib.sha256()
    for path in (lock, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def install(folder: Path, lock: Path) -> None:
    """Install the locked libraries and the project itself, unless that was done already."""
    stamp = folder / f"loopnote-{lock.stem}.stamp"
    wanted = stamp_of(lock)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if os.environ.get("LOOPNOTE_OFFLINE") == "1":
        stop("the environment is not up to date and LOOPNOTE_OFFLINE=1 forbids installing")
    if not venv_python(folder).exists():
        make_environment(folder)
    say("installing the libraries (a minute the first time)")
    pip = [venv_python(folder), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if run(*pip, "--require-hashes", "-r", lock, quiet=True) != 0:
        stop("the libraries could not be installed; see above. Is the network there?")
    if run(*pip, "--no-deps", "--editable", ".", quiet=True) != 0:
        stop("the project could not be installed; see above")
    stamp.write_text(wanted)


def environment(*, dev: bool) -> Path:
    """Return the interpreter of a ready environment, with or without what developers need."""
    folder = venv_folder()
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    both = folder / f"loopnote-{(ROOT / 'requirements-dev.lock').stem}.stamp"
    if not dev and both.exists() and both.read_text() == stamp_of(ROOT / "requirements-dev.lock"):
        return venv_python(folder)
    install(folder, lock)
    return venv_python(folder)


def demo(python: Path, arguments: list[str]) -> int:
    """Make the sample workspace and the Monday page from it."""
    return run(python, "-m", "loopnote", "demo", *arguments)


def try_(python: Path, arguments: list[str]) -> int:
    """Read one log without a configuration and make its latest page: try FILE."""
    if not arguments or not arguments[0]:
        stop("name the log:  make try LOG=my-log.xlsx   (or: python3 bootstrap.py try my-log.xlsx)")
    return subprocess.call([str(python), "-m", "loopnote", "try", *arguments])


QUICK = "not slow and not endurance"
"""What `make test` runs: the rest is marked, and `make test-all` runs it."""
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Where it is set, every process that a test starts compiles all of loopnote anew (1.1 s of CPU
each, 28 November 2026), and every test process all tests; a checkout ignores `__pycache__`."""


def cores() -> int:
    """Return how many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def pytest(python: Path, *chosen: str, arguments: list[str]) -> int:
    """Run pytest with a worker more than cores, unless the arguments name a number themselves.

    Tests wait for servers and child processes: on two cores two workers left a fifth of the time
    unused (218 s; three took 189 s; 29 November 2026). A worker begins with a half of its own and
    takes over from the other at the end, so what a module's tests share is made once.
    """
    many = any(part.startswith("-n") for part in arguments)
    workers = () if many else ("-n", str(cores() + 1), "--dist", "worksteal")
    kept = os.environ.pop(NO_BYTECODE, None)
    try:
        return run(python, "-m", "pytest", *chosen, *workers, *arguments)
    finally:
        if kept is not None:
            os.environ[NO_BYTECODE] = kept


def test(python: Path, arguments: list[str]) -> int:
    """Run the quick tests, the same ones every time; arguments go to pytest (`-m ""` is all)."""
    return pytest(python, "-m", QUICK, arguments=arguments)


def test_random(python: Path, arguments: list[str]) -> int:
    """Run the property tests with random examples and a larger budget."""
    chosen = ["-m", "hypothesis", "--hypothesis-profile=random"]
    return pytest(python, *chosen, arguments=arguments)


def test_all(python: Path, arguments: list[str]) -> int:
    """Run every test, then compare the branch coverage with its floors."""
    everything = pytest(python, "-m", "", "--durations=25", arguments=arguments)
    return max(everything, coverage(python, []))


MEASURED = (
    "tests/unit",
    "tests/golden",
    "tests/contract/test_asked_decisions.py",
    "tests/contract/test_changed_log.py",
    "tests/contract/test_corpus_score.py",
    "tests/contract/test_example_logs.py",
    "tests/contract/test_gather.py",
    "tests/contract/test_run.py",
    "tests/contract/test_services_to_store.py",
    "tests/contract/test_sources_continue.py",
    "tests/contract/test_store_history.py",
    "tests/contract/test_store_manual_links.py",
    "tests/contract/test_store_search.py",
    "tests/contract/test_store_update.py",
)
"""What `make coverage` runs: what works in its own process or in the children in which it reads."""


def coverage(python: Path, arguments: list[str]) -> int:
    """Measure branch coverage by the quick tests that start no command; compare with the
    floors.
    """
    measured = [*MEASURED, "-q", "-m", QUICK, "--cov", "--cov-report="]
    ran = pytest(python, *measured, arguments=arguments)
    return max(ran, run(python, "tests/coverage_floors.py"))


def check(python: Path, arguments: list[str]) -> int:
    """Lint, format, layers, types, dependencies, audit; `--fix` mends what can be mended."""
    tools = venv_python(venv_folder()).parent
    fix = "--fix" in arguments
    steps = [
        [tools / "ruff", "check", *(["--fix"] if fix else []), "."],
        [tools / "ruff", "format", *([] if fix else ["--check"]), "."],
        [tools / "lint-imports", "--no-cache", "--config", ".importlinter.toml"],
        [python, "-m", "mypy"],
        [python, "-m", "mypy", "--config-file", "tests/mypy.ini"],
        [tools / "deptry", "."],
    ]
    codes = [run(*step) for step in steps]
    for step, code in zip(steps, codes, strict=True):
        if code:
            say("failed: {step}", step=" ".join(Path(part).name for part in step))
    return max(*codes, audit(python, []))


def audit(python: Path, arguments: list[str]) -> int:
    """Look the locked libraries up among known vulnerabilities.

    Without a network it says so and goes on.
    """
    command = [
        python,
        "-m",
        "pip_audit",
        "--requirement",
        "requirements.lock",
        "--require-hashes",
        "--disable-pip",
    ]
    command += ["--progress-spinner", "off", "--timeout", "10", *arguments]
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = "known vulnerabilit" in done.stderr and "No known" not in done.stderr
    if found:
        print(done.stdout, done.stderr)
    elif done.returncode or "could not be audited" in done.stdout:
        say("the list of known vulnerabilities could not be reached; nothing was audited")
    else:
        say("no known vulnerability in the locked libraries")
    return 1 if found else 0


def golden(python: Path, arguments: list[str]) -> int:
    """Write the golden pages and mails anew; look at the diff before you commit it."""
    os.environ["LOOPNOTE_GOLDEN"] = "update"
    code = run(python, "-m", "pytest", "-q", "tests/golden", *arguments)
    return run("git", "--no-pager", "diff", "--stat", "tests/golden") or code


def wheel(python: Path, arguments: list[str]) -> int:
    """Build the wheel, install it alone into a fresh environment, and run the tests against it."""
    return run(python, "tests/wheel.py", *arguments)


def pictures(python: Path, arguments: list[str]) -> int:
    """Make the pictures of the README anew from the demo (needs a Chromium)."""
    return run(python, "tests/pictures.py", *arguments)


def bench(python: Path, arguments: list[str]) -> int:
    """Run the benchmarks; name one to run only that."""
    return run(python, "-m", "bench", *arguments)


def endure(python: Path, arguments: list[str]) -> int:
    """Kill, starve and deceive loopnote, and count what was lost, doubled, silent or aborted."""
    return run(python, "-m", "tests.endure", *arguments)


DEV = {
    "test": test,
    "test-all": test_all,
    "coverage": coverage,
    "test-random": test_random,
    "check": check,
    "audit": audit,
    "golden": golden,
    "wheel": wheel,
    "pictures": pictures,
    "bench": bench,
    "endure": endure,
}
USER = {"demo": demo, "try": try_}


def main(arguments: list[str]) -> int:
    """Run one target by its name and return its exit code."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name == "setup":
        environment(dev="--dev" in rest)
        say("ready: {program}", program=venv_python(venv_folder()).parent / "loopnote")
        return 0
    targets = USER | DEV
    if name not in targets:
        print(__doc__)
        print("targets:")
        print("    setup       only make the environment (--dev with what developers need)")
        for target, function in targets.items():
            print(f"    {target:<11} {(function.__doc__ or '').strip()}")
        return 0 if name in {"help", "--help", "-h"} else 2
    return targets[name](environment(dev=name in DEV), rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
