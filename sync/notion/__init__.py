"""The Notion source."""
