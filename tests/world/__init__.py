"""A world of five teams whose facts are known, played week by week through the real command.

`teams/*.toml` hold what people type and when; `logs` types it into files as they stood on a day;
`play` runs loopnote as an operator would; `truth` derives a second time, from the typed data alone,
what may be said; `sentences` recognises every sentence of a page from the catalogue; `checks`
compares each with the truth.
"""
