"""The archive: a site of files that opens from a folder, without a server."""
