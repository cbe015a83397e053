"""`replay`: stored mails written to files again, byte for byte."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from loopnote.services.wiring import Wiring
from notes.model.errors import RenderError
from notes.model.periods import Period
from notes.store.delivery.ledger import Deliveries
from notes.system.private_file import write_private
from reports.delivery.folder import FolderTransport


@dataclass(frozen=True, slots=True)
class ReplayedMail:
    """A stored mail that was written to a file again."""

    report: str
    language: str
    digest: str
    path: Path


def replay_mails(wiring: Wiring, period: Period, *, team: str, out: Path) -> list[ReplayedMail]:
    """Write every mail that was kept about a period into a folder, byte for byte.

    Raises:
        RenderError: the folder cannot be written.
    """
    if team:
        wiring.team(team)
    with wiring.store() as store:
        kept = Deliveries(store.database).messages_about(period, scope=team)
    box, found = FolderTransport(out), []
    for report, mail in kept:
        path = box.path_of(report, f"{mail.language}-{mail.audience}")
        try:
            out.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(path, mail.body)
        except OSError as error:
            raise RenderError(
                f"{path} cannot be written: {error.strerror}", hint="name another folder with --out"
            ) from error
        found.append(ReplayedMail(report, mail.language, sha256(mail.body).hexdigest(), path))
    return found
