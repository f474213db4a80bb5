"""What became of every idea: status, indicators, follow-ups and replications."""
