"""Pages of the public vote."""
