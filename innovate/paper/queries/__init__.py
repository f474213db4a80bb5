"""Reads of paper sheets, by what they are about."""
