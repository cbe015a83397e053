"""`try`, `demo`, `init`, `doctor`, `login` and `completion`: before the first Monday."""
