"""Reading logs: pulls sources, parses them into notes, and matches rows with known notes."""
