"""A server that says more than it was asked: no reply is taken for another command's."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reports.delivery.smtp import SmtpTransport
from reports.delivery.smtp_connection import MailSettings
from reports.delivery.transport import OutgoingMail

USUAL = {
    "EHLO": "250 fake",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 taken",
    "NOOP": "250 ok",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


class Server:
    """Answers one connection after the other by a table of replies; remembers the bodies that
    it took.
    """

    def __init__(self, **changed: str) -> None:
        self.replies = {**USUAL, **changed, ".": changed.get("body", USUAL["."])}
        self.bodies: list[bytes] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            with connection:
                self.talk(connection)

    def talk(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        connection.sendall(b"220 fake\r\n")
        for line in lines:
            word = line.decode().split()[0].upper() if line.strip() else ""
            connection.sendall(self.replies.get(word, "500 what").encode() + b"\r\n")
            if word == "DATA" and self.replies["DATA"].startswith("354"):
                body = b""
                for part in lines:
                    if part == b".\r\n":
                        self.bodies.append(body)
                        connection.sendall(self.replies["."].encode() + b"\r\n")
                        break
                    body += part
            if word == "QUIT":
                return


@contextmanager
def serving(**changed: str) -> Iterator[Server]:
    server = Server(**changed)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.listening.close()


def sent(server: Server) -> str:
    settings = MailSettings(
        "127.0.0.1", "loop@example.org", server.port, "none", command_s=2, body_s=2
    )
    with SmtpTransport(settings) as transport:
        transport.ready()
        mail = OutgoingMail(
            "team/2026-W47/weekly/r1", "mina@example.org", b"Subject: x\r\n\r\nx\r\n"
        )
        return transport.send(mail).state


def test_a_server_that_answers_each_command_once_takes_the_mail():
    with serving() as server:
        assert sent(server) == "sent"
        assert len(server.bodies) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"MAIL": "250 ok\r\n250 once more"},
        {"RCPT": "550 no such person\r\n250 ok"},
        {"RCPT": "250 ok\r\n354 go on"},
        {"DATA": "354 go on\r\n250 taken before anything came"},
    ],
)
def test_a_reply_too_many_before_the_body_means_that_nothing_was_sent(changed):
    with serving(**changed) as server:
        assert sent(server) in {"deferred", "refused"}
        assert server.bodies == []


def test_two_replies_to_one_body_are_a_doubt():
    with serving(body="250 taken\r\n554 and refused") as server:
        assert sent(server) == "unknown"


def test_a_server_that_takes_the_mail_and_closes_has_taken_it():
    with serving(body="250 taken\r\n421 closing for today") as server:
        assert sent(server) == "sent"
