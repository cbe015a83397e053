"""What a campaign counts, and how it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counts of one campaign.

    `lost`: a note or mail that is gone without a word. `doubled`: a mail taken twice. `silent`: a
    failure of which neither the ping URL nor the operator heard. `aborted`: a later command that no
    longer works, an error nobody foresaw, or a traceback. `leaked`: a place where an erased name
    still stands. `late`: a mail before its hour, or five minutes after it. `notes` says what
    happened, a line each.
    """

    name: str
    tried: int = 0
    lost: int = 0
    doubled: int = 0
    silent: int = 0
    aborted: int = 0
    leaked: int = 0
    late: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def harm(self) -> int:
        """How often something happened that must not."""
        return self.lost + self.doubled + self.silent + self.aborted + self.leaked + self.late

    def count(self, kind: str, note: str, times: int = 1) -> None:
        """Count harm of a kind, with what happened."""
        if times > 0:
            setattr(self, kind, getattr(self, kind) + times)
            self.notes.append(f"{self.name}: {kind}: {note}")


COLUMNS = ("tried", "lost", "doubled", "silent", "aborted", "leaked", "late")


def table(tallies: Iterable[Tally]) -> str:
    """Return the counts of every campaign, a line each."""
    lines = [f"{'campaign':<26}" + "".join(f"{name:>9}" for name in COLUMNS)]
    lines += [
        f"{one.name:<26}" + "".join(f"{getattr(one, name):>9}" for name in COLUMNS)
        for one in tallies
    ]
    return "\n".join(lines)
