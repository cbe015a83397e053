"""The data of the archive's search: safe scripts, stable volumes, one small file for one changed note."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from loopnote.notes import Note, Place, RawRow, StoredNote
from loopnote.store.ids import note_id
from reports.archive.search_data import Card, Labels, card, search_files, volumes

SEEN = datetime(2026, 11, 16, tzinfo=UTC)
LABELS = Labels({"success": "성공"}, {"experiment": "실험"}, str, {"영업": "ko"})
HOSTILE = "</script><script>alert(1)</script> <!-- \u2028\u2029 \ud800 ' \" \\ \x00 ${x}"


def stored(number: int, text: str = "쿠폰을 보낸다", *, team: str = "영업", **facts: Any) -> StoredNote:
    day = date(2026, 1, 1) + timedelta(days=number % 300)
    note = Note(
        "experiment", Place("표", number), **{"execution": text, "start_date": day, "owners": ("김 하늘",)} | facts
    )
    raw = RawRow(note.place, (("실행", text), ("비고", "")))
    return StoredNote(note_id("log", str(number)), team, "log", note, raw, 1, SEEN, SEEN)


def cards(count: int, **facts: Any) -> list[Card]:
    return [shown(stored(number, **facts)) for number in range(count)]


def shown(note: StoredNote) -> Card:
    return card(note, page=f"../notes/{note.id}.html", title=note.note.execution, facts=note.team)


def value(content: str) -> dict[str, Any]:
    call, _, rest = content.partition("(")
    assert call in {"loopnote.index", "loopnote.volume"}
    assert rest.endswith(");\n")
    found: dict[str, Any] = json.loads(rest[:-3])
    return found


def test_a_volume_says_its_notes_column_by_column() -> None:
    (_, volume), (name, index) = search_files([shown(stored(3, tags=("광고",)))], LABELS)

    found = value(volume)
    assert found["title"] == ["쿠폰을 보낸다"]
    assert found["text"].split("\t") == ["쿠폰을 보낸다", "김 하늘", "광고"]
    assert found["marks"] == ["\tkexperiment\tp김하늘\tt광고\tw2026-01\tw2026-w01\t"]
    assert name == "search/index.js"
    options = value(index)["options"]
    assert options["person"] == [["김하늘", "김 하늘"]]
    assert options["when"] == [["2026-01", "2026-01"], ["2026-w01", "2026-W01"]]
    assert options["kind"] == [["experiment", "실험"]]
    assert value(index)["volumes"][0][0] == found["name"]


def test_texts_of_people_can_neither_end_a_script_nor_break_one() -> None:
    hostile = stored(1, HOSTILE, team=HOSTILE, owners=(HOSTILE,), tags=(HOSTILE,), week=HOSTILE, url="javascript:x")
    for _, content in search_files([shown(hostile)], LABELS):
        assert not set("<\u2028\u2029\x00\ud800") & set(content)
        assert value(content)

    assert shown(hostile).url == ""
    assert "\n" not in shown(hostile).text


def test_many_notes_are_kept_in_small_volumes_that_hold_each_once() -> None:
    every = cards(5000) + [replace(each, team="다른 팀", day="") for each in cards(900)]

    found = volumes(every)

    assert sorted(each.id + each.team for volume in found for each in volume.cards) == sorted(
        each.id + each.team for each in every
    )
    assert max(len(volume.cards) for volume in found) <= 600
    assert len({volume.name for volume in found}) == len(found) < 60


def test_a_changed_note_rewrites_its_volume_and_the_index_only() -> None:
    before, after = cards(5000), cards(5000)
    after[1234] = shown(stored(1234, "다시 쓴 글"))

    old, new = dict(search_files(before, LABELS)), dict(search_files(after, LABELS))

    assert old.keys() == new.keys()
    changed = {name for name in old if old[name] != new[name]}
    assert len(changed) == 2
    assert "search/index.js" in changed


def test_the_order_of_the_notes_does_not_matter() -> None:
    assert list(search_files(cards(700), LABELS)) == list(search_files(reversed(cards(700)), LABELS))


def test_volumes_hold_the_newest_first() -> None:
    (volume,) = volumes(cards(100))

    days = [each.day for each in volume.cards]
    assert days == sorted(days, reverse=True)
