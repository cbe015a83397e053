"""Error messages for Google's refusals, each with the next step. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from notes.model.errors import ServiceRefusedError, SourceRefusedError

SHEET_TYPE = "application/vnd.google-apps.spreadsheet"
_SHORTCUT = "application/vnd.google-apps.shortcut"
_OFFICE = ("officedocument", "ms-excel", "opendocument", "text/csv")
_QUOTA = frozenset(
    {"userRateLimitExceeded", "rateLimitExceeded", "dailyLimitExceeded", "RATE_LIMIT_EXCEEDED"}
)
_OFF = frozenset({"SERVICE_DISABLED", "accessNotConfigured"})
_OF_CLOCKS = ("iat", "exp ", "short-lived", "reasonable timeframe", "clock", "in the future")
_SCOPE = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"})
"""MIME types and reasons as Google gives them
(developers.google.com/workspace/drive/api/guides/handle-errors, .../mime-types); how an answer
words a wrong clock was seen in answers."""


def is_over_quota(status: int, error: Mapping[str, Any]) -> bool:
    """Return whether a refusal means that a quota is exceeded."""
    return status == 429 or (status == 403 and bool(_reasons(error) & _QUOTA))


def explain_refusal(
    status: int, error: Mapping[str, Any], *, api: str, account: str
) -> ServiceRefusedError:
    """Return the error for an answer that asking again would not change.

    `api` is "Sheets" or "Drive", `account` the service account's address, "" where it is not known.
    """
    answer = str(error.get("message") or "")
    reasons = _reasons(error)
    if status == 401:
        return _refused(
            "Google does not accept the key", (
                "make a new key of the service "
                "account and put it in its place"
            ),
            "sheets.key", status=status, answer=answer,
            facts={"reason": f"401 {' '.join(answer.split())[:100]}"},
        )  # fmt: skip
    if reasons & _OFF or "has not been used in project" in answer:
        return _refused(
            f"the Google {api} API is not enabled in the service account's project",
            (
                f"console.cloud.google.com → APIs & Services → Library → Google {api} API → "
                f"Enable; it takes some minutes"
            ),
            f"{api.lower()}.api_disabled", status=status, answer=answer,
        )  # fmt: skip
    if reasons & _SCOPE or "insufficient authentication scopes" in answer:
        return _refused(
            "the key may not be used to read spreadsheets (insufficient scope)",
            (
                "use the service account's key as it is; restrictions of scopes are set by "
                "your administrator"
            ),
            "sheets.scope", status=status, answer=answer,
        )  # fmt: skip
    if status in (403, 404):
        return not_shared_error(account, status, answer)
    if status == 400 and "must not be an Office file" in answer:
        return no_sheet_error("an Office file", status)
    return _refused(
        f"Google {api} refused the request ({status}): {' '.join(answer.split())[:300]}",
        (
            "if it goes on, report it "
            "with this line"
        ), f"{api.lower()}.refused", status=status, answer=answer,
        facts={"status": str(status), "answer": " ".join(answer.split())[:300]},
    )  # fmt: skip


def not_shared_error(account: str, status: int, answer: str = "") -> ServiceRefusedError:
    """Return the error for a spreadsheet that the account cannot see."""
    who = account or "the service account"
    return _refused(
        (
            f"Google shows no such spreadsheet to {who} ({status}): it is not shared, or the "
            f"address is wrong"
        ),
        f"open the sheet → Share → add {who} as Viewer, then run `loopnote doctor`",
        "sheets.not_shared", status=status, answer=answer, facts={"account": who,
        "status": str(status)},
    )  # fmt: skip


def wrong_type_error(mime_type: str) -> ServiceRefusedError | None:
    """Return the error for a file on Drive that is no Google Sheet; None for one that is."""
    if mime_type == SHEET_TYPE:
        return None
    if any(mark in mime_type for mark in _OFFICE):
        return no_sheet_error("an Excel or CSV file on Drive", 200)
    kind = "a shortcut" if mime_type == _SHORTCUT else "another kind of file"
    return _refused(
        f"the address names {kind}, not a Google Sheet ({mime_type})",
        (
            "open the spreadsheet itself "
            "and copy its address"
        ), "sheets.wrong_kind", status=200, answer="",
        facts={"mime_type": mime_type},
    )  # fmt: skip


def no_sheet_error(kind: str, status: int) -> ServiceRefusedError:
    """Return the error for a spreadsheet file on Drive that is not a Google Sheet."""
    return _refused(
        f"the address names {kind}, which the Sheets API cannot read",
        "open it → File → Save as Google Sheets, and use the address of the copy",
        "sheets.office_file", status=status, answer="",
    )  # fmt: skip


def in_trash_error(name: str) -> ServiceRefusedError:
    """Return the error for a spreadsheet in Drive's bin."""
    return _refused(
        f"the spreadsheet “{name}” is in the bin of Google Drive",
        (
            "restore it from the bin, or take the "
            "source out of the configuration"
        ), "sheets.trashed", status=200, answer="",
        facts={"name": name},
    )  # fmt: skip


def no_id_error(address: str) -> SourceRefusedError:
    """Return the error for an address without an id."""
    return SourceRefusedError(
        f"{address!r} holds no id of a Google spreadsheet",
        hint="open the sheet and copy its address: https://docs.google.com/spreadsheets/d/…/edit",
        code="sheets.no_id",
        facts={"address": repr(address)},
    )


def no_tab_error(patterns: Sequence[str], titles: Sequence[str]) -> SourceRefusedError:
    """Return the error for a choice of tabs that fits none."""
    shown = ", ".join(titles[:20]) or "none that can be read"
    return SourceRefusedError(
        f"no tab fits {', '.join(patterns)}; the spreadsheet has: {shown}",
        hint="correct `tabs` of this source in the configuration",
        code="sheets.no_tab",
        facts={"patterns": ", ".join(patterns), "titles": ", ".join(titles[:20]) or "-"},
    )


def wrong_clock(reason: str) -> SourceRefusedError:
    """Return the error for a token that Google refuses because of the times it states."""
    return SourceRefusedError(
        f"Google refuses the time of this machine's clock: {reason}",
        hint=(
            "set the clock of this machine right (time synchronisation, NTP), then run the "
            "same command again"
        ),
        code="sheets.clock",
        facts={"reason": reason},
    )


def is_about_the_clock(reason: str) -> bool:
    """Return whether a refusal of a token speaks of its times.

    >>> is_about_the_clock(
    ...     "Invalid JWT: Token must be a short-lived token … Check your iat and exp values")
    True
    """
    folded = reason.lower()
    return any(part in folded for part in _OF_CLOCKS)


def bad_key_error(reason: str) -> SourceRefusedError:
    """Return the error for a key that is none, or that Google no longer accepts."""
    return SourceRefusedError(
        f"the service account's key cannot be used: {reason}",
        hint=(
            "console.cloud.google.com → IAM & Admin → Service Accounts → Keys → Add key → "
            "JSON; use the new file"
        ),
        code="sheets.key",
        facts={"reason": reason},
    )


def _reasons(error: Mapping[str, Any]) -> set[str]:
    details = [*(error.get("errors") or ()), *(error.get("details") or ())]
    return {
        str(detail.get("reason"))
        for detail in details
        if isinstance(detail, Mapping) and detail.get("reason")
    }


def _refused(
    message: str, hint: str, code: str, *, status: int, answer: str, facts: Mapping[str, str] = {}
) -> ServiceRefusedError:
    return ServiceRefusedError(
        message, hint=hint, code=code, status=status, answer=answer, facts=facts
    )
