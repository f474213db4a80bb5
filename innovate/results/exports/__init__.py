"""Boards and rankings as files and tables."""
