"""What a pull of the two services costs, beside the plain client's loop over the same data, on a
loopback server.

    python -m bench.pull_services [PAGES] [ROWS ...]
        10000 pages; 10000, 50000 and 100000 rows; 0 pages: no Notion

Each line is a process of its own: CPU of the process with its imports, peak memory, requests.
Where pandas can be imported (it is no dependency: `pip install --target FOLDER pandas`, and
PYTHONPATH=FOLDER), its frames of the same cells are one more line, with the first pull's ratio.
"""

import gc
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.measured_process import ROOT, as_installed, peak_mb

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
KINDS = ["title", *["rich_text"] * 9, *["select"] * 4, "status", *["number"] * 5, *["date"] * 3,
*["people"] * 2,
         *["multi_select"] * 2, "checkbox", "url", "relation", "formula",
         "created_time"]  # fmt: skip
NAMES = [
    "실험 이름",
    "목표",
    "가설",
    "실행 내용",
    "회고",
    "배운 점",
    "다음 액션",
    "결과",
    "비고",
    "배경",
]


def notion_world(pages: int) -> tuple[Any, str]:
    from fakes.notion_workspace import NotionWorkspace

    world = NotionWorkspace(now=NOW)
    database = world.database("실험 로그")
    columns: dict[str, str | dict[str, Any]] = {
        NAMES[place] if place < len(NAMES) else f"{kind} {place}": kind
        for place, kind in enumerate(KINDS)
    }
    source = world.data_source(database, "실험 로그", columns)
    draw = random.Random(3)
    words = (  # noqa: SIM905
        "가설 고객 메시지 쿠폰 첫 주문 다시 온다 줄였다 늘었다 확인 demo page price trial week"
    ).split()

    def text(count: int) -> str:
        return " ".join(draw.choice(words) for _ in range(count))

    for number in range(pages):
        values: dict[str, Any] = {}
        for name, kind in columns.items():
            values[name] = {
                "title": lambda: f"실험 {number} {text(3)}",  # noqa: B023
                "rich_text": lambda: text(25),
                "select": lambda: draw.choice(("a", "b", "c")),
                "status": lambda: draw.choice(("진행중", "성공", "실패")),
                "number": lambda: draw.randrange(1000),
                "date": lambda: f"2026-{draw.randrange(1, 11):02d}-{draw.randrange(1, 28):02d}",
                "people": lambda: [draw.choice(("민지", "하람", "Ada", "Ben"))],
                "multi_select": lambda: draw.sample(("수업", "홍보", "판매", "상담"), 2),
                "checkbox": lambda: draw.random() < 0.5,
                "url": lambda: f"https://example.org/{number}",  # noqa: B023
                "relation": list,
                "formula": lambda: {"type": "number", "number": draw.randrange(99)},
                "created_time": lambda: "2026-01-02T03:04:00.000Z",
            }[kind]()
        world.add(source, values, at=NOW - timedelta(minutes=20 * (pages - number)))
    return world, database


class Recorded:
    """Answers a query from pages that were made once: the server should cost the least."""

    def __init__(self, world: Any, database: str) -> None:
        from fakes.notion_server import NotionServer

        class Server(NotionServer):
            def _query(server, request: Any, body: Any, raw: str) -> Any:  # noqa: N805
                if body.get("filter") or body.get("in_trash"):
                    return super()._query(request, body, raw)
                start = int((body.get("start_cursor") or "0").rpartition(":")[2])
                following = f"s:x:{start + 100}" if start + 100 < len(self.made) else None
                server.violations.clear()
                return {"results": self.made[start : start + 100], "cursor": following}

            def _validate(server, *_answer: Any) -> None:  # noqa: N805
                return

            def handle(server, request: Any) -> Any:  # noqa: N805
                answer = super().handle(request)
                payload = answer.payload
                if isinstance(payload, dict) and "cursor" in payload:
                    more = json.dumps(payload["cursor"])
                    tail = (
                        f'],"next_cursor":{more},'
                        f'"has_more":{json.dumps(payload["cursor"] is not None)}'
                    )
                    raw = '{"object":"list","results":[' + ",".join(payload["results"]) + tail
                    raw += (
                        ',"type":"page_or_data_source","page_or_data_source":{},"request_id":"x"}'
                    )
                    return type(answer)(200, raw=raw.encode())
                return answer

        self.world, self.database = world, database
        rows = sorted(self.world.rows.values(), key=lambda row: row.order)
        self.made = [json.dumps(self.world.page_answer(row), ensure_ascii=False) for row in rows]
        self.server = Server(self.world)


