"""The services that give Google tokens: OAuth, STS, the metadata server and IAM, on loopback."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sync.sheets.google_login import SCOPES


class Logins:
    """The token services: OAuth, STS, the metadata server and IAM; tokens they give are good
    at Google.
    """

    def __init__(self, google):
        self.google = google
        self.asked: list[Any] = []
        self.refuse = False
        logins = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                logins.asked.append((self.path, {}))
                if self.path.startswith("/auth?"):
                    query = parse_qs(urlsplit(self.path).query)
                    self.send_response(302)
                    self.send_header(
                        "Location",
                        f"{query['redirect_uri'][0]}?code=c&state={query['state'][0]}"
                        f"&scope={query['scope'][0].replace(' ', '%20')}",
                    )
                    self.end_headers()
                    return
                if self.path.endswith("/?recursive=true") or "service-accounts" in self.path:
                    told = {"email": "vm@project.example", "scopes": list(SCOPES), "aliases": []}
                    self.reply(logins.token() if "/token" in self.path else told)
                else:
                    self.reply("project-1", "text/plain")

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                form = json.loads(body) if body.startswith("{") else parse_qs(body)
                logins.asked.append((self.path, form))
                if logins.refuse:
                    self.reply({"error": "invalid_grant", "error_description": "revoked"}, code=400)
                elif "generateAccessToken" in self.path:
                    expiry = datetime.now(UTC) + timedelta(hours=1)
                    told = {
                        "accessToken": logins.token()["access_token"],
                        "expireTime": f"{expiry:%Y-%m-%dT%H:%M:%SZ}",
                    }
                    self.reply(told)
                else:
                    more = {"refresh_token": "r", "scope": " ".join(SCOPES)}
                    sts = {"issued_token_type": "urn:ietf:params:oauth:token-type:access_token"}
                    self.reply(logins.token() | (sts if self.path == "/sts" else more))

            def reply(self, told, kind="application/json", code=200):
                data = told if isinstance(told, str) else json.dumps(told)
                self.send_response(code)
                self.send_header("Content-Type", kind)
                self.send_header("Metadata-Flavor", "Google")
                self.end_headers()
                self.wfile.write(data.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self):
        self.google.tokens.append(f"ya29.login{len(self.google.tokens)}")
        return {"access_token": self.google.tokens[-1], "expires_in": 3600, "token_type": "Bearer"}

    def person(self):
        return {
            "type": "authorized_user",
            "client_id": "client",
            "client_secret": "secret",
            "refresh_token": "refresh",
            "token_uri": f"{self.url}/token",
        }
