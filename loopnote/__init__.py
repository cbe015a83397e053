"""loopnote: the log a team already keeps, read once a week into one page for its leader."""

from notes import __version__

__all__ = ["__version__"]
