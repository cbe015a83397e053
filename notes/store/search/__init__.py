"""Full-text search: n-grams, searchable fields, the index, and queries."""
