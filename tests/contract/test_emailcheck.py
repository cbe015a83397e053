"""Every kind of week against the acceptance tools beside the repository, where they are there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from fakes.sample_reports import SAMPLES
from fakes.sample_views import ENVELOPE, preview_sample, sample_view, several_sample

from notes.model.notes import Language
from reports.page.mail import build_mail, build_operator_mail
from reports.page.view import PageView

REPOSITORY = Path(__file__).parents[2]
SHARED = [REPOSITORY.parent / "shared", REPOSITORY.parent.parent / "shared"]
TOOL = next(
    (place / "tools" / "emailcheck" / "check_email.sh" for place in SHARED if place.is_dir()), None
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(
        TOOL is None, reason="the acceptance tools (../shared/tools/emailcheck) are not here"
    ),
    pytest.mark.skipif(
        not os.environ.get("EMAILCHECK_CACHE"),
        reason="set EMAILCHECK_CACHE to a folder for its tools",
    ),
    pytest.mark.skipif(shutil.which("node") is None, reason="needs node: apt-get install nodejs"),
]


def _check(eml: bytes, folder: Path) -> str:
    path = folder / "mail.eml"
    path.write_bytes(eml)
    done = subprocess.run(
        [str(TOOL), str(path)], capture_output=True, text=True, timeout=180, check=False
    )
    return "\n".join(
        line for line in done.stdout.splitlines() if line.startswith("FAIL") or "passed, " in line
    ) + (done.stderr if done.returncode == 2 else "")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_week_passes_every_line(name: str, language: Language, tmp_path: Path) -> None:
    assert _check(build_mail(sample_view(name, language), ENVELOPE).eml, tmp_path).endswith(
        "32 passed, 0 failed"
    )


@pytest.mark.parametrize(
    "view", [several_sample("ko"), several_sample("en"), preview_sample("ko"), preview_sample("en")]
)
def test_other_mails_pass_every_line(view: PageView, tmp_path: Path) -> None:
    assert _check(build_mail(view, ENVELOPE).eml, tmp_path).endswith("32 passed, 0 failed")


def test_the_operators_mail_passes_every_line(tmp_path: Path) -> None:
    mail = build_operator_mail(
        "loopnote: 1 report was not sent", ("The server refused the login (535).",), ENVELOPE
    )
    assert _check(mail.eml, tmp_path).endswith("32 passed, 0 failed")
