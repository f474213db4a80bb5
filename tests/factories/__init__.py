"""Rows for tests: each function adds one row with sensible values and flushes; nothing happens behind your back."""
