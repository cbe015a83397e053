"""What benches share that measure a process of its own: its surroundings, and the peak of its
memory.
"""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def as_installed(compiled: Path) -> dict[str, str]:
    """Return an environment in which this checkout and its fakes are found, and whose byte code is
    kept in a folder: what is installed is compiled.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}:{os.environ.get('PYTHONPATH', '')}",
        "PYTHONPYCACHEPREFIX": str(compiled),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def peak_mb() -> int:
    """Return the peak of this process's memory; `ru_maxrss` remembers the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = re.search(r"VmHWM:\s*(\d+)", status)
    return int(peak[1]) // 1024 if peak else 0
