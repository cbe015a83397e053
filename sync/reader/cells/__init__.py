"""The grammars of single cells: pure, strict, memoised; what they cannot read they say, they never guess."""
