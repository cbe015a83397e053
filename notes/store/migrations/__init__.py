"""Numbered, append-only migrations; a released file is never edited (a checksum test guards it)."""
