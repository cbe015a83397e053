"""What the cells of one column are: sorts of values, and sentences that agree on what they say."""
