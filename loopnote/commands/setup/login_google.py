"""A person signs in at Google, once: where service-account keys are not to be had.

    browser ─► Google ─► back to this machine (127.0.0.1) ─► a token file that only its owner may
    read

The token is refreshed without the person from then on, and can read, nothing else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loopnote.config.edit import write_whole
from loopnote.services.wiring import Wiring
from notes.model.errors import ConfigError

WAIT_S = 300
"""Seconds that a person has in the browser."""

DEFAULT_TOKEN_FILE = "secrets/google-token.json"  # noqa: S105  a path
"""Beside the configuration, where `init` puts the other secrets."""


@dataclass(frozen=True, slots=True)
class Login:
    """Where the token is kept, and whether the configuration names it already."""

    token_file: Path
    named: bool


def login_google(wiring: Wiring, *, say_address: str, done: str, open_browser: bool) -> Login:
    """Wait for a person to sign in, and keep the token with mode 0600.

    `say_address` is printed with `{url}` filled in, `done` is what the browser shows at the end.

    Raises:
        ConfigError: there is no client to sign in with, or nobody signed in in time.
    """
    google = wiring.config.google
    named = google.token_file or DEFAULT_TOKEN_FILE
    client = _client(wiring.loaded.resolve(google.client_file or "secrets/google-client.json"))
    credentials = _sign_in(client, say_address, done, open_browser=open_browser)
    path = wiring.loaded.resolve(named)
    token = {
        "type": "authorized_user",
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "refresh_token": credentials.refresh_token,
        "token_uri": credentials.token_uri,
    }
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        path.chmod(0o600)
    write_whole(path, json.dumps(token, indent=2) + "\n")
    return Login(path, named=google.token_file is not None)


def _client(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{path} is not the file of an OAuth client",
            hint="make a client of the type “Desktop app” and name its file in google.client_file; "
            "see docs/how-to/google-sheets.md",
        ) from error
    if not isinstance(found, dict) or "installed" not in found:
        raise ConfigError(
            f"{path} is not the file of an OAuth client for a desktop app",
            hint=(
                "console.cloud.google.com → APIs & Services → Credentials → OAuth client ID → "
                "Desktop app"
            ),
        )
    return found


def _sign_in(client: dict[str, Any], address: str, done: str, *, open_browser: bool) -> Any:
    from google_auth_oauthlib.flow import InstalledAppFlow

    from sync.sheets.google_login import SCOPES

    flow = InstalledAppFlow.from_client_config(client, list(SCOPES))
    wait: Callable[..., Any] = flow.run_local_server
    try:
        return wait(
            host="127.0.0.1",
            port=0,
            authorization_prompt_message=address,
            success_message=done,
            open_browser=open_browser,
            timeout_seconds=WAIT_S,
            access_type="offline",
            prompt="consent",
        )
    except Exception as error:  # oauthlib, requests and wsgiref each raise their own
        raise ConfigError(
            (
                f"nobody was signed in at Google: "
                f"{' '.join(str(error).split())[:200] or type(error).__name__}"
            ),
            hint="run `loopnote login google` again and allow reading in the browser",
        ) from error
