"""The folder transport: every mail becomes an .eml file that any mail program opens.

The file's name comes from the report and the address alone, so the same mail written twice is one
file.
"""

import hashlib
import tempfile
import unicodedata
from pathlib import Path
from typing import Self

from notes.model.errors import DeliveryError
from notes.model.findings import Finding
from notes.system.private_file import replaced_file

from .transport import OutgoingMail, SendResult

_HINT = "check the folder's rights and the space on the disk"

_LONGEST_PART = 80
"""Bytes of one part of a file name: two parts and an ending fit into the 255 of file systems."""


class FolderTransport:
    """A folder that mails are written into; made on first use, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def ready(self) -> None:
        """Make the folder.

        Raises:
            DeliveryError: it cannot be made.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DeliveryError(
                f"the outbox {self.folder} cannot be made: {error.strerror}",
                hint="correct mail.folder",
            ) from error

    def path_of(self, report: str, address: str) -> Path:
        """Return the mail's file, always directly inside the folder."""
        digest = hashlib.sha256(f"{report}\n{address}".encode()).hexdigest()[:8]
        return self.folder / f"{_plain(report)}--{_plain(address)}-{digest}.eml"

    def send(self, outgoing_mail: OutgoingMail) -> SendResult:
        """Write the mail, whole or not at all; a full disk or a missing right defers it."""
        target = self.path_of(outgoing_mail.report, outgoing_mail.address)
        try:
            with replaced_file(target, synced=True) as file:
                file.write(outgoing_mail.body)
        except OSError as error:
            reply = f"{target.name}: {error.strerror}"
            return SendResult("deferred", reply=reply, halt=True, hint=_HINT)
        return SendResult("sent", reply=str(target))

    def check(self) -> list[Finding]:
        """Write a file into the folder and remove it again."""
        subject = f"outbox {self.folder}"
        try:
            self.ready()
            with tempfile.TemporaryFile(dir=self.folder) as file:
                file.write(b"x")
        except (DeliveryError, OSError) as error:
            return [
                Finding(
                    "mail.folder",
                    "error",
                    subject,
                    str(error),
                    "make the folder writable, or change mail.folder",
                )
            ]
        return [Finding("mail.folder", "ok", subject, "can be written")]


def _plain(text: str) -> str:
    """Return letters, digits and a few harmless signs, at most 80 bytes, no leading dot."""
    words = "".join(
        char if char.isalnum() or char in "@+._-" else "-"
        for char in unicodedata.normalize("NFC", text)
    ).strip(".-")
    return words.encode()[:_LONGEST_PART].decode(errors="ignore") or "mail"
