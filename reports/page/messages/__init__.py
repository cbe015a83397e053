"""Sentences: catalogues of two languages, Korean particles, English plurals, dates and numbers as people read them."""
