"""Page bodies, as blocks or as Markdown, parsed into sections (pure)."""
