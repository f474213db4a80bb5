"""Doors of paper sheets: the room, the printed pages, key-in, and the juror's side."""
