"""Doors of deliberation: the leaders' room, the juror's, and the progress page."""
