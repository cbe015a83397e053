"""As whom Google Sheets are read: a service account's key, a person's login, or what the machine
has.

    key file             service_account
    `loopnote login`     authorized_user, a person; refreshed without them
    application default whatever `gcloud auth application-default login`, an attached service
    account
                         or workload identity federation gives
    impersonation        any of these, acting as a service account that it may act as

All of them ask for the two scopes for reading and for nothing else. google-auth is used at its
thinnest: `refresh` alone, which starts no thread.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from notes.model.errors import SourceRefusedError
from notes.system.url_checks import is_loopback
from sync.retry import TransientError

from .messages import bad_key_error, is_about_the_clock, wrong_clock

SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets.readonly",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
)
"""Reading alone (ADR 0913): the cells, and the version of the file from Drive."""
TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105  an address
IAM_URL = "https://iamcredentials.googleapis.com"
"""Google's own addresses (cloud.google.com/iam/docs/reference/credentials/rest); tests put
others in their place."""

LoginKind = Literal["key", "person", "default", "impersonation"]
Key = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoogleLogin:
    """What to read with.

    `key` gives the content of a key or token file when it is needed; None takes the application
    default credentials of the machine. `act_as` is the address of a service account to impersonate.
    `iam_url` is where that is asked for.
    """

    key: Callable[[], Key] | None
    act_as: str = ""
    iam_url: str = IAM_URL


@dataclass(slots=True)
class OpenLogin:
    """Credentials of google-auth that can be refreshed, and whose they are ("" where it is
    not known).
    """

    kind: LoginKind
    credentials: Any
    account: str
    token_url: str = ""

    def headers(self) -> dict[str, str]:
        """Return what every request has to carry, once refreshed."""
        found = {"Authorization": f"Bearer {self.credentials.token}"}
        project = getattr(self.credentials, "quota_project_id", None)
        return found | ({"X-Goog-User-Project": project} if project else {})

    def renew(self, session: Any) -> None:
        """Get a token that is good now.

        Raises:
            TransientError: the token service does not answer as it should.
            SourceRefusedError: it refuses; asking again is useless.
        """
        from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
        from google.auth.transport.requests import Request

        try:
            self.credentials.refresh(Request(session))
        except TransportError as error:
            raise TransientError("the token service cannot be reached") from error
        except RefreshError as error:
            raise _refused(self, error) from error
        except GoogleAuthError as error:
            raise login_error(self.kind, _one_line(error)) from error
        except (TypeError, KeyError, ValueError) as error:  # what google-auth takes for a token
            raise TransientError("the token service answers nonsense") from error


def open_login(login: GoogleLogin, session: Any) -> OpenLogin:
    """Return credentials for reading.

    Raises:
        SourceRefusedError: there are none, or they are not complete.
    """
    opened = _default(session) if login.key is None else _from_key(login.key())
    return _acting_as(opened, login) if login.act_as else opened


def _from_key(key: Key) -> OpenLogin:
    if key.get("type") == "service_account":
        return _service_account(key)
    if key.get("type") == "authorized_user":
        return _person(key)
    raise bad_key_error(f"it is of the type {key.get('type')!r}, not 'service_account'")


def _service_account(key: Key) -> OpenLogin:
    from google.auth.exceptions import GoogleAuthError
    from google.oauth2.service_account import Credentials

    try:
        found = Credentials.from_service_account_info(key, scopes=SCOPES)  # type: ignore[no-untyped-call]
    except (GoogleAuthError, ValueError, KeyError) as error:
        raise bad_key_error("it is not complete") from error
    return OpenLogin("key", found, str(found.service_account_email), str(key.get("token_uri")))


def _person(key: Key) -> OpenLogin:
    from google.oauth2.credentials import Credentials

    if not all(key.get(name) for name in ("refresh_token", "client_id", "client_secret")):
        raise login_error("person", "the token file is not complete")
    url = str(key.get("token_uri") or TOKEN_URL)
    found = Credentials(  # type: ignore[no-untyped-call]
        None,
        refresh_token=key["refresh_token"],
        token_uri=url,
        client_id=key["client_id"],
        client_secret=key["client_secret"],
        scopes=SCOPES,
        quota_project_id=key.get("quota_project_id"),
    )
    return OpenLogin("person", found, str(key.get("account") or ""), url)


def _default(session: Any) -> OpenLogin:
    import google.auth
    from google.auth.exceptions import GoogleAuthError
    from google.auth.transport.requests import Request

    try:
        found = _workload() or google.auth.default(scopes=SCOPES, request=Request(session))[0]
    except (GoogleAuthError, OSError, ValueError) as error:
        raise login_error("default", _one_line(error)) from error
    account = str(getattr(found, "service_account_email", "") or "")
    return OpenLogin("default", found, "" if account == "default" else account)


def _workload() -> Any:
    """Return the credentials of workload identity federation, None where the environment names
    none.

    `google.auth.default` would ask another service for the project, which reading does not need.
    """
    file = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS", "")
    if not file:
        return None
    info = json.loads(Path(file).read_text(encoding="utf-8"))
    if info.get("type") != "external_account":
        return None
    from google.auth import aws, identity_pool, pluggable

    source = info.get("credential_source") or {}
    kind: Any = identity_pool
    if str(source.get("environment_id", "")).startswith("aws"):
        kind = aws
    elif "executable" in source:
        kind = pluggable
    return kind.Credentials.from_info(info, scopes=SCOPES)


def _acting_as(opened: OpenLogin, login: GoogleLogin) -> OpenLogin:
    from google.auth import impersonated_credentials

    acting = impersonated_credentials.Credentials(  # type: ignore[no-untyped-call]
        _for_acting(opened.credentials),
        target_principal=login.act_as,
        target_scopes=list(SCOPES),
        iam_endpoint_override=f"{login.iam_url.rstrip('/')}/v1/projects/-/serviceAccounts/"
        f"{login.act_as}:generateAccessToken",
    )
    return OpenLogin("impersonation", acting, login.act_as, opened.token_url)


def _for_acting(credentials: Any) -> Any:
    """Return the credentials with the scope that asking for another account's token needs.

    It reads nothing by itself: the token that Sheets sees has the two scopes for reading.
    """
    scope = ["https://www.googleapis.com/auth/iam"]
    return credentials.with_scopes(scope) if hasattr(credentials, "with_scopes") else credentials


def trusts_environment(opened: OpenLogin, *urls: str) -> bool:
    """Return whether a proxy of the environment may come between: not where all is on this
    machine.
    """
    return not all(map(is_loopback, [*urls, *([opened.token_url] if opened.token_url else [])]))


def _refused(opened: OpenLogin, error: Any) -> TransientError | SourceRefusedError:
    """Return the refusal that an answer of a token service is, or that asking again may help."""
    reason = _reason(error.args[1] if len(error.args) > 1 else None)
    if error.retryable or not reason:
        return TransientError("the token service does not answer")
    if is_about_the_clock(reason):
        return wrong_clock(reason)
    return login_error(opened.kind, reason)


def _reason(detail: Any) -> str:
    """Return what a token service said, "" where it is no refusal in its own form."""
    if isinstance(detail, str):
        try:
            detail = json.loads(detail)
        except ValueError:
            return ""
    if not isinstance(detail, Mapping) or "error" not in detail:
        return ""
    inner = detail["error"]
    if isinstance(inner, Mapping):
        if int(inner.get("code") or 400) >= 500:
            return ""
        inner = inner.get("message") or inner.get("status")
    return " ".join(str(detail.get("error_description") or inner).split())[:200]


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


_HINTS: Mapping[LoginKind, str] = {
    "person": "sign in again: loopnote login google",
    "default": "gcloud auth application-default login --scopes="
    + ",".join(("https://www.googleapis.com/auth/cloud-platform", *SCOPES))
    + "; see docs/how-to/google-sheets.md",
    "impersonation": "give the reading account the role “Service Account Token Creator” on it",
}
_WHATS: Mapping[LoginKind, str] = {
    "person": "the Google login is no longer good",
    "default": "this machine has no application default credentials that can be used",
    "impersonation": "Google does not let us act as the service account",
}
"""What each kind of login is called where it is no longer good, and the next step."""


def login_error(kind: LoginKind, reason: str) -> SourceRefusedError:
    """Return the error for a login that is none, or that Google does not accept."""
    if kind == "key":
        return bad_key_error(reason)
    return SourceRefusedError(
        f"{_WHATS[kind]}: {reason}",
        hint=_HINTS[kind],
        code=f"google.{kind}",
        facts={"reason": reason},
    )
