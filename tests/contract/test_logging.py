"""Log lines: one a unit of work, with the run's id, and never a secret."""

import io
import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from loopnote.runtime.logging import RUN, bind_run, get_logger, set_up_logging
from loopnote.runtime.redaction import Redactor


@pytest.fixture(autouse=True)
def _leave_no_trace():
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    RUN.set("")


def test_a_line_reads_as_key_and_value_with_the_run():
    stream = io.StringIO()
    set_up_logging(level="info", stream=stream)
    bind_run("20261121T080000-abc")
    get_logger("x").info("pulled", source="trials", rows=120, ok=True, took_s=0.8)
    line = stream.getvalue()
    assert line.count("\n") == 1
    assert line.startswith("at=")
    assert (
        "level=info event=pulled run=20261121T080000-abc source=trials rows=120 ok=true took_s=0.8"
        in line
    )


def test_json_on_request_and_korean_as_itself():
    stream = io.StringIO()
    set_up_logging(form="json", level="info", stream=stream)
    get_logger("x").warning("left out", value="가설\n둘째 줄")
    assert json.loads(stream.getvalue())["value"] == "가설\n둘째 줄"
    assert "가설" in stream.getvalue()


def test_a_value_with_line_ends_cannot_forge_a_line():
    stream = io.StringIO()
    set_up_logging(level="info", stream=stream)
    get_logger("x").info("read", title="first\nlevel=error event=forged")
    assert stream.getvalue().count("\n") == 1


def test_below_the_level_nothing_is_said():
    stream = io.StringIO()
    set_up_logging(stream=stream)
    get_logger("x").info("quiet")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_are_veiled_wherever_they_come_from(form):
    stream = io.StringIO()
    secret = 'p@ss "w\\ord/한글'
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----"
    set_up_logging(form=form, level="info", redactor=Redactor([secret, key]), stream=stream)
    log = get_logger("x")
    log.info("direct", password=secret, where=f"https://u:{secret}@example.org")
    log.info("in a record", settings={"password": secret}, key=key)
    logging.getLogger("library").warning("library says %s", secret)
    try:
        raise ValueError(f"bad log-in {secret}")  # noqa: TRY301
    except ValueError:
        log.exception("failed", line=key.splitlines()[1])
    text = stream.getvalue()
    assert "p@ss" not in text
    assert "MIIEvQ" not in text
    assert "Traceback" in text
    assert "***" in text


@given(st.text(min_size=4, max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_text_keeps_a_secret_after_the_veil(secret, before, after):
    covered = Redactor([secret]).redact(before + secret + after)
    assert secret not in covered or secret in "***" * 9


def test_what_a_library_gives_as_extra_is_a_field_too():
    stream = io.StringIO()
    set_up_logging(form="json", stream=stream)
    logging.getLogger("sync.pulls.pull").warning("source fault", extra={"source": "영업 일지"})
    assert json.loads(stream.getvalue())["source"] == "영업 일지"
