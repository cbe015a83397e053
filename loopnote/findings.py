"""What `doctor` found: one record, made by whoever checked, shown by the command."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked.

    `id` is stable and dotted ("source.access", "mail.login"), `subject` names what was looked at ("source trials"),
    `what` is one line, `next_step` what to do ("" when all is well).
    """

    id: str
    level: Level
    subject: str
    what: str
    next_step: str = ""
