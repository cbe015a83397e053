"""What speaks for two rows being one note.

Similar cells, the same position, usual edits (all pure).
"""
