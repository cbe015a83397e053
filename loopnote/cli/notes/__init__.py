"""Commands about stored notes: searching, listing, their history, what was learned."""
