"""The `file` source: .xlsx, .csv and .tsv files on this machine."""
