"""Writes of endorsement."""
