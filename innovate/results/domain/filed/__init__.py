"""A file of scores ranked: everything that is said about its ideas and jurors, as numbers."""
