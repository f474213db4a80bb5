"""Writes of skills."""
