"""Pairwise judging: expo halls and run-offs, by comparing two entries at a time."""
