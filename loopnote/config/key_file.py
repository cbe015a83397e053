"""What a key file of a Google service account says about itself, without its secret."""

import json
from pathlib import Path


def account_of(path: Path) -> str:
    """Return the account of a key file, "" where the file is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    complete = isinstance(found, dict) and found.get("private_key")
    return str(found.get("client_email", "")) if complete else ""
