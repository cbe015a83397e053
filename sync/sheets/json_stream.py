"""Incremental JSON reader: descends to the long lists and yields their items one by one.

    b'{"sheets":[{"data":[{"rowData":[{…},{…},…' ─► members() ─► items() ─► value() ─► a row

Only what has arrived and is not yet taken is in memory; a value is parsed by the standard library's
C parser.
"""

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Any

_BLANKS = " \t\n\r"
"""White space of JSON (RFC 8259, 2)."""
_parse = json.JSONDecoder().raw_decode


class JsonStream:
    """The text of one JSON value, in pieces.

    Raises:
        ValueError: from any method, when the text is no JSON or ends too soon.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._text = ""
        self._at = 0
        self._ended = False

    def members(self) -> Iterator[str]:
        """Yield the names of an object's members.

        The value of each has to be taken before the next name.
        """
        self._expect("{")
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            name = self.value()
            self._expect(":")
            yield name
            if self._expect(",}") == "}":
                return

    def items(self) -> Iterator[None]:
        """Yield once per item of a list; take the item before the next step."""
        self._expect("[")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield None
            if self._expect(",]") == "]":
                return

    def value(self) -> Any:
        """Return the next value as a whole."""
        self._peek()
        while True:
            try:
                found, end = _parse(self._text, self._at)
            except ValueError:
                if not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():  # a number may go on in the next piece
                self._at = end
                return found

    def end(self) -> None:
        """Check that nothing follows."""
        while True:
            if self._text[self._at :].strip(_BLANKS):
                raise ValueError("there is more than one value")
            if not self._more():
                return

    def _expect(self, signs: str) -> str:
        sign = self._peek()
        if sign not in signs:
            raise ValueError(f"{sign!r} stands where {signs!r} should")
        self._at += 1
        return sign

    def _peek(self) -> str:
        while True:
            text, at = self._text, self._at
            while at < len(text):
                if text[at] not in _BLANKS:
                    self._at = at
                    return text[at]
                at += 1
            self._at = at
            if not self._more():
                raise ValueError("it ends too soon")

    def _more(self) -> bool:
        """Append another piece; return whether there was one."""
        for piece in self._pieces:
            if arrived := self._decode(piece):
                self._text, self._at = self._text[self._at :] + arrived, 0
                return True
        if not self._ended:
            self._ended = True
            self._decode(b"", True)
        return False
