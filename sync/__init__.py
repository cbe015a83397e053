"""Logs in: sources are read as they are and understood as notes."""
