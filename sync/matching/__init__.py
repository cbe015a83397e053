"""Matches the rows of a pull with known notes by id, content and position (pure)."""
