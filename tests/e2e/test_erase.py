"""A person asks to be forgotten: nothing kept names them any more, and the notes go on as what they
were.

From outside, on SQLite and PostgreSQL, Korean and English.
"""

import json
import unicodedata
from pathlib import Path

import pytest
from fakes.postgres import Postgres
from fakes.warm_command import Ended, WarmCommands

CONFIG = """
[[teams]]
name = "team"
language = "{language}"
timezone = "Asia/Seoul"
[[recipients]]
address = "lead@example.org"
[[sources]]
name = "log"
team = "team"
kind = "file"
path = "log.csv"
[store]
url = "{store}"
[archive]
folder = "archive"
"""
KOREAN = (
    "날짜,목표,가설,실행,결과,회고,담당\n"
    "2026-11-16,재방문,전화하면 다시 온다,김하늘님이 30명에게 전화했다,실패,하늘이가 "
    "지쳤다,김하늘\n"
    "2026-11-17,재방문,문자가 낫다,Quincy이 문자를 보냈다,성공,김하늘과 Quincy이 좋아했다,Quincy\n"
    "2026-11-18,응답,아침이 낫다,이바다가 아침에 썼다,성공,하늘색 봉투가 눈에 띄었다,이바다\n"
)
ENGLISH = (
    "date,goal,hypothesis,action,result,retrospective,owner\n"
    "2026-11-16,more replies,calling helps,Norabel Blakewell called ten people,failure,"
    "norabel-blakewell was tired,Norabel Blakewell\n"
    "2026-11-17,more replies,short mails help,Nonolina's mails went out,success,everybody "
    "liked NORABEL  BLAKEWELL,Ann\n"
    "2026-11-18,fewer repeats,a list helps,Ann wrote a list,success,Annual plans need it,Ann\n"
)
MORE = {
    "ko": "2026-11-23,응답,점심이 낫다,김하늘이 점심에 썼다,성공,좋았다,김하늘\n",
    "en": (
        "2026-11-23,more replies,lunch is better,Norabel Blakewell wrote at "
        "lunch,success,good,Norabel Blakewell\n"
    ),
}
CASES = {
    "ko": (KOREAN, ["김하늘", "Quincy"], ["하늘"], ["김하늘", "Quincy", "하늘이가"], "하늘색"),
    "en": (
        ENGLISH,
        ["Norabel Blakewell"],
        ["Nonolina"],
        ["norabel", "blakewell", "nonolina"],
        "Annual",
    ),
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_address(request) -> str:
    if request.param == "sqlite":
        return "sqlite:///loopnote.db"
    return request.getfixturevalue("postgres").database()


class Home:
    """A workspace whose log names somebody."""

    def __init__(self, folder: Path, commands: WarmCommands, store: str, language: str) -> None:
        self.folder, self.commands = folder, commands
        text = CONFIG.format(language=language, store=store)
        (folder / "config.toml").write_text(text, encoding="utf-8")
        (folder / "log.csv").write_text(CASES[language][0], encoding="utf-8")

    def run(self, *arguments: str, at: str = "2026-11-23T08:05:00+09:00") -> Ended:
        return self.commands.run(*arguments, folder=self.folder, LOOPNOTE_NOW=at)

    def records(self, *arguments: str, at: str = "2026-11-23T08:05:00+09:00") -> list[dict]:
        ran = self.run("--json", *arguments, at=at)
        return [json.loads(line) for line in ran.out.splitlines()]

    def kept(self) -> str:
        """Return all that the store says, the mails and pages in it too, and the archive."""
        out = self.folder / "export.jsonl"
        out.unlink(missing_ok=True)
        assert self.run("export", "--format", "jsonl", "--out", str(out)).code == 0
        self.run("replay", "2026-W47", "--out", "replayed")
        pages = [
            file.read_text(encoding="utf-8")
            for place in ("archive", "replayed")
            for file in (self.folder / place).rglob("*")
            if file.is_file() and file.suffix in {".html", ".js", ".json"}
        ]
        return "\n".join([out.read_text(encoding="utf-8"), *pages])


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.slow)])
def test_an_erased_name_is_gone_and_its_notes_go_on(tmp_path, commands, store_address, language):
    _, names, nicknames, forms, innocent = CASES[language]
    home = Home(tmp_path, commands, store_address, language)
    assert home.run("run").code == 0
    before = {one["id"] for one in home.records("notes")}
    assert len(before) == 3
    assert any(form.lower() in home.kept().lower() for form in forms)
    (tmp_path / "export.jsonl").unlink()

    also = [part for name in nicknames for part in ("--also", name)]
    (erased,) = home.records("erase", *names, *also, "--yes")
    assert erased["notes"] == 2
    assert erased["left"] == []
    assert any(file.endswith("log.csv") for file in erased["files"])

    kept = home.kept()
    for form in forms:
        assert form.lower() not in kept.lower()
    assert innocent in kept

    later = "2026-11-24T08:05:00+09:00"
    with (tmp_path / "log.csv").open("a", encoding="utf-8") as log:
        log.write(MORE[language])
    (synced,) = home.records("sync", at=later)
    counts = {name: synced[name] for name in ("new", "changed", "gone", "unchanged")}
    assert counts == {"new": 1, "changed": 0, "gone": 0, "unchanged": 3}
    notes = home.records("notes", at=later)
    assert before < {one["id"] for one in notes}
    for form in forms:
        assert form.lower() not in json.dumps(notes, ensure_ascii=False).lower()


