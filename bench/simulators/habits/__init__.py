"""The second edit simulator: habits that the matching was not tuned on (words.toml, sheet,
weeks).
"""
