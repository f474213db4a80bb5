"""Submissions, revisions, files, screening."""
