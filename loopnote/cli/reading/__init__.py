"""`sync`, `columns` and `problems`: the sources, and how they were parsed."""
