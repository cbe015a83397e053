"""The `file` source: .xlsx, .xlsm, .csv, .tsv, .txt and .zip files, here or behind an address."""
