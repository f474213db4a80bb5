"""Doors of learning."""
