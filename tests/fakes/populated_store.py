"""A store in which everything has happened once.

Changes, moves, departures, repairs, doubts, mails, alarms.
"""

from datetime import date, timedelta

from fakes.entries import entry, new, same, weeks_later

from notes.model.deliveries import Alarm, Message
from notes.model.notes import (
    ActionItem,
    Feedback,
    Link,
    Metric,
    Place,
    PlanCard,
    Point,
    Problem,
    Risk,
    Series,
)
from notes.model.periods import Month, Week
from notes.store.delivery.alarms import Alarms, Heartbeats
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

TEAM, OTHER = "서점", "Workshop"
MAIL = b"Subject: =?utf-8?b?7KO86rCE?=\r\n\r\nfirst\xff\r\n"


def sync(
    store: Store, links: list[Link], week: float, *, source: str = "시도 기록", team: str = TEAM
) -> None:
    """Read a source once."""
    run = store.begin_run("sync", weeks_later(week))
    with store.update(source, team, run, now=weeks_later(week)) as update:
        update.save(links)
        update.gone_except_seen()
        update.put_problems([Problem(Place("2월", 9, "C"), "impossible_date", "2/30")] * 2)
        update.put_skipped({"blank": 2})
        update.put_readings([{"tab": "2월", "kind": "log", "area": None}])
        update.finish({"revision": "r\u20287", "이름": "값"}, requests=2)
    store.end_run(run, weeks_later(week), ok=True)


def trials() -> list:
    """Rows of every kind, some with texts that are awkward to carry."""
    number = Metric(
        "재방문율",
        11.0,
        22.5,
        30.0,
        "%",
        None,
        None,
        (13, 88),
        (20, 90),
        comparison=True,
        evidence="cells",
    )
    card = PlanCard(
        "1만 손님",
        "30 %",
        ("쿠폰",),
        (),
        ("이준",),
        (Risk("비", "천막"), Risk("눈")),
        ("a", "b"),
        (("메모", "x"),),
    )
    series = Series(
        (Point("방문", 3.0, "명", date(2026, 11, 2), "11월 1주", 5.0, 1, "이준", 0, "leading"),)
    )
    return [
        entry(
            2,
            "=1+1",
            hypothesis="line\r\nbreak",
            retrospective="half \ud83d surrogate",
            metric=number,
        ),
        entry(
            3,
            "같은 글",
            learned="같은 글",
            owners=("김하늘", "이준"),
            start_date=date(2026, 11, 2),
            outcome="success",
        ),
        entry(4, "plan", kind="plan", details=card, week="2026-W47"),
        entry(5, "numbers", kind="metric", details=series),
        entry(6, "done", kind="action", details=ActionItem("한 일", 3.0, 2.0, finished=True)),
        entry(
            7, "thanks", kind="feedback", details=Feedback("고마워요", "praise", "이준", "김하늘")
        ),
        entry(8, "NUL\x00 tab\t", next_action="\x1b[31m"),
    ]


def live(store: Store) -> None:
    """Let everything happen."""
    rows = trials()
    sync(store, new(*rows, entry(20, "잃을 것"), entry(21, "헷갈릴 것")), 0)
    ids = {stored.note.goal: stored.id for stored in store.notes()}
    kept = [same(row, ids[row.note.goal]) for row in rows]
    kept[1] = same(entry(3, "같은 글", learned="다른 글", tags=("a",)), ids["같은 글"])
    unsure = same(
        entry(21, "전혀 다른 것"),
        ids["헷갈릴 것"],
        "similar",
        score=0.61,
        sure=False,
        rivals=("x1", "x2"),
    )
    sync(store, [*kept, unsure, *new(entry(30, "찾은 것", retrospective="늘었다"))], 1)
    (found,) = (stored.id for stored in store.notes() if stored.note.goal == "찾은 것")
    store.join(ids["잃을 것"], found, "repair", now=weeks_later(1.2))
    store.split(ids["헷갈릴 것"], "repair", weeks_later(1.3))
    store.undo_manual_link(1, "repair", weeks_later(1.4))
    sync(
        store,
        new(entry(2, "turn a screw"), entry(3, "", native_id="1a2b")),
        1,
        source="Workshop log",
        team=OTHER,
    )
    store.record_failure("Workshop log", OTHER, weeks_later(2), error="no\nanswer", hint="wait")
    _send(store)
    store.bring_index_up_to_date()


def _send(store: Store) -> None:
    ledger, now = Deliveries(store.database), weeks_later(1) + timedelta(hours=1)
    for team, language in ((TEAM, "ko"), (OTHER, "en")):
        key = ledger.open_report(
            team, Week(2026, 47), "weekly", subject=f"[{team}]", now=now, facts='{"a":[1,2.5]}'
        )
        page, notes = "<h1>쪽</h1>" * 50, (("0123456789ab", 2),)
        kept = ledger.keep(
            key, Message(f"<1@{language}>", language, "names", "x", MAIL, now, page, notes)
        )
        for address in ("a@example.org", "b@example.org"):
            line = ledger.plan(key, address, kept, now=now)
            if address.startswith("a"):
                ledger.claim(line, "run-1", now)
                ledger.settle(line, "run-1", "sent", now=now, code="250", reply="ok\r\nqueued")
    empty = ledger.open_report("*", Month(2026, 11), "monthly", subject="", now=now)
    ledger.skip(empty, "c@example.org", now, reason="nothing")
    Alarms(store.database).start([Alarm("source.failing", "Workshop log", now)])
    Heartbeats(store.database).record_beat("run", now)
