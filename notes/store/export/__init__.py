"""Records of an export: how each column is written and read, export and import."""
