"""The grammars of single cells: pure, strict, memoised.

What they cannot read they say, they never guess.
"""
