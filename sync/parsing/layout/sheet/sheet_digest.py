"""The digest of a tab: equal ones are read alike, so a workbook of equal tabs is as it was
(ADR 0442).
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from sync.contents.workbook import CellFormats, Grid, Remark

_SIZE = 16
"""Bytes of a digest: two different tabs never share 128 bits by chance."""


class SheetDigest:
    """Takes the digests of a tab's clean rows one by one, then all else that a grid tells."""

    def __init__(self) -> None:
        self._digest = blake2b(digest_size=_SIZE)
        self._rows = 0

    def add(self, row: bytes) -> None:
        """Take the digest of the next row."""
        self._rows += 1
        self._digest.update(row)

    def of(self, grid: Grid, formats: CellFormats, remarks: Iterable[Remark]) -> bytes:
        """Return the digest of all rows added and of this grid."""
        sparse: tuple[Mapping[tuple[int, int], object], ...] = (
            grid.links,
            grid.comments,
            grid.people,
        )
        told = (
            self._rows,
            grid.tab,
            grid.merges,
            sorted(grid.hidden_rows),
            sorted(grid.hidden_columns),
            [sorted(cells.items()) for cells in sparse],
            grid.tables,
            grid.hidden,
            grid.locale,
            grid.cell_url,
            grid.remarks,
            tuple(remarks),
        )
        self._digest.update(repr(told).encode("utf-8", "surrogatepass"))
        formats.add_to(self._digest.update)
        return self._digest.digest()


def workbook_digest(name: str, sheets: Iterable[bytes]) -> str:
    """Return the digest of a workbook by its name (with its folder) and the digests of its tabs."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_SIZE)
    for one in sheets:
        digest.update(one)
    return digest.hexdigest()
