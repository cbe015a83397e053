"""What a build of the archive leaves for the next one, which may be lost without harm."""
