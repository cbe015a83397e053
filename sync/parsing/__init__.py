"""Parses a workbook or pages into notes and problems (pure)."""
