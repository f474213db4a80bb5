"""The lists behind the numbers."""
