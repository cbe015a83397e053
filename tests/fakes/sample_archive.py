"""A small archive with everything in it.

Awkward team names, hostile cells, corrections, editions, what went.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from fakes.entries import MONDAY, entry, moved, new, same, weeks_later

from loopnote.config.model import Config
from loopnote.services.archive import ArchiveBuilder
from notes.model.deliveries import ALL_TEAMS, Message, ReportKind
from notes.model.notes import Feedback, Metric, Place, PlanCard, Point, Risk, Series
from notes.model.periods import Month, Period, Week
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from reports.archive.archive_folder import BuildResult

TEAMS = ("Lab", "LAB", "notes")
BASE = "https://archive.example.com/loop"
WEEK = Week(2026, 46)
HOSTILE = (
    "</script><script>alert(1)</script>\"' onload=x javascript:alert(2) {{7*7}} {% x %} "
    "\u202egnp.exe <!--"
)
PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    "<title>{title}</title>\n"
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src '
    "'unsafe-inline'\">\n"
    '</head>\n<body class="report">\n<main><h1>{title}</h1>'
    f'<p><a href="{BASE}/Lab/2026-W45.html">before</a></p></main>\n</body>\n</html>\n'
)


def config(**archive: Any) -> Config:
    """Return three teams whose names meet on some file systems."""
    spoken = zip(TEAMS, ("ko", "en", "ko"), strict=True)
    teams = tuple(
        {"name": name, "language": language, "timezone": "Asia/Seoul"} for name, language in spoken
    )
    return Config.model_validate({"teams": teams, "archive": {"base_url": BASE, **archive}})


def build(store: Store, root: Path, *, full: bool = False, **archive: Any) -> BuildResult:
    """Build the archive."""
    built = ArchiveBuilder(config(**archive), store).build(root, full=full)
    assert built is not None
    return built


def fill(store: Store) -> None:
    """Fill a store in two readings, and send reports."""
    _first(store)
    _second(store)
    _reports(store)


def _save(store: Store, team: str, links: list[Any], week: float) -> None:
    with store.update(f"log of {team}", team, "run", now=weeks_later(week)) as update:
        update.save(links)
        update.gone_except_seen()
        update.finish({})


def rows() -> dict[str, list[Any]]:
    """Return the rows of each team as first read."""
    day = date(2026, 11, 10)
    lab = [
        entry(
            2,
            "재방문",
            title="쿠폰 발송",
            key="EXP-1",
            start_date=day,
            outcome="success",
            owners=("김하늘",),
            learned="두 번이면 온다",
        ),
        entry(
            3,
            "재방문",
            title="쿠폰을 두 번",
            hypothesis="EXP-1 결과를 잇는다",
            start_date=date(2026, 11, 12),
            execution="쿠폰 발송 뒤 한 번 더",
        ),
        entry(
            4,
            "대기",
            title="사라질 행",
            start_date=day,
            retrospective="김하늘이 깜빡해서 늦었다. 순서가 문제였다.",
        ),
        entry(
            5,
            HOSTILE,
            title=HOSTILE,
            execution=f"{HOSTILE}\n둘째 줄",
            learned="가" * 300,
            start_date=day,
            tags=(HOSTILE,),
            links=("javascript:alert(3)",),
        ),
        entry(
            6,
            "지표",
            title="숫자",
            metric=Metric("재방문율", 11.0, 18.5, 20.0, "%", before_counts=(11, 100)),
            start_date=day,
        ),
        entry(
            7,
            "계획",
            kind="plan",
            week="2026-W46",
            details=PlanCard(
                key_result="재구매 20%", business=("쿠폰",), risks=(Risk("재고", "미리 주문"),)
            ),
        ),
        entry(
            8,
            "",
            kind="metric",
            details=Series(
                (
                    Point("방문", 120.0, "명", date(2026, 11, 9)),
                    Point("재방문율", 18.5, "%", date(2026, 11, 9)),
                )
            ),
        ),
        entry(
            9,
            "",
            kind="feedback",
            details=Feedback("안내가 친절해졌어요", "praise", "이준", "김하늘"),
        ),
    ]
    english = [
        entry(
            row,
            f"Goal {row}",
            title=f"Second look at shelf {row}",
            start_date=day + timedelta(days=row),
        )
        for row in range(2, 6)
    ]
    return {
        "Lab": lab,
        "LAB": english,
        "notes": [entry(2, "하나", title="한 번", start_date=day)],
        "옛 팀": [entry(2, "옛", title="예전 일")],
    }


def _first(store: Store) -> None:
    for team, found in rows().items():
        _save(store, team, new(*found), 0)


def _second(store: Store) -> None:
    ids = {stored.note.place.row: stored.id for stored in store.notes(team="Lab")}
    found = {one.raw.place.row: one for one in rows()["Lab"]}
    changed = replace(found[2].note, learned="세 번이면 떠난다")
    rows_ = [
        same(replace(found[2], note=changed), ids[2]),
        same(found[3], ids[3], "similar", sure=False, rivals=(ids[6],)),
    ]
    _save(store, "Lab", [*rows_, *(same(found[row], ids[row]) for row in (5, 6, 7, 8, 9))], 1)


def shift(store: Store) -> None:
    """Let every row of a team stand one lower, as a sort does."""
    known = [(stored.id, stored.entry) for stored in store.notes(team="LAB")]
    down = [(note_id, moved(one, row=one.raw.place.row + 1)) for note_id, one in known]
    links = [
        replace(one, note=replace(one.note, url=f"https://log/2월/{one.raw.place.row}"))
        for _, one in down
    ]
    _save(
        store, "LAB", [same(one, note_id) for (note_id, _), one in zip(down, links, strict=True)], 2
    )


def edit(store: Store) -> str:
    """Let one note of a team say something else, and return its id."""
    known = [(stored.id, stored.entry) for stored in store.notes(team="LAB")]
    links = [same(one, note_id) for note_id, one in known]
    links[1] = same(
        replace(known[1][1], note=replace(known[1][1].note, learned="new insight")), known[1][0]
    )
    _save(store, "LAB", links, 2)
    return known[1][0]


def _reports(store: Store) -> None:
    ids = [stored.id for stored in store.notes(team="Lab", include_gone=True)]
    behind = tuple((note_id, 1) for note_id in sorted(ids))
    send(store, "Lab", WEEK, "weekly", "names", notes=behind)
    send(store, "Lab", WEEK, "weekly", "initials", language="en")
    send(store, "Lab", WEEK, "weekly", "names", revision=2, notes=behind)
    send(store, "Lab", WEEK.back(), "weekly", "names", state="refused")
    send(store, "Lab", Month(2026, 10), "monthly", "names")
    send(store, "Lab", WEEK, "preview", "names")
    send(store, "LAB", WEEK, "weekly", "names", page=False)
    send(store, ALL_TEAMS, WEEK, "weekly", "names Lab+LAB")
    send(store, ALL_TEAMS, WEEK, "weekly", "names LAB")


def send(
    store: Store,
    scope: str,
    period: Period,
    kind: ReportKind,
    audience: str,
    *,
    language: str = "ko",
    revision: int = 1,
    notes: tuple[tuple[str, int], ...] = (),
    state: str = "sent",
    page: bool = True,
) -> None:
    """Make a report and write down what became of it."""
    ledger, at = Deliveries(store.database), _after(period)
    label = f"{scope}/{period}/{kind}"
    if revision == 1:
        key = ledger.open_report(
            scope, period, kind, subject=f"[{scope} {period}] 재방문율 {HOSTILE[:9]}", now=at
        )
    else:
        key = ledger.correct_report(label, subject=f"[정정] [{scope}] 다시", now=at)
    title = f"{scope} {period} {audience} {language} r{revision}"
    html = PAGE.replace("{language}", language).replace("{title}", title) if page else ""
    mail = ledger.keep(key, Message(f"<{title}>", language, audience, "", b"x", at, html, notes))
    line = ledger.plan(key, f"{audience.replace(' ', '-')}-{language}@example.org", mail, now=at)
    ledger.claim(line, "run", at)
    ledger.settle(line, "run", state, now=at)  # type: ignore[arg-type]


def _after(period: Period) -> datetime:
    days = (period.last - MONDAY.date()).days + 1
    return MONDAY.replace(hour=0) + timedelta(days=days)


def page_of(root: Path, stored_id: str) -> str:
    """Return a note's page."""
    return (root / "notes" / stored_id[:2] / f"{stored_id}.html").read_text(encoding="utf-8")


def place(row: int) -> Place:
    """Return where a row of these logs stands."""
    return Place(tab="2월", row=row)
