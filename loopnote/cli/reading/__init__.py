"""Commands about the sources, and how they were parsed."""
