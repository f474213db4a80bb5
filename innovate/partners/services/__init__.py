"""Writes of partners: one function per use case."""
