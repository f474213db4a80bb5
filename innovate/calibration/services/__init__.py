"""Writes of calibration, by what they are about."""
