"""What a run writes down about itself, and what it knows of the store, the clock and the
workers.
"""
