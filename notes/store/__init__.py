"""The note store: one set of tables, two databases (SQLite by default, PostgreSQL by URL)."""
