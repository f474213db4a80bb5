"""Doors of papers: the public check, one's own certificates, the organizer's room."""
