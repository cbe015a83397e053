"""Reads text tables: encoding, dialect, records."""
