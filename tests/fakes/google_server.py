"""A fake of Google's token service, Drive v3 and Sheets v4 over real HTTP (API_FACTS,
checklist 6b).
"""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote

from fakes.google_documents import (
    FakeSpreadsheet,
    GoogleDocuments,
    Json,
    RangeError,
    find_range,
    grid_data,
)
from fakes.google_values import EnumError, file_list, value_range
from fakes.http_service import Answer, Fault, HttpService, Request, html, reset, served
from fakes.schemas import discovery_errors, mask_errors

ACCOUNT = "loopnote@trials-1.iam.gserviceaccount.com"
PERSON = "person@example.com"
AUDIENCE = "https://oauth2.googleapis.com/token"
READING = {
    "https://www.googleapis.com/auth/spreadsheets.readonly",
    "https://www.googleapis.com/auth/drive.readonly",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
}
_STATUS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED",
404: "NOT_FOUND",
           429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}  # fmt: skip


@cache
def private_key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def sheets_error(
    status: int, message: str, *, name: str = "", reason: str = "", field: str = ""
) -> Answer:
    error: Json = {"code": status, "message": message, "status": name or _STATUS[status]}
    if field:
        kind = "type.googleapis.com/google.rpc.BadRequest"
        error["details"] = [
            {"@type": kind, "fieldViolations": [{"field": field, "description": message}]}
        ]
    if reason:
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        error["details"] = [{"@type": kind, "reason": reason, "domain": "googleapis.com"}]
    raw = json.dumps({"error": error}, indent=2).encode()
    return Answer(status, raw=raw, content_type="application/json; charset=UTF-8")


def drive_error(status: int, reason: str, message: str) -> Answer:
    detail = {
        "domain": "usageLimits" if "Limit" in reason else "global",
        "reason": reason,
        "message": message,
    }
    return Answer(status, {"error": {"errors": [detail], "code": status, "message": message}})


def over_quota(_request: Request) -> Answer:
    message = (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per "
        "minute per user' of service"
        " 'sheets.googleapis.com' for consumer 'project_number:1'."
    )
    return sheets_error(429, message, reason="RATE_LIMIT_EXCEEDED")


def sheets_failing(status: int) -> Fault:
    return lambda _request: sheets_error(status, "The service is currently unavailable.")


def user_rate_limit(_request: Request) -> Answer:
    return drive_error(403, "userRateLimitExceeded", "User Rate Limit Exceeded.")


def truncated(_request: Request) -> Answer:
    return Answer(200, raw=b'{"properties": {"ti')


def cut_off(_request: Request) -> Answer:
    return Answer(200, {"properties": {"title": "x" * 500}}, cut=True)


def login_page(_request: Request) -> Answer:
    return Answer(200, raw=b"<html><title>Sign in</title></html>", content_type="text/html")


def redirect(_request: Request) -> Answer:
    return Answer(
        302, raw=b"", headers={"Location": "https://accounts.google.example/ServiceLogin"}
    )


FAULTS: list[Fault] = [
    over_quota,
    user_rate_limit,
    sheets_failing(500),
    sheets_failing(503),
    html(502),
    html(504),
    reset,
    truncated,
    cut_off,
    login_page,
    redirect,
]


