"""Reads of endorsement."""
