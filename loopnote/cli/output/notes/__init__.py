"""How notes, their history and what resembles them are printed."""
