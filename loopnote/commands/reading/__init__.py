"""Reads the sources, and shows how they were understood."""
