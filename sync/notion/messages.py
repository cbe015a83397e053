"""Error messages for Notion's refusals, each with the next step. Pure."""

from collections.abc import Mapping
from typing import Any

from notes.model.errors import ServiceRefusedError, SourceRefusedError

SHARE = "open the database in Notion, ••• → Connections → add {bot}, then run `loopnote doctor`"
"""The next step where Notion shows nothing to the integration."""


def explain_refusal(status: int, error: Mapping[str, Any]) -> ServiceRefusedError:
    """Return the error for an answer that asking again would not change."""
    answer = str(error.get("message") or "")
    what = str(error.get("code") or "")
    if status == 401:
        text, hint, code = (
            "Notion does not accept the token",
            (
                "it was revoked or mistyped: copy it anew from "
                "www.notion.so/developers/connections and set it again"
            ),
            "notion.token",
        )
    elif status == 403:
        text, hint, code = (
            "Notion lets this connection in, but not read content (403)",
            (
                "www.notion.so/developers/connections → the connection → Capabilities → tick "
                "“Read content”"
            ),
            "notion.capability",
        )
    elif status == 404:
        text, hint, code = (
            (
                "Notion does not find it: it is not shared with the connection, or it does not "
                "exist (404)"
            ),
            SHARE.format(bot=integration_name(answer) or "the connection"),
            "notion.not_shared",
        )
    elif what == "rate_limited":
        text, hint, code = (
            "Notion has blocked this connection's requests",
            "ask Notion's support",
            "notion.blocked",
        )
    elif status == 400 and "does not contain any data sources" in answer:
        return no_data_source_error(status, what)
    else:
        text, hint, code = (
            f"Notion refused the request ({status} {what}): {_one_line(answer)}",
            "if it goes on, report it with this line",
            "notion.refused",
        )
    bot = integration_name(answer) or "the connection"
    facts = {"bot": bot, "status": str(status), "kind": what, "answer": _one_line(answer)}
    return ServiceRefusedError(text, hint=hint, code=code, status=status, answer=what, facts=facts)


def no_data_source_error(status: int = 200, answer: str = "") -> ServiceRefusedError:
    """Return the error for a database whose rows cannot be read through it."""
    return ServiceRefusedError(
        "this Notion database shows no data source that the connection may read: it is a "
        "linked view, or its original"
        " is not shared",
        hint=(
            "open the original database (••• → View data source), add the connection to it, "
            "and use its address"
        ),
        code="notion.no_data_source",
        status=status,
        answer=answer,
    )


def wrong_kind_error() -> ServiceRefusedError:
    """Return the error for the address of an ordinary page."""
    return ServiceRefusedError(
        "the address names a Notion page, not a database",
        hint="open the database itself as a full page and copy that address",
        code="notion.wrong_kind",
        status=200,
    )


def no_id_error(address: str) -> SourceRefusedError:
    """Return the error for an address without an id."""
    return SourceRefusedError(
        f"{address!r} holds no id of a Notion database",
        hint=(
            "open the database as a full page in Notion and copy its address; it ends in 32 "
            "digits and letters"
        ),
        code="notion.no_id",
        facts={"address": repr(address)},
    )


def integration_name(answer: str) -> str:
    """Return the integration's name from Notion's 404 message, as `the connection "name"`.

    "" where it has none.
    """
    _, found, rest = answer.partition('your integration "')
    name = rest.rpartition('"')[0]
    return f'the connection "{name}"' if found and name else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
