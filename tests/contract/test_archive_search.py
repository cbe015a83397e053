"""The archive's search in a real browser, from file://.

What a plain scan finds, by keyboard, by IME, by address.
"""

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fakes.search_archive import invented, stored, write_site
from playwright.sync_api import Browser, Page, sync_playwright

from notes.model.notes import Link, StoredNote
from notes.model.periods import Week
from notes.store.search.ngrams import SearchTerm, ngrams, terms
from notes.store.store import Store
from reports.page.messages.page_sentences import load_messages
from reports.page.render import archive_file

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

WORDS = load_messages("en", None)
NEAR = WORDS("archive.search.near").partition("#")[0].strip()
NOTHING, MISSING = WORDS("archive.search.none"), WORDS("archive.search.missing")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium: apt-get install chromium"),
]

ASK = """async ([fields, most]) => {
  const form = document.getElementById('search'), more = document.getElementById('more');
  for (const control of form.elements) if (control.name) control.value = fields[control.name] || '';
  form.elements.q.dispatchEvent(new Event('input', {bubbles: true}));
  do await new Promise(go => setTimeout(go)); while (document.getElementById('hits').ariaBusy === \
'true');
  const links = () => document.querySelectorAll('#hits .name');
  while (!more.hidden && links().length < most) more.click();
  const found = [...links()].map(link => link.getAttribute('href').slice(-17, -5));
  return [found, document.getElementById('count').textContent];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def notes() -> list[StoredNote]:
    return invented(2500)


@pytest.fixture(scope="module")
def address(notes: list[StoredNote], tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_site(tmp_path_factory.mktemp("archive") / "site", notes)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page()
    yield go(opened, address)
    opened.close()


def go(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_function("!/^$|Reading/.test(document.getElementById('count').textContent)")
    return page


def ask(page: Page, most: int = 100_000, **fields: str) -> tuple[list[str], int]:
    """Return the ids of the notes that hold all words, at most about so many, and the count
    it tells.
    """
    found, told = page.evaluate(ASK, [fields, most])
    if told.startswith(NEAR):
        return [], 0
    return found, int(told.split()[0].replace(",", "")) if told[:1].isdigit() else 0


def says(note: StoredNote, words: str) -> bool:
    """A deliberately simple reading of what `loopnote search` promises."""
    text = unicodedata.normalize("NFKC", "\n".join(value for _, value in note.raw.cells)).casefold()
    text += "\n" + "\n".join((*note.note.owners, *note.note.tags)).casefold()
    for word in unicodedata.normalize("NFKC", words).casefold().split():
        inside = (
            word in text
            if "가" <= word[0] <= "힣"
            else re.search(rf"(?<![a-z0-9]){re.escape(word)}", text)
        )
        if not inside:
            return False
    return True


def words_of(notes: list[StoredNote]) -> list[str]:
    found = {
        word
        for note in notes
        for _, value in note.raw.cells
        for word in re.findall(r"[가-힣]+|[a-z0-9]+", value.lower())
    }
    return sorted(found)


def pieces(notes: list[StoredNote], count: int, seed: int) -> Iterator[str]:
    """Yield queries: one to three syllables from inside words, beginnings of others, and two
    or three of those.
    """
    chance, words = Random(seed), words_of(notes)
    for _ in range(count):
        yield " ".join(
            _piece(chance.choice(words), chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))
        )


def _piece(word: str, chance: Random) -> str:
    size = chance.choice((1, 2, 2, 3))
    if not "가" <= word[0] <= "힣":
        return word[:size]
    start = chance.randrange(max(1, len(word) - size + 1))
    piece = word[start : start + size]
    return piece if chance.random() < 0.95 else piece[::-1]


def test_every_answer_is_that_of_a_plain_scan(page: Page, notes: list[StoredNote]) -> None:
    wrong = []
    for words in pieces(notes, 300, seed=5):
        expected = {note.id for note in notes if says(note, words)}
        found, told = ask(page, 400, q=words, order="newest")
        whole = set(found) == expected if len(expected) <= 400 else set(found) <= expected
        if not (whole and told == len(expected) and len(found) == len(set(found))):
            wrong.append((words, told, len(expected)))
    assert wrong == []


def conditions(note: StoredNote) -> dict[str, str]:
    """Return what a note meets, one value a condition."""
    met = {"team": note.team, "outcome": str(note.note.outcome), "kind": note.note.kind}
    met |= {"person": _folded(note.note.owners[0]), "tag": _folded(note.note.tags[0])}
    return met | ({"when": f"{note.note.start_date:%Y-%m}"} if note.note.start_date else {})


def test_conditions_narrow_as_a_plain_scan_does(page: Page, notes: list[StoredNote]) -> None:
    chance = Random(9)
    for words in pieces(notes, 60, seed=6):
        met = conditions(chance.choice(notes))
        asked: dict[str, Any] = {
            name: met[name] for name in chance.sample(sorted(met), k=chance.choice((1, 2)))
        }
        expected = {
            note.id
            for note in notes
            if says(note, words) and asked.items() <= conditions(note).items()
        }
        found, told = ask(page, q=words, **asked)
        assert (set(found), told) == (expected, len(expected)), (words, asked)


def _folded(value: str) -> str:
    return "".join(value.split()).casefold()


def test_the_newest_come_first(page: Page, notes: list[StoredNote]) -> None:
    days = {note.id: str(note.note.start_date or "") for note in notes}

    shown = [days[each] for each in ask(page, 100, order="newest", q="")[0]]

    assert shown == sorted(shown, reverse=True)
    assert shown[0] == max(days.values())


ODD = ("쿠ㅍ", "ㅋ", "가 coup", "Ｃoupon", "COUPON", "ℂoup", "!!", "20%", "10 예약", "Ｃ가")
DECOMPOSED = unicodedata.normalize("NFD", "쿠폰")


def test_the_terminal_finds_the_same(
    browser: Browser, notes: list[StoredNote], tmp_path: Path
) -> None:
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        for team in ("영업", "Lab"):
            with store.update(team, team, "run", now=notes[0].first_seen) as update:
                update.save(
                    Link(note.entry, "", "new") for note in notes[:800] if note.team == team
                )
                update.finish({})
        page = go(browser.new_page(), write_site(tmp_path / "site", list(store.notes())))
        odd = [
            "쿠ㅍ",
            "ㅋ",
            "가 coup",
            "Ｃoupon",
            "COUPON",
            "ℂoup",
            "!!",
            "20%",
            "10 예약",
            unicodedata.normalize("NFD", "쿠폰"),
        ]
        for words in [*pieces(notes[:800], 60, seed=8), *odd]:
            expected = {found.id for found in store.search(words, limit=1000)}
            assert set(ask(page, q=words)[0]) == expected, words
            newest = [
                found.note.start_date for found in store.search(words, order="newest", limit=15)
            ]
            shown = [
                store.note(each).note.start_date
                for each in ask(page, 20, q=words, order="newest")[0][:15]
            ]
            assert shown == newest, words
        for week in (Week(2026, 5), Week(2026, 31)):
            expected = {found.id for found in store.search("", week=week, limit=1000)}
            assert set(ask(page, when=str(week).lower())[0]) == expected != set()
        page.close()


def test_a_person_searches_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("coupon")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("#hits li:nth-child(2) a.name")
    assert second.evaluate("link => link === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "name"
    page.keyboard.press("Escape")
    assert page.evaluate("[document.activeElement.id, document.activeElement.value]") == ["q", ""]
    assert page.locator("#hits li").count() == 20


def test_the_address_holds_the_question_and_the_way_back_leads_to_it(
    page: Page, browser: Browser, address: str
) -> None:
    page.fill("#q", "쿠폰")
    page.wait_for_timeout(1600)
    page.fill("#q", "상")
    page.fill("#q", "상담")
    page.wait_for_timeout(500)
    shared = page.url
    page.go_back()
    assert page.input_value("#q") == "쿠폰"
    assert "쿠폰" in page.inner_text("#hits li:first-child")

    other = go(browser.new_page(), shared)
    assert other.input_value("#q") == "상담"
    other.goto("about:blank")
    go(other, f"{address}?q=coupon")
    assert other.input_value("#q") == "coupon"
    assert other.locator("mark").first.inner_text().lower() == "coupon"
    other.close()


def test_a_syllable_that_is_being_typed_keeps_what_was_found(page: Page) -> None:
    client = page.context.new_cdp_session(page)
    page.focus("#q")
    count, told = page.locator("#count"), {}
    for text in ("ㅋ", "쿠", "쿠ㅍ", "쿺", "쿠포", "쿠폰"):
        client.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
        assert page.input_value("#q") == text
        told[text] = count.inner_text()
    client.send("Input.insertText", {"text": "쿠폰"})

    assert told["쿠"] == told["쿠ㅍ"] == told["쿺"]
    assert told["쿠폰"] == count.inner_text() != ""
    assert all(NOTHING not in each for each in told.values())


def test_a_screen_reader_hears_the_count_once_typing_rests(page: Page) -> None:
    page.wait_for_timeout(1000)
    before = page.inner_text("#told")
    page.locator("#q").press_sequentially("coup", delay=30)
    assert page.inner_text("#told") == before
    page.wait_for_timeout(1000)
    assert page.inner_text("#told") == page.inner_text("#count") != before


HOSTILE = "</script><img src=x onerror=alert(1)> <!-- \u2028\u2029 \ud800 \u202e {{x}} ${y} 함정"


def test_hostile_texts_are_shown_as_text_and_ask_for_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    hostile = dict.fromkeys(("title", "goal", "execution", "url"), HOSTILE)
    note = stored(
        1, team=HOSTILE, owners=(HOSTILE,), tags=(HOSTILE,), start_date=date(2026, 1, 5), **hostile
    )
    address = write_site(
        tmp_path / "site", [note, stored(2, goal="함정", url="javascript:alert(1)")]
    )
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    go(page, f"{address}#{'q=함정'}")

    assert page.locator("#hits li").count() == 2
    assert "<img src=x onerror=alert(1)>" in page.inner_text("#hits")
    assert page.locator("#hits img, #hits a[href^=javascript]").count() == 0
    folder = (tmp_path / "site").as_uri()
    assert [url for url in asked if not url.startswith(folder)] == []
    page.close()


def test_a_volume_that_is_missing_is_told(
    browser: Browser, notes: list[StoredNote], tmp_path: Path
) -> None:
    address = write_site(tmp_path / "site", notes)
    next((tmp_path / "site" / "search").glob("*-2026*.js")).unlink()

    page = go(browser.new_page(), address)

    assert MISSING in page.inner_text("#count")
    page.close()


@pytest.mark.parametrize("width", [375, 1000])
def test_results_fit_the_width(browser: Browser, width: int, tmp_path: Path) -> None:
    long = stored(1, title="가" * 300, goal="x" * 500, execution="https://example.com/" + "a" * 300)
    page = go(
        browser.new_page(viewport={"width": width, "height": 700}),
        write_site(tmp_path / "site", [long]),
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


ALPHABETS = [
    *range(0x20, 0x350),
    *range(0x370, 0x530),
    *range(0x1100, 0x1200),
    *range(0x3000, 0x3400),
]
ALPHABETS += [
    *range(0x4E00, 0x4F00),
    *range(0xA960, 0xA980),
    *range(0xAC00, 0xAE00),
    *range(0xF900, 0xFB10),
]
ALPHABETS += [*range(0xFF00, 0xFFF0), *range(0x1D400, 0x1D800), *range(0x20000, 0x20020)]
APART = frozenset("ǰͅͺΐΰ")
"""Letters whose accents fold in another order in a browser: it finds them by their own spelling all
the same."""


def test_the_script_folds_letters_as_the_terminal_does(page: Page) -> None:
    script = archive_file("search.js")
    folding = script[script.index("  const CJK =") : script.index("  /** A text without")]
    texts = [f"가{chr(point)}b" for point in ALPHABETS if chr(point) not in APART]

    found = page.evaluate(f"(texts) => {{ {folding}; return texts.map(terms); }}", texts)

    expected = [[_as_sought(term) for term in terms(text)] for text in texts]
    assert [
        (text, mine, own)
        for text, mine, own in zip(texts, found, expected, strict=True)
        if mine != own
    ] == []


def _as_sought(term: SearchTerm) -> str:
    """Return what is looked for in the folded text.

    A word with the space before it, syllables as they are.
    """
    if not term.begins:
        return "".join(gram[0] for gram in term.ngrams) + term.ngrams[-1][1:]
    (only,) = term.ngrams
    return only if len(ngrams(only + only)) > 1 else f" {only}"


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("첫 메일을 짧게 줄이면 어떨까", "첫 메일을 다섯 줄로"),
        ("감사 카드를 보내 봤나", "감사 카드 서른 장"),
        ("shorter mails to sleeping accounts", "Mailed the sleeping accounts"),
    ],
)
def test_a_question_that_no_note_holds_whole_shows_the_nearest_and_says_so(
    browser: Browser, tmp_path: Path, asked: str, nearest: str
) -> None:
    rows = ["첫 메일을 다섯 줄로", "감사 카드 서른 장", "전화를 오전으로", "제목에 이름 넣기"]
    rows += ["Mailed the sleeping accounts", "Moved the servers", "Wrote twelve macros"]
    notes = [stored(at, execution=row, start_date=date(2026, 11, 2)) for at, row in enumerate(rows)]
    page = go(browser.new_page(), write_site(tmp_path / "site", notes))
    found, told = page.evaluate(ASK, [{"q": asked}, 20])
    assert found[0] == notes[rows.index(nearest)].id
    assert told.startswith(NEAR)
    found, told = page.evaluate(ASK, [{"q": "주차장 넓히기"}, 20])
    assert found == []
    assert told.startswith(NOTHING)


def test_a_result_says_below_its_title_what_the_title_does_not(
    browser: Browser, tmp_path: Path
) -> None:
    notes = [
        stored(1, title="방문 · 2026-W47", goal="방문", start_date=date(2026, 11, 2)),
        stored(2, title="방문 안내", goal="다시 오게 한다", start_date=date(2026, 11, 2)),
    ]
    page = go(browser.new_page(), write_site(tmp_path / "site", notes))
    assert page.locator(".hit").all_inner_texts() == ["다시 오게 한다"]