def test_no_byte_of_an_sqlite_store_names_the_person(tmp_path, commands):
    home = Home(tmp_path, commands, "sqlite:///loopnote.db", "ko")
    log = (tmp_path / "log.csv").read_text(encoding="utf-8")
    (tmp_path / "log.csv").write_text(unicodedata.normalize("NFD", log), encoding="utf-8")
    home.run("run")
    (tmp_path / "log.csv").write_text(log.replace("실패", "성공"), encoding="utf-8")
    home.run("sync", at="2026-11-24T08:05:00+09:00")
    (erased,) = home.records("erase", "김하늘", "--yes")
    assert erased["versions"] >= 1
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("loopnote.db*"))
    for form in ("NFC", "NFD"):
        assert unicodedata.normalize(form, "김하늘").encode() not in raw


@pytest.mark.postgres
def test_no_byte_in_the_files_of_postgresql_names_the_person(tmp_path, commands, postgres):
    person = "남궁샛별"  # whom no other test's tables on the same server name
    url = postgres.database()
    home = Home(tmp_path, commands, url, "ko")
    log = (tmp_path / "log.csv").read_text(encoding="utf-8").replace("김하늘", person)
    (tmp_path / "log.csv").write_text(log, encoding="utf-8")
    home.run("run")
    (tmp_path / "log.csv").write_text(log.replace("실패", "성공"), encoding="utf-8")
    home.run("sync", at="2026-11-24T08:05:00+09:00")
    postgres.do("ANALYZE")  # frequent values of a column are kept beside it
    assert files_of_tables_with(person, postgres)
    (erased,) = home.records("erase", person, "--yes")
    assert erased["left"] == []
    assert files_of_tables_with(person, postgres) == []


def files_of_tables_with(name: str, server: Postgres) -> list[str]:
    """Return the server's files whose bytes hold a name; its write-ahead log is what `erase`
    cannot reach.
    """
    server.checkpoint()
    return [
        str(file.relative_to(server.folder))
        for file in (server.folder / "data").rglob("*")
        if file.is_file() and "pg_wal" not in file.parts and name.encode() in file.read_bytes()
    ]


def test_a_file_that_holds_only_the_nickname_is_named(tmp_path, commands):
    home = Home(tmp_path, commands, "sqlite:///loopnote.db", "ko")
    (tmp_path / "letter.txt").write_text("하늘이가 보낸 편지", encoding="utf-8")
    (tmp_path / "sky.txt").write_text("하늘색 봉투", encoding="utf-8")
    home.run("sync")
    (erased,) = home.records("erase", "김하늘", "--also", "하늘", "--yes")
    named = {Path(file).name for file in erased["files"]}
    assert {"letter.txt", "log.csv"} <= named
    assert "sky.txt" not in named


def test_the_problems_that_named_the_person_are_counted_and_said(tmp_path, commands):
    home = Home(tmp_path, commands, "sqlite:///loopnote.db", "ko")
    bad = "언젠가 김하늘,응답,점심이 낫다,썼다,성공,좋았다,이바다\n"
    (tmp_path / "log.csv").write_text(KOREAN + bad, encoding="utf-8")
    home.run("sync")
    assert any("김하늘" in json.dumps(one, ensure_ascii=False) for one in home.records("problems"))
    ran = home.run("erase", "김하늘", "--yes")
    assert "1 problem," in ran.out


def test_a_name_that_is_not_confirmed_stays_and_a_program_is_told_so(tmp_path, commands):
    home = Home(tmp_path, commands, "sqlite:///loopnote.db", "ko")
    home.run("sync")
    assert home.records("erase", "김하늘") == [{"stopped": True}]
    assert "김하늘" in json.dumps(home.records("notes"), ensure_ascii=False)


def test_a_person_whom_nobody_named_is_said_and_stays_out_of_later_readings(tmp_path, commands):
    home = Home(tmp_path, commands, "sqlite:///loopnote.db", "en")
    home.run("sync")
    ran = home.run("erase", "Quentin Zyx", "--yes")
    assert ran.code == 1
    assert "Nobody is called" in ran.out
    with (tmp_path / "log.csv").open("a", encoding="utf-8") as log:
        log.write(MORE["en"].replace("Norabel Blakewell", "Quentin Zyx"))
    home.run("sync", at="2026-11-24T08:05:00+09:00")
    assert "Quentin" not in json.dumps(home.records("notes"))
