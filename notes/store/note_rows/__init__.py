"""A note in the tables: its row, its JSON, its history, and the corrections made by hand."""
