"""Backups, retention, and a person's name taken out of everything."""

import sqlite3
import stat
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest
from fakes.entries import MONDAY, entry, new, same, weeks_later
from sqlalchemy import insert, select

from notes.model.erased_names import masked
from notes.model.errors import StoreError
from notes.model.notes import Link, Place, Problem
from notes.store.delivery.compression import compress, decompress
from notes.store.sql.schema import message, report
from notes.store.store import Store


def sync(store: Store, links: list[Link], week: float) -> None:
    with store.update("trials", "Bookshop", "run", now=weeks_later(week)) as update:
        update.save(links)
        update.gone_except_seen()
        update.finish({})


def test_a_backup_is_a_store_of_its_own(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        sync(store, new(entry(2, "가")), 0)
        store.backup(tmp_path / "copy.db")
        with pytest.raises(StoreError, match="exists already"):
            store.backup(tmp_path / "copy.db")
        with pytest.raises(StoreError, match="cannot be written"):
            store.backup(tmp_path / "missing" / "copy.db")

    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))
    with Store.open(f"sqlite:///{tmp_path}/copy.db", create=False) as copy:
        assert [note.note.goal for note in copy.notes()] == ["가"]
        assert copy.check() == []


@pytest.mark.postgres
def test_a_backup_of_postgresql_names_the_command(postgres: object, tmp_path: Path) -> None:
    with Store.open(postgres.database()) as store, pytest.raises(StoreError) as caught:  # type: ignore[attr-defined]
        store.backup(tmp_path / "copy.db")

    assert "pg_dump" in caught.value.hint


def test_what_is_too_old_is_let_go(store: Store) -> None:
    sync(store, new(entry(2, "가"), entry(3, "나")), 0)
    first, second = (note.id for note in store.notes())
    sync(store, [same(entry(2, "가", learned="하나"), first)], 1)
    sync(store, [same(entry(2, "가", learned="둘"), first)], 20)

    pruned = store.prune(weeks_later(30), gone_days=7 * 20, versions_days=7 * 15)

    assert (pruned.notes, pruned.versions) == (1, 2)
    assert [note.id for note in store.notes(include_gone=True)] == [first]
    oldest, latest = store.versions(first)
    assert (oldest.version, oldest.note.learned, oldest.at) == (2, "하나", weeks_later(1))
    assert (latest.version, latest.note.learned) == (3, "둘")
    assert second not in {hit.id for hit in store.search("나")}


def test_a_name_is_erased_from_everything(store: Store, tmp_path: Path) -> None:
    row = entry(2, "재방문", owners=("김하늘",), execution="김하늘님이 Kim Haneul, Kimono")
    sync(store, new(row, entry(3, "다른 실험")), 0)
    named, other = store.notes()
    sync(
        store,
        [
            same(entry(2, "재방문", execution="김하늘이 함"), named.id),
            same(entry(3, "다른 실험"), other.id),
        ],
        1,
    )
    with store.update("other", "Bookshop", "run", now=MONDAY) as update:
        update.put_problems([Problem(Place("김하늘", 2), "impossible_date", "김하늘 2/30")])
        update.finish({})
    keep_mail(store, "김하늘님의 보고")
    assert len(store.search("김하늘")) == 1

    erased = store.erase(["김하늘", "Kim Haneul"], mark="[삭제]", now=MONDAY)

    assert (erased.notes, erased.versions, erased.problems, erased.mails) == (1, 1, 1, 1)
    assert erased.still_named == (named.id,)
    assert store.note(named.id).note.execution == "[삭제]이 함"
    before = store.versions(named.id)[0].note
    assert (before.owners, before.execution) == (("[삭제]",), "[삭제]님이 [삭제], Kimono")
    assert store.search("김하늘") == []
    assert len(store.search("삭제")) == 1
    assert store.problems()[0].problem == Problem(
        Place("[삭제]", 2), "impossible_date", "[삭제] 2/30"
    )
    assert "하늘" not in mails(store)
    assert "하늘" not in unquote(pages(store))
    if store.database.dialect == "sqlite":
        assert not any("하늘".encode() in path.read_bytes() for path in tmp_path.glob("store.db*"))


