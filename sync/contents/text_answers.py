"""Answers to questions about single texts, kept from one reading of a source to the next.

    text ─► answered at the last reading ─► as then
        └► else found now ─────────────────► kept

The columns of a log are judged by their headers and some sixty cells each. What is asked of such a
text (its sort, whether it is a verdict, what it sounds like) follows from it and the reader alone,
so an answer can be missing and never wrong (ADR 0475). No text is kept, only its digest: whoever
was erased from the notes stands in no answer.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from hashlib import blake2b
from typing import Any, TypeVar

T = TypeVar("T")

_DIGEST = 16
"""Bytes of the digest of a question and its text: two texts never share 128 bits by chance."""
_MOST = 1 << 13
"""Answers kept of one source, some 400 KB: sixty cells of 40 columns are asked three questions."""


class TextAnswers:
    """The answers of the last reading of a source, and those of the reading that is going on."""

    def __init__(self, known: Mapping[bytes, Any] | None = None) -> None:
        self._known = known or {}
        self._now: dict[bytes, Any] = {}

    def known(self, key: bytes) -> Any:
        """Return what was kept under a key, None for nothing; it is kept for the next reading."""
        answer = self._known.get(key)
        if answer is not None:
            self.keep(key, answer)
        return answer

    def keep(self, key: bytes, answer: Any) -> None:
        """Remember an answer for the next reading."""
        if len(self._now) < _MOST:
            self._now[key] = answer

    def to_keep(self) -> dict[bytes, Any]:
        """Return what the next reading may know: of this reading alone, so that it never grows."""
        return self._now


_at_hand: list[TextAnswers] = []
"""The answers of the source that is being read; one is read at a time in a process."""


@contextmanager
def answers_at_hand(answers: TextAnswers | None) -> Iterator[None]:
    """Let `kept_answer` know what was answered at the last reading, and keep what is answered."""
    if answers is None:
        yield
        return
    _at_hand.append(answers)
    try:
        yield
    finally:
        _at_hand.remove(answers)


def _as_it_is(kept: Any) -> Any:
    return kept


def kept_answer(
    question: str, again: Callable[[Any], Any] = _as_it_is
) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Mark a function whose result follows from its text and the reader's own files alone.

    `question` tells it from all others. `again` makes its result of what MessagePack gives back
    of it; it is never None.
    """

    def of(find: Callable[[str], T]) -> Callable[[str], T]:
        @wraps(find)
        def answer(text: str) -> T:
            if not _at_hand:
                return find(text)
            asked = f"{question}\n{text}".encode("utf-8", "surrogatepass")
            key = blake2b(asked, digest_size=_DIGEST).digest()
            if (kept := _at_hand[-1].known(key)) is not None:
                made: T = again(kept)
                return made
            found = find(text)
            _at_hand[-1].keep(key, found)
            return found

        return answer

    return of
