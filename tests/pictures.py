"""Makes the pictures of the README from the demo: page, mail, how a sheet was read, terminal; in
both languages.

`make pictures` writes docs/pictures/*.png anew. Nothing of it is drawn by hand: the sample
workspace is made by the command itself, and a browser takes the pictures.
"""

import email
import email.policy
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@dataclass(frozen=True)
class Shot:
    """A picture: what is shown, how wide the window is and how much of it is taken, in CSS
    pixels.
    """

    name: str
    source: str
    width: int
    height: int


TEAMS = {"ko": "찬찬반찬", "en": "Wheelhouse"}
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #16181d; }}
pre {{ margin: 0; padding: 20px 24px; color: #e6e6e6; white-space: pre-wrap;
  font: 14px/1.5 "DejaVu Sans Mono", "Noto Sans Mono CJK KR", monospace; }}
b {{ color: #8ab4f8; font-weight: 400; }}
</style><pre><b>$ {command}</b>
{text}</pre>"""


def loopnote(*arguments: str, folder: Path, language: str) -> str:
    """Run a command in a language and return what it says."""
    told = {"LOOPNOTE_LANG": language, "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-m", "loopnote", *arguments],
        cwd=folder,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout


def shots(folder: Path, language: str) -> list[Shot]:
    """Make what is to be pictured in one language, from the demo's workspace."""
    demo, team = folder / "demo", TEAMS[language]
    page = next(demo.glob(f"pages/*-{team}-{language}.html"))
    mail = page.with_suffix(".eml")
    log = next(source for source in sources(demo) if source[0] == team)
    page_of = ("--json", "columns", log[1], "--page", "--out", str(folder))
    drawn = Path(json.loads(loopnote(*page_of, folder=demo, language=language))["page"])
    path = f"logs/{Path(log[2]).name}"
    said = loopnote("try", path, "--out", str(folder / "try"), folder=demo, language=language)
    said = said.replace(str(folder), "~")
    # It says how it is called here; a reader of the README calls it by its name.
    said = re.sub(r"(?<!\S)\S*/(python -m )?loopnote (?=init)", "loopnote ", said)
    return [
        Shot(f"page-{language}", page.as_uri(), 820, 900),
        Shot(f"mail-{language}", written(folder, "mail", html_of(mail)), 640, 800),
        Shot(f"columns-{language}", drawn.absolute().as_uri(), 1000, 640),
        Shot(
            f"terminal-{language}",
            written(folder, "terminal", terminal(f"loopnote try {path}", said)),
            900,
            0,
        ),
    ]


def sources(demo: Path) -> list[tuple[str, str, str]]:
    """Return (team, name, path) of each source that has one file in the demo."""
    config = tomllib.loads((demo / "config.toml").read_text(encoding="utf-8"))
    found = []
    for one in config["sources"]:
        files = sorted(demo.glob(one["path"]))
        found.append((one["team"], one["name"], str(files[-1])))
    return found


def written(folder: Path, name: str, text: str) -> str:
    """Write a page and return its address."""
    path = folder / f"{name}.html"
    path.write_text(text, encoding="utf-8")
    return path.as_uri()


def html_of(mail: Path) -> str:
    """Return the HTML part of a mail."""
    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def terminal(command: str, text: str) -> str:
    """Return a page that looks like a terminal after a command."""
    return TERMINAL.format(command=html.escape(command), text=html.escape(text.rstrip()))


def take(browser: Browser, shot: Shot) -> Path:
    """Take one picture; height 0 is the whole page."""
    page = browser.new_page(viewport={"width": shot.width, "height": shot.height or 400})
    page.goto(shot.source)
    path = FOLDER / f"{shot.name}.png"
    page.screenshot(path=path, full_page=not shot.height)
    page.close()
    return path


def main() -> int:
    """Make every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        loopnote("demo", "demo", folder=folder, language="en")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # as root it refuses a sandbox
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        for language in TEAMS:
            for shot in shots(folder, language):
                print(take(browser, shot).relative_to(ROOT))
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
