"""A table as records, whichever shape it had on the tab.

Its columns of cells, its kind, duplicates, section lines, sampling (all pure).
"""
