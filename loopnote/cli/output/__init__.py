"""How results are printed: text for people, JSON Lines for programs."""
