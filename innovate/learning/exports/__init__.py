"""Learning as files."""
