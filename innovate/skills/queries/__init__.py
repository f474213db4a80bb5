"""Reads of skills."""
