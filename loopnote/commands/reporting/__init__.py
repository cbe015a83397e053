"""Writes reports, the archive, and what changed since a report was sent."""
