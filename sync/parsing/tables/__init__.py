"""A table as records.

Its columns of cells, its kind, duplicates, section lines, sampling (all pure).
"""
