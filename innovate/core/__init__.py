"""Plumbing without rules: database, clock, errors, jobs, storage."""
