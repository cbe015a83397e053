"""Evidence that two rows are the same note.

Similar cells, the same position, usual edits (all pure).
"""
