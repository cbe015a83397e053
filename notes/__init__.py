"""The learning-note store: what a note is, how notes are kept, and how they are exported."""

__version__ = "0.1.0"
