"""How results are printed: text for people, JSON Lines for programs.

`print_…` writes to the terminal (and returns the exit code where a result decides it), `…_record`
returns what `--json` gives, `…_text` and `…_line` return a piece of a text.
"""
