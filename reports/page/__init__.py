"""What a reader sees: words, view, templates, page, text and mail."""
