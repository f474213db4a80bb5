"""Writing what is on the agenda."""
