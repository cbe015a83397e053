"""Reshapes tables whose records are not their rows."""
