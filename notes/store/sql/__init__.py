"""What the store's SQL is made of: its tables, plain statements, and how values are kept."""
