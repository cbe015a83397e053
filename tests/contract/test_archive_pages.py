"""What stands on the archive's pages, and what a change of the store touches."""

import re
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fakes.archive_links import dead_ways, files, reached
from fakes.entries import weeks_later
from fakes.sample_archive import BASE, HOSTILE, build, edit, fill, page_of, send, shift

from notes.model.periods import Week
from notes.store.store import Store
from reports.archive.archive_view import NoteLine, StatusLabel
from reports.archive.note_catalogue import NoteOutline
from reports.archive.site import Site


@pytest.fixture
def world(tmp_path: Path) -> Store:
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    fill(store)
    return store


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Path]:
    folder = tmp_path_factory.mktemp("world")
    store = Store.open(f"sqlite:///{folder}/store.db")
    fill(store)
    build(store, folder / "site")
    return store, folder / "site"


def note(store: Store, row: int, team: str = "Lab") -> str:
    return next(
        one.id for one in store.notes(team=team, include_gone=True) if one.note.place.row == row
    )


def words(html: str) -> str:
    """Return a page's text without marks, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u200b", "").split())


def test_every_way_leads_somewhere_and_every_page_is_reached(built: tuple[Store, Path]) -> None:
    _, root = built
    assert dead_ways(root) == []
    assert {path for path in files(root) if path.endswith(".html")} == reached(root)


def test_a_note_is_put_into_words_once_for_all_the_lists_that_name_it(
    world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, worded, line = Counter[str](), Counter[str](), Site.note_line
    put_into_words = Site._line

    def listed(
        site: Site, page: str, one: NoteOutline, *marks: StatusLabel, **more: Any
    ) -> NoteLine:
        named[one.id] += 1
        return line(site, page, one, *marks, **more)

    def counted(site: Site, one: NoteOutline) -> NoteLine:
        worded[one.id] += 1
        return put_into_words(site, one)

    monkeypatch.setattr(Site, "note_line", listed)
    monkeypatch.setattr(Site, "_line", counted)
    build(world, tmp_path / "site")
    assert max(named.values()) > 2
    assert worded.keys() == named.keys()
    assert set(worded.values()) == {1}


def test_teams_whose_names_meet_have_folders_of_their_own(built: tuple[Store, Path]) -> None:
    _, root = built
    assert {"Lab", "LAB-2", "notes-2", "옛-팀", "together"} <= {
        path.name for path in root.iterdir()
    }
    names = [path.casefold() for path in files(root)]
    assert len(names) == len(set(names))


def test_a_sent_week_is_the_page_that_was_sent_with_a_line_above_it(
    built: tuple[Store, Path],
) -> None:
    _, root = built
    page = (root / "Lab" / "2026-W46.html").read_text(encoding="utf-8")
    assert "<h1>Lab 2026-W46 names ko r2</h1>" in page  # the latest revision, with names
    assert page.count("<body") == 1
    assert 'href="../Lab/2026-W45.html"' in page  # its own way into the archive, made relative
    assert BASE not in page
    text = words(page)
    assert "정정 2판" in text
    assert "그중 2건은 보낸 뒤 바뀜" in text
    assert "2026년 11월 16일 09:00에 1명에게 보냄" in text


def test_other_editions_stand_beside_it(built: tuple[Store, Path]) -> None:
    _, root = built
    main = (root / "Lab" / "2026-W46.html").read_text(encoding="utf-8")
    for name in ("2026-W46-ko-names-r1.html", "2026-W46-en-initials-r1.html"):
        assert f"../Lab/{name}" in main
        assert "archive-bar" in (root / "Lab" / name).read_text(encoding="utf-8")
    assert "영어, 이름 첫 글자만, 1판" in words(main)


def test_a_report_on_several_teams_has_the_edition_with_most_of_them(
    built: tuple[Store, Path],
) -> None:
    _, root = built
    assert "<h1>* 2026-W46 names Lab+LAB ko r1</h1>" in (
        root / "together" / "2026-W46.html"
    ).read_text(encoding="utf-8")
    assert "together/2026-W46.html" in (root / "index.html").read_text(encoding="utf-8")


def test_a_preview_stays_with_the_team(built: tuple[Store, Path]) -> None:
    _, root = built
    assert not any(
        b"preview" in content for path, content in files(root).items() if path.startswith("Lab/")
    )


def test_a_week_says_that_nothing_was_sent_or_that_its_page_is_lost(
    built: tuple[Store, Path],
) -> None:
    _, root = built
    unsent = (root / "notes-2" / "2026-W46.html").read_text(encoding="utf-8")
    assert "이 기간의 리포트는 보내지 않았습니다" in unsent
    assert "한 번" in unsent
    lost = (root / "LAB-2" / "2026-W46.html").read_text(encoding="utf-8")
    assert "그 페이지는 남아 있지 않습니다" in lost


def test_a_refused_report_is_not_called_sent(built: tuple[Store, Path]) -> None:
    _, root = built
    assert "1명에게 거절됨" in words((root / "Lab" / "2026-W45.html").read_text(encoding="utf-8"))


def test_a_former_team_keeps_its_notes(built: tuple[Store, Path]) -> None:
    _, root = built
    assert "지금 설정에는 없는 팀" in (root / "옛-팀" / "index.html").read_text(encoding="utf-8")


def test_a_note_tells_its_history_its_ties_and_the_reports_that_showed_it(
    built: tuple[Store, Path],
) -> None:
    store, root = built
    page = page_of(root, note(store, 2))
    assert "<del>두 번이면 온다</del>" in page
    assert "<ins>세 번이면 떠난다</ins>" in page
    text = words(page)
    assert "이 기록을 가리킨 기록 쿠폰을 두 번" in text
    assert "2026년 46주차 그 뒤 1번 바뀜" in text
    assert 'href="https://log/%' in page or 'href="https://log/2' in page
    assert "이 기록이 가리키는 기록 쿠폰 발송" in words(page_of(root, note(store, 3)))


def test_a_note_that_is_unsure_or_gone_says_so(built: tuple[Store, Path]) -> None:
    store, root = built
    unsure = words(page_of(root, note(store, 3)))
    assert "확실하지 않습니다" in unsure
    assert "이것일 수도 있습니다 숫자" in unsure
    assert "2026년 11월 23일 18:00에 원문에서 사라진 기록" in words(page_of(root, note(store, 4)))


def test_a_sentence_that_blames_a_person_stays_in_the_log(built: tuple[Store, Path]) -> None:
    store, root = built
    page = page_of(root, note(store, 4))
    assert "깜빡해서" not in page
    assert "순서가 문제였다" in page
    assert "원문에만" in page
    assert not any(
        "깜빡해서".encode() in content
        for path, content in files(root).items()
        if path.endswith(".html")
    )


def test_every_kind_of_record_has_its_page(built: tuple[Store, Path]) -> None:
    store, root = built
    numbers = page_of(root, note(store, 6))
    assert "11% (11 / 100)" in words(numbers)
    assert 'role="img"' in numbers
    assert "재고 → 미리 주문" in page_of(root, note(store, 7))
    assert "120명" in page_of(root, note(store, 8))
    assert "안내가 친절해졌어요" in page_of(root, note(store, 9))


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_hostile_cells_are_text(built: tuple[Store, Path]) -> None:
    store, root = built
    page = page_of(root, note(store, 5))
    found = _Elements()
    found.feed(page)
    scripts = [attrs for tag, attrs in found.tags if tag == "script"]
    assert scripts == [{"src": "../../assets/archive.js"}]
    assert not any(name.startswith("on") for _, attrs in found.tags for name in attrs)
    assert not any((attrs.get("href") or "").startswith("javascript") for _, attrs in found.tags)
    assert "\u202e" not in page
    assert "둘째 줄" in page
    assert HOSTILE not in page


def test_one_changed_note_touches_a_handful_of_files(world: Store, tmp_path: Path) -> None:
    build(world, tmp_path / "site")
    before = files(tmp_path / "site")
    changed = edit(world)
    built = build(world, tmp_path / "site")
    after = files(tmp_path / "site")
    touched = {path for path in after if before.get(path) != after[path]} - {".loopnote-archive"}
    assert f"notes/{changed[:2]}/{changed}.html" in touched
    assert "index.html" in touched  # it is news
    assert len(touched - {".loopnote-archive.memory"}) <= 9, (
        touched
    )  # the shelves that speak of it among them
    assert built.written == len(touched - {".loopnote-archive.memory"})


def test_only_the_log_of_the_team_that_changed_is_read_for_the_shelves(
    world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(world, tmp_path / "site")
    team = world.note(edit(world)).team
    read: list[str] = []
    notes = Store.notes

    def told(store: Store, **asked: Any) -> Any:
        read.extend([asked["team"]] if asked.get("team") else [])
        return notes(store, **asked)

    monkeypatch.setattr(Store, "notes", told)
    build(world, tmp_path / "site")
    assert read == [team]
    read.clear()
    build(world, tmp_path / "fresh")
    assert len(read) > 2
    monkeypatch.undo()
    assert files(tmp_path / "site") == files(tmp_path / "fresh")


def test_an_archive_without_names_keeps_no_texts_for_the_next_build(
    world: Store, tmp_path: Path
) -> None:
    build(world, tmp_path / "named")
    build(world, tmp_path / "hidden", names="counts")
    kept = [(tmp_path / name / ".loopnote-archive.memory") for name in ("named", "hidden")]
    named, hidden = (one.read_text(encoding="utf-8").splitlines() for one in kept)
    assert len(named) == 3
    assert len(hidden) == 1


@pytest.mark.parametrize("text", ["{", "[1]", '{"Lab": {}}', "", "null"])
def test_a_memory_that_cannot_be_read_costs_only_time(
    world: Store, tmp_path: Path, text: str
) -> None:
    build(world, tmp_path / "site")
    memory = tmp_path / "site" / ".loopnote-archive.memory"
    memory.write_text(memory.read_text(encoding="utf-8").split("\n")[0] + "\n" + text)
    edit(world)
    build(world, tmp_path / "site")
    build(world, tmp_path / "fresh")
    assert files(tmp_path / "site") == files(tmp_path / "fresh")


def test_rows_that_moved_get_their_new_places_and_nothing_else_is_written(
    world: Store, tmp_path: Path
) -> None:
    build(world, tmp_path / "site")
    before = files(tmp_path / "site")
    shift(world)
    build(world, tmp_path / "site")
    after = files(tmp_path / "site")
    moved = {f"notes/{one.id[:2]}/{one.id}.html" for one in world.notes(team="LAB")}
    touched = {path for path in after if before[path] != after[path]}
    assert {path for path in touched if path.startswith("notes/")} == moved
    assert not any(path.startswith(("Lab/", "together/")) for path in touched)


def test_an_incremental_archive_is_the_fresh_one(world: Store, tmp_path: Path) -> None:
    build(world, tmp_path / "site")
    edit(world)
    send(world, "LAB", Week(2026, 47), "weekly", "names", language="en")
    build(world, tmp_path / "site")
    world.erase(["김하늘"], mark="(…)", now=datetime(2026, 12, 1, tzinfo=UTC))
    build(world, tmp_path / "site")
    world.prune(weeks_later(200), gone_days=30, versions_days=30)
    build(world, tmp_path / "site")
    build(world, tmp_path / "fresh")
    assert files(tmp_path / "site") == files(tmp_path / "fresh")
    assert dead_ways(tmp_path / "site") == []


def test_a_pruned_note_leaves_the_folder(world: Store, tmp_path: Path) -> None:
    build(world, tmp_path / "site")
    gone = note(world, 4)
    world.prune(weeks_later(200), gone_days=30, versions_days=36500)
    built = build(world, tmp_path / "site")
    assert built.removed >= 1
    assert not (tmp_path / "site" / "notes" / gone[:2] / f"{gone}.html").exists()
    assert dead_ways(tmp_path / "site") == []
    page = (tmp_path / "site" / "Lab" / "2026-W46.html").read_text(encoding="utf-8")
    assert "지금은 남아 있지 않음" in page


def test_the_archive_speaks_the_language_that_is_asked_for(world: Store, tmp_path: Path) -> None:
    build(world, tmp_path / "site", language="en")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Learning notes archive" in page
    assert 'lang="ko"' in page  # what a Korean team wrote
    assert (tmp_path / "site" / "Lab" / "2026-W46.html").read_text(encoding="utf-8").count(
        '<html lang="ko">'
    ) == 1


def test_others_may_read_it_where_the_configuration_says_so(world: Store, tmp_path: Path) -> None:
    build(world, tmp_path / "site", access="everyone")
    pages = list((tmp_path / "site").rglob("*.html"))
    assert {path.stat().st_mode & 0o777 for path in pages} == {0o644}
    assert (tmp_path / "site" / "notes").stat().st_mode & 0o777 == 0o755


def test_an_empty_store_gives_an_archive_that_says_so(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        build(store, tmp_path / "site")
    assert "아직 기록이 없습니다" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert dead_ways(tmp_path / "site") == []
