"""Answers of `init` that wait for the rest: an interrupted conversation goes on where it stopped.

They stand in a file beside the configuration that only its owner may read, and hold no secret;
the file goes when the configuration is written.
"""

import json
from pathlib import Path

from loopnote.config.edit import write_whole
from notes.model.errors import ConfigError
from notes.system.private_file import write_private


class KeptAnswers:
    """The answers given so far, by the name of their question."""

    def __init__(self, config: Path) -> None:
        self.path = config.with_name(f".{config.name}.answers")
        self._answers = _read(self.path)

    def get(self, name: str) -> str:
        """Return an earlier answer, "" where there is none."""
        return self._answers.get(name, "")

    def keep(self, name: str, answer: str) -> None:
        """Keep an answer; a folder that cannot be written costs the answers, not the
        conversation.
        """
        self._answers[name] = answer
        try:
            write_whole(self.path, json.dumps(self._answers, ensure_ascii=False) + "\n")
        except ConfigError:
            return

    def __bool__(self) -> bool:
        return bool(self._answers)

    def discard(self) -> None:
        """Remove the file: the answers are in the configuration now."""
        self.path.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {key: text for key, text in pairs if isinstance(text, str)}


def write_secret(path: Path, secret: str) -> None:
    """Write a secret into a file of its own that only its owner may read; one that is there is
    replaced.

    Raises:
        ConfigError: it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, secret + "\n")
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written ({error.strerror or error})",
            hint="check the folder's rights and the space on the disk",
        ) from error
