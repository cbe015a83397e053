"""The pages of the archive, each as a finished view."""
