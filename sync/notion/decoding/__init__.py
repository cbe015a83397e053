"""Decodes Notion's answers into typed values, cells and pages (pure)."""
