"""Page bodies, given as blocks or as Markdown, as sections (all pure)."""
