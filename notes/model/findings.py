"""Findings of `doctor`: one record for each check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from .errors import LoopnoteError

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked.

    `id` is stable and dotted ("source.access", "mail.login"), `subject` names what was looked at
    ("source trials"), `message` is one line, `hint` what to do ("" when all is well), both in
    English; `code` and `facts` are those of the error it tells, for other languages (see
    `loopnote.runtime.messages.errors`).
    """

    id: str
    level: Level
    subject: str
    message: str
    hint: str = ""
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, error: LoopnoteError, subject: str, *, id_: str = "source.access") -> Self:
        """Return the finding that reports an error."""
        return cls(id_, "error", subject, str(error), error.hint, error.code, error.facts)
