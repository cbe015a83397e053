"""A tab made ready for reading: its cells cleaned, its hidden columns decided."""
