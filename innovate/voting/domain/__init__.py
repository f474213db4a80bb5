"""Rules of the public vote."""
