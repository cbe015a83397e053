"""Export formats, pure: records in, text out, and for JSON Lines back again."""
