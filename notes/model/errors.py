"""Exceptions, sorted by what the caller should do about them.

Bad data is never an exception: it is a `Problem` (see `notes.model.notes`). These are for a broken
world. Each error prints as one line and has a hint for a person.
"""

from collections.abc import Mapping


class LoopnoteError(Exception):
    """Anything that loopnote can explain to a person.

    Args:
        message: one line, what happened.
        hint: one line, what to do next; empty only when there is nothing to do.
        code: dotted and stable ("sheets.not_shared"), the key of the text in other languages; ""
            where
            there is none.
        facts: the values that fill that text.
    """

    def __init__(
        self, message: str, *, hint: str = "", code: str = "", facts: Mapping[str, str] = {}
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code
        self.facts = facts


class ConfigError(LoopnoteError):
    """The configuration cannot be used: stop, exit code 2."""


class SourceError(LoopnoteError):
    """A source could not be read: skip it, go on with the others, exit code 1."""


class SourceUnavailableError(SourceError):
    """The source did not answer as it should; the same request may work later."""


class SourceRefusedError(SourceError):
    """The source said no (credentials, permission, no such thing): trying again is useless."""


class ServiceRefusedError(SourceRefusedError):
    """A web service refused a request.

    Args:
        status: the HTTP status.
        answer: what the service itself says: its word for it, or its message; "" for nothing.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str,
        code: str,
        status: int,
        answer: str = "",
        facts: Mapping[str, str] = {},
    ) -> None:
        super().__init__(message, hint=hint, code=code, facts=facts)
        self.status = status
        self.answer = answer


class StoreError(LoopnoteError):
    """The note store cannot be opened, read or written."""


class StoreMissingError(StoreError):
    """There is no store at the address: no file, an empty one, or a database without tables."""


class StoreBusyError(StoreError):
    """Another program holds the store; the same call may work later."""


class ExchangeError(LoopnoteError):
    """An export cannot be written, or a file cannot be loaded; the store is as it was."""


class RenderError(LoopnoteError):
    """A template cannot be rendered, or the mail would break a limit."""


class DeliveryError(LoopnoteError):
    """A mail could not be handed over.

    Args:
        permanent: True when the same mail to the same address would be refused again.
    """

    def __init__(self, message: str, *, hint: str = "", permanent: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.permanent = permanent