class GoogleServer(HttpService):
    """`token_faults` are answers of the token service, one each.

    `lifetime` is that of a token, in seconds.
    """

    def __init__(self, world: GoogleDocuments | None = None) -> None:
        super().__init__()
        self.world = world or GoogleDocuments()
        self.now = lambda: self.world.now
        self.lifetime = 3599
        self.tokens: list[str] = []
        self.token_faults: list[Answer] = []
        self.sheets_off = self.drive_off = self.scope_missing = False

    def key(self) -> Json:
        """The key file of the service account, with this server as its token service."""
        from cryptography.hazmat.primitives import serialization

        pem = private_key().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return {
            "type": "service_account",
            "project_id": "trials-1",
            "private_key_id": "k1",
            "private_key": pem.decode(),
            "client_email": ACCOUNT,
            "client_id": "1",
            "token_uri": f"{self.url}/token",
        }

    def api_log(self) -> list[Request]:
        return [request for request in self.log if request.path != "/token"]

    def answer(self, request: Request) -> Answer:
        if request.path == "/token":  # the services' faults and limits are not the token service's
            with self._lock:
                self.log.append(request)
                return self.token_faults.pop(0) if self.token_faults else self._token(request)
        return super().answer(request)

    def limited(self, request: Request) -> Answer:
        return over_quota(request)

    def handle(self, request: Request) -> Answer:  # noqa: PLR0911  one way out for each kind of request
        if request.method != "GET":
            self.violations.append(f"{request.method} {request.path} is no request that only reads")
            return sheets_error(404, "Requested entity was not found.")
        if request.path == "/drive/v3/about":
            return self._entry(request, self.drive_off, "Drive") or _about(request)
        found = re.fullmatch(r"/drive/v3/files(?:/([^/]+))?", request.path)
        if found:
            refused = self._entry(request, self.drive_off, "Drive")
            return refused or (
                self._file(request, unquote(found[1])) if found[1] else self._files(request)
            )
        found = re.fullmatch(
            r"/v4/spreadsheets/([^/:]+)(/values(?::batchGet|/(.+)))?", request.path
        )
        if not found:
            self.violations.append(f"GET {request.path} is asked of nobody")
            return sheets_error(404, "Requested entity was not found.")
        refused = self._entry(request, self.sheets_off, "Sheets")
        if refused:
            return refused
        try:
            return self._sheets(request, found[1], found[2] or "", found[3] or "")
        except RangeError as error:
            return sheets_error(400, str(error))
        except EnumError as error:
            return sheets_error(400, str(error), field=error.field)

    def _entry(self, request: Request, off: bool, api: str) -> Answer | None:
        given = request.headers.get("authorization", "")
        if not given:
            return sheets_error(403, "Method doesn't allow unregistered callers.")
        if given.removeprefix("Bearer ") not in self.tokens[-1:]:
            answer = sheets_error(401, "Request had invalid authentication credentials.")
            return replace(
                answer, headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'}
            )
        if off:
            message = f"Google {api} API has not been used in project 1 before or it is disabled."
            return sheets_error(403, message, reason="SERVICE_DISABLED")
        if self.scope_missing:
            message = "Request had insufficient authentication scopes."
            return sheets_error(403, message, reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        return None

    def _token(self, request: Request) -> Answer:
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        claims = _verified(form.get("assertion", ""))
        if (
            form.get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer"
            or claims is None
        ):
            return Answer(
                400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
            )
        scopes = set(str(claims["scope"]).split())
        if not scopes <= READING:
            self.violations.append(f"a token for writing was asked: {sorted(scopes - READING)}")
        if claims["aud"] != AUDIENCE or claims["iss"] != ACCOUNT or claims["exp"] <= claims["iat"]:
            self.violations.append(f"the claims of the key are wrong: {claims}")
        self.tokens.append(f"ya29.token{len(self.tokens)}")
        return Answer(
            200,
            {"access_token": self.tokens[-1], "expires_in": self.lifetime, "token_type": "Bearer"},
        )

    def _file(self, request: Request, key: str) -> Answer:
        book = self.world.files.get(key)
        if book is None or not book.shared:
            return drive_error(404, "notFound", f"File not found: {key}.")
        return self._masked(request, _described(book), "drive", "File", "kind,id,name,mimeType")

    def _files(self, request: Request) -> Answer:
        answer = file_list(list(self.world.files.values()), dict(request.query), _described)
        default = "kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType)"
        return self._masked(request, answer, "drive", "FileList", default)

    def _sheets(self, request: Request, key: str, values: str, range_text: str) -> Answer:
        book = self.world.files.get(key)
        if book is None:
            return sheets_error(404, "Requested entity was not found.")
        if not book.shared:
            return sheets_error(403, "The caller does not have permission")
        if "officedocument" in book.mime_type:
            message = (
                "This operation is not supported for this document. The document must not be "
                "an Office file."
            )
            return sheets_error(400, message, name="FAILED_PRECONDITION")
        if values:
            texts = [unquote(range_text)] if range_text else request.values("ranges")
            ranges = [value_range(book, text, dict(request.query)) for text in texts]
            payload = ranges[0] if range_text else {"spreadsheetId": key, "valueRanges": ranges}
            return Answer(200, payload, content_type="application/json; charset=UTF-8")
        mask = request.value("fields") or ""
        answer = book.answer()
        wanted = [find_range(book, text) for text in request.values("ranges")]
        with_cells = "data" in mask or request.value("includeGridData") == "true"
        if wanted:
            ids = {tab.id for tab, *_ in wanted}
            answer["sheets"] = [
                sheet for sheet in answer["sheets"] if sheet["properties"]["sheetId"] in ids
            ]
        elif with_cells:
            wanted = [(tab, 0, 0, *tab.size()) for tab in book.tabs if tab.kind == "GRID"]
        if with_cells:
            for sheet in answer["sheets"]:
                key_ = sheet["properties"]["sheetId"]
                data = [grid_data(tab, *edges) for tab, *edges in wanted if tab.id == key_]
                if data:
                    sheet["data"] = data
        return self._masked(request, answer, "sheets", "Spreadsheet", "*")

    def _masked(
        self, request: Request, answer: Json, document: str, schema: str, default: str
    ) -> Answer:
        text = request.value("fields") or default
        try:
            mask = parse_mask(text)
        except ValueError:
            return sheets_error(400, f"Request contains an invalid argument: fields={text}")
        unknown = mask_errors(document, schema, mask)
        if unknown:
            return sheets_error(
                400,
                (
                    f"Error expanding 'fields' parameter. Cannot find matching fields for path "
                    f"'{unknown}'."
                ),
            )
        self.violations.extend(
            discovery_errors(document, schema, answer) if document == "drive" else _sampled(answer)
        )
        indent = None if request.value("prettyPrint") == "false" else 2
        raw = json.dumps(apply_mask(answer, mask), ensure_ascii=False, indent=indent).encode()
        return Answer(200, raw=raw, content_type="application/json; charset=UTF-8")


def _about(request: Request) -> Answer:
    """Say whose login it is; Drive wants the fields named (API reference, about.get)."""
    if request.value("fields") is None:
        return drive_error(400, "required", "The 'fields' parameter is required for this method.")
    return Answer(200, {"user": {"emailAddress": PERSON}})


def _described(book: FakeSpreadsheet) -> Json:
    return {
        "kind": "drive#file",
        "id": book.id,
        "name": book.title,
        "mimeType": book.mime_type,
        "version": str(book.version),
        "modifiedTime": _milliseconds(book.modified),
        "trashed": book.trashed,
    }


def _sampled(answer: Json) -> list[str]:
    """The spreadsheet's answer held against the discovery document, with a few rows of each tab."""
    sheets = []
    for sheet in answer["sheets"]:
        data = [
            {**one, "rowData": one.get("rowData", [])[:20], "rowMetadata": []}
            for one in sheet.get("data", ())
        ]
        sheets.append({**sheet, "data": data} if data else sheet)
    return discovery_errors("sheets", "Spreadsheet", {**answer, "sheets": sheets})


def parse_mask(text: str) -> Json:
    """`a(b,c/d),e.f` as nested members; a member without members of its own is wanted whole."""
    tokens = re.findall(r"[A-Za-z0-9*]+|[(),/.]", text)
    if "".join(tokens) != text:
        raise ValueError(text)
    tree, rest = _members(tokens)
    if rest:
        raise ValueError(text)
    return tree


def _members(tokens: list[str]) -> tuple[Json, list[str]]:
    tree: Json = {}
    while tokens and tokens[0] not in (")", ","):
        node = tree.setdefault(tokens[0], {})
        tokens = tokens[1:]
        while tokens and tokens[0] in ("/", "."):
            node = node.setdefault(tokens[1], {})
            tokens = tokens[2:]
        if tokens and tokens[0] == "(":
            inner, tokens = _members(tokens[1:])
            node.update(inner)
            if tokens[:1] != [")"]:
                raise ValueError
            tokens = tokens[1:]
        if tokens and tokens[0] == ",":
            tokens = tokens[1:]
    return tree, tokens


def apply_mask(node: Any, mask: Json) -> Any:
    if not mask or "*" in mask:
        return node
    if isinstance(node, list):
        return [apply_mask(item, mask) for item in node]
    return {name: apply_mask(value, mask[name]) for name, value in node.items() if name in mask}


def _verified(assertion: str) -> Json | None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    try:
        head, claims, signature = assertion.split(".")
        if json.loads(_decoded(head))["alg"] != "RS256":
            return None
        private_key().public_key().verify(
            _decoded(signature), f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256()
        )
    except (ValueError, InvalidSignature):
        return None
    found: Json = json.loads(_decoded(claims))
    return found


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _milliseconds(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


@contextmanager
def google_server(world: GoogleDocuments | None = None) -> Iterator[GoogleServer]:
    server = GoogleServer(world)
    with served(server):
        yield server
