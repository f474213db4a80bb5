"""Rules of official papers."""
