"""Notion's answers as typed values, cells and pages (all pure)."""
