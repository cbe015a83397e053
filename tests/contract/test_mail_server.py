"""The SMTP door against a real server: what it says happened is what happened."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from fakes.certificates import Certificates
from fakes.ports import free_port
from fakes.smtp import MailHost, MailHostRunning

from notes.model.errors import DeliveryError
from reports.delivery.smtp import SmtpTransport
from reports.delivery.smtp_connection import MailSettings
from reports.delivery.transport import OutgoingMail

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

SENDER = "loopnote@example.org"
BODY = b"Subject: weekly\r\n\r\nOne line.\r\n.hidden dot\r\n"


def settings(port: int, **changes) -> MailSettings:
    options = {
        "host": "127.0.0.1",
        "sender": SENDER,
        "port": port,
        "security": "none",
        "command_s": 2.0,
        "body_s": 2.0,
    }
    return MailSettings(**{**options, **changes})


def send(host: MailHost, *addresses: str, **changes):
    with (
        MailHostRunning(host) as running,
        SmtpTransport(settings(running.port, **changes)) as server,
    ):
        answers = []
        for address in addresses:
            server.ready()
            answers.append(server.send(OutgoingMail("team/2026-W47/weekly/r1", address, BODY)))
        return answers


def test_the_stored_bytes_arrive_as_they_are():
    host = MailHost()
    (answer,) = send(host, "mina@example.org")
    assert (answer.state, answer.code) == ("sent", 250)
    assert [(taken.address, taken.sender, taken.body) for taken in host.bodies] == [
        ("mina@example.org", SENDER, BODY)
    ]


@pytest.mark.parametrize(
    ("word", "state", "bodies"),
    [
        ("refuse", "refused", 0),
        ("greylist", "deferred", 0),
        ("refuse_body", "refused", 0),
        ("defer_body", "deferred", 0),
        ("sign_off", "deferred", 0),
        ("cut_before_body", "deferred", 0),
        ("stall_before_body", "deferred", 0),
        ("cut_in_body", "unknown", 0),
        ("cut_after_body", "unknown", 1),
        ("stall_after_body", "unknown", 1),
        ("drip_after_body", "unknown", 1),
        ("babble_after_body", "unknown", 1),
    ],
)
def test_the_answer_tells_whether_the_body_had_left(word, state, bodies):
    host = MailHost({"mina@example.org": [word]}, stall_s=5)
    (answer,) = send(host, "mina@example.org", command_s=1.5, body_s=0.6)
    assert (answer.state, len(host.bodies)) == (state, bodies)


def test_one_refused_address_does_not_hold_up_the_next_on_the_same_line():
    host = MailHost({"gone@example.org": ["refuse"], "later@example.org": ["greylist"]})
    answers = send(host, "gone@example.org", "later@example.org", "mina@example.org")
    assert [answer.state for answer in answers] == ["refused", "deferred", "sent"]
    assert not any(answer.halt for answer in answers)
    assert host.sessions == 1


def test_a_refused_sender_is_our_own_trouble_and_stops_the_rest():
    host = MailHost({"sender": ["refuse_sender"]})
    (answer,) = send(host, "mina@example.org")
    assert (answer.state, answer.halt) == ("deferred", True)
    assert "mail.from" in answer.hint


@pytest.mark.parametrize(
    ("host", "words"),
    [
        (MailHost({"sender": ["refuse_sender"]}), "not your address"),
        (MailHost(password="hunter2"), "Authentication required"),
    ],
)
def test_what_a_server_sends_for_nobody_is_found_before_there_is_a_mail(host, words):
    with MailHostRunning(host) as running:
        (finding,) = SmtpTransport(settings(running.port)).check()
    assert (finding.level, finding.id) == ("error", "mail.login")
    assert words in finding.message
    assert "mail.user" in finding.hint
    assert not host.bodies


def test_a_sender_that_the_account_may_not_write_as_is_no_readers_fault():
    host = MailHost({"mina@example.org": ["send_as_denied"]})
    (answer,) = send(host, "mina@example.org")
    assert (answer.state, answer.halt) == ("deferred", True)
    assert "mail.from" in answer.hint


def test_a_line_that_broke_is_made_anew():
    host = MailHost({"a@example.org": ["cut_after_body"]})
    answers = send(host, "a@example.org", "b@example.org")
    assert [answer.state for answer in answers] == ["unknown", "sent"]


def test_a_smuggled_second_mail_stays_inside_the_first():
    host = MailHost()
    evil = b"Subject: x\r\n\r\nhello\n.\nMAIL FROM:<a@b>\r.\r\nend\r\n.\r\nRSET\r\n"
    with MailHostRunning(host) as running, SmtpTransport(settings(running.port)) as server:
        server.ready()
        server.send(OutgoingMail("r", "mina@example.org", evil))
    assert len(host.bodies) == 1
    assert b"MAIL FROM" in host.bodies[0].body


@pytest.mark.parametrize(
    "address", ["mina@example.org\r\nRCPT TO:<spy@example.org>", "mina@example.org>\n<spy@x.org"]
)
def test_an_address_that_carries_a_command_is_refused(address):
    host = MailHost()
    (answer,) = send(host, address)
    assert answer.state == "refused"
    assert not host.bodies


def test_addresses_beyond_ascii_travel_as_the_server_can_take_them():
    host = MailHost()
    answers = send(host, "지현@example.org", "mina@예시.example")
    assert [answer.state for answer in answers] == ["sent", "sent"]
    assert [taken.address for taken in host.bodies] == [
        "지현@example.org",
        "mina@xn--vv4b11d.example",
    ]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize("security", ["starttls", "tls"])
class TestTLS:
    def test_a_proven_server_gets_the_password_and_the_mail(self, security, certificates):
        host = MailHost(password="열쇠-secret")
        with MailHostRunning(host, security=security, certificates=certificates) as running:
            options = settings(
                running.port,
                security=security,
                user="robot",
                password=lambda: "열쇠-secret",
                ca_file=certificates.authority,
            )
            with SmtpTransport(options) as server:
                server.ready()
                assert server.send(OutgoingMail("r", "mina@example.org", BODY)).state == "sent"
        assert host.log_ins == ["PLAIN"]

    def test_a_certificate_of_nobody_we_trust_ends_it(self, security, certificates):
        with MailHostRunning(MailHost(), security=security, certificates=certificates) as running:
            server = SmtpTransport(settings(running.port, security=security))
            with server, pytest.raises(DeliveryError, match="certificate"):
                server.ready()

    def test_a_certificate_for_another_name_ends_it(self, security, certificates):
        host = MailHost()
        with MailHostRunning(
            host, security=security, certificates=certificates, certificate_for="other.example"
        ) as running:
            server = SmtpTransport(
                settings(running.port, security=security, ca_file=certificates.authority)
            )
            with server, pytest.raises(DeliveryError, match="certificate"):
                server.ready()
        assert not host.bodies

    def test_a_wrong_password_is_told_without_the_password(self, security, certificates):
        host = MailHost(password="right")
        with MailHostRunning(
            host, security=security, certificates=certificates, plain_auth=False
        ) as running:
            options = settings(
                running.port,
                security=security,
                user="robot",
                password=lambda: "hunter2-hunter2",
                ca_file=certificates.authority,
            )
            with (
                SmtpTransport(options) as server,
                pytest.raises(DeliveryError, match="log-in") as caught,
            ):
                server.ready()
        assert "hunter2" not in str(caught.value) + repr(caught.value.__cause__) + repr(
            caught.value.__context__
        )
        assert "***" in str(caught.value)
        assert caught.value.hint

    @pytest.mark.parametrize(("token", "good"), [("fresh", True), ("stale", False)])
    def test_a_token_logs_in_where_the_settings_have_one(self, security, certificates, token, good):
        host = MailHost(token="fresh")
        with MailHostRunning(host, security=security, certificates=certificates) as running:
            options = settings(
                running.port,
                security=security,
                user="robot",
                token=lambda: token,
                ca_file=certificates.authority,
            )
            with SmtpTransport(options) as server:
                (finding,) = server.check()
        assert (finding.level == "ok") is good
        assert token not in finding.message
        assert host.log_ins == (["XOAUTH2"] if good else [])


def test_a_server_that_hides_its_encryption_gets_nothing(certificates):
    host = MailHost()
    with MailHostRunning(host) as running:
        server = SmtpTransport(settings(running.port, security="starttls"))
        with server, pytest.raises(DeliveryError, match="encryption"):
            server.ready()


def test_nobody_home_is_a_next_step_and_not_a_traceback():
    server = SmtpTransport(settings(free_port()))
    with server, pytest.raises(DeliveryError, match="no connection") as caught:
        server.ready()
    assert caught.value.hint


@contextmanager
def saying(words: bytes, *, stays: bool = False) -> Iterator[int]:
    """Give the port of a server that says so many words to one caller, and hangs up unless it
    stays.
    """
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):
                line.sendall(words)
                if stays:
                    over.wait(60)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        over.set()
        thread.join()


@pytest.mark.parametrize(
    ("words", "stays", "told"),
    [
        (b"", False, "it closed the connection"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", False, "is no mail server"),
        (b"", True, "no answer in time"),
    ],
)
def test_what_is_no_mail_server_is_named_with_a_next_step(words, stays, told):
    with saying(words, stays=stays) as port:
        server = SmtpTransport(settings(port))
        with server, pytest.raises(DeliveryError, match=told) as caught:
            server.ready()
    assert "mail.port" in caught.value.hint
    assert words or "mail.security" in caught.value.hint


def test_an_open_line_is_only_for_this_machine_and_without_a_password():
    with pytest.raises(DeliveryError, match="only for this machine"):
        SmtpTransport(settings(25, host="mail.example.org"))
    with pytest.raises(DeliveryError, match="no log-in without TLS"):
        SmtpTransport(settings(25, user="robot", password=lambda: "x"))
