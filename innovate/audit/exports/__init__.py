"""The trail in words people read, on pages and as a file."""
