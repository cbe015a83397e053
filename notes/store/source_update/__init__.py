"""One reading of a source, compared with what is stored and written in one transaction."""
