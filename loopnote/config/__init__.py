"""The configuration: one TOML file, read strictly, all mistakes reported at once.

`model` says what there is, `read` turns a file into it, `secrets` resolves references late,
`first_config_text` is a new file, `edit` changes one.
"""
