"""The sentences of pages and mails: the shipped ones, overridden one by one by a team's own."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notes.messages.catalogue import Entry, MessageCatalogue, flat_entries
from notes.messages.language_formats import read_message_file
from notes.model.errors import RenderError
from notes.model.notes import Language
from reports.page.template_folder import shipped_template_folder


def load_messages(language: Language, own: Path | None = None) -> MessageCatalogue:
    """Return the shipped messages of a language, overridden one by one by a team's own.

    `own` is a folder that may hold `words/<language>.toml`, or one file with a table for each
    language (`[ko.label]`).

    Raises: RenderError: a file is missing or not TOML, or an own sentence has a key that nothing
        prints.
    """
    folder = shipped_template_folder() / "words"
    entries: dict[str, Entry] = {}
    for file in (folder / f"{language}.toml", *sorted(folder.glob(f"*/{language}.toml"))):
        entries |= flat_entries(read_message_file(file))
    if own:
        mine = dict(flat_entries(_own_table(own, language)))
        _refuse_unknown(own, mine, entries)
        entries |= mine
    return MessageCatalogue(language, entries)


def _own_table(own: Path, language: Language) -> Mapping[str, Any]:
    if own.is_dir():
        file = own / "words" / f"{language}.toml"
        return read_message_file(file) if file.is_file() else {}
    table = read_message_file(own).get(language, {})
    return table if isinstance(table, Mapping) else {}


def _refuse_unknown(path: Path, own: Mapping[str, Entry], shipped: Mapping[str, Entry]) -> None:
    for key in own:
        if key not in shipped:
            near = difflib.get_close_matches(key, shipped, n=1)
            hint = (
                f"did you mean {near[0]!r}?"
                if near
                else "see docs/how-to/templates.md for the keys"
            )
            raise RenderError(f"{path.name}: no sentence is called {key!r}", hint=hint)
