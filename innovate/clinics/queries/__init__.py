"""Reads of clinics."""
