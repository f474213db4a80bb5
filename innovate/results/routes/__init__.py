"""Doors of results: the public side and the organizer's room."""
