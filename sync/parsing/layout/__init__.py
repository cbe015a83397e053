"""Finds the tables of a tab: header rows, kinds of lines, orientation, body rows (pure)."""
