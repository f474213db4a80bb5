"""Writes of data protection."""
