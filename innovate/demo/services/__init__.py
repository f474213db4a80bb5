"""Writes of the demo: people, competitions run in order of time, and events of any size."""
