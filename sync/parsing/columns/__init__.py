"""What each column of a table means: roles, header phrases, profiles of the cells (all pure)."""
