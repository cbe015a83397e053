"""Parses days, ranges of days and named periods."""
