"""Pitch day: the running order of a final, its timer, and who still has to hand in."""
