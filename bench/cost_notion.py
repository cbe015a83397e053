"""What a pull of Notion costs after one page in a hundred changed, beside the whole pull and the
floor.

    python -m bench.cost_notion [PAGES ...]      1000 and 10000 pages

The floor is the bytes, their JSON and a raw upsert. Each line is a process of its own; every page
names another one of the data source, and every tenth a page of another.
"""

import json
import random
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.pull_services import Recorded, measured, notion_world, tell


def related_world(pages: int) -> tuple[Any, str]:
    world, database = notion_world(pages)
    rows = sorted(world.rows.values(), key=lambda row: row.order)
    draw = random.Random(5)
    name = next(name for name in rows[0].values if name.startswith("relation"))
    for number, row in enumerate(rows):
        row.values[name] = [draw.choice(rows[: number + 1]).id]
    return world, database


def floor_notion(url: str, database: str, folder: str) -> None:
    """Bytes, JSON, and one line a page with all of it."""
    import httpx

    head = {"Authorization": "Bearer ntn_test", "Notion-Version": "2025-09-03"}
    with httpx.Client(base_url=f"{url}/v1", headers=head) as client:
        found = json.loads(client.get(f"/databases/{database}").content)
        source, cursor, count = found["data_sources"][0]["id"], None, 0
        store = sqlite3.connect(Path(folder) / "floor.db")
        store.execute("CREATE TABLE IF NOT EXISTS page (id TEXT PRIMARY KEY, body TEXT)")
        while True:
            body = {"page_size": 100, **({"start_cursor": cursor} if cursor else {})}
            answer = json.loads(client.post(f"/data_sources/{source}/query", json=body).content)
            lines = [(page["id"], json.dumps(page)) for page in answer["results"]]
            store.executemany("INSERT OR REPLACE INTO page VALUES (?, ?)", lines)
            count, cursor = count + len(lines), answer["next_cursor"]
            if not answer["has_more"]:
                break
        store.commit()
    tell(count=count)


def edit(recorded: Recorded) -> None:
    world = recorded.world
    world.tick(3600)
    rows = sorted(world.rows.values(), key=lambda row: row.order)
    for number, row in enumerate(rows[::100]):
        world.edit(row, **{"배운 점": f"고쳐 쓴 배움 {number}"})
    world.tick(3600)


def main(arguments: list[str]) -> int:
    from fakes.http_service import served

    for pages in (int(text) for text in arguments or ("1000", "10000")):
        with tempfile.TemporaryDirectory() as folder:
            recorded = Recorded(*related_world(pages))
            with served(recorded.server):
                for name in ("floor_notion", "pull_notion"):
                    compiled(name, recorded, folder)
                for made in Path(folder).glob("*.db*"):
                    made.unlink()
                floor = compiled("floor_notion", recorded, folder)
                whole = compiled("pull_notion", recorded, folder)
                idle = compiled("pull_notion", recorded, folder)
                edit(recorded)
                after = compiled("pull_notion", recorded, folder)
            print(
                f"Notion, {pages} pages: floor {floor}\n  whole {whole}\n  idle {idle}\n  "
                f"1 % changed {after}"
            )
            print(f"  whole / floor {whole['cpu_s'] / floor['cpu_s']:.2f}")
            print(f"  idle (start, two requests) / whole {idle['cpu_s'] / whole['cpu_s']:.3f}")
            print(f"  1 % / whole {after['cpu_s'] / whole['cpu_s']:.3f}", flush=True)
    return 0


def compiled(name: str, recorded: Recorded, folder: str) -> dict[str, Any]:
    module = "bench.cost_notion" if name == "floor_notion" else "bench.pull_services"
    return measured(name, recorded.server.url, recorded.database, folder, module=module)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
