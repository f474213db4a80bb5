"""Writes of clinics."""
