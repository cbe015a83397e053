"""Sentences in each language: catalogues, Korean particles, English plurals, numbers and dates."""
