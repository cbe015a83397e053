"""Parses a whole log: a workbook, or the databases of Notion."""
