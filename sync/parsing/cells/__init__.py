"""Parsers of single cells: pure, strict, cached.

What they cannot read they say, they never guess.
"""
