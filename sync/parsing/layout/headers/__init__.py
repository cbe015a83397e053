"""Recognises the rows that name the columns, in each of their forms."""
