"""Rules of the demo: who may be tried, how invented people and marks come about."""
