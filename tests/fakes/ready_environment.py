"""Makes the environment of a clone, in the working folder, from the libraries of the one that runs
the tests.

A test installs nothing: this stands for the minute in which `make setup` fetches the libraries.
"""

import subprocess
import sys
import sysconfig
from pathlib import Path


def main() -> None:
    """Make .venv with the clone first on its path, and say that it is up to date."""
    clone = Path.cwd()
    venv = clone / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    shared = [str(clone), *(entry for entry in sys.path if entry.endswith("-packages"))]
    version = f"python{sysconfig.get_python_version()}"
    packages = venv / "lib" / version / "site-packages"
    (packages / "shared.pth").write_text("\n".join(shared) + "\n", encoding="utf-8")
    script = venv / "bin" / "loopnote"
    code = "import sys; from loopnote.cli import main; sys.exit(main())"
    script.write_text(f"#!{venv / 'bin' / 'python'}\n{code}\n", encoding="utf-8")
    script.chmod(0o755)
    sys.path.insert(0, str(clone))
    from bootstrap import stamp_of

    lock = clone / "requirements.lock"
    (venv / f"loopnote-{lock.stem}.stamp").write_text(stamp_of(lock), encoding="utf-8")


if __name__ == "__main__":
    main()
