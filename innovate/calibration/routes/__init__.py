"""Doors of calibration: the leaders' room and the juror's practice sheet."""
