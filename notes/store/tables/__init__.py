"""The smaller tables (problems, sources, runs), the run lock, and bulk statements."""
