"""A sample workspace: two invented teams, twelve weeks, logs as messy as life, and the Monday pages made from them."""
