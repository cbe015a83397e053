"""Builds the wheel and runs the quick tests against it alone: what is shipped works, not only what
lies here.

The wheel is unpacked into a temporary folder that stands first on the path, so neither the checkout
nor the editable installation can lend it anything; `tests/e2e/test_shipped.py` asserts that.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Build, unpack, test; return pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="loopnote-wheel-") as folder:
        wheels, unpacked = Path(folder) / "wheels", Path(folder) / "unpacked"
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "wheel", "--no-deps", "--wheel-dir", wheels, ROOT], check=True, stdout=sys.stderr
        )
        wheel = next(wheels.glob("loopnote-*.whl"))
        subprocess.run(
            [*pip, "install", "--no-deps", "--target", unpacked, wheel],
            check=True,
            stdout=sys.stderr,
        )
        environment = {
            **os.environ,
            "PYTHONPATH": str(unpacked),
            "LOOPNOTE_WHEEL": str(unpacked),
            "PYTHONSAFEPATH": "1",
        }
        command = [
            sys.executable,
            "-P",
            "-m",
            "pytest",
            "-q",
            "-n",
            "auto",
            "--override-ini=pythonpath=tests",
        ]
        chosen = arguments or ["-m", "not slow and not endurance and not browser and not postgres"]
        return subprocess.run(
            [*command, *chosen], cwd=ROOT, env=environment, check=False
        ).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
