"""The commands that README and the how-tos print, in their order, as a reader would copy them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    ROOT / "README.md",
    ROOT / "README.ko.md",
    *sorted((ROOT / "docs/how-to").glob("*.md")),
)

_PROGRAMS = (
    "loopnote|make|python3?|git|pipx|uv|pip|sudo|install|rsync|gcloud|open|journalctl|systemctl|"
    "bash|crontab|podman|docker|eval|cd|curl"
)
_SHELL = re.compile(rf"(?:\$ )?((?:\S*/)?(?:{_PROGRAMS}) \S.*|\. \S+/activate.*)")
_CRON = re.compile(r"\*/30 \* \* \* \*\s+(.+)")
_FENCE = re.compile(r"^ *```")
_INLINE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class DocumentedCommand:
    """A command as it stands in a document, on a line of its own or within a sentence."""

    document: Path
    line: int
    text: str

    @property
    def place(self) -> str:
        return f"{self.document.name}:{self.line}"


def commands_of(document: Path) -> list[DocumentedCommand]:
    """Return the commands of a document, from top to bottom."""
    prose, found, fenced = [], [], False
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        fence = bool(_FENCE.match(line))
        fenced ^= fence
        code = not fence and (fenced or line.startswith("    "))
        prose.append("" if code or fence else line)
        command = _command(line.strip()) if code else None
        if command:
            found.append(DocumentedCommand(document, number, command))
    text = "\n".join(prose)
    for span in _INLINE.finditer(text):
        command = _command(" ".join(span[1].split()))
        if command:
            number = text.count("\n", 0, span.start()) + 1
            found.append(DocumentedCommand(document, number, command))
    return sorted(found, key=lambda one: one.line)


def _command(line: str) -> str | None:
    cron = _CRON.fullmatch(line)
    shell = _SHELL.fullmatch(cron[1] if cron else line)
    return re.sub(r"\s+#.*", "", shell[1]) if shell else None
