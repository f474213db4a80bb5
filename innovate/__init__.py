"""Innovate: a platform for innovation competitions in government."""
