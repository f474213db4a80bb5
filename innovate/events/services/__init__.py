"""Writes of an event: creation, its rooms, its people, its launch."""
