"""Reads of the leaders' page: a frame of years and units, sections, and the lists behind their numbers."""
