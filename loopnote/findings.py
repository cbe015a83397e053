"""What `doctor` found: one record, made by whoever checked, shown by the command."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from .errors import LoopnoteError

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked.

    `id` is stable and dotted ("source.access", "mail.login"), `subject` names what was looked at ("source trials"),
    `what` is one line, `next_step` what to do ("" when all is well), both in English; `code` and `facts` are those of
    the error it tells, for other languages (see `loopnote.refusals`).
    """

    id: str
    level: Level
    subject: str
    what: str
    next_step: str = ""
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, error: LoopnoteError, subject: str, *, id_: str = "source.access") -> Self:
        """Return the finding that an error is."""
        return cls(id_, "error", subject, str(error), error.hint, error.code, error.facts)
