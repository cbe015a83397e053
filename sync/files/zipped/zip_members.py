"""The files inside a .zip, looked up by name and read one at a time; nothing is unpacked to the
disk.

Notion wraps a large export once more (`ExportBlock-…-Part-1.zip` inside the .zip), so archives
inside the archive are opened, one level deep.
"""

import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

from notes.model.errors import SourceRefusedError

# A workspace of 10,000 pages has about 12,000 members; ten times that is no log.
_MOST_MEMBERS = 120_000
_AGAIN = "download it again, or unpack it and name the files in it"
_UTF8_FLAG = 0x800
"""Bit 11 of a member: its name is UTF-8 (ZIP's APPNOTE, 4.4.4)."""


@dataclass(slots=True)
class ZipMembers:
    """The members of an archive by their path, in the order of the paths.

    `max_bytes` bounds what is read of all members together: a few kilobytes can claim to be
    terabytes.
    """

    name: str
    max_bytes: int
    members: dict[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]] = field(default_factory=dict)
    spent: int = 0

    def read(self, path: str) -> bytes:
        """Return the content of a member.

        Raises:
            SourceRefusedError: it is damaged, encrypted, or more than `max_bytes` were read.
        """
        archive, info = self.members[path]
        self.spent += info.file_size
        if self.spent > self.max_bytes:
            raise _refused(
                f"{self.name} holds more than the {self.max_bytes / 1e6:.0f} MB that are read",
                "raise max_mb for this source, or export less",
                "zip.too_large",
                facts={"name": self.name, "limit": f"{self.max_bytes / 1e6:.0f}"},
            )
        try:
            return archive.read(info)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
            raise damaged_zip_error(self.name) from error
        except (RuntimeError, NotImplementedError) as error:  # zipfile's word for "encrypted"
            raise _refused(
                f"{self.name} is protected by a password",
                "export it again without one",
                "zip.password",
                facts={"name": self.name},
            ) from error

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.members))


def open_zip(content: bytes, name: str, max_bytes: int) -> ZipMembers:
    """Return the members of an archive, those of archives inside it as well.

    Raises:
        SourceRefusedError: it is no archive, damaged, or has too many members.
    """
    found = ZipMembers(name, max_bytes)
    _collect(_archive(content, name), found, "")
    for path in [path for path in found if path.lower().endswith(".zip")]:
        inner = found.read(path)
        del found.members[path]
        _collect(_archive(inner, name), found, "")
    return found


def _archive(content: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise damaged_zip_error(name) from error


def _collect(archive: zipfile.ZipFile, into: ZipMembers, prefix: str) -> None:
    for info in archive.infolist():
        path = prefix + member_path(info)
        parts = PurePosixPath(path).parts
        hidden = any(part.startswith(("__MACOSX", "._", "~$")) for part in parts)
        if not info.is_dir() and not hidden:
            into.members[path] = (archive, info)
    if len(into.members) > _MOST_MEMBERS:
        raise _refused(
            f"{into.name} holds more than {_MOST_MEMBERS} files",
            "export the database alone, not the whole workspace",
            "zip.too_many",
            facts={"name": into.name, "limit": str(_MOST_MEMBERS)},
        )


def member_path(info: zipfile.ZipInfo) -> str:
    """Return a member's path as it was written.

    Without the mark for UTF-8, zipfile reads the bytes as CP437; many programs write UTF-8 without
    it.
    """
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            try:
                name = name.encode("cp437").decode("cp949")
            except UnicodeError:
                name = info.filename
    return unicodedata.normalize("NFC", name)


def damaged_zip_error(name: str) -> SourceRefusedError:
    """Return the error for an archive that cannot be opened."""
    return _refused(
        f"{name} is not a readable .zip file", _AGAIN, "zip.damaged", facts={"name": name}
    )


def _refused(message: str, hint: str, code: str, *, facts: Mapping[str, str]) -> SourceRefusedError:
    return SourceRefusedError(message, hint=hint, code=code, facts=facts)
