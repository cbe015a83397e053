"""Stored notes: what resembles one, and what held more than once."""
