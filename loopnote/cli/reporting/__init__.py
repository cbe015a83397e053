"""`report`, `preview`, `replay` and `archive`: pages without sending."""
