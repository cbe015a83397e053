"""The data of the archive's search.

Safe scripts, stable volumes, one small file for one changed note.
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from fakes.search_archive import site_of, stored

from notes.model.notes import StoredNote
from reports.archive.pages.search_page import search_files
from reports.archive.search_data import SearchEntry, search_entry_of, volumes

HOSTILE = "</script><script>alert(1)</script> <!-- \u2028\u2029 \ud800 ' \" \\ \x00 ${x}"


def written(number: int, text: str = "쿠폰을 보낸다", **facts: Any) -> StoredNote:
    day = date(2026, 1, 1) + timedelta(days=number % 300)
    return stored(number, execution=text, start_date=day, owners=("김 하늘",), **facts)


def many(count: int, **facts: Any) -> list[StoredNote]:
    return [written(number, **facts) for number in range(count)]


def files(notes: list[StoredNote]) -> dict[str, str]:
    by_id = {each.id: each for each in notes}
    stamps = {each.id: each.note.execution for each in notes}
    found = [search_entry_of(each) for each in notes]
    planned = search_files(
        site_of(notes), found, stamps, edition="", read=lambda ids: map(by_id.__getitem__, ids)
    )
    return {each.path: each.make() for each in planned}


def value(script: str) -> dict[str, Any]:
    call, _, rest = script.partition("(")
    assert call in {"loopnote.index", "loopnote.volume"}
    assert rest.endswith(");\n")
    found: dict[str, Any] = json.loads(rest[:-3])
    return found


def test_a_volume_says_its_notes_column_by_column() -> None:
    found = files([written(3, tags=("광고",))])

    index = value(found.pop("search/index.js"))
    (volume,) = map(value, found.values())
    assert volume["title"] == ["쿠폰을 보낸다"]
    assert volume["text"].split("\t") == ["쿠폰을 보낸다", "김 하늘", "광고"]
    assert volume["marks"] == ["\tkexperiment\tp김하늘\tt광고\tw2026-01\tw2026-w01\t"]
    assert index["volumes"][0][0] == volume["name"]
    assert index["options"]["person"] == [["김하늘", "김 하늘"]]
    assert [each for each, _ in index["options"]["when"]] == ["2026-01", "2026-w01"]
    assert index["options"]["kind"] == [["experiment", "experiment"]]


def test_texts_of_people_can_neither_end_a_script_nor_break_one() -> None:
    facts = {"owners": (HOSTILE,), "tags": (HOSTILE,), "week": HOSTILE, "url": "javascript:x"}
    found = files([stored(1, team=HOSTILE, goal=HOSTILE, **facts)])

    for script in found.values():
        assert not set("<\u2028\u2029\x00\ud800") & set(script)
        assert value(script)
    (url,) = next(
        value(script)["url"] for path, script in found.items() if path != "search/index.js"
    )
    assert url == ""


def test_many_notes_are_kept_in_small_volumes_that_hold_each_once() -> None:
    dated = [search_entry_of(each) for each in many(5000)]
    every: list[SearchEntry] = dated + [
        replace(each, team="다른 팀", day="") for each in dated[:900]
    ]

    found = volumes(every)

    assert sorted(each.id + each.team for volume in found for each in volume.notes) == sorted(
        each.id + each.team for each in every
    )
    assert max(len(volume.notes) for volume in found) <= 600
    assert len({volume.name for volume in found}) == len(found) < 60


def test_even_notes_of_one_day_do_not_fill_a_volume() -> None:
    same = [replace(search_entry_of(each), day="2026-01-01") for each in many(3000)]

    assert max(len(volume.notes) for volume in volumes(same)) <= 600


def test_a_changed_note_rewrites_its_volume_and_the_index_only() -> None:
    before, after = many(2000), many(2000)
    after[1234] = written(1234, "다시 쓴 글")

    old, new = files(before), files(after)

    assert old.keys() == new.keys()
    changed = {name for name in old if old[name] != new[name]}
    assert len(changed) == 2
    assert "search/index.js" in changed


def test_the_order_of_the_notes_does_not_matter() -> None:
    assert files(many(700)) == files(many(700)[::-1])


def test_volumes_hold_the_newest_first() -> None:
    (volume,) = volumes(search_entry_of(each) for each in many(100))

    days = [each.day for each in volume.notes]
    assert days == sorted(days, reverse=True)
