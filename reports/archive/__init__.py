"""Builds the archive: a site of static files that opens from a folder, without a server."""
