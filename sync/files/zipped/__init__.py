"""Reads .zip files: packed spreadsheets, and exports of Notion."""
