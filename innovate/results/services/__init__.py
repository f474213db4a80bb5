"""Writes of results, by what they are about."""
