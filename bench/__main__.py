"""Runs the benchmarks, each in a process of its own.

`python -m bench` or `python -m bench identity`.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
_OF_OTHERS = {"public_histories"}
"""Benchmarks of tables that are not kept here: they run where they are named, with the table's
place."""


def names() -> list[str]:
    """Return the benchmarks: the modules here that can be run."""
    return sorted(
        path.stem
        for path in HERE.glob("*.py")
        if not path.stem.startswith("_")
        and 'if __name__ == "__main__"' in path.read_text(encoding="utf-8")
    )


def main(arguments: list[str]) -> int:
    """Run all benchmarks, or the one named with its own arguments."""
    chosen = [arguments[0]] if arguments else [one for one in names() if one not in _OF_OTHERS]
    if not set(chosen) <= set(names()):
        print(
            f"there is no benchmark {arguments[0]!r}; known are: {', '.join(names())}",
            file=sys.stderr,
        )
        return 2
    code = 0
    for name in chosen:
        print(f"── {name}", flush=True)
        command = [sys.executable, "-m", f"bench.{name}", *arguments[1:]]
        code |= subprocess.run(command, cwd=HERE.parent, check=False).returncode
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