def test_a_latin_name_inside_a_longer_word_is_another_word(store: Store) -> None:
    text = "Ann said it; Anna and Joann planned; Annual report; ANN's idea; Ann이 함"
    sync(store, new(entry(2, "재방문", execution=text)), 0)
    (note,) = store.notes()
    store.erase(["Ann"], mark="[x]", now=MONDAY)
    kept = store.note(note.id).note.execution
    assert kept == ("[x] said it; Anna and Joann planned; Annual report; [x]'s idea; [x]이 함")


def test_a_row_whose_log_still_names_the_person_goes_on_without_the_name(store: Store) -> None:
    row = entry(2, "재방문", execution="김하늘이 함")
    sync(store, new(row), 0)
    (note,) = store.notes()
    store.erase(["김하늘"], mark="[삭제]", now=MONDAY)

    with store.update("trials", "Bookshop", "run", now=weeks_later(1)) as update:
        update.known.rows()
        update.save([same(masked(row, store.erased_names()), note.id, "similar")])
        assert update.finish({}).unchanged == 1

    assert store.note(note.id).note.execution == "[삭제]이 함"
    assert len(store.versions(note.id)) == 1


def test_an_empty_name_erases_nothing(store: Store) -> None:
    sync(store, new(entry(2, "가")), 0)

    with pytest.raises(ValueError, match="empty"):
        store.erase([" "], mark="x", now=MONDAY)

    assert len(list(store.notes())) == 1


def test_space_can_be_given_back(store: Store) -> None:
    sync(store, new(entry(2, "가")), 0)

    store.give_back_space()

    assert len(list(store.notes())) == 1


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        sync(store, new(*(entry(row, f"목표 {row}", learned="글 " * 200) for row in range(300))), 0)
    plain = sqlite3.connect(tmp_path / "store.db")
    (page,) = plain.execute(
        "SELECT pageno FROM dbstat WHERE name = 'note' AND pagetype = 'leaf' LIMIT 1"
    ).fetchone()
    plain.close()
    content = bytearray((tmp_path / "store.db").read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    (tmp_path / "store.db").write_bytes(content)

    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        assert store.check()
        with pytest.raises(StoreError, match="damaged"):
            list(store.notes())


def keep_mail(store: Store, text: str) -> None:
    mail = EmailMessage()
    mail["Subject"] = text
    mail["To"] = "lead@example.org"
    mail.set_content(text)
    mail.add_alternative(f"<p>{text}</p>", subtype="html")
    body = mail.as_bytes()
    with store.database.writing() as connection:
        values = {
            "key": "k",
            "team": "Bookshop",
            "kind": "weekly",
            "period": "2026-W47",
            "revision": 1,
        }
        connection.execute(
            insert(report).values(**values, created_at=MONDAY, subject=text, facts=f'["{text}"]')
        )
        made = {
            "report_key": "k",
            "language": "ko",
            "audience": "lead",
            "message_id": "<1@x>",
            "date": MONDAY,
        }
        page = compress(
            f'<p>{text}</p><a href="mailto:x@example.org?body=%EA%B9%80%ED%95%98%EB%8A%98">Kim</a>'
        )
        kept = {"bytes": body, "sha256": sha256(body).hexdigest(), "page": page, "notes": "[]"}
        connection.execute(insert(message).values(**made, **kept))


def pages(store: Store) -> str:
    with store.database.reading() as connection:
        return "".join(
            decompress(page) for page in connection.execute(select(message.c.page)).scalars()
        )


def mails(store: Store) -> str:
    with store.database.reading() as connection:
        bodies = connection.execute(select(message.c.bytes)).scalars().all()
        subjects = connection.execute(select(report.c.subject, report.c.facts)).all()
    kept = [message_from_bytes(body, policy=policy.SMTP) for body in bodies]
    parts = [
        part.get_content()
        for mail in kept
        for part in mail.walk()
        if part.get_content_maintype() == "text"
    ]
    return f"{subjects} {[mail['subject'] for mail in kept]} {parts}"
