"""Rules of long work."""
