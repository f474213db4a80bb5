"""Writes about teams: registration, joining, and leading."""
