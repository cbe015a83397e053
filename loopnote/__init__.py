"""loopnote: the log a team already keeps, read once a week into one page for its leader."""

__version__ = "0.1.0"
