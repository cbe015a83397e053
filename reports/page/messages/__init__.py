"""Messages of the reports: catalogues by language, particles, plurals, dates and numbers."""
