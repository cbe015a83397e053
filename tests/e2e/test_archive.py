"""The archive of the demo: whole, reachable, repeatable, and nobody else's."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.archive_links import OWN, dead_ways, files, reached
from fakes.command import Ran, clean_environment, loopnote

NOW = "2026-11-23T09:00:00+00:00"


def build(demo: Path, out: Path, *more: str) -> dict[str, int]:
    ran = loopnote("--json", "archive", "--out", out, *more, folder=demo, LOOPNOTE_NOW=NOW)
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    return {name: found[name] for name in ("files", "written", "removed")}


@pytest.fixture(scope="module")
def site(demo: Path) -> Path:
    """The archive that the demo made itself; another build is compared with it below."""
    return demo / "archive"


def notes(demo: Path) -> list[dict[str, str]]:
    ran: Ran = loopnote("--json", "notes", "--all", folder=demo, LOOPNOTE_NOW=NOW)
    return [json.loads(line) for line in ran.out.splitlines()]


def test_every_way_leads_somewhere_inside(site: Path) -> None:
    assert dead_ways(site) == []


def test_every_page_is_reached_without_a_script(site: Path) -> None:
    pages = {path for path in files(site) if path.endswith(".html")}
    assert pages - reached(site) == set()


def test_every_note_has_its_page(demo: Path, site: Path) -> None:
    found = notes(demo)
    assert len(found) > 60
    for one in found:
        assert (site / "notes" / one["id"][:2] / f"{one['id']}.html").is_file()


def test_a_week_lies_where_the_mails_say(site: Path) -> None:
    page = (site / "찬찬반찬" / "2026-W47.html").read_text(encoding="utf-8")
    assert "무엇이 숫자를 실제로 움직였는가?" in page
    assert 'id="archive-bar"' in page


def test_an_unchanged_store_writes_nothing(demo: Path, site: Path) -> None:
    before = {path: (site / path).stat().st_mtime_ns for path in files(site)}
    assert build(demo, site)["written"] == 0
    assert {path: (site / path).stat().st_mtime_ns for path in files(site)} == before


def test_the_same_store_gives_the_same_bytes(demo: Path, site: Path, tmp_path: Path) -> None:
    build(demo, tmp_path / "again")
    assert files(tmp_path / "again") == files(site)


def test_what_was_removed_or_shortened_is_mended_and_what_is_foreign_stays(
    demo: Path, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    copy = tmp_path / "site"
    (copy / "index.html").unlink()
    (copy / "assets" / "archive.css").write_text("x")
    (copy / "mine.html").write_text("mine")
    assert build(demo, copy)["written"] == 2
    assert {**files(site), "mine.html": b"mine"} == files(copy)


def test_a_foreign_file_in_the_way_is_not_overwritten(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    (tmp_path / ".loopnote-archive.journal").write_text("")  # an archive was begun here
    ran = loopnote("archive", "--out", tmp_path, folder=demo, LOOPNOTE_NOW=NOW)
    assert ran.code != 0
    assert "does not belong to the archive" in ran.err
    assert (tmp_path / "index.html").read_text() == "mine"


def test_a_folder_with_other_files_is_not_filled(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("mine")
    (tmp_path / ".DS_Store").write_text("")
    ran = loopnote("archive", "--out", tmp_path, folder=demo, LOOPNOTE_NOW=NOW, LOOPNOTE_LANG="ko")
    assert ran.code == 2
    assert "다른 파일(holiday.jpg)이 있고 보관함은 없어" in ran.err
    assert sorted(one.name for one in tmp_path.iterdir()) == [".DS_Store", "holiday.jpg"]


def test_a_folder_has_to_be_named(demo: Path) -> None:
    config = (demo / "config.toml").read_text(encoding="utf-8").replace('folder = "archive"', "")
    (demo / "bare.toml").write_text(config, encoding="utf-8")
    ran = loopnote("--config", "bare.toml", "archive", folder=demo)
    assert ran.code == 2
    assert "archive.folder" in ran.err


def test_only_the_owner_may_read_it(site: Path) -> None:
    modes = {(site / path).stat().st_mode & 0o777 for path in files(site)}
    assert modes == {0o600}
    assert site.stat().st_mode & 0o777 == 0o700
    assert OWN[0] in files(site)


@pytest.mark.slow
def test_a_round_brings_the_archive_up_to_date(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo, tmp_path / "copy")
    copy = tmp_path / "copy"
    shutil.rmtree(copy / "archive")
    ran = loopnote("run", folder=copy, LOOPNOTE_NOW=NOW)
    assert ran.code == 0, ran.err
    assert files(copy / "archive") == files(demo / "archive")


@pytest.mark.slow
def test_an_archive_that_cannot_be_written_is_told_and_in_the_exit_code(
    demo: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo, tmp_path / "copy")
    copy = tmp_path / "copy"
    shutil.rmtree(copy / "archive")
    (copy / "archive").mkdir()
    (copy / "archive" / "index.html").write_text("mine")
    ran = loopnote("run", folder=copy, LOOPNOTE_NOW=NOW)
    assert ran.code == 1
    assert "no archive, and is left as it is" in ran.err
    assert (copy / "archive" / "index.html").read_text() == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("names", ["counts", "initials"])
def test_an_archive_for_readers_without_names_holds_none(
    demo: Path, tmp_path: Path, names: str
) -> None:
    shutil.copytree(demo, tmp_path / "copy")
    copy = tmp_path / "copy"
    people = {name for one in notes(copy) for name in (*one["owners"], *one["people"])}
    assert {"윤서하", "Priya"} <= people
    config = copy / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[archive]\n", f'[archive]\nnames = "{names}"\n'), "utf-8")
    build(copy, copy / "hidden")
    written = {path: content.decode() for path, content in files(copy / "hidden").items()}
    held = {(path, name) for path, text in written.items() for name in people if name in text}
    assert held == set()
    assert "이름과 함께 보내서" in written["찬찬반찬/2026-W47.html"]
    assert dead_ways(copy / "hidden") == []


@pytest.mark.slow
def test_an_erased_name_is_gone_from_every_page(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo, tmp_path / "copy")
    copy = tmp_path / "copy"
    assert any("윤서하".encode() in content for content in files(copy / "archive").values())
    ran = loopnote("erase", "윤서하", "--yes", folder=copy, LOOPNOTE_NOW=NOW)
    assert ran.code == 0, ran.err
    left = {
        path for path, content in files(copy / "archive").items() if "윤서하".encode() in content
    }
    assert left == set()
    assert dead_ways(copy / "archive") == []


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 30, 90, 105])
def test_a_killed_build_leaves_whole_pages_and_the_next_one_mends_it(
    demo: Path, site: Path, tmp_path: Path, count: int
) -> None:
    out = tmp_path / "site"
    command = [sys.executable, "-m", "loopnote", "archive", "--out", str(out)]
    with subprocess.Popen(
        command, cwd=demo, env={**clean_environment(), "LOOPNOTE_NOW": NOW}
    ) as build_:
        while build_.poll() is None and sum(1 for _ in out.rglob("*.html")) < count:
            pass
        build_.kill()
    for page in out.rglob("*.html"):
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    build(demo, out)
    assert files(out) == files(site)
