"""Reads of deliberation, by what they are about."""
