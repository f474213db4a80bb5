"""Rubrics, jury, conflicts, assignment, ballots."""
