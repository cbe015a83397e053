"""Rows of a sheet that was written anew as a whole: under other headings, or in other signs."""
