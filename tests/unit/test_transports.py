"""The way out of mails is the one that the configuration names, and never another instead."""

from pathlib import Path
from typing import get_args

import pytest

from loopnote.config.model import MailTransportSettings
from loopnote.config.read import LoadedConfig, parse
from loopnote.runtime.redaction import Redactor
from loopnote.services.transports import transport
from reports.delivery.folder import FolderTransport
from reports.delivery.smtp import SmtpTransport

VALUES = get_args(MailTransportSettings.model_fields["transport"].annotation)


def loaded(folder: Path, **mail: str) -> LoadedConfig:
    path = folder / "config.toml"
    return LoadedConfig(parse({"teams": [{"name": "Sales"}], "mail": mail}, path=path), path)


def test_each_value_of_the_setting_has_its_transport(tmp_path: Path) -> None:
    made = {
        value: type(
            transport(loaded(tmp_path, transport=value, host="mail.example.com"), Redactor())
        )
        for value in VALUES
    }
    assert made == {"smtp": SmtpTransport, "folder": FolderTransport}


def test_a_channel_that_nobody_made_a_case_for_is_an_error_and_not_smtp(tmp_path: Path) -> None:
    known = loaded(tmp_path, transport="smtp", host="mail.example.com")
    mail = known.config.mail.model_copy(update={"transport": "pigeon"})
    forgotten = LoadedConfig(known.config.model_copy(update={"mail": mail}), known.path)
    with pytest.raises(AssertionError, match="pigeon"):
        transport(forgotten, Redactor())