def sheets_server(rows: int, tabs: int = 10) -> Any:
    from fakes.google_documents import GoogleDocuments, shown
    from fakes.google_server import GoogleServer

    server = GoogleServer(GoogleDocuments(now=NOW))
    book = server.world.spreadsheet("실험 로그")
    head = (  # noqa: SIM905
        "날짜 목표 가설 실행 회고 배운점 다음액션 담당자 상태 지표 이전 이후 목표치 태그 비고 "
        "링크 주차"
    ).split()
    draw = random.Random(4)
    for number in range(tabs):
        lines: list[list[Any]] = [head]
        for place in range(rows // tabs):
            day = shown(45000 + place % 900, "DATE", "yyyy-mm-dd")
            texts = [f"{draw.randrange(10**6)} 글 {name} 다시 확인했다" for name in head[1:7]]
            rates = [shown(0.1, "PERCENT", "0%"), shown(0.2, "PERCENT", "0%"), 0.3]
            week = (date(1899, 12, 30) + timedelta(days=45000 + place % 900)).isocalendar().week
            last = ["홍보", "", "https://example.org", f"W{week}"]
            lines.append([day, *texts, "민지", "성공", "전환율", *rates, *last])
        book.tab(f"{number + 1}월", lines, row_count=len(lines) + 10, column_count=17)
    return server, book.id


def measured(
    name: str, url: str, database: str, folder: str, *, module: str = "bench.pull_services"
) -> dict[str, Any]:
    """Run one of the measured things in a process of its own."""
    # httpx loads its command line, with rich and pygments, where a developer's tools brought
    # click; an installation has none.
    code = (
        "import sys; sys.modules['click'] = None\n"
        f"import {module} as b; b.{name}({url!r}, {database!r}, {folder!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=as_installed(Path(folder) / "pyc"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(**facts: Any) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu = round(usage.ru_utime + usage.ru_stime, 2)
    print(json.dumps({"cpu_s": cpu, "peak_mb": peak_mb(), **facts}))


def plain_notion(url: str, database: str, _folder: str) -> None:
    """The loop that everybody writes first."""
    import notion_client

    client = notion_client.Client(auth="ntn_test", base_url=url)
    source = client.databases.retrieve(database)["data_sources"][0]["id"]
    count = 0
    cursor: str | None = None
    while True:
        more: dict[str, Any] = {"start_cursor": cursor} if cursor else {}
        answer: Any = client.data_sources.query(source, page_size=100, **more)
        count += len([(page["id"], page["properties"]) for page in answer["results"]])
        cursor = answer["next_cursor"]
        if not answer["has_more"]:
            break
    tell(count=count)


def notion_source(url: str, database: str) -> Any:
    from sync.notion.source import NotionSource

    return NotionSource(
        "trials", "growth", database, token=lambda: "ntn_test", base_url=url, clock=lambda: NOW
    )


def read_notion(url: str, database: str, _folder: str) -> None:
    """Our source alone: typed pages, nothing understood."""
    fetch = notion_source(url, database).fetch({}, full=False, known=set)
    count = sum(len(batch.ids) for found in fetch.contents for batch in found.batches)
    fetch.outcome()
    tell(count=count, requests=fetch.requests())


def pull_notion(url: str, database: str, folder: str) -> None:
    """The whole way: read, understand, link, store."""
    _pull(notion_source(url, database), folder)


def sheets_source(url: str, spreadsheet: str, folder: str) -> Any:
    from sync.sheets.source import SheetsSource

    key = Path(folder) / "key.json"
    return SheetsSource(
        "sheet",
        "growth",
        spreadsheet,
        credentials=key,
        sheets_url=url,
        drive_url=url,
        clock=lambda: NOW,
    )


def read_sheets(url: str, spreadsheet: str, folder: str) -> None:
    """Our source alone: typed cells, one tab at a time."""
    fetch = sheets_source(url, spreadsheet, folder).fetch({}, full=False, known=set)
    count = sum(len(grid.rows) for book in fetch.contents for grid in book.grids)
    fetch.outcome()
    tell(count=count, requests=fetch.requests())


def pull_sheets(url: str, spreadsheet: str, folder: str) -> None:
    _pull(sheets_source(url, spreadsheet, folder), folder)


def plain_sheets(url: str, spreadsheet: str, folder: str) -> None:
    """gspread's values of every tab, as lists of lists."""
    tell(count=sum(map(len, _values(url, spreadsheet, folder))))


def pandas_sheets(url: str, spreadsheet: str, folder: str) -> None:
    """gspread's values of every tab, as a frame each with days and numbers as such."""
    pandas: Any = import_module("pandas")
    frames = [
        pandas.DataFrame(rows, columns=head) for head, *rows in _values(url, spreadsheet, folder)
    ]
    for frame in frames:
        frame["날짜"] = pandas.to_datetime(frame["날짜"], errors="coerce")
        frame["목표치"] = pandas.to_numeric(frame["목표치"], errors="coerce")
    tell(count=sum(map(len, frames)))


def _values(url: str, spreadsheet: str, folder: str) -> list[list[list[str]]]:
    """Return what gspread gives for every tab."""
    import gspread
    from google.oauth2.service_account import Credentials
    from gspread.http_client import HTTPClient

    from sync.sheets.google_login import SCOPES

    class Here(HTTPClient):
        def request(self, method: str, endpoint: str, *more: Any, **named: Any) -> Any:
            return super().request(
                method, re.sub(r"https://[a-z]+\.googleapis\.com", url, endpoint), *more, **named
            )

    class Quiet(Credentials):
        def _is_regional_access_boundary_lookup_required(self) -> bool:
            return False

    key = json.loads((Path(folder) / "key.json").read_text())
    client = gspread.authorize(
        Quiet.from_service_account_info(key, scopes=SCOPES), http_client=Here
    )
    return [tab.get_all_values() for tab in client.open_by_key(spreadsheet).worksheets()]


def _pull(source: Any, folder: str) -> None:
    from notes.store.store import Store
    from sync.parse_result import ParseOptions
    from sync.pulls.pull import SourceJob, pull_source

    gc.set_threshold(400_000, 20, 50)  # as the command line does
    with Store.open(f"sqlite:///{folder}/notes.db") as store:
        run = store.begin_run("bench", NOW)
        found = pull_source(
            store,
            SourceJob(source, ParseOptions(), fingerprint={"settings": "", "reader": "bench"}),
            run_id=run,
            now=NOW,
            full=False,
            progress=lambda _text: None,
        )
    if not found.ok:
        raise SystemExit(found.error)
    tell(requests=found.requests, unchanged=found.unchanged, counts=str(found.counts))


def edit(server: Any, spreadsheet: str, rows: int) -> None:
    """One row in a hundred is edited, one in a thousand inserted."""
    book = server.world.files[spreadsheet]
    draw = random.Random(rows)
    for tab in book.tabs:
        for place in range(1, len(tab.rows), 100):
            tab.rows[place] = [*tab.rows[place]]
            tab.rows[place][5] = f"{draw.randrange(10**6)} 고쳐 쓴 배움"
        for place in range(500, len(tab.rows), 1000):
            tab.rows.insert(place, [f"{draw.randrange(10**6)} 새 글" for _ in tab.rows[0]])
    server.world.tick(3600)
    server.world.touch(book)


def notion(pages: int, folder: str) -> None:
    from fakes.http_service import served

    recorded = Recorded(*notion_world(pages))
    with served(recorded.server):
        print(
            f"Notion: {pages} pages of {len(KINDS)} properties, "
            f"{sum(map(len, recorded.made)) // 10**6} MB"
        )
        results = {}
        for name in ("plain_notion", "read_notion", "pull_notion"):
            measured(
                name, recorded.server.url, recorded.database, folder
            )  # compiles what is imported
        for made in Path(folder).glob("notes.db*"):
            made.unlink()
        for name in ("plain_notion", "read_notion", "pull_notion", "pull_notion"):
            label = f"{name} again" if name in results else name
            results[label] = measured(name, recorded.server.url, recorded.database, folder)
            print(f"  {label:20} {results[label]}", flush=True)
        for name in ("read_notion", "pull_notion"):
            print(
                f"  {name} / plain: {results[name]['cpu_s'] / results['plain_notion']['cpu_s']:.2f}"
            )


def _plain() -> tuple[str, ...]:
    """Return what is measured beside ours."""
    return ("plain_sheets", "pandas_sheets") if find_spec("pandas") else ("plain_sheets",)


def _compile_sheets(folder: str) -> None:
    """Run all that is measured on a small spreadsheet, so that no line compiles a module."""
    from fakes.http_service import served

    server, spreadsheet = sheets_server(40, 2)
    with served(server):
        (Path(folder) / "key.json").write_text(json.dumps(server.key()))
        for name in (*_plain(), "read_sheets", "pull_sheets", "pull_sheets"):
            measured(name, server.url, spreadsheet, folder)
            edit(server, spreadsheet, 40)
    for made in Path(folder).glob("notes.db*"):
        made.unlink()


def sheets(rows: int, folder: str, tabs: int = 10) -> None:
    """First pull, unchanged, one row in a hundred edited.

    Peak memory should not know the number of rows.
    """
    from fakes.http_service import served

    Path(folder).mkdir()
    _compile_sheets(folder)
    server, spreadsheet = sheets_server(rows, tabs)
    with served(server):
        (Path(folder) / "key.json").write_text(json.dumps(server.key()))
        print(f"Sheets: {rows} rows of 17 columns in {tabs} tabs")
        results = {}
        for label in (
            *_plain(),
            "read_sheets",
            "pull_sheets",
            "pull_sheets again",
            "pull_sheets 1 % edited",
        ):
            if "edited" in label:
                edit(server, spreadsheet, rows)
            results[label] = measured(label.split()[0], server.url, spreadsheet, folder)
            print(f"  {label:24} {results[label]}", flush=True)
        server.violations.clear()
    first = results["pull_sheets"]["cpu_s"]
    for name, called in (("plain_sheets", "gspread"), ("pandas_sheets", "gspread + pandas")):
        if name in results:
            print(f"  first pull / {called}: {first / results[name]['cpu_s']:.2f}")
        else:
            print(f"  first pull / {called}: not measured, pandas can't be imported")


def main(arguments: list[str]) -> int:
    pages, *sizes = (int(text) for text in arguments or ("10000", "10000", "50000", "100000"))
    with tempfile.TemporaryDirectory() as folder:
        if pages:
            notion(pages, folder)
        for rows in sizes:
            sheets(rows, f"{folder}/{rows}")
        for rows in sizes[1:2]:
            sheets(rows, f"{folder}/{rows}-tall", tabs=1)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
