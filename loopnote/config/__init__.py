"""The configuration: one TOML file, read strictly, all mistakes reported at once.

`model` says what there is, `read` turns a file into it, `secrets` resolves references late, `write`
makes a new file.
"""
