"""Reads the fields of each note from its record.

Texts, outcome, dates, metric, tags, and which rows make a note (all pure).
"""
