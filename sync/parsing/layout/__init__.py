"""Where the tables of a tab are: header rows, kinds of lines, orientation, body rows (all pure)."""
