"""The folder door: whole files, safe names, the same mail once."""

import stat
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.model.errors import DeliveryError
from reports.delivery.folder import FolderTransport
from reports.delivery.transport import OutgoingMail


def test_a_mail_becomes_one_private_file_however_often_it_is_sent(tmp_path):
    outbox = FolderTransport(tmp_path / "out" / "box")
    outbox.ready()
    for _ in range(2):
        assert (
            outbox.send(
                OutgoingMail("판교팀/2026-W47/weekly/r1", "mina@example.org", b"Subject: x\r\n\r\n")
            ).state
            == "sent"
        )
    (file,) = (tmp_path / "out" / "box").iterdir()
    assert file.name.startswith("판교팀-2026-W47-weekly-r1--mina@example.org-")
    assert file.read_bytes() == b"Subject: x\r\n\r\n"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@given(st.text(), st.text())
def test_no_name_leads_out_of_the_folder(report, address):
    outbox = FolderTransport(__import__("pathlib").Path("/srv/outbox"))
    path = outbox.path_of(report, address)
    assert path.parent == outbox.folder
    assert path.resolve().parent == outbox.folder.resolve()
    assert len(path.name.encode()) < 200
    assert not path.name.startswith(".")
    assert not set(path.name) & set('/\\:*?"<>|\0\n\r')


def test_two_readers_whose_names_look_alike_have_two_files(tmp_path):
    outbox = FolderTransport(tmp_path)
    assert outbox.path_of("r", "a/b@example.org") != outbox.path_of("r", "a:b@example.org")


def test_a_folder_that_cannot_be_is_told_with_its_setting(tmp_path):
    (tmp_path / "file").write_text("")
    outbox = FolderTransport(tmp_path / "file" / "box")
    with pytest.raises(DeliveryError) as caught:
        outbox.ready()
    assert "mail.folder" in caught.value.hint
    assert [finding.level for finding in outbox.check()] == ["error"]


def test_a_folder_that_vanished_puts_the_mail_off(tmp_path):
    answer = FolderTransport(tmp_path / "gone").send(OutgoingMail("r", "a@example.org", b"x"))
    assert (answer.state, answer.halt) == ("deferred", True)


def test_doctor_leaves_nothing_behind(tmp_path):
    assert [finding.level for finding in FolderTransport(tmp_path).check()] == ["ok"]
    assert list(tmp_path.iterdir()) == []
