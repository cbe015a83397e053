"""Write answer files for logs, to be scored against their keys.

python -m bench.score_examples FOLDER OUT
    FOLDER holds .xlsx, .csv and recorded Notion queries (.json)
"""

import json
import sys
from pathlib import Path

from bench.answers import answer


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.iterdir()):
        if path.suffix in (".xlsx", ".csv") or (
            path.suffix == ".json" and path.name.count(".") == 1
        ):
            lines = (json.dumps(line, ensure_ascii=False) for line in answer(path))
            (out / f"{path.stem}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
            print(path.name)


if __name__ == "__main__":
    main()
