"""A log in a Notion database."""
