"""Parsers of single cells: pure, strict, cached.

What cannot be parsed is reported, never guessed.
"""
