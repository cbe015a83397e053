"""What a build of the archive reads: notes that changed, and the collections."""
