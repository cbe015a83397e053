"""Notes out: the week computed, worded, rendered and delivered."""
