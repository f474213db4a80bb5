"""Writing contests, votes and verdicts."""
