"""The fields of each note.

Texts, outcome, dates, metric, tags, and which rows make a note (all pure).
"""
