"""Secret redaction: replaces the secrets of this process in every text that leaves it."""

from collections.abc import Iterable
from urllib.parse import quote

_SHORTEST_SECRET = 4
"""Characters; replacing shorter texts would destroy log lines. Judgement."""


class Redactor:
    """Replaces the secrets of this process in any text.

    >>> redactor = Redactor(["hunter2"])
    >>> redactor.redact("password=hunter2 ok")
    'password=*** ok'
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> str:
        """Redact this secret from now on, in all its encodings, and return it.

        What is too short to be one is left.
        """
        if len(secret) >= _SHORTEST_SECRET:
            inside = repr(secret)[
                1:-1
            ]  # as a record shows it, and as that record is quoted in turn
            self._forms |= {
                secret,
                quote(secret, safe=""),
                inside,
                _escaped(secret),
                _escaped(inside),
            }
            lines = [
                line for line in secret.splitlines() if len(line) >= 16
            ]  # a private key is printed line by line
            self._forms |= set(lines)
        return secret

    def redact(self, text: str) -> str:
        """Return the text with every secret replaced by ***."""
        for form in sorted(self._forms, key=lambda form: (-len(form), form)):
            text = text.replace(form, "***")
        return text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
